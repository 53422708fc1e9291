"""The vocabulary of the project: unit, disclosure, project, indicator. One English word each.

Records are frozen. The `…File` records are what a YAML file may hold, and JSON Schemas are made from
them; `Project` and `Disclosure` are the same in their place: with unit, year and file. What can be
derived is a property here, so that pages, exports and checks cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    WithJsonSchema,
)

from generator import money
from generator.finding import Place, field_path
from generator.money import Amount, AmountUnit, Percentage
from generator.target import Target, target_of
from generator.yaml_source import Source


def _published(kind: type[Amount] | type[Percentage], example: str) -> tuple[Any, ...]:
    """How pydantic reads and writes a figure: a string outside, figure with its text inside."""
    figure = lru_cache(maxsize=10_000)(kind)  # the same come again and again, and are read once

    def read(value: object) -> object:
        return figure(value) if isinstance(value, str) else value

    return (
        BeforeValidator(read, json_schema_input_type=str),
        PlainSerializer(str, return_type=str),
        WithJsonSchema({"type": "string", "examples": [example]}),
    )


PublishedAmount = Annotated[Amount, *_published(Amount, "80.00")]
PublishedPercentage = Annotated[Percentage, *_published(Percentage, "30.00%")]
CODE = r"^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$"
Code = Annotated[str, Field(pattern=CODE)]
YEAR = r"^(19|20)[0-9]{2}$"
FileName = Annotated[str, Field(pattern=r'^[^./\\\x00-\x1f\x7f<>:"|?*][^/\\\x00-\x1f\x7f<>:"|?*]{0,199}$')]
"""A name that every system can write, of a file that none hides."""
DATE = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])( ([01][0-9]|2[0-3]):[0-5][0-9])?$"
SHA256 = r"^[0-9a-f]{64}$"
WebAddress = Annotated[str, Field(pattern=r"^(https?://[^\s\"'<>\\^`{|}?#]+)?$")]
"""An address on the web without query and fragment, or the empty string."""
CONTACT = r"^((https?://|mailto:)[^\s\"'<>\\^`{|}]+)?$"


_PART = r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]{0,200}"
INSIDE = rf"^(({_PART}/){{0,20}}{_PART})?$"
"""A relative path that stays inside its folder, or the empty string."""


class Record(BaseModel):
    """The base of all records: frozen, and a key that it does not know is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        ignored_types=(cached_property,),
    )


class Correction(Record):
    """A value that the publisher gives otherwise than the published document, and why."""

    field: str = Field(title="字段", description="如 budget.total 或 indicators[3].target，行从 1 数起")
    published: str = Field(title="原文")
    corrected: str = Field(title="更正后")
    reason: str = Field(title="理由")
    date: str = Field(title="日期", description="如 2021-06-30")


class Acknowledgement(Record):
    """A finding that the publisher has seen and leaves as it is, and why."""

    rule: str = Field(title="规则编号", description="如 plan-over-100")
    field: str = Field(
        default="",
        title="字段",
        description="如 spending_plan[4].cumulative；空为整个文件",
    )
    reason: str = Field(title="理由")
    date: str = Field(title="日期")


class Budget(Record):
    """预算规模: amounts in the unit that the disclosure names."""

    total: PublishedAmount | None = Field(default=None, title="预算数")
    fiscal: PublishedAmount | None = Field(default=None, title="财政资金")
    other: PublishedAmount | None = Field(default=None, title="其他资金")


class PlanStep(Record):
    """One step of 资金支出计划: how much is to be spent by a date."""

    date: str = Field(title="截止", description="如 3月底")
    cumulative: PublishedPercentage = Field(title="累计支出比例", description="如 30.00%，累计数")


class Indicator(Record):
    """A row of the table of indicators, each text as published."""

    level1: str = Field(title="一级指标", description="如 产出指标；表中合并的单元格每行写全")
    level2: str = Field(title="二级指标", description="如 数量指标")
    level3: str = Field(title="三级指标", description="指标名称")
    description: str | None = Field(default=None, title="绩效指标描述")
    operator: str | None = Field(default=None, title="指标性质", description="单独成列时填，如 ≥ 或 定性")
    target: str = Field(title="指标值", description="照原文，如 ≥90百分比")
    unit: str | None = Field(default=None, title="计量单位", description="单独成列时填，如 %")
    weight: str | None = Field(default=None, title="权重")
    direction: str | None = Field(default=None, title="指标方向性")
    basis: str | None = Field(default=None, title="指标值确定依据")

    @cached_property
    def target_value(self) -> Target:
        """The target read as sign, number and unit, or as a quality."""
        return target_of(self.target, self.operator or "", self.unit or "")


