"""Reads saved web pages (.html): the text that shows, by lines and tables. Nothing is fetched or run.

Tables that only arrange a page (they hold other tables) are walked through like any other element.
"""

import re
from collections.abc import Iterator

from lxml import etree, html

from generator.errors import GeneratorError
from generator.finding import Place
from generator.importers.blocks import Block, Blocks, Cell, Line, Table, check_cells
from generator.importers.text import decode

_HIDDEN = {"script", "style", "noscript", "template", "head", "iframe", "object", "select", "textarea", "svg"}
_INLINE = {"a", "abbr", "b", "big", "code", "em", "font", "i", "label", "mark", "s", "small", "span", "strong", "sub", "sup", "u", "o:p", "st1:chsdate"}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_TOO_DEEP = "Excessive depth"  # how libxml2 says that it stopped
_Piece = tuple[str, int]
"""A text with its line in the file; a break between lines has the line 0."""
_BREAK: _Piece = ("", 0)


def read_page(content: bytes, name: str) -> Blocks:
    """Read a page; a line's place is its line in the file, a cell's its table, row and column.

    GeneratorError where the file is too large, or its elements are nested beyond all reason.
    """
    text, findings = decode(_in_utf8(content), name)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise GeneratorError(name, "网页是空的", "the page is empty") from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise GeneratorError(
            name, "网页的元素嵌套过深，没有读取；从浏览器重新保存", "the page's elements are nested too deeply; save it again from a browser"
        )  # fmt: skip
    return Blocks(tuple(_Reader(name).blocks(root)), (), findings)


def _in_utf8(content: bytes) -> bytes:
    """Give a page in UTF-8 where it says itself that it is in an encoding of Chinese."""
    declared = _CHARSET.search(content[:4_096])
    if not declared or not declared[1].lower().startswith((b"gb", b"hz")):
        return content
    # pages that say gb2312 hold characters of its successors
    return content.decode("gb18030", errors="replace").encode()


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._tables = 0
        self._cells = 0

    def blocks(self, root: html.HtmlElement) -> Iterator[Block]:
        pieces: list[_Piece] = []
        for node in _walk(root):
            if isinstance(node, tuple):
                pieces.append(node)
                continue
            yield from self._lines(pieces)
            pieces = []
            yield self._table(node)
        yield from self._lines(pieces)

    def _lines(self, pieces: list[_Piece], place: Place | None = None) -> list[Line]:
        """Join pieces of text to lines, white space as a browser shows it."""
        lines, text, number = [], "", 0
        for piece in [*pieces, _BREAK]:
            if piece is not _BREAK:
                number = number if text.strip() else piece[1]
                text += piece[0]
                continue
            if shown := _SPACE.sub(" ", text).strip(" "):
                lines.append(Line(shown, place or Place(self._name, number)))
            text = ""
        return lines

    def _table(self, table: html.HtmlElement) -> Table:
        self._tables += 1
        rows: list[tuple[Cell, ...]] = []
        hanging: dict[int, tuple[int, int]] = {}  # column → rows still covered, span
        for row_number, row in enumerate(table.iter("tr"), 1):
            cells: list[Cell] = []
            column = 1
            for cell in row.iterchildren("td", "th"):
                column = self._covered(hanging, column, row_number, cells)
                span = _number(cell.get("colspan"))
                place = Place(self._name, column=len(cells) + 1, table=self._tables, row=row_number)
                pieces = [node for node in _walk(cell) if isinstance(node, tuple)]
                lines = self._lines(pieces, place) or [Line("", place)]
                cells.append(Cell(tuple(lines), column, span))
                if (down := _number(cell.get("rowspan"))) > 1:
                    hanging[column] = (down, span)
                column += span
            self._covered(hanging, column, row_number, cells)
            hanging = {c: (left - 1, span) for c, (left, span) in hanging.items() if left > 1}
            self._count(len(cells))
            if cells:
                rows.append(tuple(cells))
        return Table(tuple(rows))

    def _covered(self, hanging: dict[int, tuple[int, int]], column: int, row: int, cells: list[Cell]) -> int:
        """Add the lower parts of merged cells that stand at `column`; gives the next free column."""
        while column in hanging and (not cells or cells[-1].column < column):
            span = hanging[column][1]
            place = Place(self._name, column=len(cells) + 1, table=self._tables, row=row)
            cells.append(Cell((Line("", place),), column, span, covered=True))
            column += span
        return column

    def _count(self, cells: int) -> None:
        self._cells += cells
        check_cells(self._cells, self._name)


def _walk(root: html.HtmlElement) -> Iterator[_Piece | html.HtmlElement]:
    """Give the text below `root` with its line, breaks between blocks, and the tables that hold data."""
    for child in ((root.text, root), *((child, child) for child in root)):
        what, element = child
        line = element.sourceline or 1
        if not isinstance(what, html.HtmlElement):
            yield what or "", line
            continue
        if what.tag == "table" and what.find(".//table") is None:
            yield what
        elif isinstance(what.tag, str) and what.tag not in _HIDDEN:
            block = what.tag not in _INLINE
            yield from (_BREAK,) if block else ()
            yield from _walk(what)
            yield from (_BREAK,) if block else ()
        yield what.tail or "", line


def _number(value: str | None) -> int:
    return max(1, min(int(value), 1_000)) if value and value.isdecimal() else 1
