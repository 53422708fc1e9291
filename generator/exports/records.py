"""One JSON file for each project and each disclosure: everything that the pages say of it.

A project has its published values as a CSV file too.

Keys are the model's names; amounts and percentages are the published text, the number stands beside
it under `…_value`. The rows are those of the tables, without the columns that the file itself states.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from generator.exports.columns import PROJECT_KEY
from generator.exports.files import ExportFile, data_path
from generator.exports.json_format import Written, to_line, to_outline
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
from generator.finding import Finding, Text, by_project
from generator.model import Disclosure, Project, Unit

_KEYS = frozenset({"unit_code", "year", "project_id"})
_LISTS: Mapping[str, AnyTable] = {"spending_plan": SPENDING_PLANS, "goals": GOALS, "indicators": INDICATORS}
"""The lists of a project, with the tables that have their items."""


def records(
    contents: Contents, disclosure: Disclosure, written: Mapping[str, Sequence[bytes]]
) -> Iterator[ExportFile]:
    """Give a disclosure's file, followed by its projects'. `contents` are its own.

    `written` are the rows that the disclosure has in each table, as JSON writes them.
    """
    findings = by_project(contents.findings)
    yield _file(disclosure, _disclosure_record(contents, disclosure, findings.get("", ())))
    lists = {name: iter(written[table.name]) for name, table in _LISTS.items()}
    for project in disclosure.projects:
        found = findings.get(project.id, ())
        stated = _stated(Entry(contents, disclosure, project, project))
        own = {
            name: Written(
                b"{" + row.removeprefix(stated) for row in islice(rows, len(getattr(project, name)))
            )
            for name, rows in lists.items()
        }
        yield _file(project, _project_record(contents, disclosure, project, found, own))
        yield project_csv(disclosure, project)


def _stated(project: Entry[Project]) -> bytes:
    """Give how the rows of a project begin in the tables: with the columns that its own file states."""
    keys = to_line({column.name: column.value(project) for column in PROJECT_KEY})
    return f"{keys[:-1]}, ".encode()


def _file(of: Disclosure | Project, record: Mapping[str, Any]) -> ExportFile:
    return ExportFile(data_path(of), to_outline(record), Text("全文", "Whole text"))


def _disclosure_record(
    contents: Contents, disclosure: Disclosure, findings: Sequence[Finding]
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
        "findings": [_row(FINDINGS, (0, finding), _KEYS | {"id"}) for finding in findings],
    }


def _project_record(
    contents: Contents,
    disclosure: Disclosure,
    project: Project,
    findings: Sequence[Finding],
    lists: Mapping[str, Written],
) -> dict[str, Any]:
    """Give a project whole, with what was found in it and its lists as they are written."""
    flat = _row(PROJECTS, Entry(contents, disclosure, project, project), _KEYS)
    budget = {name.removeprefix("budget_"): flat.pop(name) for name in [*flat] if name.startswith("budget_")}
    return {
        "unit": _unit(disclosure.unit),
        "year": int(disclosure.year),
        "id": project.id,
        **flat,
        "budget": budget,
        **lists,
        "corrections": _rows(CORRECTIONS, contents, disclosure, project.corrections, project),
        "findings": [_row(FINDINGS, (0, finding), _KEYS | {"id"}) for finding in findings],
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
