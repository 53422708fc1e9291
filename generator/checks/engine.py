"""Runs the rules and turns what they yield into findings at their places.

A project or a disclosure is checked by itself, so that several processes may share the work; what
compares them sees `facts` only. A telephone or identity number is masked in whatever a finding
quotes, for findings go into logs and to code hosts.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from generator.checks.facts import AnyFacts, Facts
from generator.checks.personal import mask
from generator.checks.registry import (
    AGREES,
    COMPARE,
    DISCLOSURE_RULES,
    FACT_RULES,
    PROJECT_RULES,
    RULES,
    TEXT_RULES,
    TRACE_RULES,
    Doubt,
)
from generator.checks.texts import texts_of
from generator.finding import FieldPath, Finding, Text, field_name
from generator.model import Disclosure, Project, Record, Trace
from generator.rule import Rule
from generator.yaml_source import LONG


def check_project(project: Project, disclosure: Disclosure, trace: Trace | None) -> Iterator[Finding]:
    """Give what the rules find in one project. Of `disclosure` only part 1 is looked at."""
    for rule, function in PROJECT_RULES:
        for doubt in function(project, disclosure):
            yield _finding(rule, project, doubt, trace)
    yield from _check_record(project, trace)


def check_disclosure(disclosure: Disclosure, trace: Trace | None) -> Iterator[Finding]:
    """Give what the rules find in part 1 of a disclosure."""
    for rule, function in DISCLOSURE_RULES:
        for doubt in function(disclosure):
            yield _finding(rule, disclosure, doubt, trace)
    yield from _check_record(disclosure, trace)


def doubts_in(text: str) -> Sequence[tuple[Rule, Doubt]]:
    """Give what the rules of texts find in one text. Short ones come again and again, and are kept."""
    return _kept_doubts_in(text) if len(text) < LONG else _doubts_in(text)


def _doubts_in(text: str) -> Sequence[tuple[Rule, Doubt]]:
    return [
        (rule, doubt)
        for rule, pattern, judge in TEXT_RULES
        if (match := pattern.search(text))
        for doubt in judge(text, match)
    ]


_kept_doubts_in = lru_cache(maxsize=10_000)(_doubts_in)


def check_facts(facts: Facts) -> Iterator[Finding]:
    """Give what the rules find that compare projects, years and units."""
    for rule, function in FACT_RULES:
        for about, doubt in function(facts):
            yield finding_about(rule, about, doubt)


def _check_record(record: Project | Disclosure, trace: Trace | None) -> Iterator[Finding]:
    texts = ((path, text) for path, text in texts_of(record) if text)
    found = [(rule, doubt._replace(path=path)) for path, text in texts for rule, doubt in doubts_in(text)]
    rules = list(RULES)
    for rule, doubt in sorted(found, key=lambda each: rules.index(each[0].id)):
        yield _finding(rule, record, doubt, trace)
    if trace:
        for rule, compare in TRACE_RULES:
            for doubt in compare(record, trace):
                yield _finding(rule, record, doubt, trace)


def _finding(rule: Rule, record: Project | Disclosure, doubt: Doubt, trace: Trace | None) -> Finding:
    field = field_name(doubt.path)
    compared = doubt.remedy is COMPARE and trace is not None and _agrees(trace, field)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=_masked(doubt.message),
        remedy=AGREES if compared else doubt.remedy,
        place=record.source.place(doubt.path),
        field=field,
        value=mask(_value(record, doubt.path) if doubt.value is None else doubt.value),
        unit=record.unit_code if isinstance(record, Project) else record.unit.code,
        year=record.year,
        project=record.id if isinstance(record, Project) else "",
    )


def _agrees(trace: Trace, field: str) -> bool:
    """Whether the document has this value, or the list of this name, and the data has the same."""
    if field in trace.places:
        return field not in trace.differences
    items = f"{field}["
    named = any(name.startswith(items) for name in trace.places)
    return named and not any(name.startswith(items) for name in trace.differences)


def finding_about(rule: Rule, about: AnyFacts, doubt: Doubt) -> Finding:
    """Make a finding of a doubt about facts."""
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=_masked(doubt.message),
        remedy=doubt.remedy,
        place=about.place(doubt.path),
        field=field_name(doubt.path),
        value=mask(doubt.value or ""),
        unit=about.unit,
        year=about.year,
        project=about.project,
    )


def _masked(message: Text) -> Text:
    return Text(mask(message.zh), mask(message.en))


def _value(record: Record, path: FieldPath) -> str:
    """Give the text at `path` as printed; a list or group of values has none."""
    value: Any = record
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return "" if value is None or isinstance(value, tuple | Record) else str(value)
