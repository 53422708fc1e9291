"""The examples of the page of downloads, run as they are printed."""

import contextlib
import io
import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import pytest

from generator.exports.examples import DUCKDB, EXAMPLES, EXCEL, PANDAS, SQLITE
from tests.conftest import LibreOffice
from tests.exports.conftest import Published


@pytest.fixture
def there(real: Published, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the downloaded files, as the current one."""
    monkeypatch.chdir(real.data)
    return real.data


@pytest.mark.usefixtures("there")
def test_pandas() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(PANDAS.code, {})  # noqa: S102  # it is ours, and this is what it is for
    assert ["912012", "2021", "306.84"] in [line.split() for line in printed.getvalue().splitlines()]


@pytest.mark.usefixtures("there")
def test_duckdb() -> None:
    found = duckdb.sql(DUCKDB.code)
    assert found is not None
    assert found.fetchall() == [("伙食补助", "12月底", "1000.00%")]


def test_sqlite(there: Path) -> None:
    with contextlib.closing(sqlite3.connect(there / "disclosures.sqlite")) as database:
        assert database.execute(SQLITE.code).fetchall() == [("定州市李亲顾镇党政综合办公室", 2021, 9, 306.84)]


def test_excel(there: Path, tmp_path: Path, calc: LibreOffice) -> None:
    book = openpyxl.load_workbook(there / "projects.xlsx")
    book.create_sheet("新")["A1"] = EXCEL.code.strip()
    book.active = len(book.sheetnames) - 1
    book.save(tmp_path / "pasted.xlsx")
    folder = tmp_path / "computed"
    computed = openpyxl.load_workbook(calc.convert(tmp_path / "pasted.xlsx", "xlsx", folder), data_only=True)
    assert computed["新"]["A1"].value == pytest.approx(306.84)


def test_every_example_is_tested() -> None:
    assert EXAMPLES == (PANDAS, DUCKDB, SQLITE, EXCEL)
