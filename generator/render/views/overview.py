"""What the pages above the disclosures say: home, units, all projects, terms."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from generator import money
from generator.finding import SEVERITY_NAMES, Finding, Severity
from generator.model import Dataset, Disclosure, Project, Term, Unit
from generator.money import AmountUnit
from generator.number import grouped, plain
from generator.render.views.charts import Bars, Measured, bars, largest_sentence, series, series_sentence
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
    yuan: str
    amount_unit: str
    share: int
    indicators: int
    doubts: int


@dataclass(frozen=True)
class DisclosureLine:
    """A disclosure in a list; `total` is in 万元 so that units can be compared, `yuan` the same in 元."""

    unit: str
    year: str
    url: str
    projects: int
    total: str
    yuan: str
    doubts: int


@dataclass(frozen=True)
class UnitRow:
    """A unit with its disclosure of each year of the list, None where it has none."""

    unit: Unit
    disclosures: Sequence[DisclosureLine | None]

    @property
    def url(self) -> str:
        """Where its newest disclosure is, from the top of the site; empty where it has none."""
        return next((line.url for line in self.disclosures if line), "")


@dataclass(frozen=True)
class UnitsView:
    """A page of the list of units, years across from the newest. `pages` are number and path of each."""

    path: str
    number: int
    years: Sequence[str]
    units: Sequence[UnitRow]
    count: int
    pages: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Overview:
    """The whole site in figures; `total` is in 万元, `yuan` in 元."""

    title: str
    total: str
    yuan: str
    counts: str
    disclosures: Sequence[DisclosureLine]
    """The newest first, no more than fit."""
    more_disclosures: str
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


LARGEST = 20  # bars in a chart of home
NEWEST = 30  # disclosures in the list of home
UNITS = 150
"""How many units a page holds; with several years of each it stays below 150 KB."""


def overview(dataset: Dataset, findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Overview:
    """Work out the figures of home and of the lists from the whole dataset."""
    doubts = _doubts(findings)
    lines = [_disclosure_line(d, doubts) for d in dataset.disclosures]
    newest_first = sorted(lines, key=lambda line: line.year, reverse=True)
    total = money.add(_sum(d) for d in dataset.disclosures)
    unread = sum(len(d.unread) for d in dataset.disclosures)
    largest = max((_wan(d, p) for d in dataset.disclosures for p in d.projects), default=Decimal(0))
    return Overview(
        title=dataset.site.name,
        total=grouped(total),
        yuan=money.in_yuan(total, AmountUnit.WAN),
        counts=_counts(dataset),
        disclosures=newest_first[:NEWEST],
        more_disclosures=f"这里是最新的 {NEWEST} 份，共有 {len(lines)} 份。" if len(lines) > NEWEST else "",
        projects=[_project_line(d, p, doubts, largest) for d in dataset.disclosures for p in d.projects],
        by_project=_by_project(dataset),
        by_unit=_by_unit(dataset),
        by_year=_by_year(dataset),
        plan=year_plan(dataset.disclosures),
        found=_found(dataset, findings, rules),
        unread=f"有 {unread} 个项目的数据文件有错误，暂时没有发布。" if unread else "",
    )  # fmt: skip


def units_views(dataset: Dataset, findings: Sequence[Finding]) -> Iterator[UnitsView]:
    """Cut the list of all units into pages; an empty list makes one page."""
    doubts = _doubts(findings)
    years = sorted({d.year for d in dataset.disclosures}, reverse=True)
    lines = {(d.unit.code, d.year): _disclosure_line(d, doubts) for d in dataset.disclosures}
    rows = [UnitRow(unit, [lines.get((unit.code, year)) for year in years]) for unit in dataset.units]
    starts = range(0, max(len(rows), 1), UNITS)
    pages = [(n, f"units/list-{n}/index.md" if n > 1 else "units/index.md") for n, _ in enumerate(starts, 1)]
    for (number, path), start in zip(pages, starts, strict=True):
        yield UnitsView(path, number, years, rows[start : start + UNITS], len(rows), pages)


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
            money.in_yuan(value, AmountUnit.WAN),
        )
        for d in dataset.disclosures
        for p in d.projects
    ]
    titles = ("项目", "预算数（万元）")
    return bars("各项目的预算数", titles, largest_sentence(measured, "万元"), measured, LARGEST)


def _by_unit(dataset: Dataset) -> Bars | None:
    """Draw the sums of the units, where there are several; two may have the same name."""
    named = Counter(unit.label for unit in {d.unit.code: d.unit for d in dataset.disclosures}.values())
    measured = [
        Measured(
            unit.label,
            total := money.add(_sum(d) for d in own),
            grouped(total),
            f"units/{unit.code}/{max(d.year for d in own)}/index.html",
            unit.code if named[unit.label] > 1 else "",
            money.in_yuan(total, AmountUnit.WAN),
        )
        for unit in dataset.units
        if (own := [d for d in dataset.disclosures if d.unit.code == unit.code])
    ]
    sentence = largest_sentence(measured, "万元")
    titles = ("单位", "预算合计（万元）")
    return bars("各单位的预算合计", titles, sentence, measured, LARGEST) if len(measured) > 1 else None


def _by_year(dataset: Dataset) -> Bars | None:
    """Draw the sums of the years in their order, where there are several."""
    measured = [
        Measured(
            f"{year} 年",
            total := money.add(_sum(d) for d in dataset.disclosures if d.year == year),
            grouped(total),
            f"projects/index.html?year={year}",
            yuan=money.in_yuan(total, AmountUnit.WAN),
        )
        for year in sorted({d.year for d in dataset.disclosures})
    ]
    sentence = series_sentence(measured, "万元")
    titles = ("年度", "预算合计（万元）")
    return series("各年度的预算合计", titles, sentence, measured) if len(measured) > 1 else None


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
        money.amount_in_yuan(total, disclosure.amount_unit),
        disclosure.amount_unit.value,
        max(0, round(_wan(disclosure, project) * 100 / largest)) if largest > 0 else 0,
        len(project.indicators),
        doubts.get((project.unit_code, project.year, project.id), 0),
    )


def _disclosure_line(disclosure: Disclosure, doubts: dict[tuple[str, str, str], int]) -> DisclosureLine:
    total = _sum(disclosure)
    return DisclosureLine(
        disclosure.unit.label,
        disclosure.year,
        f"{disclosure.path}/index.html",
        len(disclosure.projects),
        grouped(total),
        money.in_yuan(total, AmountUnit.WAN),
        doubts.get((disclosure.unit.code, disclosure.year, ""), 0),
    )
