"""Reads workbooks (.xlsx): each sheet is a table, and numbers come out as the sheet prints them.

openpyxl, because a value must be as published: 80 under the format 0.00 is printed 80.00, and a
reader that gives the number alone cannot know it.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

from generator.errors import GeneratorError
from generator.finding import Finding, Place, Severity, Text
from generator.importers.blocks import MOST_CELLS, Blocks, Cell, Line, Table
from generator.importers.package import check_package

_NUMBER_FORMAT = re.compile(r"(?:#,##)?0(?:\.(0+))?(%)?")
_DECORATION = re.compile(r"_.|\*.|\[[^\]]*\]|\\|\"[^\"]*\"|[()¥￥$ ]")
_CUT = re.compile(r";.*", re.DOTALL)


def read_workbook(content: bytes, name: str) -> Blocks:
    """Read an .xlsx; table, row and column are sheet, row and column as its program numbers them.

    GeneratorError where it is not a workbook, is damaged, locked, or of unreasonable size.
    """
    # takes a tenth of a second to import, and most builds read no workbook
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    check_package(content, name, "Excel")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about styles and other things that hold no text
            book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        findings: list[Finding] = []
        tables = [Table(tuple(_rows(sheet, name, n, findings))) for n, sheet in enumerate(book.worksheets, 1)]
    except (
        InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError, SyntaxError
    ) as error:  # fmt: skip
        raise GeneratorError(
            name, "不是 .xlsx 文件，或内容已损坏；用 Excel 打开并另存为 .xlsx", "not an .xlsx file, or damaged; open it in Excel and save it as .xlsx"
        ) from error  # fmt: skip
    return Blocks(tuple(t for t in tables if t.rows), (), tuple(findings))


def _rows(sheet: Any, name: str, number: int, findings: list[Finding]) -> Iterator[tuple[Cell, ...]]:
    if sheet.max_row * sheet.max_column > 20 * MOST_CELLS or len(sheet._cells) > MOST_CELLS:  # noqa: SLF001
        raise GeneratorError(
            name, f"工作表“{sheet.title}”超过 {MOST_CELLS} 格，没有读取；删去空白的行和列，或拆成几个文件", f"the sheet `{sheet.title}` has more than {MOST_CELLS} cells; remove empty rows and columns, or split it"
        )  # fmt: skip
    spans, covered = _merged(sheet)
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            at = (cell.row, cell.column)
            if covered.get(at) == "across":
                continue
            place = Place(name, column=cell.column, table=number, row=cell.row)
            lines = tuple(Line(t, place) for t in _printed(cell, place, findings).split("\n"))
            cells.append(Cell(lines, cell.column, spans.get(at, 1), covered.get(at) == "below"))
        while cells and cells[-1].blank and not cells[-1].covered:
            cells.pop()
        if any(not cell.blank for cell in cells):
            yield tuple(cells)


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], str]]:
    spans: dict[tuple[int, int], int] = {}
    covered: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        right = min(area.max_col, sheet.max_column)
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1):
            spans[row, area.min_col] = right - area.min_col + 1
            if row > area.min_row:
                covered[row, area.min_col] = "below"
            covered.update({(row, column): "across" for column in range(area.min_col + 1, right + 1)})
        if len(covered) > 10 * MOST_CELLS:
            break
    return spans, covered


def _printed(cell: Any, place: Place, findings: list[Finding]) -> str:
    value, form = cell.value, str(getattr(cell, "number_format", "General"))
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = Decimal(str(value))
        printed = _formatted(number, form)
        if printed is not None:
            return printed
        text = _plain(number)
    elif isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        text = day.isoformat()
    else:
        text = str(value)
    findings.append(
        Finding(
            "import-number-format",
            Severity.WARNING,
            Text(f"单元格格式“{form}”不认识，读作“{text}”", f"the cell's format `{form}` is unknown; read as `{text}`"),
            Text("与打开的表格核对；不同时把单元格改为文本格式", "compare with the opened sheet; if it differs, make the cell a text"),
            place,
            value=text,
        )
    )  # fmt: skip
    return text


def _formatted(number: Decimal, form: str) -> str | None:
    """Print a number by its format, None where the format is none of the usual ones."""
    if form in ("General", "@"):
        return _plain(number)
    bare = _DECORATION.sub("", _CUT.sub("", form)).strip()
    found = _NUMBER_FORMAT.fullmatch(bare)
    if not found:
        return None
    decimals, percent = len(found[1] or ""), found[2] or ""
    scaled = number * 100 if percent else number
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return (f"{rounded:,f}" if "," in bare else f"{rounded:f}") + percent


def _plain(number: Decimal) -> str:
    whole = number.to_integral_value()
    return f"{whole:f}" if whole == number else f"{number.normalize():f}"
