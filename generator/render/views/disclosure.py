"""What the page of a disclosure says: part 1 in full, part 2 as a table of projects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator import money
from generator.finding import Finding, by_project
from generator.forms.form import Heading
from generator.forms.grid import form_of
from generator.model import Disclosure, Project, Traces
from generator.number import grouped
from generator.render.views.charts import SCALE
from generator.render.views.corrections import CorrectionRow, correction_rows
from generator.render.views.notices import Notice, notices_of
from generator.render.views.portal import Portal
from generator.render.views.sources import SourceLink, source_link
from generator.render.views.terms import Explained, Explainer, Said


@dataclass(frozen=True)
class Section:
    """A heading of the document with its paragraphs; a part's own heading has none."""

    id: str
    level: int
    title: str
    paragraphs: Sequence[Said]
    listed: bool
    notices: Sequence[Notice]


@dataclass(frozen=True)
class ProjectRow:
    """A project in the table of part 2; `share` is its part of the largest budget, in ‰.

    `yuan` has total, fiscal and other in 元.
    """

    number: str
    name: str
    url: str
    total: str
    share: int
    fiscal: str
    other: str
    yuan: Sequence[str]
    indicators: int
    doubts: int


@dataclass(frozen=True)
class Unread:
    """A project file that could not be read, and what is wrong with it."""

    id: str
    reasons: Sequence[tuple[str, str, str]]
    """Place, what is wrong, what to do."""


@dataclass(frozen=True)
class DisclosureView:
    """Everything that the template of a disclosure arranges; totals are in `amount_unit`."""

    disclosure: Disclosure
    title: str
    permalink: str
    notices: Sequence[Notice]
    """Those that stand beside no section."""
    sections: Sequence[Section]
    projects_heading: Sequence[str]
    rows: Sequence[ProjectRow]
    unread: Sequence[Unread]
    total: str
    fiscal: str
    other: str
    yuan: Sequence[str]
    """The three totals in 元."""
    corrections: Sequence[CorrectionRow]
    sources: Sequence[tuple[SourceLink, int]]
    """Each document, and how many records have a value that is not the document's."""
    word: str
    """The file of the official document, written again from the data."""
    terms: Sequence[Explained]


def disclosure_view(
    disclosure: Disclosure,
    findings: Sequence[Finding],
    traces: Traces,
    portal: Portal,
) -> DisclosureView:
    """Work out the page of a disclosure from all findings and traces of its unit and year."""
    doubts = by_project(findings)
    outline = form_of(disclosure).outline
    part1 = [h for h in outline if h.part != "2"]
    unit, year = disclosure.unit.code, disclosure.year
    keys = [(unit, year, id_) for id_ in ("", *(p.id for p in disclosure.projects))]
    own = [traces[key] for key in keys if key in traces]
    notices = notices_of(doubts.get("", ()), disclosure, traces.get(keys[0]))
    total, fiscal, other = disclosure.total, disclosure.fiscal, disclosure.other
    most = max((money.total([p.budget.total]) for p in disclosure.projects), default=Decimal(0))
    explainer = Explainer(portal.vocabulary)
    sections = [
        _section(heading, disclosure, number, _about(notices, heading.field), explainer)
        for number, heading in enumerate(_joined(part1), 1)
    ]
    beside = {n for section in sections for n in section.notices}
    return DisclosureView(
        disclosure=disclosure,
        title=f"{disclosure.unit.label} {disclosure.year} 年预算绩效目标",
        permalink=portal.site.address(f"{disclosure.path}/"),
        notices=[n for n in notices if n not in beside],
        sections=sections,
        projects_heading=[h.heading for h in _joined([h for h in outline if h.part == "2"])],
        rows=[_row(disclosure, project, most, doubts.get(project.id, ())) for project in disclosure.projects],
        unread=[Unread(id_, _reasons(doubts.get(id_, ()))) for id_ in disclosure.unread],
        total=grouped(total),
        fiscal=grouped(fiscal),
        other=grouped(other),
        yuan=[money.in_yuan(each, disclosure.amount_unit) for each in (total, fiscal, other)],
        corrections=correction_rows(disclosure),
        sources=[
            (source_link(disclosure, d, "source/"), sum(bool(t.differences) for t in own if t.document == d))
            for d in disclosure.source_documents
        ],
        word=f"{disclosure.stem}.docx",
        terms=explainer.used,
    )  # fmt: skip


def _joined(headings: Iterable[Heading]) -> list[Heading]:
    """Join the two lines of a part's heading: 第一部分 部门整体绩效目标."""
    joined: list[Heading] = []
    for heading in headings:
        last = joined[-1] if joined else None
        if heading.part and last and last.part == heading.part and not last.field:
            text = f"{last.heading} {heading.heading}"
            joined[-1] = last.model_copy(update={"heading": text})
        else:
            joined.append(heading)
    return joined


def _about(notices: Sequence[Notice], field: str) -> list[Notice]:
    """Give the notices of a field and of the items of its list."""
    return [n for n in notices if field and n.field.partition("[")[0] == field]


def _section(
    heading: Heading, disclosure: Disclosure, number: int, notices: Sequence[Notice], explainer: Explainer
) -> Section:
    content = getattr(disclosure, heading.field) if heading.field else ()
    listed = isinstance(content, tuple)
    paragraphs = list(content) if listed else (content or "").split("\n")
    return Section(
        heading.field.replace("_", "-") or f"part-{number}",
        3 if heading.field else 2,
        heading.heading,
        [explainer.pieces(p) for p in paragraphs if p],
        listed,
        notices,
    )


def _row(disclosure: Disclosure, project: Project, most: Decimal, findings: Sequence[Finding]) -> ProjectRow:
    budget = project.budget
    amounts = (budget.total, budget.fiscal, budget.other)
    return ProjectRow(
        project.number or "",
        project.name,
        f"{project.id}/index.html",
        str(budget.total or ""),
        round(money.total([budget.total]) * SCALE / most) if most > 0 else 0,
        str(budget.fiscal or ""),
        str(budget.other or ""),
        [money.amount_in_yuan(amount, disclosure.amount_unit) for amount in amounts],
        len(project.indicators),
        len(findings),
    )


def _reasons(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    return [(str(f.place), f.message.zh, f.remedy.zh) for f in findings]
