"""All tables as one workbook: typed columns, Chinese or English headings, and the columns explained."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.exports.table import AnyTable, Filled, Row, Type, Value
from generator.finding import Text
from generator.model import Site

MOST_ROWS = 1_048_576  # of a sheet in Excel, with the heading
LONGEST = 32_767  # UTF-16 units of a cell in Excel
CUT = Text("……（太长，全文见 CSV）", "… (too long; the whole text is in the CSV file)")
MANY_ROWS = 200_000
"""Beyond this, rows are written as they come instead of being kept."""
_WIDTHS = {Type.STRING: 24, Type.INTEGER: 10, Type.NUMBER: 14, Type.BOOLEAN: 10}


def to_xlsx(filled: Sequence[Filled], site: Site, built: date, lang: str = "zh") -> bytes:
    """Write a workbook with a sheet for each table, more where a table is longer than a sheet.

    Nothing in it is a formula or a link; `built` is the day written in the file, so that the same
    data and day give the same bytes.
    """
    result = io.BytesIO()
    rows = sum(len(f.rows) for f in filled)
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": rows > MANY_ROWS,  # slower, but needs less than half the memory
        "in_memory": True,
    }
    with Workbook(result, options) as book:
        created = datetime.combine(built, time())
        book.set_properties({"title": site.name, "company": site.publisher, "created": created})
        writer = _Writer(book, lang)
        for table, lines in ((f.table, f.rows) for f in filled):
            writer.add(table, lines)
    return result.getvalue()


class _Writer:
    """Adds tables to a workbook."""

    def __init__(self, book: Workbook, lang: str) -> None:
        self._book, self._lang = book, lang
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text = book.add_format({"num_format": "@", "valign": "top"})

    def add(self, table: AnyTable, rows: Iterable[Row]) -> None:
        """Add a sheet for the table, and more of them where a sheet is full."""
        name = getattr(table.title, self._lang)
        sheet, line, part = self._begin(name, table), 0, 1
        for row in rows:
            if line == MOST_ROWS - 1:
                self._end(sheet, line, table)
                line, part = 0, part + 1
                sheet = self._begin(f"{name} {part}", table)
            line += 1
            for place, value in enumerate(row):
                self._write(sheet, (line, place), value)
        self._end(sheet, line, table)

    def _begin(self, name: str, table: AnyTable) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            looks = self._text if column.type is Type.STRING else None
            sheet.set_column(place, place, _WIDTHS[column.type], looks)
            sheet.write_string(0, place, getattr(column.title, self._lang), self._heading)
        return sheet

    def _end(self, sheet: Worksheet, last: int, table: AnyTable) -> None:
        sheet.autofilter(0, 0, last, len(table.columns) - 1)

    def _write(self, sheet: Worksheet, cell: tuple[int, int], value: Value) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(*cell, value)
        elif isinstance(value, Decimal | int):
            sheet.write_number(*cell, float(value))
        elif value:
            sheet.write_string(*cell, fitting(value, getattr(CUT, self._lang)), self._text)


def fitting(text: str, mark: str) -> str:
    """Cut a text to what a cell can hold, and say so at its end."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    room = (LONGEST - len(mark)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark
