"""What Datasette shows beside the database: titles, and what each table and column means."""

from typing import Any

from generator.exports.table import AnyTable
from generator.model import Site

FACETS = {"indicators": ["group_id", "level2"], "findings": ["severity", "rule"], "dictionary": ["table"]}
"""Columns with few values, by which a reader may choose rows."""


def metadata(site: Site, database: str, tables: tuple[AnyTable, ...]) -> dict[str, Any]:
    """Describe the tables of a database for `datasette serve --metadata`."""
    stated = {
        "title": site.name,
        "description": site.description,
        "license": site.licence,
        "license_url": site.licence_url,
        "source": site.publisher,
        "source_url": site.address(),
    }
    return {
        **{key: text for key, text in stated.items() if text},
        "databases": {database: {"tables": {table.name: _table(table) for table in tables}}},
    }


def _table(table: AnyTable) -> dict[str, Any]:
    facets = FACETS.get(table.name)
    return {
        "title": f"{table.title.zh} {table.name}",
        "description": f"{table.meaning.zh}。{table.meaning.en}.",
        "columns": {c.name: f"{c.title.zh}：{c.meaning.zh}" for c in table.columns},
        **({"facets": facets} if facets else {}),
    }
