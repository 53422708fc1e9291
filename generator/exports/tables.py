"""The tables of the open data, each described once. Their order is that of the sheets and lists."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from generator.exports.columns import (
    DISCLOSURE_KEY,
    IN_AMOUNT_UNIT,
    POSITION,
    PROJECT_ID,
    PROJECT_KEY,
    PROJECT_TABLE,
    TO_DISCLOSURE,
    TO_PROJECT,
    TO_UNIT,
    UNIT_CODE,
    YEAR,
    amount,
    source_spot,
    text,
)
from generator.exports.table import Column, Contents, Entry, Table, Type
from generator.finding import Finding, Severity, Text
from generator.forms.framework import frameworks, group_of
from generator.forms.terms import title
from generator.model import (
    DATE,
    SHA256,
    Correction,
    Disclosure,
    Indicator,
    PlanStep,
    Project,
    SourceDocument,
    Unit,
)
from generator.money import Amount, AmountUnit
from generator.target import SIGNS

_PERCENT = Text("%", "%")
_PART1 = "第一部分"
_GROUPS = tuple(dict.fromkeys(group.id for framework in frameworks() for group in framework.groups))


def _disclosures(contents: Contents) -> Iterator[Entry[Disclosure]]:
    for disclosure in contents.dataset.disclosures:
        yield Entry(contents, disclosure, disclosure)


def _projects(contents: Contents) -> Iterator[Entry[Project]]:
    for disclosure in contents.dataset.disclosures:
        for index, project in enumerate(disclosure.projects):
            yield Entry(contents, disclosure, project, project, index)


def _listed(
    owners: Callable[[Contents], Iterator[Entry[Any]]], attribute: str
) -> Callable[[Contents], Iterator[Entry[Any]]]:
    """Give the items of a list that each owner has."""

    def items(contents: Contents) -> Iterator[Entry[Any]]:
        for owner in owners(contents):
            for index, value in enumerate(getattr(owner.value, attribute)):
                yield replace(owner, value=value, index=index)

    return items


def _published_total(entry: Entry[Disclosure]) -> Amount | None:
    return entry.value.published_total


def _one_a_line(values: Sequence[str]) -> str | None:
    return "\n".join(values) or None


PROJECTS = Table(
    "projects",
    Text("项目", "Projects"),
    Text("一行是一个预算项目", "One row is one budget project"),
    _projects,
    (
        *PROJECT_KEY,
        Column("number", title("序号"), Text("项目在文件中的序号", "The project's number in the document"), lambda e: e.value.number, origin=f"{PROJECT_TABLE} · 表题", example="1"),
        Column("code", title("项目编码"), Text("照原文；原文没有的为空", "As published; empty where the document has none"), lambda e: e.value.code, origin=f"{PROJECT_TABLE} · 项目编码", example="130682217RRL6F4PNQUL9"),
        Column("name", title("项目名称"), Text("照原文", "As published"), lambda e: e.value.name, origin=f"{PROJECT_TABLE} · 项目名称", example="西湖村内道路修建项目", required=True, fiscal="activity:generic:project:label"),
        Column("unit_name", title("单位名称"), Text("项目表表头印的单位", "The unit printed above the project's table"), lambda e: e.value.unit_name or e.disclosure.unit.name, origin=f"{PROJECT_TABLE} · 表头", example="定州市李亲顾镇党政综合办公室", fiscal="administrative-classification:generic:label"),
        Column("purpose", title("资金用途"), Text("照原文", "As published"), lambda e: e.value.purpose, origin=f"{PROJECT_TABLE} · 预算规模及资金用途", example="西湖村内道路修建项目"),
        Column("amount_unit", title("金额单位"), Text("budget_* 与 budget_*_value 各列的单位", "Unit of the columns budget_* and budget_*_value"), lambda e: e.disclosure.amount_unit.value, origin=f"{PROJECT_TABLE} · 表头", example="万元", required=True, choices=tuple(AmountUnit)),
        *amount("budget_total", title("预算数"), lambda e: e.value.budget.total, f"{PROJECT_TABLE} · 预算数", "80.00"),
        *amount("budget_fiscal", title("财政资金"), lambda e: e.value.budget.fiscal, f"{PROJECT_TABLE} · 其中：财政资金", "80.00"),
        *amount("budget_other", title("其他资金"), lambda e: e.value.budget.other, f"{PROJECT_TABLE} · 其他资金", "0"),
        Column("indicator_count", Text("指标数", "Indicators"), Text("本项目的绩效指标有几条", "How many indicators the project has"), lambda e: len(e.value.indicators), Type.INTEGER, required=True, minimum=0),
        Column("url", Text("网页", "Page"), Text("本项目的网页；网站没有设正式网址时是站内路径", "The project's page; a path on the site where it has no address yet"), lambda e: _url(e, e.value.path), required=True),
        source_spot("name"),
    ),
    key=("unit_code", "year", "project_id"),
    references=(TO_DISCLOSURE,),
)  # fmt: skip

INDICATORS: Table[Entry[Indicator]] = Table(
    "indicators",
    Text("绩效指标", "Indicators"),
    Text("一行是一条绩效指标", "One row is one performance indicator"),
    _listed(_projects, "indicators"),
    (
        *PROJECT_KEY,
        POSITION,
        Column("level1", title("一级指标"), Text("照原文；合并的单元格每行写全", "As published; merged cells are repeated in each row"), lambda e: e.value.level1, origin=f"{PROJECT_TABLE} · 一级指标", example="产出指标", fiscal="disclosure:indicator:level1"),
        Column("group_id", Text("指标类", "Indicator group"), Text("一级指标属于哪一类：output 产出、benefit 效益、satisfaction 满意度、cost 成本；认不出的为空", "The group of level 1: output, benefit, satisfaction or cost; empty where it is none of these"), lambda e: _group(e.value.level1), choices=_GROUPS),
        Column("level2", title("二级指标"), Text("照原文", "As published"), lambda e: e.value.level2, origin=f"{PROJECT_TABLE} · 二级指标", example="数量指标", fiscal="disclosure:indicator:level2"),
        Column("level3", title("三级指标"), Text("指标名称，照原文", "The indicator's name, as published"), lambda e: e.value.level3, origin=f"{PROJECT_TABLE} · 三级指标", example="完成数量", fiscal="disclosure:indicator:level3"),
        Column("description", title("绩效指标描述"), Text("照原文", "As published"), lambda e: e.value.description, origin=f"{PROJECT_TABLE} · 绩效指标描述", example="完成数量"),
        Column("target", title("指标值"), Text("照原文，连同符号和单位", "As published, with its sign and unit"), lambda e: e.value.target, origin=f"{PROJECT_TABLE} · 指标值", example="≥90完成数量", fiscal="disclosure:target:published"),
        Column("target_operator", Text("指标符号", "Target sign"), Text("从指标值读出的符号：≥ ≤ > < =", "The sign read from the target: ≥ ≤ > < ="), lambda e: e.value.target_value.operator or None, choices=tuple(dict.fromkeys(SIGNS.values()))),
        Column("target_value", Text("指标数", "Target number"), Text("从指标值读出的数；读不出来的为空", "The number read from the target; empty where there is none"), lambda e: e.value.target_value.number, Type.NUMBER, Text("见 target_unit", "see target_unit"), fiscal="disclosure:target:value"),
        Column("target_unit", Text("指标单位", "Target unit"), Text("从指标值读出的单位，是数后面的文字", "The unit read from the target: what stands behind the number"), lambda e: e.value.target_value.unit or None),
        Column("qualitative", Text("是否定性", "Qualitative"), Text("指标值是文字而不是数", "Whether the target is in words, not a number"), lambda e: e.value.target_value.qualitative, Type.BOOLEAN, required=True),
        Column("operator", title("指标性质"), Text("表中单独一列的符号，照原文；表中没有这一列的为空", "The sign where the form has a column for it, as published"), lambda e: e.value.operator, origin="部分表式 · 指标性质"),
        Column("unit", title("计量单位"), Text("表中单独一列的计量单位，照原文；表中没有这一列的为空", "The unit where the form has a column for it, as published"), lambda e: e.value.unit, origin="部分表式 · 计量单位"),
        Column("weight", title("权重"), Text("照原文；表中没有这一列的为空", "As published, where the form has it"), lambda e: e.value.weight, origin="部分表式 · 权重"),
        Column("direction", title("指标方向性"), Text("照原文；表中没有这一列的为空", "As published, where the form has it"), lambda e: e.value.direction, origin="部分表式 · 指标方向性"),
        Column("basis", title("指标值确定依据"), Text("照原文", "As published"), lambda e: e.value.basis, origin=f"{PROJECT_TABLE} · 指标值确定依据", example="完成数量"),
        source_spot("indicators[{}].target"),
    ),
    key=("unit_code", "year", "project_id", "position"),
    references=(TO_PROJECT,),
)  # fmt: skip

SPENDING_PLANS: Table[Entry[PlanStep]] = Table(
    "spending_plans",
    Text("资金支出计划", "Spending plans"),
    Text("一行是一个项目到某个时点的累计支出比例", "One row is the cumulative share that a project is to have spent by a date"),
    _listed(_projects, "spending_plan"),
    (
        *PROJECT_KEY,
        POSITION,
        Column("date", title("截止"), Text("时点，照原文", "The date, as published"), lambda e: e.value.date, origin=f"{PROJECT_TABLE} · 资金支出计划（%）", example="3月底"),
        Column("cumulative", title("累计支出比例"), Text("累计数，照原文：预期之外的数（如 1000.00%）不改动", "Cumulative, as published: a figure beyond expectation (1000.00%) is not changed"), lambda e: text(e.value.cumulative), unit=_PERCENT, origin=f"{PROJECT_TABLE} · 资金支出计划（%）", example="30.00%"),
        Column("cumulative_value", Text("累计支出比例（数值）", "Cumulative share (number)"), Text("百分号前面的数；读不出来的为空", "The number before the sign; empty where it is none"), lambda e: e.value.cumulative.value, Type.NUMBER, _PERCENT),
        source_spot("spending_plan[{}].cumulative"),
    ),
    key=("unit_code", "year", "project_id", "position"),
    references=(TO_PROJECT,),
)  # fmt: skip

GOALS: Table[Entry[str]] = Table(
    "goals",
    Text("项目绩效目标", "Project performance goals"),
    Text("一行是项目的一条绩效目标", "One row is one performance goal of a project"),
    _listed(_projects, "goals"),
    (
        *PROJECT_KEY,
        POSITION,
        Column("text", title("绩效目标"), Text("照原文，连同序号", "As published, with its number"), lambda e: e.value, origin=f"{PROJECT_TABLE} · 绩效目标", example="1.保障项目正常实施"),
        source_spot("goals[{}]"),
    ),
    key=("unit_code", "year", "project_id", "position"),
    references=(TO_PROJECT,),
)  # fmt: skip

ITEMISED_GOALS: Table[Entry[str]] = Table(
    "itemised_goals",
    Text("分项绩效目标", "Itemised performance goals"),
    Text("一行是部门的一条分项绩效目标", "One row is one itemised goal of the department"),
    _listed(_disclosures, "itemised_goals"),
    (
        *DISCLOSURE_KEY,
        POSITION,
        Column("text", title("分项绩效目标"), Text("照原文，连同序号", "As published, with its number"), lambda e: e.value, origin=f"{_PART1} · 二、分项绩效目标", example="7.做好招商引资；"),
        source_spot("itemised_goals[{}]"),
    ),
    key=("unit_code", "year", "position"),
    references=(TO_DISCLOSURE,),
)  # fmt: skip

DISCLOSURES: Table[Entry[Disclosure]] = Table(
    "disclosures",
    Text("绩效文本", "Disclosures"),
    Text("一行是一个单位一个年度的部门预算绩效文本", "One row is the disclosure of one unit for one year"),
    _disclosures,
    (
        *DISCLOSURE_KEY,
        Column("unit_name", title("单位名称"), Text("单位的名称", "The unit's name"), lambda e: e.disclosure.unit.name, origin=f"{PROJECT_TABLE} · 表头", example="定州市李亲顾镇党政综合办公室", required=True, fiscal="administrative-classification:generic:label"),
        Column("amount_unit", title("金额单位"), Text("本文件中金额的单位", "Unit of the amounts in this document"), lambda e: e.value.amount_unit.value, origin=f"{PROJECT_TABLE} · 表头", example="万元", required=True, choices=tuple(AmountUnit)),
        Column("published_date", Text("公开日期", "Date of publication"), Text("文件在政府网站上公开的日期，由发布者填写", "When the document was published, given by the publisher"), lambda e: e.value.published_date, pattern=DATE),
        Column("overall_goal", title("总体绩效目标"), Text("照原文", "As published"), lambda e: e.value.overall_goal, origin=f"{_PART1} · 一、总体绩效目标"),
        Column("safeguard_measures", title("工作保障措施"), Text("照原文", "As published"), lambda e: e.value.safeguard_measures, origin=f"{_PART1} · 三、工作保障措施"),
        *amount("published_total", Text("文件所载合计", "Total stated"), _published_total),
        Column("total_value", Text("项目预算合计", "Sum of budgets"), Text("各项目预算数相加", "The sum of the projects' budget totals"), lambda e: e.value.total, Type.NUMBER, IN_AMOUNT_UNIT, required=True),
        Column("fiscal_value", Text("财政资金合计", "Sum of fiscal funds"), Text("各项目财政资金相加", "The sum of the projects' fiscal funds"), lambda e: e.value.fiscal, Type.NUMBER, IN_AMOUNT_UNIT, required=True),
        Column("other_value", Text("其他资金合计", "Sum of other funds"), Text("各项目其他资金相加", "The sum of the projects' other funds"), lambda e: e.value.other, Type.NUMBER, IN_AMOUNT_UNIT, required=True),
        Column("project_count", Text("项目数", "Projects"), Text("读得出来的项目有几个", "How many projects could be read"), lambda e: len(e.value.projects), Type.INTEGER, required=True, minimum=0),
        Column("indicator_count", Text("指标数", "Indicators"), Text("各项目的绩效指标共几条", "How many indicators the projects have"), lambda e: e.value.indicator_count, Type.INTEGER, required=True, minimum=0),
        Column("unread_count", Text("缺的项目数", "Unread projects"), Text("文件有误、没有读出来的项目有几个", "How many project files could not be read"), lambda e: len(e.value.unread), Type.INTEGER, required=True, minimum=0),
        Column("url", Text("网页", "Page"), Text("本文件的网页；网站没有设正式网址时是站内路径", "The disclosure's page; a path on the site where it has no address yet"), lambda e: _url(e, e.value.path), required=True),
    ),
    key=("unit_code", "year"),
    references=(TO_UNIT,),
)  # fmt: skip

SOURCE_DOCUMENTS: Table[Entry[SourceDocument]] = Table(
    "source_documents",
    Text("公开文件", "Source documents"),
    Text("一行是留存的一份公开文件", "One row is one published document that is kept"),
    _listed(_disclosures, "source_documents"),
    (
        *DISCLOSURE_KEY,
        POSITION,
        Column("file", Text("文件名", "File name"), Text("公开文件的名称", "The document's name"), lambda e: e.value.file, example="liqingu-2021.txt", required=True),
        Column("sha256", Text("SHA-256", "SHA-256"), Text("文件内容的校验值：与自己下载的文件比对，可知是否同一份", "Checksum of its bytes: shows whether your copy is the same"), lambda e: e.value.sha256, required=True, pattern=SHA256),
        Column("form", Text("表式", "Form"), Text("按哪种表式读入", "The form that it was read by"), lambda e: e.value.form, example="hebei"),
    ),
    key=("unit_code", "year", "position"),
    references=(TO_DISCLOSURE,),
)  # fmt: skip

CORRECTIONS: Table[Entry[Correction]] = Table(
    "corrections",
    Text("更正", "Corrections"),
    Text("一行是发布者对原文的一处更正", "One row is one correction of the document by its publisher"),
    lambda contents: chain(
        _listed(_disclosures, "corrections")(contents), _listed(_projects, "corrections")(contents)
    ),
    (
        *DISCLOSURE_KEY,
        replace(PROJECT_ID, required=False, meaning=Text("更正的项目；更正的是部门目标时为空", "The project; empty for the department's own text"), fiscal=""),
        Column("field", Text("字段", "Field"), Text("更正的字段，行从 1 数起", "The field; rows count from 1"), lambda e: e.value.field),
        Column("published", Text("原文", "Published"), Text("原文怎么写", "What the document says"), lambda e: e.value.published),
        Column("corrected", Text("更正后", "Corrected"), Text("更正为", "What the publisher says instead"), lambda e: e.value.corrected),
        Column("reason", Text("理由", "Reason"), Text("为什么更正", "Why"), lambda e: e.value.reason),
        Column("date", Text("日期", "Date"), Text("何时更正", "When"), lambda e: e.value.date),
    ),
    key=(),
    references=(TO_DISCLOSURE,),
)  # fmt: skip

UNITS: Table[Unit] = Table(
    "units",
    Text("单位", "Units"),
    Text("一行是一个预算单位", "One row is one budget unit"),
    lambda contents: iter(contents.dataset.units),
    (
        UNIT_CODE.taken(lambda u: u.code),
        Column("name", title("单位名称"), Text("单位的全称", "The unit's full name"), lambda u: u.name, example="定州市李亲顾镇党政综合办公室", required=True, fiscal="administrative-classification:generic:label"),
        Column("short_name", Text("简称", "Short name"), Text("本站用的简称", "The short name used on this site"), lambda u: u.short_name, example="定州市李亲顾镇"),
        Column("division_code", title("行政区划代码"), Text("GB/T 2260 六位代码", "Six digits of GB/T 2260"), lambda u: u.division_code, example="130682", fiscal="geo:source:code"),
        Column("former_names", Text("曾用名", "Former names"), Text("一行一个", "One a line"), lambda u: _one_a_line(u.former_names)),
        Column("former_codes", Text("曾用代码", "Former codes"), Text("一行一个", "One a line"), lambda u: _one_a_line(u.former_codes)),
    ),
    key=("unit_code",),
    whole=True,
)  # fmt: skip

FINDINGS: Table[tuple[int, Finding]] = Table(
    "findings",
    Text("检查结果", "Findings"),
    Text("一行是检查数据时发现的一处疑点；原文不因此改动", "One row is one doubt that the checks found; the text is not changed for it"),
    lambda contents: enumerate(contents.findings, start=1),
    (
        Column("id", Text("编号", "Number"), Text("在本次发布中的编号，下次发布可能不同", "Number in this publication; the next may number otherwise"), lambda f: f[0], Type.INTEGER, required=True, minimum=1),
        Column("rule", Text("规则", "Rule"), Text("规则编号", "Id of the rule"), lambda f: f[1].rule, required=True, pattern="[a-z0-9-]+"),
        Column("severity", Text("程度", "Severity"), Text("error 错误、warning 疑点、note 提示", "error, warning or note"), lambda f: f[1].severity.value, required=True, choices=tuple(Severity)),
        UNIT_CODE.taken(lambda f: f[1].unit or None, required=False, fiscal="", meaning=Text("有关的单位；与单位无关时为空", "The unit; empty where it concerns none")),
        YEAR.taken(lambda f: int(f[1].year) if f[1].year else None, required=False, fiscal="", meaning=Text("有关的年度；与年度无关时为空", "The year; empty where it concerns none")),
        PROJECT_ID.taken(lambda f: f[1].project or None, required=False, fiscal="", meaning=Text("有关的项目；读不出来的项目不在 projects 中", "The project; one that could not be read is not in projects")),
        Column("field", Text("字段", "Field"), Text("有关的字段，行从 1 数起", "The field; rows count from 1"), lambda f: f[1].field or None),
        Column("value", Text("原文", "Value"), Text("该字段的原文", "The published text of the field"), lambda f: f[1].value or None),
        Column("message", Text("说明", "Message"), Text("有什么疑点", "What is doubtful, in Chinese"), lambda f: f[1].message.zh, required=True),
        Column("message_en", Text("说明（英文）", "Message in English"), Text("有什么疑点，英文", "What is doubtful"), lambda f: f[1].message.en),
        Column("remedy", Text("建议", "Remedy"), Text("怎么办", "What to do, in Chinese"), lambda f: f[1].remedy.zh),
        Column("remedy_en", Text("建议（英文）", "Remedy in English"), Text("怎么办，英文", "What to do"), lambda f: f[1].remedy.en),
        Column("acknowledged", Text("发布者的说明", "Publisher's reply"), Text("发布者已知悉并保留原样的理由", "Why the publisher leaves it as it is"), lambda f: f[1].acknowledged or None),
        Column("file", Text("文件", "File"), Text("在哪个文件", "The file that it is in"), lambda f: f[1].place.file or None),
        Column("line", Text("行", "Line"), Text("在文件的第几行；整个文件的为空", "The line in the file; empty for the whole file"), lambda f: f[1].place.line or None, Type.INTEGER),
        Column("column", Text("列", "Column"), Text("在行中第几个字符；整行的为空", "The character in the line; empty for the whole line"), lambda f: f[1].place.column or None, Type.INTEGER),
        Column("spot", Text("位置", "Place"), Text("在文件的什么地方", "Where in the file"), lambda f: f[1].place.spot.zh or None),
    ),
    key=("id",),
    whole=True,
)  # fmt: skip


def _url(entry: Entry[Any], path: str) -> str:
    return entry.contents.dataset.site.address(f"{path}/") or f"{path}/"


def _group(level1: str) -> str | None:
    group = group_of(level1)
    return group.id if group else None
