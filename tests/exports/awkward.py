"""A dataset of everything that might break a file: signs, signals, gaps, and figures of every kind."""

from generator.exports.table import Contents
from generator.finding import Finding, Place, Severity, Text
from generator.model import (
    Budget,
    Correction,
    Dataset,
    Disclosure,
    Indicator,
    PlanStep,
    Project,
    Site,
    SourceDocument,
    Unit,
)
from generator.money import Amount, AmountUnit, Percentage

HOSTILE = (
    '=HYPERLINK("http://evil.example","点我")',
    "+1+1",
    "-5.00",
    "@SUM(A1)",
    "＝1+1",
    "'quoted",
    "''twice",
    "一行\n二行\n",
    'a,b;c\td"e"',
    " 前后有空格 ",
    "</script><script>alert(1)</script>",
    "<b>&amp;]]>",
    "_x0041_",
    "<r><t>粗体</t></r>",
    "[链接](javascript:alert(1)) | 表",
    "{{ 7 * 7 }} {% raw %}",
    "𠮷野家 🏛 é",
    "null",
    "true",
    "1e5",
    "00123",
    "长" * 40_000,
)  # fmt: skip
"""Texts that may stand in any cell of a document."""

SITE = Site(
    name="难缠 <数据> & “引号”",
    publisher="某市 =某局 & Co",
    description='，"说明"\n第二行',
    licence="自由 <使用>",
    contact="mailto:open@example.gov.cn",
    keywords=("预算", "绩效,目标"),
)  # fmt: skip


def contents(base_url: str = "") -> Contents:
    """Give the dataset, with findings, on a site at `base_url`."""
    units = (
        Unit(code="0042", name="=零开头的单位", division_code="130682", former_names=("旧名一", "旧名二"), former_codes=("0041",)),
        Unit(code="912012", name="没有文件的单位"),
    )  # fmt: skip
    site = SITE.model_copy(update={"base_url": base_url})
    return Contents(Dataset(site, (_disclosure(units[0]), _empty(units[0])), units), tuple(_findings()))


def _disclosure(unit: Unit) -> Disclosure:
    projects = tuple(_project(unit, index, text) for index, text in enumerate(HOSTILE))
    return Disclosure(
        unit=unit,
        year="2021",
        amount_unit=AmountUnit.YUAN,
        overall_goal=HOSTILE[0],
        itemised_goals=HOSTILE,
        published_total=Amount("约一百"),
        published_date="2021-03-15 10:30",
        source_documents=(SourceDocument(file="=a b&c.doc", sha256="0" * 64, form="hebei"),),
        corrections=(Correction(field="overall_goal", published="旧", corrected="新", reason="=错", date="2021-06-30"),),
        projects=projects,
        unread=("坏的",),
    )  # fmt: skip


def _empty(unit: Unit) -> Disclosure:
    return Disclosure(unit=unit, year="2022", amount_unit=AmountUnit.WAN)


def _project(unit: Unit, index: int, text: str) -> Project:
    amounts = ("-5.00", "待定", "1,681,680", "８０", "0.0001", "9" * 39, "")
    return Project(
        id=f"p-{index}",
        unit_code=unit.code,
        year="2021",
        name=text,
        purpose=text,
        budget=Budget(total=Amount(amounts[index % len(amounts)]), other=Amount("0") if index % 2 else None),
        spending_plan=(PlanStep(date=text, cumulative=Percentage("1000.00%")), PlanStep(date="", cumulative=Percentage(text))),
        goals=(text, ""),
        indicators=(Indicator(level1=text, level2="", level3=text, target=text), Indicator(level1="产出指标", level2="数量指标", level3="次", target="≥-3.5次")),
        corrections=(Correction(field="name", published=text, corrected="", reason="", date="去年"),),
    )  # fmt: skip


def _findings() -> list[Finding]:
    place = Place("units/0042/2021/projects/坏的.yml", 3, 1)
    about = Text("有“疑点”", "doubtful")
    return [
        Finding("rule-a", Severity.ERROR, about, about, place, unit="0042", year="2021", project="坏的"),
        *(Finding("rule-b", Severity.NOTE, Text(t, t), about, place, "name", t, "0042", "2021", f"p-{i}") for i, t in enumerate(HOSTILE)),
        Finding("rule-c", Severity.WARNING, about, about, Place("site.yml"), acknowledged="已知"),
    ]  # fmt: skip
