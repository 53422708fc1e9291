"""Findings as the notices that stand beside the values on a page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.finding import SEVERITY_NAMES, Finding, Severity

MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "●"}


@dataclass(frozen=True)
class Notice:
    """A finding in one sentence. `severity` names the style, `word` and `mark` say it without colour."""

    rule: str
    severity: str
    word: str
    mark: str
    text: str
    field: str
    acknowledged: str


def notice(finding: Finding) -> Notice:
    """Word a finding for citizens: what is doubtful, and that the value stands as published."""
    return Notice(
        finding.rule,
        finding.severity.value,
        SEVERITY_NAMES[finding.severity],
        MARKS[finding.severity],
        f"{finding.message.zh}。按原文照录。" if finding.value else f"{finding.message.zh}。",
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


def by_field(findings: Iterable[Finding]) -> NoticesByField:
    """Sort the findings of a project by the dotted name of their field."""
    notices: dict[str, list[Notice]] = {}
    for finding in findings:
        notices.setdefault(finding.field, []).append(notice(finding))
    return notices
