"""What the pages above the disclosures say: home, units, all projects, terms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from generator import money
from generator.finding import SEVERITY_NAMES, Finding, Severity
from generator.model import Dataset, Disclosure, Project, Term, Unit
from generator.money import AmountUnit
from generator.number import plain
from generator.render.views.charts import Bars, Measured, bars, largest_sentence
from generator.render.views.year import YearPlan, year_plan
from generator.rule import FAMILY_NAMES, Family, Rule


@dataclass(frozen=True)
class ProjectLine:
    """A project in a list of all; its amount is as published, in `amount_unit`.

    `share` is its part of the largest budget of all, in whole %.
    """

    name: str
    url: str
    code: str
    unit: str
    unit_url: str
    year: str
    total: str
    amount_unit: str
    share: int
    indicators: int
    doubts: int


@dataclass(frozen=True)
class DisclosureLine:
    """A disclosure in a list; amounts in 万元 so that units can be compared."""

    unit: str
    year: str
    url: str
    projects: int
    total: str
    doubts: int


@dataclass(frozen=True)
class UnitView:
    """A unit and its disclosures, the newest first."""

    unit: Unit
    disclosures: Sequence[DisclosureLine]


@dataclass(frozen=True)
class Overview:
    """The whole site in figures; `total` is in 万元, `yuan` in 元."""

    title: str
    total: str
    yuan: str
    counts: str
    units: Sequence[UnitView]
    disclosures: Sequence[DisclosureLine]
    projects: Sequence[ProjectLine]
    by_project: Bars
    by_unit: Bars | None
    by_year: Bars | None
    plan: YearPlan | None
    found: Bars
    unread: str


@dataclass(frozen=True)
class GlossaryView:
    """The terms in their order."""

    title: str
    terms: Sequence[Term]


LARGEST = 20  # projects in the chart of home


def overview(dataset: Dataset, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Overview:
    """Work out the figures of home and of the lists from the whole dataset."""
    doubts = _doubts(findings)
    lines = [_disclosure_line(d, doubts) for d in dataset.disclosures]
    by_unit = {u.code: [line for d, line in zip(dataset.disclosures, lines, strict=True) if d.unit.code == u.code] for u in dataset.units}  # fmt: skip
    total = money.add(_sum(d) for d in dataset.disclosures)
    unread = sum(len(d.unread) for d in dataset.disclosures)
    largest = max((_wan(d, p) for d in dataset.disclosures for p in d.projects), default=Decimal(0))
    return Overview(
        title=dataset.site.name,
        total=plain(total),
        yuan=money.in_yuan(total, AmountUnit.WAN),
        counts=_counts(dataset),
        units=[UnitView(u, sorted(by_unit[u.code], key=lambda line: line.year, reverse=True)) for u in dataset.units],
        disclosures=lines,
        projects=[_project_line(d, p, doubts, largest) for d in dataset.disclosures for p in d.projects],
        by_project=_by_project(dataset),
        by_unit=_by("单位", [(d.unit.label, d) for d in dataset.disclosures]),
        by_year=_by("年度", [(f"{d.year} 年", d) for d in dataset.disclosures]),
        plan=year_plan(dataset.disclosures),
        found=_found(dataset, findings, rules),
        unread=f"有 {unread} 个项目的数据文件有错误，暂时没有发布。" if unread else "",
    )  # fmt: skip


def _doubts(findings: Sequence[Finding]) -> dict[tuple[str, str, str], int]:
    """Count the findings of each project, and of each disclosure under the empty project id."""
    doubts: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        for key in {
            (finding.unit, finding.year, finding.project),
            (finding.unit, finding.year, ""),
        }:
            doubts[key] = doubts.get(key, 0) + 1
    return doubts


def _counts(dataset: Dataset) -> str:
    indicators = sum(d.indicator_count for d in dataset.disclosures)
    parts = [f"{len(dataset.projects)} 个项目", f"{indicators} 条绩效指标"]
    years = sorted({d.year for d in dataset.disclosures})
    units = {d.unit.code: d.unit.label for d in dataset.disclosures}
    parts.insert(0, next(iter(units.values())) if len(units) == 1 else f"{len(units)} 个单位")
    if years:
        parts.insert(1, f"{years[0]} 年" if len(years) == 1 else f"{years[0]}–{years[-1]} 年")
    return " · ".join(parts)


def _by_project(dataset: Dataset) -> Bars:
    several = len(dataset.disclosures) > 1
    measured = [
        Measured(
            p.name,
            value := _wan(d, p),
            plain(value),
            f"{p.path}/index.html",
            f"{d.unit.label} {d.year}" if several else "",
        )
        for d in dataset.disclosures
        for p in d.projects
    ]
    titles = ("项目", "预算数（万元）")
    return bars("各项目的预算数", titles, largest_sentence(measured, "万元"), measured, LARGEST)


def _by(what: str, keyed: Sequence[tuple[str, Disclosure]]) -> Bars | None:
    """Draw the sums by unit or year, where there are several."""
    sums: dict[str, Decimal] = {}
    for key, disclosure in keyed:
        sums[key] = sums.get(key, Decimal(0)) + _sum(disclosure)
    if len(sums) < 2:  # noqa: PLR2004 (one bar says nothing)
        return None
    measured = [Measured(key, value, plain(value)) for key, value in sums.items()]
    sentence = largest_sentence(measured, "万元")
    return bars(f"各{what}的预算合计", (what, "预算合计（万元）"), sentence, measured, LARGEST)


def _found(dataset: Dataset, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Bars:
    families = Counter(rules[f.rule].family for f in findings)
    measured = [
        Measured(
            name := FAMILY_NAMES[family].zh,
            Decimal(families[family]),
            str(families[family]),
            f"quality/index.html?family={quote(name)}#findings",
        )
        for family in Family
        if families[family]
    ]
    touched = len({(f.unit, f.year, f.project) for f in findings if f.project})
    severities = Counter(f.severity for f in findings)
    said = "，".join(f"{SEVERITY_NAMES[s]} {severities[s]} 处" for s in Severity)
    sentence = (
        f"{len(dataset.projects)} 个项目中有 {touched} 个发现了疑点或提示，共 {len(findings)} 处：{said}。"
    )
    return bars("疑点与提示的种类", ("种类", "处数"), sentence if findings else "没有发现疑点。", measured)


def _sum(disclosure: Disclosure) -> Decimal:
    return money.convert(disclosure.total, disclosure.amount_unit, AmountUnit.WAN)


def _wan(disclosure: Disclosure, project: Project) -> Decimal:
    total = project.budget.total
    value = total.value if total and total.value is not None else Decimal(0)
    return money.convert(value, disclosure.amount_unit, AmountUnit.WAN)


def _project_line(
    disclosure: Disclosure,
    project: Project,
    doubts: dict[tuple[str, str, str], int],
    largest: Decimal,
) -> ProjectLine:
    total = project.budget.total
    return ProjectLine(
        project.name,
        f"{project.path}/index.md",
        project.code or "",
        disclosure.unit.label,
        f"{disclosure.path}/index.md",
        disclosure.year,
        total.text if total else "",
        disclosure.amount_unit.value,
        max(0, round(_wan(disclosure, project) * 100 / largest)) if largest > 0 else 0,
        len(project.indicators),
        doubts.get((project.unit_code, project.year, project.id), 0),
    )


def _disclosure_line(disclosure: Disclosure, doubts: dict[tuple[str, str, str], int]) -> DisclosureLine:
    return DisclosureLine(
        disclosure.unit.label,
        disclosure.year,
        f"{disclosure.path}/index.html",
        len(disclosure.projects),
        money.in_wan(disclosure.total, disclosure.amount_unit),
        doubts.get((disclosure.unit.code, disclosure.year, ""), 0),
    )
