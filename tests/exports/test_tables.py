"""The tables themselves: every column described, every example true, every total the same."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from generator.exports.csv_format import published as as_published
from generator.exports.dictionary import DICTIONARY, TABLES
from generator.exports.table import AnyTable, Type
from generator.money import AmountUnit, in_wan
from tests.exports.conftest import Published

KINDS = {Type.STRING: str, Type.INTEGER: int, Type.NUMBER: Decimal, Type.BOOLEAN: bool}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)


@each_table
def test_every_column_is_described_in_both_languages(table: AnyTable) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)
    assert all(name.isidentifier() for name in names)
    for text in (table.title, table.meaning, *(t for c in table.columns for t in (c.title, c.meaning))):
        assert all(text)
        assert text.en.isascii() or set(text.en) & set("≥≤元")


@each_table
def test_every_value_is_of_its_columns_type(table: AnyTable, published: Published) -> None:
    for row in table.rows(published.contents):
        for column, value in zip(table.columns, row, strict=True):
            assert value is not None or not column.required, column.name
            assert value is None or type(value) is KINDS[column.type], column.name
            assert value is None or not column.choices or value in column.choices, column.name
            assert value is None or not column.pattern or re.search(column.pattern, str(value)), column.name
            if isinstance(value, int):
                assert column.minimum is None or value >= column.minimum, column.name
                assert column.maximum is None or value <= column.maximum, column.name


@each_table
def test_keys_are_unique_and_references_point_to_rows(table: AnyTable, published: Published) -> None:
    def values(of: AnyTable, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
        places = [[c.name for c in of.columns].index(name) for name in columns]
        return [tuple(row[place] for place in places) for row in of.rows(published.contents)]

    keys = values(table, table.key)
    assert not table.key or len(set(keys)) == len(keys)
    by_name = {other.name: other for other in TABLES}
    for reference in table.references:
        other = by_name[reference.table]
        assert set(values(table, reference.columns)) <= set(values(other, other.key))


def test_every_example_stands_in_the_real_data(real: Published) -> None:
    seen: dict[str, set[str]] = {}
    for table in TABLES:
        for row in table.rows(real.contents):
            for column, value in zip(table.columns, row, strict=True):
                seen.setdefault(column.name, set()).add(str(value))
    examples = {
        (column.name, column.example) for table in TABLES for column in table.columns if column.example
    }
    assert [(name, example) for name, example in examples if example not in seen[name]] == []


@each_table
def test_a_column_that_the_form_prints_has_an_example(table: AnyTable, real: Published) -> None:
    rows = list(table.rows(real.contents))
    for place, column in enumerate(table.columns):
        short = [str(row[place]) for row in rows if row[place] is not None and len(str(row[place])) <= 80]
        if column.origin and short:
            assert column.example, column.name


def test_the_dictionary_explains_every_column_of_every_table(real: Published) -> None:
    explained = {(row[0], row[2]) for row in DICTIONARY.rows(real.contents)}
    assert explained == {(table.name, column.name) for table in TABLES for column in table.columns}


def of_csv(data: Path) -> Decimal:
    with (data / "projects.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum((Decimal(row["budget_total_value"]) for row in csv.DictReader(file)), Decimal(0))


def of_json(data: Path) -> Decimal:
    rows = json.loads((data / "projects.json").read_bytes(), parse_float=Decimal)
    return sum((row["budget_total_value"] for row in rows), Decimal(0))


def of_records(data: Path) -> Decimal:
    files = (data / "units" / "912012" / "2021").glob("*.json")
    return sum((json.loads(f.read_bytes(), parse_float=Decimal)["budget"]["total_value"] for f in files), Decimal(0))  # fmt: skip


def of_disclosure(data: Path) -> Decimal:
    whole = json.loads((data / "units/912012/2021.json").read_bytes(), parse_float=Decimal)
    return Decimal(whole["total_value"])


def of_workbook(data: Path) -> Decimal:
    sheet = openpyxl.load_workbook(data / "projects.xlsx")["项目"]
    place = [cell.value for cell in sheet[1]].index("预算数（数值）")
    return sum((Decimal(str(row[place].value)) for row in sheet.iter_rows(min_row=2)), Decimal(0))


def of_database(data: Path) -> Decimal:
    with closing(sqlite3.connect(data / "disclosures.sqlite")) as database:
        (yuan,) = database.execute("SELECT sum(budget_total_yuan) FROM projects").fetchone()
    return Decimal(yuan) / 10_000


@pytest.mark.parametrize(
    "total", [of_csv, of_json, of_records, of_disclosure, of_workbook, of_database], ids=lambda f: f.__name__
)
def test_the_total_is_the_same_in_every_format_and_on_the_pages(
    real: Published, total: Callable[[Path], Decimal]
) -> None:
    assert total(real.data) == Decimal("306.84")
    of_pages = [in_wan(d.total, AmountUnit(d.amount_unit)) for d in real.contents.dataset.disclosures]
    assert of_pages == ["306.84"]


@each_table
def test_csv_and_json_say_the_same(table: AnyTable, published: Published) -> None:
    with (published.data / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, strict=True))
    objects = json.loads((published.data / f"{table.name}.json").read_bytes(), parse_float=Decimal)
    texts = {column.name for column in table.columns if column.type is Type.STRING}
    assert len(lines) == len(objects)
    for line, whole in zip(lines, objects, strict=True):
        assert list(line) == list(whole)
        for name, value in whole.items():
            if name in texts:
                assert as_published(line[name]) == (value or "")
            elif isinstance(value, bool):
                assert line[name] == str(value).lower()
            else:
                assert (Decimal(line[name]) if line[name] else None) == value
