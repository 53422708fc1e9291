import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from datasette.app import Datasette

from generator.exports.dictionary import TABLES
from generator.exports.sqlite_format import VIEWS, to_sqlite
from generator.exports.table import Contents, fill
from tests.exports.conftest import Published


@pytest.fixture
def database(published: Published) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(published.data / "disclosures.sqlite")) as connection:
        yield connection


def test_the_file_is_whole_and_every_key_points_somewhere(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = database.execute('PRAGMA foreign_key_list("indicators")').fetchall()
    assert {key[2] for key in keys} == {"projects"}


def test_every_table_holds_its_rows(published: Published, database: sqlite3.Connection) -> None:
    for table in TABLES:
        stored = database.execute(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608
        expected = list(table.rows(published.contents))
        assert len(stored) == len(expected)
        for row, wanted in zip(stored, expected, strict=True):
            assert row == tuple(
                want if isinstance(want, str | None) else pytest.approx(float(want)) for want in wanted
            )


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_answers(database: sqlite3.Connection, view: str) -> None:
    assert database.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0  # noqa: S608


def test_the_yearly_total_is_that_of_the_document(real: Published) -> None:
    with closing(sqlite3.connect(real.data / "disclosures.sqlite")) as database:
        total = database.execute("SELECT unit_code, year, budget_total_yuan FROM yearly_totals").fetchall()
    assert total == [("912012", 2021, 3_068_400)]


def test_the_same_data_give_the_same_bytes(real_contents: Contents) -> None:
    assert to_sqlite(fill(TABLES, real_contents)) == to_sqlite(fill(TABLES, real_contents))


def test_datasette_opens_it_with_its_keys(real: Published) -> None:
    async def ask(path: str) -> dict[str, object]:
        datasette = Datasette([str(real.data / "disclosures.sqlite")], immutables=[])
        answer = await datasette.client.get(path)
        assert answer.status_code == 200, answer.text
        given: dict[str, object] = answer.json()
        return given

    projects = (
        ThreadPoolExecutor()
        .submit(lambda: asyncio.run(ask("/disclosures/projects.json?_shape=objects&_size=max")))
        .result()
    )
    assert projects["primary_keys"] == ["unit_code", "year", "project_id"]
    assert projects["filtered_table_rows_count"] == 9
    totals = (
        ThreadPoolExecutor()
        .submit(lambda: asyncio.run(ask("/disclosures/yearly_totals.json?_shape=objects")))
        .result()
    )
    assert totals["rows"][0]["budget_total_yuan"] == 3_068_400  # type: ignore[index]
