"""Acknowledgements: the publisher has seen a finding and leaves the value as it is, with a reason.

A file acknowledges what is found in that file. One that fits nothing, or gives no reason, is a
finding itself, so that the list never hides more than somebody looked at. An error is to be mended
and cannot be acknowledged away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from generator.checks.engine import finding_about
from generator.checks.facts import Facts
from generator.checks.registry import RULES, Doubt, declare
from generator.finding import Finding, Severity, Text
from generator.model import Acknowledgement
from generator.rule import Family

STALE = declare(
    "stale-acknowledgement",
    Severity.WARNING,
    Family.STRUCTURE,
    Text("已知悉的疑点不存在", "acknowledgement without a finding"),
    """An acknowledgement fits no finding of its file: the value was corrected, or the rule or field is misspelt.
    Nor does it fit an error, which must be mended.

    文件中写明“已知悉”的疑点没有出现：数据已经改过，或规则编号、字段写错。错误必须改正，写明已知悉也不起作用。

    Bad: {rule: plan-over-100, field: "spending_plan[4].cumulative"}，而该处为 100.00%
    Good: 疑点仍在，规则编号与字段一致
    """,
)
UNEXPLAINED = declare(
    "acknowledgement-without-reason",
    Severity.WARNING,
    Family.STRUCTURE,
    Text("已知悉而没有理由", "acknowledgement without a reason"),
    """An acknowledgement states no reason, so it has no effect.

    写明“已知悉”而没有理由，不起作用。

    Bad: reason: ''
    Good: reason: 公开文件原文如此，已报财政部门更正
    """,
)

_EXCUSABLE = frozenset({"personal-data"})
"""Errors with an exception that only the publisher knows: the number is an office's public one."""


def acknowledge(findings: Iterable[Finding], facts: Facts) -> Iterator[Finding]:
    """Give all findings, with the reason of the acknowledgement that fits; and the ones that fit none."""
    entries = {(r.unit, r.year, r.project): r for r in facts.records if r.record.acknowledged}
    fits = {key: _first_rows(about.record.acknowledged) for key, about in entries.items()}
    used: set[tuple[str, str, str, int]] = set()
    for finding in findings:
        key = (finding.unit, finding.year, finding.project)
        row = _fitting(fits[key], finding) if key in fits else None
        if row is None:
            yield finding
        else:
            used.add((*key, row))
            yield replace(finding, acknowledged=entries[key].record.acknowledged[row].reason)
    for key, about in entries.items():
        for row, entry in enumerate(about.record.acknowledged):
            if not entry.reason.strip():
                yield finding_about(UNEXPLAINED, about, _unexplained(row, entry))
            elif (*key, row) not in used:
                yield finding_about(STALE, about, _stale(row, entry))


def _first_rows(entries: Sequence[Acknowledgement]) -> Mapping[tuple[str, str], int]:
    """Map rule and field to the first entry about them that gives a reason."""
    rows: dict[tuple[str, str], int] = {}
    for row, entry in enumerate(entries):
        if entry.reason.strip():
            rows.setdefault((entry.rule, entry.field), row)
    return rows


def _fitting(rows: Mapping[tuple[str, str], int], finding: Finding) -> int | None:
    if _must_be_mended(finding.rule):
        return None
    found = {rows.get((finding.rule, field)) for field in ("", finding.field)}
    return min((row for row in found if row is not None), default=None)


def _must_be_mended(rule: str) -> bool:
    return rule in RULES and RULES[rule].severity is Severity.ERROR and rule not in _EXCUSABLE


def _stale(row: int, entry: Acknowledgement) -> Doubt:
    if _must_be_mended(entry.rule):
        message = Text(
            f"“{entry.rule}”是错误，必须改正，写明已知悉不起作用",
            f"`{entry.rule}` is an error; it must be mended and cannot be acknowledged",
        )
        remedy = Text(
            "改正数据；公开文件已正式更正的，写进 corrections",
            "correct the data; an official correction of the document goes under `corrections`",
        )
    elif entry.rule in RULES:
        message = Text(
            f"{f'{entry.field} ' if entry.field else '本文件'}没有“{entry.rule}”这个疑点",
            f"`{entry.rule}` finds nothing {f'at {entry.field}' if entry.field else 'in this file'}",
        )
        remedy = Text("删去这一条，或改正字段", "remove the entry, or correct its field")
    else:
        near = get_close_matches(entry.rule, RULES, n=1)
        hint = Text(f"是不是“{near[0]}”？", f"did you mean `{near[0]}`? ") if near else Text("", "")
        message = Text(f"没有“{entry.rule}”这条规则", f"there is no rule `{entry.rule}`")
        remedy = Text(f"{hint.zh}规则编号见网站的“检查”页", f"{hint.en}the quality page lists the rules")
    return Doubt(("acknowledged", row), message, remedy, entry.rule)


def _unexplained(row: int, entry: Acknowledgement) -> Doubt:
    message = Text("没有写明理由，不起作用", "it states no reason and has no effect")
    remedy = Text("在 reason 写明理由", "state the reason")
    return Doubt(("acknowledged", row), message, remedy, entry.rule)
