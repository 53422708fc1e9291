"""Findings as the notices that stand beside the values on a page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.finding import SEVERITY_NAMES, Finding, Severity
from generator.model import Correction, Disclosure, Project, Trace

MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "●"}


@dataclass(frozen=True)
class Notice:
    """A finding or correction in a sentence. `severity` names the style, `word` and `mark` need no colour."""

    severity: str
    word: str
    mark: str
    text: str
    field: str
    acknowledged: str


_QUOTED = 30  # signs of a text that a correction repeats; the table of corrections has all of it


def notices_of(
    findings: Iterable[Finding], record: Project | Disclosure, trace: Trace | None
) -> Sequence[Notice]:
    """Give the notices of a record: its corrections, then what the checks found in it."""
    return [*map(_corrected, record.corrections), *(_notice(finding, trace) for finding in findings)]


def _corrected(correction: Correction) -> Notice:
    quoted = [
        t if len(t) <= _QUOTED else f"{t[:_QUOTED]}…" for t in (correction.published, correction.corrected)
    ]
    text = f"原文为“{quoted[0]}”，发布单位更正为“{quoted[1]}”：{correction.reason}（{correction.date}）。"
    return Notice("corrected", "更正", "✎", text, correction.field, "")


def _notice(finding: Finding, trace: Trace | None) -> Notice:
    """Word a finding for citizens: what is doubtful, and that the value stands as published, if it does."""
    as_published = finding.value and not (trace and trace.differs(finding.field))
    return Notice(
        finding.severity.value,
        SEVERITY_NAMES[finding.severity],
        MARKS[finding.severity],
        f"{finding.message.zh}。按原文照录。" if as_published else f"{finding.message.zh}。",
        finding.field,
        finding.acknowledged,
    )


_CELL = re.compile(
    r"code|name|purpose|budget\.\w+|spending_plan\[\d+\]\.(?:date|cumulative)"
    r"|indicators\[\d+\]\.(?:level[123]|description|target|basis)"
)
_HEADINGS = {
    "spending_plan": "spending-plan",
    "indicators": "table",
    "overall_goal": "overall-goal",
    "itemised_goals": "itemised-goals",
    "safeguard_measures": "safeguard-measures",
    "source_documents": "source",
}


def anchor(field: str) -> str:
    """Say where on its page a field stands: the cell of the official table, a heading, or the top."""
    first = field.partition("[")[0].partition(".")[0]
    if first == "goals":
        return cell_id(first)
    return cell_id(field) if _CELL.fullmatch(field) else _HEADINGS.get(first, "top")


def cell_id(field: str) -> str:
    """Give the id of the cell that holds a field."""
    return f"v-{field.replace('[', '-').replace(']', '').replace('.', '-')}"


NoticesByField = Mapping[str, Sequence[Notice]]


def by_field(notices: Iterable[Notice]) -> NoticesByField:
    """Sort notices by the dotted name of their field."""
    sorted_: dict[str, list[Notice]] = {}
    for notice in notices:
        sorted_.setdefault(notice.field, []).append(notice)
    return sorted_
