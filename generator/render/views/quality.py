"""What the pages of the checks say: all findings, those of a disclosure, and what each rule means."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.finding import SEVERITY_NAMES, Finding, Severity
from generator.model import Dataset, Disclosure, DisclosureFile, ProjectFile, title_of
from generator.render.views.charts import Bars, Measured, bars
from generator.render.views.notices import MARKS, anchor
from generator.rule import FAMILY_NAMES, Family, Rule

K = TypeVar("K", bound=Hashable)

ROOM = 75_000
"""Bytes of rows that a page has room for, so that it stays light for a phone."""
MOST_DISCLOSURES = 100
"""How many disclosures the page of all checks lists."""
_LONGEST_VALUE = 60  # characters; the whole value is a click away
_LONGEST_MESSAGE = 160
_TAGS = 450  # bytes of a row besides its texts

_DOUBT = "提出的是疑问，不是结论：公开文件怎样印，本站就怎样登。"
_WEIGHTS = {
    Severity.ERROR: "发布单位必须改正。",
    Severity.WARNING: f"很可能有误，请核对。{_DOUBT}",
    Severity.NOTE: f"写法可以更好，或变动值得确认。{_DOUBT}",
}


@dataclass(frozen=True)
class FindingRow:
    """A finding in a table; `url` leads from the top of the site to the value, empty without a page."""

    severity: str
    word: str
    family: str
    rule: str
    title: str
    disclosure: str
    whose: str
    url: str
    field: str
    value: str
    message: str
    acknowledged: str


@dataclass(frozen=True)
class CountRow:
    """Findings of a family or a disclosure by severity, and how many of them the publisher answered."""

    name: str
    url: str
    counts: Sequence[int]
    acknowledged: int


@dataclass(frozen=True)
class RuleLine:
    """A rule in a list; `url` leads there from the page of all checks."""

    title: str
    url: str
    word: str
    mark: str
    severity: str


@dataclass(frozen=True)
class QualityView:
    """The page of all checks. `rows` is None where there are too many for one page."""

    sentence: str
    severities: Sequence[str]
    families: Sequence[CountRow]
    total: CountRow
    chart: Bars
    disclosures: Sequence[CountRow]
    more: str
    """What the disclosures leave out, empty where nothing."""
    rows: Sequence[FindingRow] | None
    quiet_rules: Sequence[tuple[str, Sequence[RuleLine]]]
    """The rules that found nothing, by family."""


@dataclass(frozen=True)
class DisclosureFindingsView:
    """The findings of one disclosure and its projects; `url` leads from the top of the site to it."""

    title: str
    url: str
    sentence: str
    rows: Sequence[FindingRow]


@dataclass(frozen=True)
class RuleView:
    """The page of one rule; `rows` are its first findings, `sentence` says how many there are.

    `weight` says what a finding of it means, `several` whether there is more than one disclosure.
    """

    rule: Rule
    family: str
    line: RuleLine
    weight: str
    several: bool
    sentence: str
    touched: int
    rows: Sequence[FindingRow]


class _Whose(NamedTuple):
    name: str
    path: str


@dataclass(frozen=True)
class Findings:
    """All findings, and what is needed to name and address what they are about."""

    dataset: Dataset
    findings: Sequence[Finding]
    rules: Mapping[str, Rule]

    @cached_property
    def fit_one_page(self) -> bool:
        """Whether one page has room for every finding."""
        return len(_that_fit(self, self.findings)) == len(self.findings)

    @cached_property
    def by_rule(self) -> Mapping[str, Sequence[Finding]]:
        """The findings of each rule that has any."""
        return _grouped(self.findings, lambda f: f.rule)

    @cached_property
    def by_disclosure(self) -> Mapping[tuple[str, str], Sequence[Finding]]:
        """The findings of each unit and year that has any."""
        return _grouped(self.findings, lambda f: (f.unit, f.year))

    @cached_property
    def records(self) -> Mapping[tuple[str, str, str], _Whose]:
        """Name and folder of each disclosure and project that has a page."""
        records = {}
        for disclosure in self.dataset.disclosures:
            unit, year = disclosure.unit.code, disclosure.year
            records[unit, year, ""] = _Whose("第一部分", disclosure.path)
            records |= {(unit, year, p.id): _Whose(p.name, p.path) for p in disclosure.projects}
        return records

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], str]:
        """What each disclosure is called."""
        return {(d.unit.code, d.year): _label(d) for d in self.dataset.disclosures}


def quality_view(found: Findings) -> QualityView:
    """Work out the page of all checks."""
    count = len(found.dataset.disclosures)
    by_family = _grouped(found.findings, lambda f: found.rules[f.rule].family)
    quiet = _grouped((r for r in found.rules.values() if r.id not in found.by_rule), lambda r: r.family)
    return QualityView(
        sentence=_sentence(found),
        severities=[SEVERITY_NAMES[s] for s in Severity],
        families=[_count_row(FAMILY_NAMES[f].zh, by_family[f]) for f in Family if f in by_family],
        total=_count_row("合计", found.findings),
        chart=_chart(found),
        disclosures=_by_disclosure(found)[:MOST_DISCLOSURES],
        more=f"这里是疑点与提示最多的 {MOST_DISCLOSURES} 份，共有 {count} 份。"
        if count > MOST_DISCLOSURES
        else "",
        rows=list(_rows(found, found.findings)) if found.fit_one_page else None,
        quiet_rules=[(FAMILY_NAMES[f].zh, [_line(r) for r in quiet[f]]) for f in Family if f in quiet],
    )


def disclosure_findings_view(found: Findings, disclosure: Disclosure) -> DisclosureFindingsView:
    """Work out the page of one disclosure's findings."""
    own = found.by_disclosure.get((disclosure.unit.code, disclosure.year), ())
    title = f"{_label(disclosure)}：检查结果"
    rows = _that_fit(found, own)
    sentence = f"共查出 {len(own)} 处{_left_out(own, rows)}。" if own else "没有发现疑点。"
    return DisclosureFindingsView(title, f"{disclosure.path}/index.html", sentence, rows)


