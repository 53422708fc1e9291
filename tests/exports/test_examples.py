"""The examples of the page of downloads, run as they are printed."""

import contextlib
import io
import shutil
import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import pytest

from generator.exports.examples import DUCKDB, EXAMPLES, EXCEL, PANDAS, PARQUET, SQLITE
from generator.exports.table import Contents
from generator.model import Dataset, Disclosure, PlanStep, Project, Unit
from generator.money import AmountUnit, Percentage
from tests.conftest import LibreOffice
from tests.exports import awkward
from tests.exports.conftest import Published, publish


@pytest.fixture
def there(real: Published, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the downloaded files, as the current one."""
    monkeypatch.chdir(real.data)
    return real.data


def asked(query: str) -> list[tuple[object, ...]]:
    found = duckdb.sql(query)
    assert found is not None
    return found.fetchall()


@pytest.mark.usefixtures("there")
def test_pandas() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(PANDAS.code, {})  # noqa: S102  # it is ours, and this is what it is for
    assert ["912012", "2021", "306.84"] in [line.split() for line in printed.getvalue().splitlines()]


@pytest.mark.usefixtures("there")
def test_duckdb() -> None:
    assert asked(DUCKDB.code) == [("伙食补助", "12月底", "1000.00%")]


def test_parquet(real: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(real.data / "projects.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    duckdb.sql(PARQUET.code)
    codes = "SELECT unit_code, project_id, budget_total, budget_total_yuan FROM 'projects.parquet'"
    found = asked(codes)
    assert len(found) == 9
    assert found[0] == ("912012", "130682217RRL6F4PNQUL9", "80.00", 800_000)


def test_codes_keep_their_zeros_and_all_their_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From CSV, DuckDB would guess that `0042` is the number 42."""
    monkeypatch.chdir(publish(only_digits(), tmp_path).data)
    assert asked("SELECT DISTINCT unit_code FROM 'projects.json'") == [("0042",)]
    assert asked(DUCKDB.code) == [("修路", "12月底", "1000.00%")]


def only_digits() -> Contents:
    """Two projects whose codes differ in the last of 21 digits, one of them with an impossible plan."""
    unit = Unit(code="0042", name="某单位")
    projects = tuple(
        Project(id=f"13068221000000000000{n}", unit_code="0042", year="2021", name=name, spending_plan=(PlanStep(date="12月底", cumulative=Percentage(share)),))
        for n, name, share in ((1, "修路", "1000.00%"), (2, "修桥", "100.00%"))
    )  # fmt: skip
    whole = Disclosure(unit=unit, year="2021", amount_unit=AmountUnit.WAN, projects=projects)
    return Contents(Dataset(awkward.SITE, (whole,), (unit,)))


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
    assert EXAMPLES == (PANDAS, DUCKDB, SQLITE, EXCEL, PARQUET)