class ProjectFile(Record):
    """What a file `projects/<code>.yml` may hold: one project as published."""

    title: ClassVar[str] = "项目"
    number: str | None = Field(default=None, title="序号", description="文件中的序号，如 1")
    code: str | None = Field(default=None, title="项目编码", description="21 位；文件没有公布时不填")
    name: str = Field(min_length=1, title="项目名称")
    unit_name: str | None = Field(
        default=None, title="表头单位", description="表头印的单位与 unit.yml 不同时填"
    )
    purpose: str | None = Field(default=None, title="资金用途")
    budget: Budget = Field(default=Budget(), title="预算规模")
    spending_plan: tuple[PlanStep, ...] = Field(default=(), title="资金支出计划", description="累计百分比")
    goals: tuple[str, ...] = Field(default=(), title="绩效目标", description="一条一行，连同序号")
    indicators: tuple[Indicator, ...] = Field(default=(), title="绩效指标")
    corrections: tuple[Correction, ...] = Field(default=(), title="更正")
    acknowledged: tuple[Acknowledgement, ...] = Field(default=(), title="已知悉的疑点")


class SourceDocument(Record):
    """The published document, kept beside the data."""

    file: FileName = Field(title="文件名", description="在 source/ 文件夹中")
    sha256: Annotated[str, Field(pattern=SHA256)] = Field(title="SHA-256")
    form: str = Field(title="表式", description="如 hebei")
    project_name: str | None = Field(
        default=None,
        title="导入时给出的项目名称",
        description="文件里只有一个项目，又没有写明名称时，由 import --name 给出",
    )
    converted_from: FileName | None = Field(
        default=None, title="由何文件转换", description="旧版 Word 文件转换成 .docx 后一并保存，供核对用"
    )


class DisclosureFile(Record):
    """What a file `disclosure.yml` may hold: part 1 of the document and where it comes from."""

    title: ClassVar[str] = "绩效文本"
    amount_unit: AmountUnit = Field(title="金额单位")
    overall_goal: str | None = Field(default=None, title="总体绩效目标")
    itemised_goals: tuple[str, ...] = Field(
        default=(), title="分项绩效目标", description="一条一行，连同序号"
    )
    safeguard_measures: str | None = Field(default=None, title="工作保障措施")
    published_total: PublishedAmount | None = Field(default=None, title="文件所载合计")
    published_date: Annotated[str, Field(pattern=DATE)] | None = Field(
        default=None, title="公开日期", description="如 2021-03-15 或 2021-03-15 10:30；原网页上的发布时间"
    )
    source_documents: tuple[SourceDocument, ...] = Field(default=(), title="公开文件")
    corrections: tuple[Correction, ...] = Field(default=(), title="更正")
    acknowledged: tuple[Acknowledgement, ...] = Field(default=(), title="已知悉的疑点")


class Unit(Record):
    """A budget unit, `unit.yml`."""

    title: ClassVar[str] = "单位"
    code: Code = Field(title="单位代码")
    name: str = Field(min_length=1, title="单位名称")
    short_name: str | None = Field(default=None, title="简称", description="网页标题用，如 李亲顾镇")
    division_code: str | None = Field(default=None, title="行政区划代码", description="GB/T 2260，六位")
    former_names: tuple[str, ...] = Field(default=(), title="曾用名")
    former_codes: tuple[str, ...] = Field(default=(), title="曾用代码")
    acknowledged: tuple[Acknowledgement, ...] = Field(default=(), title="已知悉的疑点")

    @property
    def label(self) -> str:
        """The shortest name that the unit goes by."""
        return self.short_name or self.name


class Site(Record):
    """The portal, `site.yml`."""

    title: ClassVar[str] = "网站"
    name: str = Field(title="网站名称")
    publisher: str = Field(title="发布单位")
    description: str = Field(default="", title="说明")
    base_url: WebAddress = Field(
        default="",
        title="正式网址",
        description="如 https://example.gov.cn/jxmb/，空则不写",
    )
    licence: str = Field(default="", title="数据许可")
    licence_url: WebAddress = Field(default="", title="许可网址")
    contact: Annotated[str, Field(pattern=CONTACT)] = Field(
        default="", title="联系方式", description="mailto: 或 https:// 开头的地址"
    )
    site_id_code: str = Field(default="", title="政府网站标识码")
    icp: str = Field(default="", title="备案号")
    column_name: str = Field(default="", title="栏目名称", description="政府网站 meta：ColumnName")
    column_type: str = Field(default="", title="栏目类别", description="政府网站 meta：ColumnType")
    previous: Annotated[str, Field(pattern=INSIDE)] = Field(
        default="", title="上一版", description="离线包或网站文件夹，如 dist/上一版.zip，在本项目文件夹之内"
    )
    keywords: tuple[str, ...] = Field(default=(), title="关键词", description="政府网站 meta：ColumnKeywords")

    def address(self, path: str = "") -> str:
        """Give the full address of a path on the site, or the empty string without a `base_url`."""
        return f"{self.base_url.rstrip('/')}/{path}" if self.base_url else ""


class Term(Record):
    """A term explained to citizens."""

    term: str = Field(title="术语")
    explanation: str = Field(title="解释")
    source: str = Field(default="", title="出处")


class Glossary(Record):
    """The glossary, `glossary.yml`."""

    title: ClassVar[str] = "术语表"
    terms: tuple[Term, ...] = Field(default=(), title="术语")


