"""Rules that compare years and units. A year is compared with the one before it of the same unit."""

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from generator.checks.facts import DisclosureFacts, Facts, ProjectFacts, TargetFact, UnitFacts
from generator.checks.registry import Doubt, DoubtAbout, fact_rule
from generator.finding import Severity, Text, field_path
from generator.rule import Family

_DOUBLE = 2
_NAMED = 10  # projects; a message that names more is not read
_CONFIRM = Text(
    "确认变动属实；属实的写明已知悉（acknowledged）", "confirm the change; acknowledge it if it is real"
)


@fact_rule(Severity.NOTE, Family.ACROSS, "同一编码换了名称", "same code, other name")
def renamed_project(facts: Facts) -> Iterator[DoubtAbout]:
    """The project had another name under the same code in the year before.

    同一项目编码，上一年是另一个名称。

    Bad: 2021 年“人大经费”，2022 年“人大工作经费”，编码相同
    Good: 编码和名称都与上一年相同
    """
    for old, new in _same_code(facts):
        if old.name.strip() != new.name.strip():
            message = Text(
                f"{old.year} 年同一编码的名称是“{old.name}”",
                f"in {old.year} the project of this code was named {old.name}",
            )
            yield DoubtAbout(new, Doubt(("name",), message, _CONFIRM, new.name))


@fact_rule(Severity.NOTE, Family.ACROSS, "指标值降低", "target lowered")
def lowered_target(facts: Facts) -> Iterator[DoubtAbout]:
    """The same indicator asks for less than in the year before.

    同一项目、同一指标，要求比上一年低。

    Bad: 2021 年 ≥95%，2022 年 ≥90%
    Good: 2021 年 ≥90%，2022 年 ≥95%；成本 2021 年 ≤90 万元，2022 年 ≤80 万元
    """
    for old, new in _same_code(facts):
        for key, target in new.targets.items():
            before = old.targets.get(key)
            if before and _lower(before, target):
                message = Text(
                    f"{old.year} 年是“{before.text}”，今年的要求低了",
                    f"in {old.year} it was {before.text}, so less is asked for",
                )
                doubt = Doubt(field_path(target.field), message, _CONFIRM, target.text)
                yield DoubtAbout(new, doubt)


@fact_rule(Severity.NOTE, Family.ACROSS, "预算增加一倍以上", "budget more than doubled")
def budget_doubled(facts: Facts) -> Iterator[DoubtAbout]:
    """The budget of the project is more than twice that of the year before.

    同一项目的预算比上一年增加一倍以上。

    Bad: 2021 年 3.00 万元，2022 年 8.00 万元
    Good: 2021 年 3.00 万元，2022 年 6.00 万元
    """
    for old, new in _same_code(facts):
        if old.yuan and new.yuan and old.yuan > 0 and new.yuan > _DOUBLE * old.yuan:
            times = f"{new.yuan / old.yuan:.1f}"
            message = Text(
                f"预算是 {old.year} 年的 {times} 倍", f"the budget is {times} times that of {old.year}"
            )
            value = str(new.record.budget.total)
            yield DoubtAbout(new, Doubt(("budget", "total"), message, _CONFIRM, value))


@fact_rule(Severity.NOTE, Family.ACROSS, "上一年的项目不见了", "projects that vanished")
def vanished_project(facts: Facts) -> Iterator[DoubtAbout]:
    """Projects of the year before have no successor of the same code or name. Said once a year.

    上一年的项目，今年没有同一编码或同一名称的。每份绩效文本只提示一次。

    Bad: 2021 年有“小城镇建设”，2022 年没有
    Good: 编码换了而名称没变
    """
    for before, after in _successive(facts):
        if after.record.unread:
            continue
        known = {p.code for p in after.projects if p.code} | {p.name.strip() for p in after.projects}
        gone = [p.name for p in before.projects if not {p.code, p.name.strip()} & known]
        if gone:
            more = Text("等", ", …") if len(gone) > _NAMED else Text("", "")
            message = Text(
                f"{before.year} 年的 {len(gone)} 个项目今年没有：{'、'.join(gone[:_NAMED])}{more.zh}",
                f"gone are {len(gone)} of the projects of {before.year}: {', '.join(gone[:_NAMED])}{more.en}",
            )
            yield DoubtAbout(after, Doubt((), message, _CONFIRM))


@fact_rule(Severity.WARNING, Family.ACROSS, "某年没有绩效文本", "year without a disclosure")
def missing_year(facts: Facts) -> Iterator[DoubtAbout]:
    """Other units have a disclosure for the year, and this one has none, or never had one.

    其他单位有这一年的绩效文本，本单位从未有过，或此前有、这一年却没有。

    Bad: 别的单位有 2022 年的，本单位只有 2021 年的
    Good: 每年都有；单位在这一年之后才第一次公开
    Basis: 预算法第十四条：部门预算应当公开
    """
    years = sorted({disclosure.year for disclosure in facts.disclosures})
    by_unit = _by_unit(facts)
    for unit in facts.units:
        own = by_unit.get(unit.unit, [])
        about: DisclosureFacts | UnitFacts = own[0] if own else unit
        have = {disclosure.year: disclosure for disclosure in own}
        for year in years:
            if year in have:
                about = have[year]
            elif (unit.unit, year) not in facts.unread and (not own or year > own[0].year):
                message = Text(
                    f"其他单位有 {year} 年的绩效文本，本单位没有",
                    f"other units have a disclosure for {year}, this one has none",
                )
                remedy = Text(
                    f"补上 {year} 年的公开文件；确实没有的，写明已知悉（acknowledged）",
                    f"add the document of {year}; acknowledge it if there is none",
                )
                yield DoubtAbout(about, Doubt((), message, remedy))


def _by_unit(facts: Facts) -> Mapping[str, list[DisclosureFacts]]:
    ordered = sorted(facts.disclosures, key=lambda d: (d.unit, d.year))
    return {unit: list(own) for unit, own in groupby(ordered, lambda d: d.unit)}


def _successive(facts: Facts) -> Iterator[tuple[DisclosureFacts, DisclosureFacts]]:
    for own in _by_unit(facts).values():
        yield from pairwise(own)


def _same_code(facts: Facts) -> Iterator[tuple[ProjectFacts, ProjectFacts]]:
    """Pair each project with the one of the same code in the unit's disclosure before."""
    for before, after in _successive(facts):
        by_code = {project.code: project for project in before.projects if project.code}
        for project in after.projects:
            if project.code in by_code:
                yield by_code[project.code], project


def _lower(before: TargetFact, now: TargetFact) -> bool:
    if (before.operator, before.unit) != (now.operator, now.unit):
        return False
    return now.number > before.number if now.lower_is_better else now.number < before.number
