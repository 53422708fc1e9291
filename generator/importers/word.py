"""Reads Word documents (.docx) into paragraphs and tables, merged cells and all.

python-docx opens the package; the text is walked here, because a value must come out as printed:
with revisions accepted, text boxes and automatic numbers in, field codes out. Macros are never looked at.
"""

import io
import re
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from generator.errors import GeneratorError
from generator.finding import Place, Text
from generator.importers.blocks import Block, Blocks, Cell, Line, Residue, Table, check_cells
from generator.importers.numbering import Numbering
from generator.importers.package import check_package

_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_WRAPPERS = {qn(f"w:{n}") for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "r", "dir", "bdo")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
}  # fmt: skip
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_TEXT_BOX = qn("w:txbxContent")
_VAL = qn("w:val")
_CONTENTS_REASON = Text("目录，由标题生成", "the table of contents, made from the headings")
_CODE_REASON = Text("Word 目录域代码，不是正文", "a Word field code for the table of contents, not text")
_HEADER_REASON = Text("页眉、页脚、脚注或批注", "a header, footer, footnote or comment")
_AROUND = re.compile(r"/(header|footer|footnotes|endnotes|comments)$")


def read_word(content: bytes, name: str) -> Blocks:
    """Read a .docx; tables count from 1 in the order of the document, nested ones after their outer.

    GeneratorError where it is not a Word document, is damaged, locked, or of unreasonable size.
    """
    check_package(content, name, "Word")
    try:
        document = Document(io.BytesIO(content))
        return _Reader(document, name).read()
    except (OpcError, LookupError, ValueError, TypeError, AttributeError, etree.XMLSyntaxError) as error:
        raise GeneratorError(
            name, "不是 .docx 文件，或含有宏、内容已损坏；用 Word 打开并另存为 .docx", "not a .docx file, or it has macros or is damaged; open it in Word and save it as .docx"
        ) from error  # fmt: skip


class _Reader:
    def __init__(self, document: WordDocument, name: str) -> None:
        self._document = document
        self._name = name
        self._numbering = Numbering(document)
        self._residue: list[Residue] = []
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0
        self._fields: list[str] = []
        """The codes of the fields that are open where we read; contents lists span paragraphs."""

    def read(self) -> Blocks:
        blocks = tuple(self._blocks(self._document.element.body))
        self._around()
        return Blocks(blocks, tuple(self._residue))

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for element in _content(parent):
            if element.tag == _TBL:
                yield from self._table(element)
                continue
            self._paragraphs += 1
            place = Place(self._name, self._paragraphs)
            contents = self._in_contents(element)
            yield from self._kept(self._lines(element, place), contents=contents)

    def _kept(self, lines: list[Line], *, contents: bool) -> Iterator[Line]:
        for line in lines:
            if contents or self._in_contents():
                if line.text.strip():
                    self._residue.append(Residue(line.place, line.text, "contents", _CONTENTS_REASON))
            else:
                yield line

    def _in_contents(self, paragraph: etree._Element | None = None) -> bool:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if paragraph is not None else None
        styled = style is not None and re.match(r"(?i)toc\s?\d", str(style.get(_VAL)))
        return bool(styled) or any(code.split()[:1] == ["TOC"] for code in self._fields)

    # tables

    def _table(self, table: etree._Element) -> Iterator[Table]:
        self._tables += 1
        number = self._tables
        inner: list[etree._Element] = []
        rows: list[tuple[Cell, ...]] = []
        for row_number, row in enumerate(_children(table, _TR), 1):
            before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            column = 1 + _count(before, 0)
            cells = []
            for position, cell in enumerate(_children(row, _TC), 1):
                place = Place(self._name, column=position, table=number, row=row_number)
                read, nested = self._cell(cell, place, column)
                cells.append(read)
                inner += nested
                column += read.span
            self._count(len(cells))
            if cells:
                rows.append(tuple(cells))
        yield Table(tuple(rows))
        for table_inside in inner:
            yield from self._table(table_inside)

    def _cell(self, cell: etree._Element, place: Place, column: int) -> tuple[Cell, list[etree._Element]]:
        lines: list[Line] = []
        nested = []
        for element in _content(cell):
            if element.tag == _TBL:
                nested.append(element)
            else:
                lines += self._lines(element, place)
        properties = cell.find(qn("w:tcPr"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        covered = merge is not None and merge.get(_VAL) in (None, "continue")
        return Cell(tuple(lines) or (Line("", place),), column, _count(span, 1), covered), nested

    def _count(self, cells: int) -> None:
        self._cells += cells
        check_cells(self._cells, self._name)

    # paragraphs

    def _lines(self, paragraph: etree._Element, place: Place) -> list[Line]:
        codes: list[str] = []
        boxes: list[etree._Element] = []
        text = self._numbering.number(paragraph) + "".join(self._pieces(paragraph, codes, boxes))
        self._residue += [
            Residue(place, code, "field-code", _CODE_REASON) for code in codes if code.split()[:1] == ["TC"]
        ]
        inner = [p for box in boxes for p in _content(box) if p.tag == _P]
        printed = [Line(part, place) for part in text.split("\n")]
        return [*printed, *(line for p in inner for line in self._lines(p, place))]

    def _pieces(self, parent: etree._Element, codes: list[str], boxes: list[etree._Element]) -> Iterator[str]:
        """Give the printed text of a paragraph in pieces; codes and text boxes go to their lists."""
        for element in parent:
            tag = element.tag
            if tag == qn("w:t"):
                yield element.text or ""
            elif tag in _BREAKS:
                page = tag == qn("w:br") and element.get(qn("w:type")) in ("page", "column")
                yield "" if page else _BREAKS[tag]
            elif tag == qn("w:fldChar"):
                self._field(element.get(qn("w:fldCharType")))
            elif tag == qn("w:instrText"):
                self._code(element.text or "", codes)
            elif tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
                boxes += element.iter(_TEXT_BOX)
            elif tag in _WRAPPERS:
                yield from self._pieces(element, codes, boxes)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _code(self, text: str, codes: list[str]) -> None:
        if not self._fields:
            codes.append(text)
            return
        if not self._fields[-1]:
            codes.append("")
        self._fields[-1] += text
        if codes:
            codes[-1] += text

    def _around(self) -> None:
        """Set aside what stands around the pages: it repeats, and holds no value of the form."""
        for relation in self._document.part.rels.values():
            if relation.is_external or not _AROUND.search(relation.reltype):
                continue
            part = relation.target_part
            root = getattr(part, "element", None)
            if root is None:
                root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            place = Place(f"{self._name}#{part.partname.filename}")
            for paragraph in root.iter(_P):
                text = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
                if text.strip():
                    self._residue.append(Residue(place, text, "page-header", _HEADER_REASON))


def _content(parent: etree._Element) -> Iterator[etree._Element]:
    """Give the paragraphs and tables of a body or cell, inside content controls too."""
    for element in parent:
        if element.tag in (_P, _TBL):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _content(element)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _children(element, tag)


def _count(element: etree._Element | None, default: int) -> int:
    value = element.get(_VAL) if element is not None else None
    return max(1 if default else 0, min(int(value), 1_000)) if value and value.isdecimal() else default
