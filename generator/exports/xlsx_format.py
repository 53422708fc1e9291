"""All tables as one workbook: typed columns, Chinese or English headings, and the columns explained.

XlsxWriter makes the workbook with its headings, widths, filters and styles. The rows are poured in
here: that takes half the time, no text is taken for rich text, and rows can be written before the
workbook, disclosure by disclosure.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from generator.exports.reading import RULES
from generator.exports.table import NOTHING, AnyTable, Column, Row, Table, Type, Value
from generator.finding import Text
from generator.model import Site

MOST_ROWS = 1_048_576  # of a sheet in Excel, with the heading
LONGEST = 32_767  # UTF-16 units of a cell in Excel
CUT = Text("……（太长，全文见 CSV）", "… (too long; the whole text is in the CSV file)")
ABOUT: Table[tuple[str, str]] = Table(
    "about",
    Text("说明", "About"),
    NOTHING,
    lambda _: iter(()),
    (
        Column("item", Text("项", "Item"), NOTHING, lambda pair: pair[0]),
        Column("says", Text("内容", "Content"), NOTHING, lambda pair: pair[1]),
    ),
    key=(),
)
"""The last sheet: whose data this is, of which day, under which licence, and how to read it."""

_NARROWEST, _WIDEST = 8, 48  # columns, in digits
_LOOKED_AT = 50  # rows of a disclosure, for the width of their column
_LINE, _MOST_LINES = 16, 20  # points, lines of a row
_A3 = 8
_AT_ONCE = 1000  # rows, to be compressed
_LEVEL = 3  # of compression: half the time of the usual 6, an eighth larger
_NUMBER = "\0"  # no text in XML has it


@dataclass(frozen=True)
class SheetRows:
    """Rows as the XML of a sheet, with `_NUMBER` for the number of each; how wide they would have the columns."""

    rows: Sequence[bytes]
    widths: Sequence[int]


@dataclass(frozen=True)
class _Sheet:
    """A sheet: its name, its columns and their widths, and the rows that it holds."""

    name: str
    table: AnyTable
    widths: Sequence[int]
    rows: Sequence[bytes]


_TOP = {"valign": "top"}
_LEFT = _TOP | {"align": "left", "indent": 1}
_RIGHT = _TOP | {"align": "right"}
_LOOKS = {
    Type.STRING: _LEFT | {"num_format": "@", "text_wrap": True},
    Type.INTEGER: _RIGHT,
    Type.NUMBER: _RIGHT,
    Type.BOOLEAN: _RIGHT | {"num_format": '"TRUE";"TRUE";"FALSE"'},  # LibreOffice needs it, Excel does not
}
_STYLES = {Type.STRING: 1, Type.INTEGER: 2, Type.NUMBER: 2, Type.BOOLEAN: 3}  # looks that are alike are one
_HEADING = {"bold": True, "bottom": 1, "text_wrap": True}


def written_rows(table: AnyTable, rows: Sequence[Row], lang: str = "zh") -> SheetRows:
    """Write rows of a table; a text that is too long for a cell says so in `lang`."""
    cut = getattr(CUT, lang)
    openings = [
        f'<c r="{xl_col_to_name(place)}{_NUMBER}" s="{_STYLES[column.type]}"'
        for place, column in enumerate(table.columns)
    ]
    written = []
    for row in rows:
        cells = [
            opening + _content(value, cut)
            for opening, value in zip(openings, row, strict=True)
            if value is not None and value != ""
        ]
        written.append(f'<row r="{_NUMBER}"{_height(row)}>{"".join(cells)}</row>'.encode())
    return SheetRows(written, _widths(table, rows))


def to_xlsx(
    tables: Sequence[tuple[AnyTable, Sequence[SheetRows]]], site: Site, built: date, lang: str = "zh"
) -> bytes:
    """Write a workbook with a sheet for each table, more where a table is longer than a sheet.

    Nothing in it is a formula or a link; `built` is the day written in the file, so that the same
    data and day give the same bytes.
    """
    about = written_rows(ABOUT, list(_about(site, built, lang)), lang)
    sheets = list(_sheets([*tables, (ABOUT, [about])], lang))
    result = io.BytesIO()
    with (
        ZipFile(io.BytesIO(_without_rows(sheets, site, built, lang))) as given,
        ZipFile(result, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as made,
    ):
        for name in given.namelist():
            content = given.read(name)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            with made.open(name, "w") as part:  # which has no date
                part.writelines(_poured(content, sheets[int(number[1]) - 1]) if number else [content])
    return result.getvalue()


def _sheets(tables: Iterable[tuple[AnyTable, Sequence[SheetRows]]], lang: str) -> Iterator[_Sheet]:
    for table, portions in tables:
        name = getattr(table.title, lang)
        widths = [max(of) for of in zip(_widths(table), *(p.widths for p in portions), strict=True)]
        rows = [row for portion in portions for row in portion.rows]
        for part, first in enumerate(range(0, max(len(rows), 1), MOST_ROWS - 1), start=1):
            yield _Sheet(
                f"{name} {part}" if part > 1 else name, table, widths, rows[first : first + MOST_ROWS - 1]
            )


def _about(site: Site, built: date, lang: str) -> Iterator[tuple[str, str]]:
    """Say in rows of the last sheet what travels with the file."""
    named = {
        Text("名称", "Name"): site.name,
        Text("说明", "Description"): site.description,
        Text("发布单位", "Publisher"): site.publisher,
        Text("许可", "Licence"): " ".join(filter(None, (site.licence, site.licence_url))),
        Text("网址", "Address"): site.address(),
        Text("更新于", "Updated"): built.isoformat(),
    }
    yield from ((getattr(item, lang), text) for item, text in named.items() if text)
    for rule in RULES:
        yield getattr(Text("读数据前", "How to read it"), lang), getattr(rule, lang)


def _without_rows(sheets: Sequence[_Sheet], site: Site, built: date, lang: str) -> bytes:
    """Make the workbook with one row in each sheet below the heading, empty, in the styles of the others."""
    result = io.BytesIO()
    with Workbook(result, {"in_memory": True}) as book:
        created = datetime.combine(built, time())
        book.set_properties({"title": site.name, "company": site.publisher, "created": created})
        looks = {kind: book.add_format(look) for kind, look in _LOOKS.items()}
        for kind, look in looks.items():  # XlsxWriter numbers them by use, and this is the first
            assert look._get_xf_index() == _STYLES[kind]  # noqa: S101, SLF001
        headings = {
            kind: book.add_format(_HEADING | (_LEFT if kind is Type.STRING else _RIGHT)) for kind in Type
        }
        for sheet in sheets:
            _add(book.add_worksheet(sheet.name), sheet, lang, looks, headings)
    return result.getvalue()


def _add(
    page: Worksheet, sheet: _Sheet, lang: str, looks: Mapping[Type, Format], headings: Mapping[Type, Format]
) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    page.set_row(0, 2 * _LINE)
    for place, column in enumerate(sheet.table.columns):
        page.set_column(place, place, sheet.widths[place] + 3, looks[column.type])
        page.write_string(0, place, getattr(column.title, lang), headings[column.type])
        page.write_blank(1, place, None, looks[column.type])
    page.autofilter(0, 0, len(sheet.rows), len(sheet.table.columns) - 1)


def _widths(table: AnyTable, rows: Sequence[Row] = ()) -> list[int]:
    """Give how wide each column is: as the first of these rows are, within bounds."""
    widths = []
    for place, column in enumerate(table.columns):
        values = {row[place] for row in rows[:_LOOKED_AT]} - {None}
        widest = max((_width(str(value)) for value in values), default=0)
        widths.append(max(_NARROWEST, min(widest, _WIDEST), min(_width(column.title.zh), 16)))
    return widths


def _height(row: Row) -> str:
    """Give the attributes of a row with a text that takes several lines, if it is as wide as a column may be."""
    lines = max(map(_lines, row))
    return f' ht="{min(lines, _MOST_LINES) * _LINE}" customHeight="1"' if lines > 1 else ""


@lru_cache(maxsize=16_384)  # most values come back in every row
def _lines(value: Value) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, -(-_width(line) // _WIDEST)) for line in value.splitlines())


def _width(text: str) -> int:
    """Give the width of a text in digits; a Chinese character is as wide as two."""
    return len(text.encode("gbk", "replace"))


def _poured(page: bytes, sheet: _Sheet) -> Iterator[bytes]:
    """Give the XML of a sheet with its rows in the place of the empty one."""
    before, after = re.split(rb'<row r="2".*?</row>', page, maxsplit=1)
    last = f"{xl_col_to_name(len(sheet.table.columns) - 1)}{len(sheet.rows) + 1}".encode()
    yield re.sub(b'<dimension ref="A1:[A-Z]+2"/>', b'<dimension ref="A1:%b"/>' % last, before, count=1)
    mark, numbered = _NUMBER.encode(), enumerate(sheet.rows, start=2)
    while block := [row.replace(mark, b"%d" % line) for line, row in islice(numbered, _AT_ONCE)]:
        yield b"".join(block)
    yield after


@lru_cache(maxsize=16_384, typed=True)  # likewise; True and 1 are written in two ways
def _content(value: str | int | Decimal, cut: str) -> str:
    """Give the rest of a cell's element: its type and what it holds."""
    if isinstance(value, str):
        text = _escaped(fitting(value, cut))
        return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    return f"><v>{float(value) + 0.0:.16G}</v></c>"  # -0 is 0, as it equals 0 in the cache


_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _escaped(text: str) -> str:
    """Write a text as XML; signs that XML cannot hold as Excel does (`_x0001_`)."""
    return _SPECIAL.sub(lambda sign: _NAMED.get(sign[0]) or f"_x{ord(sign[0]):04X}_", text)


def fitting(text: str, mark: str) -> str:
    """Cut a text to what a cell can hold, and say so at its end."""
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    room = (LONGEST - len(mark)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark
