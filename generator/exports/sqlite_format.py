"""All tables as one SQLite database, with keys, titles beside the columns, and views that join them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from decimal import Decimal

from generator.exports.table import AnyTable, Row, Type

_TYPES = {Type.STRING: "TEXT", Type.INTEGER: "INTEGER", Type.NUMBER: "REAL", Type.BOOLEAN: "INTEGER"}

VIEWS = {
    "project_overview": """
SELECT p.unit_code, p.year, p.project_id, u.name AS unit_name, p.name, p.budget_total_yuan,
       p.budget_fiscal_yuan, p.budget_other_yuan, p.indicator_count,
       (SELECT count(*) FROM findings f
         WHERE (f.unit_code, f.year, f.project_id) = (p.unit_code, p.year, p.project_id)) AS finding_count,
       p.url
  FROM projects p JOIN units u USING (unit_code)""",
    "indicator_overview": """
SELECT i.unit_code, i.year, i.project_id, p.name AS project_name, i.position, i.level1, i.level2, i.level3,
       i.target, i.target_operator, i.target_value, i.target_unit, i.basis
  FROM indicators i JOIN projects p USING (unit_code, year, project_id)""",
    "yearly_totals": """
SELECT p.unit_code, p.year, u.name AS unit_name, count(*) AS project_count,
       sum(p.budget_total_yuan) AS budget_total_yuan, sum(p.budget_fiscal_yuan) AS budget_fiscal_yuan,
       sum(p.budget_other_yuan) AS budget_other_yuan
  FROM projects p JOIN units u USING (unit_code)
 GROUP BY p.unit_code, p.year""",
}


Stored = tuple[str | int | float | None, ...]


def written_rows(rows: Iterable[Row]) -> list[Stored]:
    """Give rows as SQLite stores them."""
    return [tuple([float(v) if isinstance(v, Decimal) else v for v in row]) for row in rows]


def to_sqlite(tables: Sequence[tuple[AnyTable, Iterable[Stored]]]) -> bytes:
    """Write the database; the same data give the same bytes with the same release of SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        keys = {table.name: table.key for table, _ in tables}
        for table, rows in tables:
            database.execute(_create(table, keys))
            places = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {_name(table.name)} VALUES ({places})"  # noqa: S608  # names are ours
            database.executemany(insert, rows)
        database.execute("CREATE INDEX findings_of_project ON findings (unit_code, year, project_id)")
        for name, query in VIEWS.items():
            database.execute(f"CREATE VIEW {_name(name)} AS{query}")
        database.commit()
        database.execute("VACUUM")
        return database.serialize()


def _create(table: AnyTable, keys: Mapping[str, tuple[str, ...]]) -> str:
    lines = [
        f"  {_name(c.name)} {_TYPES[c.type]}{' NOT NULL' if c.required else ''}, -- {c.title.zh} {c.title.en}"
        for c in table.columns
    ]
    constraints = [f"PRIMARY KEY {_names(table.key)}"] if table.key else []
    constraints += [
        f"FOREIGN KEY {_names(r.columns)} REFERENCES {_name(r.table)} {_names(keys[r.table])}"
        for r in table.references
    ]
    body = "\n".join([*lines, "  " + ",\n  ".join(constraints)])
    return f"CREATE TABLE {_name(table.name)} ( -- {table.title.zh} {table.title.en}\n{body}\n)"


def _name(name: str) -> str:
    return f'"{name}"'


def _names(names: tuple[str, ...]) -> str:
    return f"({', '.join(map(_name, names))})"
