"""One JSON file for each project and each disclosure: everything that the pages say of it.

A project has its published values as a CSV file too.

Keys are the model's names; amounts and percentages are the published text, the number stands beside
it under `…_value`. The rows are those of the tables, without the columns that the file itself states.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.exports.files import ExportFile, data_path
from generator.exports.json_format import to_outline
from generator.exports.project_csv import project_csv
from generator.exports.table import AnyTable, Contents, Entry
from generator.exports.tables import (
    CORRECTIONS,
    DISCLOSURES,
    FINDINGS,
    GOALS,
    INDICATORS,
    ITEMISED_GOALS,
    PROJECTS,
    SOURCE_DOCUMENTS,
    SPENDING_PLANS,
)
from generator.finding import Finding, Text
from generator.model import Disclosure, Project, Unit

_KEYS = frozenset({"unit_code", "year", "project_id"})


def records(contents: Contents) -> Iterator[tuple[Disclosure | Project, ExportFile]]:
    """Give each disclosure with its file, followed by its projects with theirs."""
    findings = _by_place(contents.findings)
    for disclosure in contents.dataset.disclosures:
        place = (disclosure.unit.code, disclosure.year)
        whole = disclosure_record(contents, disclosure, findings.get((*place, ""), ()))
        yield disclosure, ExportFile(data_path(disclosure), to_outline(whole), Text("全文", "Whole text"))
        for project in disclosure.projects:
            one = project_record(contents, disclosure, project, findings.get((*place, project.id), ()))
            yield project, ExportFile(data_path(project), to_outline(one), Text("全文", "Whole text"))
            yield project, project_csv(disclosure, project)


def disclosure_record(
    contents: Contents, disclosure: Disclosure, findings: Sequence[tuple[int, Finding]] = ()
) -> dict[str, Any]:
    """Give a disclosure: its own text, its sums, and its projects in brief."""
    projects = [Entry(contents, disclosure, p, p, i) for i, p in enumerate(disclosure.projects)]
    return {
        "unit": _unit(disclosure.unit),
        "year": int(disclosure.year),
        **_row(DISCLOSURES, Entry(contents, disclosure, disclosure), _KEYS | {"unit_name"}),
        "itemised_goals": _rows(ITEMISED_GOALS, contents, disclosure, disclosure.itemised_goals),
        "projects": [{"id": p.value.id, **_row(PROJECTS, p, _KEYS | {"amount_unit"})} for p in projects],
        "unread": list(disclosure.unread),
        "source_documents": _rows(SOURCE_DOCUMENTS, contents, disclosure, disclosure.source_documents),
        "corrections": _rows(CORRECTIONS, contents, disclosure, disclosure.corrections),
        "findings": [_row(FINDINGS, finding, _KEYS) for finding in findings],
    }


def project_record(
    contents: Contents,
    disclosure: Disclosure,
    project: Project,
    findings: Sequence[tuple[int, Finding]] = (),
) -> dict[str, Any]:
    """Give a project whole, with what was found in it."""
    flat = _row(PROJECTS, Entry(contents, disclosure, project, project), _KEYS)
    budget = {name.removeprefix("budget_"): flat.pop(name) for name in [*flat] if name.startswith("budget_")}
    return {
        "unit": _unit(disclosure.unit),
        "year": int(disclosure.year),
        "id": project.id,
        **flat,
        "budget": budget,
        "spending_plan": _rows(SPENDING_PLANS, contents, disclosure, project.spending_plan, project),
        "goals": _rows(GOALS, contents, disclosure, project.goals, project),
        "indicators": _rows(INDICATORS, contents, disclosure, project.indicators, project),
        "corrections": _rows(CORRECTIONS, contents, disclosure, project.corrections, project),
        "findings": [_row(FINDINGS, finding, _KEYS) for finding in findings],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "division_code": unit.division_code,
    }


def _rows(
    table: AnyTable,
    contents: Contents,
    disclosure: Disclosure,
    values: Sequence[Any],
    project: Project | None = None,
) -> list[dict[str, Any]]:
    return [_row(table, Entry(contents, disclosure, v, project, i), _KEYS) for i, v in enumerate(values)]


def _row(table: AnyTable, item: Any, without: frozenset[str]) -> dict[str, Any]:
    return {c.name: c.value(item) for c in table.columns if c.name not in without}


def _by_place(findings: Sequence[Finding]) -> Mapping[tuple[str, str, str], list[tuple[int, Finding]]]:
    grouped: dict[tuple[str, str, str], list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(findings, start=1):
        grouped.setdefault((finding.unit, finding.year, finding.project), []).append((number, finding))
    return grouped
