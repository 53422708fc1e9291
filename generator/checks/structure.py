"""Rules of what must be there, and of codes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from generator.checks.facts import Facts, ProjectFacts
from generator.checks.registry import (
    Doubt,
    DoubtAbout,
    Doubts,
    disclosure_rule,
    fact_rule,
    project_rule,
)
from generator.finding import FieldPath, Severity, Text, field_name
from generator.forms.form import FORMS, form
from generator.model import Disclosure, DisclosureFile, Project, ProjectFile, title_of
from generator.rule import Family

_OWN_FORM = "hebei"  # that of data without a document: the data format has all that this form prints
_PARTS = ("overall_goal", "itemised_goals", "safeguard_measures")
_CONTENTS: tuple[FieldPath, ...] = (
    ("code",),
    ("purpose",),
    ("budget", "total"),
    ("budget", "fiscal"),
    ("budget", "other"),
    ("spending_plan",),
    ("goals",),
    ("indicators",),
)
_COLUMNS = ("level1", "level2", "level3", "description", "target", "basis")
_cells = attrgetter(*_COLUMNS)
_CODE = re.compile(r"\d{6}(?P<entry>\d{2})[0-9A-Z]{13}")


@disclosure_rule(Severity.WARNING, Family.STRUCTURE, "缺少绩效文本的一部分", "part of the disclosure missing")
def missing_part(disclosure: Disclosure) -> Doubts:
    """Part 1 of the form has three parts, and one of them is not there.

    第一部分应有总体绩效目标、分项绩效目标、工作保障措施，缺了一项。

    Bad: disclosure.yml 里没有 safeguard_measures
    Good: 三项都有；所用表式没有第一部分的，不查
    Basis: 河北省部门预算绩效文本表式（见于公开文件）
    """
    for part in _PARTS:
        if part in _required(disclosure) and not getattr(disclosure, part):
            title = title_of(DisclosureFile, part)
            yield Doubt((part,), Text(f"没有{title}", f"there is no `{part}`"))


@fact_rule(Severity.WARNING, Family.STRUCTURE, "没有项目", "no projects")
def no_projects(facts: Facts) -> Iterator[DoubtAbout]:
    """The disclosure has no project at all, though its part 2 consists of them.

    绩效文本没有任何项目，而第二部分应是各项目的绩效目标。

    Bad: projects 文件夹是空的
    Good: 每个预算项目一个文件
    Basis: 河北省部门预算绩效文本表式（见于公开文件）
    """
    for disclosure in facts.disclosures:
        if not disclosure.projects and not disclosure.record.unread:
            yield DoubtAbout(disclosure, Doubt((), Text("没有任何项目", "there are no projects")))


@project_rule(Severity.WARNING, Family.STRUCTURE, "缺少表中的内容", "content of the form missing")
def missing_content(project: Project, disclosure: Disclosure) -> Doubts:
    """The form asks for a content that the project does not have.

    表中应有的内容，项目没有。

    Bad: 没有资金用途
    Good: purpose: 用于村内道路修建；所用表式没有资金支出计划一栏的，不查这一栏
    Basis: 所用的表式（见于公开文件）；没有保存公开文件的，按河北省部门预算绩效文本表式
    """
    asked = _required(disclosure)
    for path in _CONTENTS:
        if field_name(path) not in asked:
            continue
        value: object = project
        for part in path:
            value = getattr(value, str(part))
        if value in (None, ()):
            name = field_name(path)
            title = title_of(ProjectFile, name).rpartition(" ")[2]
            yield Doubt(path, Text(f"没有{title}", f"there is no `{name}`"))


def _required(disclosure: Disclosure) -> frozenset[str]:
    """Give the fields that every form of the disclosure's documents prints."""
    used = {document.form for document in disclosure.source_documents} & set(FORMS)
    return frozenset.intersection(*(frozenset(form(name).required) for name in used or {_OWN_FORM}))


@project_rule(Severity.WARNING, Family.STRUCTURE, "空白的格", "blank cell")
def empty_value(project: Project, _: Disclosure) -> Doubts:
    """A cell is blank although other rows have that content.

    这一格是空白的，而其他行有内容。

    Bad: level3: ''
    Good: level3: 完成数量；整张表都没有“指标值确定依据”一列的，不算空白
    """
    blanks: list[FieldPath] = [("goals", row) for row in _blank(project.goals)]
    if project.purpose is not None and _blank([project.purpose]):
        blanks.append(("purpose",))
    for column, texts in zip(_COLUMNS, zip(*map(_cells, project.indicators), strict=True), strict=False):
        rows = _blank(texts)
        if len(rows) < len(texts):  # else the table has no such column
            blanks += [("indicators", row, column) for row in rows]
    for path in blanks:
        name = field_name(path)
        title = title_of(ProjectFile, name)
        yield Doubt(path, Text(f"{title}是空白的", f"`{name}` is blank"))


