import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import xlsx_format
from generator.exports.dictionary import TABLES
from generator.exports.reading import RULES
from generator.exports.table import AnyTable, Column, Contents, Table, Type
from generator.exports.xlsx_format import CUT, LONGEST, fitting, to_xlsx, written_rows
from generator.finding import Text
from tests.exports.awkward import SITE
from tests.exports.conftest import BUILT, Published


def workbook(tables: Sequence[AnyTable], contents: Contents, lang: str = "zh") -> bytes:
    written = [(table, [written_rows(table, list(table.rows(contents)), lang)]) for table in tables]
    return to_xlsx(written, SITE, BUILT, lang)


def test_each_table_has_a_sheet_with_chinese_headings_a_frozen_row_and_filters(real: Published) -> None:
    book = openpyxl.load_workbook(real.data / "projects.xlsx")
    assert book.sheetnames == [*(table.title.zh for table in TABLES), "说明"]
    for table in TABLES:
        sheet = book[table.title.zh]
        assert [cell.value for cell in sheet[1]] == [column.title.zh for column in table.columns]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_codes_are_texts_and_figures_are_numbers(real: Published) -> None:
    sheet = openpyxl.load_workbook(real.data / "projects.xlsx")["项目"]
    headings = [cell.value for cell in sheet[1]]
    row = dict(zip(headings, sheet[2], strict=True))
    assert (row["单位代码"].value, row["单位代码"].data_type) == ("912012", "s")
    assert (row["预算数"].value, row["预算数"].data_type) == ("80.00", "s")
    assert (row["预算数（数值）"].value, row["预算数（数值）"].data_type) == (80, "n")


def test_no_cell_is_a_formula_or_a_link_and_every_text_is_as_published(hostile: Published) -> None:
    book = openpyxl.load_workbook(hostile.data / "projects.xlsx")
    for table in TABLES:
        sheet = book[table.title.zh]
        rows = [[(c.value, c.data_type) for c in row] for row in sheet.iter_rows(min_row=2)]
        expected = [[v if v != "" else None for v in row] for row in table.rows(hostile.contents)]
        assert len(rows) == len(expected)
        for line, wanted in zip(rows, expected, strict=True):
            for (value, kind), want in zip(line, wanted, strict=True):
                assert kind != "f"
                if isinstance(want, str):
                    assert unescaped(value) == fitting(want, CUT.zh)
                elif want is None:
                    assert value is None
                else:
                    assert value == pytest.approx(float(want))
    with zipfile.ZipFile(hostile.data / "projects.xlsx") as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name), name
            assert b"<hyperlink" not in parts.read(name), name


def test_the_last_sheet_says_whose_data_it_is_and_how_to_read_it(hostile: Published) -> None:
    sheet = openpyxl.load_workbook(hostile.data / "projects.xlsx")["说明"]
    said = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)]
    assert ("发布单位", SITE.publisher) in said
    assert ("更新于", "2026-11-22") in said
    assert [text for item, text in said if item == "读数据前"] == [rule.zh for rule in RULES]


def test_it_is_read_whole_by_readers_that_trust_the_stated_size(real: Published) -> None:
    book = openpyxl.load_workbook(real.data / "projects.xlsx", read_only=True)
    assert [(sheet.title, sheet.max_row) for sheet in book][:2] == [("项目", 10), ("绩效指标", 84)]
    book.close()


def test_it_prints_across_one_page_with_the_heading_on_each(real: Published) -> None:
    for sheet in openpyxl.load_workbook(real.data / "projects.xlsx"):
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def unescaped(text: str) -> str:
    """Read `_x005F_` as Excel does; openpyxl leaves it."""
    return text.replace("_x005F_", "_")


def test_the_same_data_and_day_give_the_same_bytes(real_contents: Contents) -> None:
    first, second = (workbook(TABLES, real_contents) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert core.count(">2026-11-22T00:00:00Z<") == 2  # created and modified


def test_a_number_is_written_the_same_whatever_equal_number_came_before() -> None:
    column = Column[Decimal]("n", Text("数", "Number"), Text("", ""), lambda n: n, Type.NUMBER)
    table = Table("t", Text("表", "Table"), Text("", ""), lambda _: iter(()), (column,), ("n",))
    orders = (["0", "-0.00", "7.50", "7.5"], ["-0.00", "0", "7.5", "7.50"])
    written = []
    for numbers in orders:
        xlsx_format._content.cache_clear()
        written.append(written_rows(table, [(Decimal(number),) for number in numbers]).rows)
    assert written[0] == written[1]


def test_headings_are_english_for_an_english_reader(real_contents: Contents) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(TABLES, real_contents, "en")))
    assert book.sheetnames[:2] == ["Projects", "Indicators"]
    assert [cell.value for cell in book["Projects"][1]][:3] == [
        "Budget unit code",
        "Fiscal year",
        "Project id",
    ]


@given(st.integers(LONGEST - 5, LONGEST + 5), st.sampled_from(["长", "𠮷"]))
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(length: int, sign: str) -> None:
    text = sign * length
    cut = fitting(text, CUT.zh)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert cut == text or (cut.endswith(CUT.zh) and text.startswith(cut.removesuffix(CUT.zh)))


@pytest.mark.parametrize(("rows", "sheets"), [(0, [1]), (3, [4]), (4, [4, 2]), (7, [4, 4, 2])])
def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    rows: int, sheets: list[int], real_contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_format, "MOST_ROWS", 4)
    column = Column[int]("n", Text("数", "Number"), Text("", ""), lambda n: n, Type.INTEGER)
    table = Table("t", Text("表", "Table"), Text("", ""), lambda _: iter(range(rows)), (column,), ("n",))
    book = openpyxl.load_workbook(io.BytesIO(workbook([table], real_contents)))
    parts = [sheet for sheet in book if sheet.title.startswith("表")]
    assert [sheet.max_row for sheet in parts] == sheets
    assert [c.value for sheet in parts for c in sheet["A"][1:]] == list(range(rows))
