"""The pieces of a Word document as text: paragraphs, fields, table cells. What stands in them is for `word`."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str) -> str:
    """Print text to the character; line breaks and TABs are Word's."""
    pieces = []
    for number, line in enumerate(text.split("\n")):
        pieces.append("<w:br/>" if number else "")
        for position, part in enumerate(line.split("\t")):
            pieces.append("<w:tab/>" if position else "")
            pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")
    return f"<w:r>{''.join(pieces)}</w:r>"


def paragraph(style: str, *content: str) -> str:
    """Print a paragraph in a style; `content` are runs, fields and bookmarks."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(content)}</w:p>'


@lru_cache(maxsize=16_384)  # labels and common words come back in every table
def cell_paragraph(style: str, text: str) -> str:
    """Print a paragraph of a table cell; LibreOffice drops blanks that end it, but not in a content control."""
    printed = run(text)
    kept = f"<w:sdt><w:sdtContent>{printed}</w:sdtContent></w:sdt>" if text.endswith(" ") else printed
    return paragraph(style, kept)


def field(code: str, shown: str) -> str:
    """Print a field that Word computes, with what is shown until it has."""
    return f"{_mark('begin')}{_code(code)}{_mark('separate')}{run(shown)}{_mark('end')}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(code: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'


def bookmark(number: int, name: str, content: str) -> str:
    """Put a bookmark around runs, for the contents list to point to."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def contents(entries: Sequence[tuple[int, str, str]], *, live: bool) -> str:
    """Print a contents list: level, text and bookmark of each heading. A `live` one is Word's to update.

    Page numbers are fields; the program that lays out the pages fills them in.
    """
    begin = _mark("begin") + _code(r'TOC \o "1-2" \h \z \u') + _mark("separate") if live else ""
    paragraphs: list[str] = []
    for level, text, name in entries:
        entry = run(text + "\t") + field(rf"PAGEREF {name} \h", "")
        link = f"<w:hyperlink w:anchor={quoteattr(name)}>{entry}</w:hyperlink>"
        paragraphs.append(paragraph(f"TOC{level}", "" if paragraphs else begin, link))
    if live:
        paragraphs.append(paragraph("TOC1", "" if paragraphs else begin, _mark("end")))
    return "".join(paragraphs)


def page_break() -> str:
    """Begin a new page."""
    return '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


_LOOKS = {
    "caption": "<w:tcBorders>" + "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "right")) + "</w:tcBorders>",
    "label": '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>',
    "": "",
}  # fmt: skip


def cell(paragraphs: Iterable[str], *, width: int, span: int = 1, merge: str = "", look: str = "") -> str:
    """Print a table cell; `merge` is `restart` for the first of cells merged downwards, else `continue`.

    `look` is `label` for a tinted cell, `caption` for one that stands above the frame.
    """
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merging = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>{spanning}{merging}{_LOOKS[look]}<w:vAlign w:val="center"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(cells: Iterable[str], *, header: bool = False) -> str:
    """Print a table row that no page break splits; a `header` row is repeated on every page."""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int]) -> str:
    """Print a table of fixed columns, their widths in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