class Project(ProjectFile):
    """A project in its place. Its identity is unit, year and `id` (the code, or a slug of its name)."""

    id: str
    unit_code: str
    year: str
    source: InstanceOf[Source] = Source("")

    @property
    def path(self) -> str:
        """Its folder on the site: `units/912012/2021/130682217RRL6F4PNQUL9`."""
        return f"units/{self.unit_code}/{self.year}/{self.id}"

    @property
    def groups(self) -> tuple[tuple[str, tuple[Indicator, ...]], ...]:
        """The indicators by runs of the same level-1 name, as the form merges them."""
        runs: list[tuple[str, list[Indicator]]] = []
        for indicator in self.indicators:
            if not runs or runs[-1][0] != indicator.level1:
                runs.append((indicator.level1, []))
            runs[-1][1].append(indicator)
        return tuple((name, tuple(rows)) for name, rows in runs)


class Disclosure(DisclosureFile):
    """A disclosure in its place, with its projects in the order of the document."""

    unit: Unit
    year: str
    projects: tuple[Project, ...] = ()
    unread: tuple[str, ...] = ()
    """Project files that could not be read; the site lists them as missing."""
    absent: tuple[str, ...] = ()
    """Documents that are named but not kept beside the data; the site names them without a link."""
    source: InstanceOf[Source] = Source("")

    @property
    def path(self) -> str:
        """Its folder on the site: `units/912012/2021`."""
        return f"units/{self.unit.code}/{self.year}"

    @property
    def stem(self) -> str:
        """What the files that are made of it are called, before the suffix: `912012-2021`."""
        return f"{self.unit.code}-{self.year}"

    @property
    def total(self) -> Decimal:
        """The sum of the projects' 预算数, in `amount_unit`."""
        return money.total(p.budget.total for p in self.projects)

    @property
    def fiscal(self) -> Decimal:
        """The sum of the projects' 财政资金, in `amount_unit`."""
        return money.total(p.budget.fiscal for p in self.projects)

    @property
    def other(self) -> Decimal:
        """The sum of the projects' 其他资金, in `amount_unit`."""
        return money.total(p.budget.other for p in self.projects)

    @property
    def indicator_count(self) -> int:
        """How many indicators its projects have."""
        return sum(len(p.indicators) for p in self.projects)


@cache
def title_of(record: type[BaseModel], name: str) -> str:
    """Say in Chinese which field a dotted name means: `indicators[3].target` is 绩效指标 第 3 行 指标值."""
    words: list[str] = []
    model: type[BaseModel] | None = record
    for part in field_path(name):
        if isinstance(part, int):
            words.append(f"第 {part + 1} 行")
        elif model and part in model.model_fields:
            words.append(model.model_fields[part].title or part)
            model = inner_record(model.model_fields[part].annotation)
    return " ".join(words) or name


_OWN_FIELDS = ("corrections", "acknowledged", "published_date", "source_documents", "id", "unit_code", "year", "source", "unit", "projects", "unread", "absent")  # fmt: skip
"""Fields that the publisher or the generator adds; the document does not hold them."""


def published_values(record: Record) -> list[tuple[str, str]]:
    """Give the name and the text of every value of a record that a document can hold."""
    found: list[tuple[str, str]] = []
    for key in _field_names(type(record)):
        if key not in _OWN_FIELDS:
            _add_texts(found, key, getattr(record, key))
    return found


def _add_texts(found: list[tuple[str, str]], name: str, value: Any) -> None:
    if isinstance(value, str):  # first, because most are
        found.append((name, str(value)))
    elif isinstance(value, tuple):
        for row, item in enumerate(value, 1):
            _add_texts(found, f"{name}[{row}]", item)
    elif isinstance(value, Record):
        for key in _field_names(type(value)):
            _add_texts(found, f"{name}.{key}", getattr(value, key))
    elif value is not None:
        found.append((name, str(value)))


@cache
def _field_names(record: type[Record]) -> Sequence[str]:
    return tuple(record.model_fields)


def inner_record(annotation: Any) -> type[BaseModel] | None:
    """Give the record inside a field's type: of `tuple[Indicator, ...]` the Indicator."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(inner_record, getattr(annotation, "__args__", ()))), None)


@dataclass(frozen=True)
class Trace:
    """What the kept source document says of a record: where each value stands, and which differ.

    `places` and `differences` are keyed by the dotted field name; a difference is (published text in
    the source, text in the data).
    """

    document: SourceDocument
    places: Mapping[str, Place] = field(default_factory=dict)
    differences: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def differs(self, name: str) -> bool:
        """Whether a field, or anything inside it, is not as the document has it."""
        return any(n == name or n.startswith((f"{name}.", f"{name}[")) for n in self.differences)


TraceKey = tuple[str, str, str]
"""Unit, year and project id; the id is empty for the disclosure itself."""

Traces = Mapping[TraceKey, Trace]


@dataclass(frozen=True)
class Dataset:
    """All that was read from `data/`."""

    site: Site
    disclosures: tuple[Disclosure, ...] = ()
    units: tuple[Unit, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def projects(self) -> tuple[Project, ...]:
        """Every project, by unit, year and order in the document."""
        return tuple(p for d in self.disclosures for p in d.projects)
