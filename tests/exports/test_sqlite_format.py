import asyncio
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html

from generator.exports.dictionary import TABLES
from generator.exports.sqlite_format import VIEWS, to_sqlite, written_rows
from generator.exports.table import Contents
from generator.exports.tables import INDICATORS
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
    tables = [(table, written_rows(table.rows(real_contents))) for table in TABLES]
    assert to_sqlite(tables) == to_sqlite(tables)


def test_datasette_opens_it_with_its_keys(real: Published) -> None:
    projects = asked(real, "/disclosures/projects.json?_shape=objects&_size=max").json()
    assert projects["primary_keys"] == ["unit_code", "year", "project_id"]
    assert projects["filtered_table_rows_count"] == 9
    totals = asked(real, "/disclosures/yearly_totals.json?_shape=objects").json()
    assert totals["rows"][0]["budget_total_yuan"] == 3_068_400


def test_datasette_says_what_tables_and_columns_mean(published: Published) -> None:
    page = html.document_fromstring(asked(published, "/disclosures/indicators").text)
    said = "".join(map(str, page.itertext()))
    assert "绩效指标 indicators" in said
    assert "一行是一条绩效指标" in said
    assert published.contents.dataset.site.publisher in said
    assert {c.name for c in INDICATORS.columns} == {dt.text for dt in page.iter("dt")}


def asked(published: Published, path: str) -> Any:
    """Ask Datasette, in a thread of its own, since the test may have a loop already."""

    async def ask() -> Any:
        data = published.data
        described = json.loads((data / "datasette.json").read_bytes())
        datasette = Datasette([str(data / "disclosures.sqlite")], immutables=[], metadata=described)
        answer = await datasette.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer

    return ThreadPoolExecutor().submit(lambda: asyncio.run(ask())).result()