def rule_view(found: Findings, rule: Rule) -> RuleView:
    """Work out the page of one rule."""
    own = found.by_rule.get(rule.id, ())
    touched = _touched(found, own)
    several = len(found.dataset.disclosures) > 1
    among = f"，涉及全部 {len(found.dataset.projects)} 个项目中的 {touched} 个" if touched else ""
    rows = _that_fit(found, own)
    sentence = f"共查出 {len(own)} 处{among}{_left_out(own, rows)}。" if own else "目前没有查出。"
    family, weight = FAMILY_NAMES[rule.family].zh, _WEIGHTS[rule.severity]
    return RuleView(rule, family, _line(rule), weight, several, sentence, touched, rows)


def _sentence(found: Findings) -> str:
    projects = found.dataset.projects
    clean = len(projects) - _touched(found, found.findings)
    said = f"{clean} 个项目没有发现疑点" if clean or not projects else "每个项目都有疑点或提示"
    return f"{len(found.rules)} 条规则检查了 {len(found.dataset.disclosures)} 份绩效文本、{len(projects)} 个项目，{said}。"


def _left_out(findings: Sequence[Finding], rows: Sequence[FindingRow]) -> str:
    if len(findings) == len(rows):
        return ""
    return f"；下面列出前 {len(rows)} 处，全部都标在各项目页上，也可下载"


def _touched(found: Findings, findings: Iterable[Finding]) -> int:
    """Count the projects with findings; files that could not be read are no projects."""
    return len({key for f in findings if f.project and (key := (f.unit, f.year, f.project)) in found.records})


def _rows(found: Findings, findings: Iterable[Finding]) -> Iterator[FindingRow]:
    """Give the rows of a table, the gravest first, then by place."""
    order = list(Severity)
    for finding in sorted(findings, key=lambda f: order.index(f.severity)):
        rule = found.rules[finding.rule]
        whose = found.records.get((finding.unit, finding.year, finding.project))
        own = whose and (finding.project or finding.place.file == f"{whose.path}/disclosure.yml")
        kind = ProjectFile if finding.project else DisclosureFile
        yield FindingRow(
            severity=finding.severity.value,
            word=SEVERITY_NAMES[finding.severity],
            family=FAMILY_NAMES[rule.family].zh,
            rule=rule.id,
            title=rule.title.zh,
            disclosure=found.labels.get((finding.unit, finding.year), ""),
            whose=whose.name if whose and own else finding.place.file,
            url=f"{whose.path}/index.html#{anchor(finding.field)}" if whose else "",
            field=title_of(kind, finding.field) if finding.field else "" if whose else finding.place.spot.zh,
            value=_shortened(finding.value, _LONGEST_VALUE),
            message=_shortened(finding.message.zh, _LONGEST_MESSAGE),
            acknowledged=finding.acknowledged,
        )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……"


def _that_fit(found: Findings, findings: Iterable[Finding]) -> list[FindingRow]:
    """Give the first rows that a page has room for."""
    room, rows = ROOM, []
    for row in _rows(found, findings):
        room -= _TAGS + sum(len(text.encode()) for text in vars(row).values())
        if room < 0:
            break
        rows.append(row)
    return rows


def _by_disclosure(found: Findings) -> list[CountRow]:
    """Count for each disclosure; where they do not all find room, those with the most come first."""
    own = [(d, found.by_disclosure.get((d.unit.code, d.year), ())) for d in found.dataset.disclosures]
    if len(own) > MOST_DISCLOSURES:
        own.sort(key=lambda counted: -len(counted[1]))
    return [_count_row(_label(d), findings, _home(found, d)) for d, findings in own]


def _chart(found: Findings) -> Bars:
    measured = [
        Measured(
            found.rules[rule].title.zh,
            Decimal(len(own)),
            str(len(own)),
            f"{rule}/index.html",
            f"{touched} 个项目" if (touched := _touched(found, own)) else "",
        )
        for rule, own in sorted(found.by_rule.items())
    ]
    most = max((m.value for m in measured), default=None)
    names = [f"“{m.name}”" for m in measured if m.value == most]
    sentence = f"查出最多的是{'、'.join(names)}，{'各 ' if len(names) > 1 else ''}{most} 处。"
    titles = ("规则", "处数")
    return bars("各规则查出的处数", titles, sentence if names else "没有发现疑点。", measured)


def _line(rule: Rule) -> RuleLine:
    return RuleLine(
        rule.title.zh,
        f"{rule.id}/index.html",
        SEVERITY_NAMES[rule.severity],
        MARKS[rule.severity],
        rule.severity.value,
    )


def _count_row(name: str, findings: Sequence[Finding], url: str = "") -> CountRow:
    counts = [sum(f.severity is severity for f in findings) for severity in Severity]
    return CountRow(name, url, counts, sum(bool(f.acknowledged) for f in findings))


def _home(found: Findings, disclosure: Disclosure) -> str:
    """Where a disclosure's findings stand: on a page of their own, or with the disclosure."""
    if found.fit_one_page:
        return f"{disclosure.path}/index.html"
    return f"quality/{disclosure.unit.code}/{disclosure.year}/index.html"


def _label(disclosure: Disclosure) -> str:
    return f"{disclosure.unit.label} {disclosure.year} 年"


V = TypeVar("V")


def _grouped(values: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return groups
