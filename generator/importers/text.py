"""Reads plain text: what remains of a document that is saved or copied as text.

Word writes each cell as a line that starts with a TAB, an empty line between rows, further lines of a
cell without TAB, and a lone TAB for the lower part of a merged cell. Tables copied from a sheet have
TABs between the cells of a row, pages turned into Markdown have bars. Headings keep Word's TC fields.
"""

import re

from generator.errors import GeneratorError
from generator.finding import Finding, Place, Severity, Text
from generator.importers.blocks import Block, Blocks, Cell, Line, Residue, Table, check_cells

_TC_FIELD = re.compile(r" TC .*?\\f [A-Z] \\l \d ?$")
_TC_REASON = Text("Word 目录域代码，不是正文", "a Word field code for the table of contents, not text")
_TC_END = re.compile(r"\\f [A-Z] \\l \d ?$")
_RULE = re.compile(r"[|\s]*|(?=.*---)[|\s:+-]*")
_LARGEST = 20_000_000  # bytes


def decode(content: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """Decode a text of Chinese offices: UTF-8, UTF-16 with its mark, or GB 18030, which is said.

    GeneratorError where it is none of them, or too large.
    """
    if len(content) > _LARGEST:
        raise GeneratorError(name, "文件过大，没有读取", "the file is too large and was not read")
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text, (_gb_finding(name),) if encoding == "gb18030" else ()
    raise GeneratorError(
        name, "不是文本文件；另存为 UTF-8 文本，或导入原来的 Word 文件", "not a text file; save it as UTF-8 text, or import the Word file"
    )  # fmt: skip


def _gb_finding(name: str) -> Finding:
    return Finding(
        "import-encoding",
        Severity.NOTE,
        Text("按 GB 18030 编码读入", "read as GB 18030"),
        Text(
            "若有乱码，另存为 UTF-8 后再导入", "if characters are garbled, save it as UTF-8 and import again"
        ),
        Place(name),
    )


def read_text(content: str, name: str) -> Blocks:
    """Read plain text into paragraphs and tables; places are lines of the text, counted from 1."""
    reader = _Reader(name)
    for number, text in enumerate(content.split("\n"), 1):
        reader.take(number, text.removesuffix("\r"))
    reader.end_table()
    return Blocks(tuple(reader.blocks), tuple(reader.residue))


class _Reader:
    def __init__(self, name: str) -> None:
        self.blocks: list[Block] = []
        self.residue: list[Residue] = []
        self._name = name
        self._rows: list[list[list[Line]]] = []
        self._style = ""
        self._after_blank = True
        self._cells = 0

    def take(self, number: int, text: str) -> None:
        place = Place(self._name, number)
        if style := _row_style(text, self._style):
            if self._style != style:
                self.end_table()
            self._style = style
            self._row(text, place)
        elif text.startswith("\t"):
            if self._style:
                self.end_table()
            self._cell(Line(text[1:], place))
        elif not text:
            self._after_blank = True
        elif self._rows and not self._after_blank and not self._style:
            self._rows[-1][-1].append(Line(text, place))
        else:
            self.end_table()
            self._paragraph(text, place)

    def end_table(self) -> None:
        if self._rows:
            rows = tuple(
                tuple(Cell(tuple(lines), column) for column, lines in enumerate(row, 1)) for row in self._rows
            )
            self.blocks.append(Table(rows, aligned=self._style != "|", gaps=self._style == "\t"))
        self._rows = []
        self._style = ""
        self._after_blank = True

    def _cell(self, line: Line) -> None:
        if self._after_blank or not self._rows:
            self._rows.append([])
        self._count(1)
        self._rows[-1].append([line])
        self._after_blank = False

    def _row(self, text: str, place: Place) -> None:
        if self._style == "|":
            if not _RULE.fullmatch(text):
                cells = text.strip().removeprefix("|").removesuffix("|").split("|")
                self._count(len(cells))
                self._rows.append([[Line(cell.strip(), place)] for cell in cells])
        else:
            self._count(text.count("\t") + 1)
            self._rows.append([[Line(cell, place)] for cell in text.split("\t")])

    def _count(self, cells: int) -> None:
        self._cells += cells
        check_cells(self._cells, self._name)

    def _paragraph(self, text: str, place: Place) -> None:
        if _TC_END.search(text[-12:]) and (code := _TC_FIELD.search(text)):
            self.residue.append(Residue(place, code[0], "field-code", _TC_REASON))
            text = text[: code.start()]
        self.blocks.append(Line(text, place))


def _row_style(text: str, above: str) -> str:
    """How a line holds a whole row of a table: between bars, between TABs, or not at all."""
    if text.lstrip().startswith("|") and text.count("|") > 1:
        return "|"
    inner = text.strip("\t").count("\t")
    return "\t" if text.count("\t") > 1 and (inner or above == "\t") else ""