def _blank(texts: Sequence[str | None]) -> list[int]:
    """Give the rows without a sign."""
    return [row for row, text in enumerate(texts) if not text or text.isspace()]


@project_rule(Severity.WARNING, Family.STRUCTURE, "项目编码不合格式", "project code of another form")
def code_format(project: Project, _: Disclosure) -> Doubts:
    """A project code has 21 characters: six digits of the division, two of a year, a serial of 13.

    项目编码应为 21 位：区划代码 6 位数字，年份 2 位数字，其余 13 位为数字或大写字母。

    Bad: 130682217RRL6F4PNQUL
    Good: 130682217RRL6F4PNQUL9
    Basis: 财政系统在用的校验规则（所见）
    """
    if project.code and not _CODE.fullmatch(project.code):
        yield Doubt(
            ("code",),
            Text(
                f"项目编码有 {len(project.code)} 个字符，不合“6 位区划、2 位年份、13 位编号”的格式",
                f"the code of {len(project.code)} characters is not 6 digits of the division, 2 of a year and a serial of 13",
            ),
        )


@dataclass(frozen=True)
class _FormerCode:
    """A division code that stood for another one in codes of the years `first` to `last`."""

    division: str
    used: str
    first: int
    last: int


_FORMER_CODES = (_FormerCode("130682", "139001", 2015, 2016),)  # 定州市, as the statistics bureau had it


@project_rule(Severity.WARNING, Family.STRUCTURE, "区划代码不是本单位的", "division code of another place")
def division_prefix(project: Project, disclosure: Disclosure) -> Doubts:
    """The code begins with the division code of another place than the unit's.

    项目编码前六位不是本单位的行政区划代码。曾用的区划代码按年份对照，不算不符。

    Bad: 单位在 130682，编码以 130683 开头
    Good: 编码以 130682 开头；2015—2016 年的编码以 139001 开头
    Basis: GB/T 2260；财政系统在用的校验规则（所见）
    """
    division = disclosure.unit.division_code
    code = _CODE.fullmatch(project.code or "")
    if not (code and division) or code[0].startswith(division):
        return
    entry = 2000 + int(code["entry"])
    former = [f.used for f in _FORMER_CODES if f.division == division and f.first <= entry <= f.last]
    if code[0][:6] not in former:
        yield Doubt(
            ("code",),
            Text(
                f"编码前六位 {code[0][:6]} 不是本单位的区划代码 {division}",
                f"the code begins with {code[0][:6]}, not with the unit's division code {division}",
            ),
        )


@project_rule(Severity.WARNING, Family.STRUCTURE, "文件名与编码不同", "file name is not the code")
def file_name_code(project: Project, _: Disclosure) -> Doubts:
    """The file is named for another code, and so is the project's address on the site.

    文件名与项目编码不同，网页的地址也就与编码不同。

    Bad: 文件 130682217RRL6F4PNQUL8.yml 里是 code: 130682217RRL6F4PNQUL9
    Good: 文件 130682217RRL6F4PNQUL9.yml
    """
    if project.code and project.code != project.id:
        yield Doubt(
            ("code",),
            Text(f"编码与文件名“{project.id}”不同", f"the file is named `{project.id}`"),
            Text("核对编码，再改文件名", "check the code, then rename the file"),
        )


@fact_rule(Severity.WARNING, Family.STRUCTURE, "同年编码重复", "code used twice in a year")
def duplicate_code(facts: Facts) -> Iterator[DoubtAbout]:
    """Two projects of one year have the same code, so the code does not tell them apart.

    同一年度有两个项目用同一编码，编码就分不清是哪一个。

    Bad: 两个文件都是 code: 130682217RRL6F4PNQUL9
    Good: 各有各的编码；不同年度沿用同一编码不算重复
    """
    first: dict[tuple[str, str], ProjectFacts] = {}
    for disclosure in facts.disclosures:
        for project in disclosure.projects:
            if not project.code:
                continue
            other = first.setdefault((project.year, project.code), project)
            if other is not project:
                message = Text(
                    f"项目“{other.name}”用的也是这个编码", f"the project {other.name} has the same code"
                )
                place = other.place(("code",))
                remedy = Text(
                    f"对照公开文件，改正抄错的一个；另一个在 {place}",
                    f"compare with the published document and correct the one that is wrong; the other is {place}",
                )
                yield DoubtAbout(project, Doubt(("code",), message, remedy, project.code))
