"""Makes the files of offices that tests import, from one description: .docx, .xlsx, .html and .txt.

A document is a list of blocks: a paragraph is a text, a table a list of rows. In a row a cell is a
text; UP is the lower part of the cell above, LEFT belongs to the cell on its left.
"""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

import openpyxl
from docx import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UP, LEFT = "\u2191", "\u2190"
Row = list[str]
Block = str | list[Row]


def docx(blocks: Sequence[Block]) -> bytes:
    """Write a Word document; cells are merged as described."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        columns = max(map(len, block))
        table = document.add_table(len(block), columns)
        for r, row in enumerate(block):
            for c, text in enumerate(row):
                if text in (UP, LEFT):
                    continue
                bottom, right = _extent(block, r, c)
                cell = table.cell(r, c)
                if (bottom, right) != (r, c):
                    cell = cell.merge(table.cell(bottom, right))
                cell.text = text
    return _saved(document.save)


def xlsx(blocks: Sequence[Block]) -> bytes:
    """Write a workbook of one sheet, the blocks below each other."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    top = 1
    for block in blocks:
        rows = [[block]] if isinstance(block, str) else block
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text in (UP, LEFT):
                    continue
                sheet.cell(top + r, c + 1, text)
                bottom, right = _extent(rows, r, c)
                if (bottom, right) != (r, c):
                    sheet.merge_cells(
                        start_row=top + r, start_column=c + 1, end_row=top + bottom, end_column=right + 1
                    )
        top += len(rows)
    return _saved(book.save)


def page(blocks: Sequence[Block]) -> bytes:
    """Write a page as a portal would, with navigation around it."""
    body = "".join(_element(block) for block in blocks)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>公开</title><script>var x = '<table>';</script></head>"
        f"<body><div id='nav'><a href='#'>首页</a></div>\n<div class='article'>{body}</div></body></html>"
    ).encode()


def text(blocks: Sequence[Block]) -> bytes:
    """Write the text that Word makes of it: a TAB before each cell."""
    pieces = []
    for block in blocks:
        if isinstance(block, str):
            pieces.append(block + "\n")
            continue
        for number, row in enumerate(block):
            pieces.append("\n" if number else "")
            pieces += [f"\t{'' if cell == UP else cell}\n" for cell in row if cell != LEFT]
        pieces.append("\n\n")
    return "".join(pieces).encode()


def copied(blocks: Sequence[Block]) -> bytes:
    """Write what is pasted from a sheet: a row on a line, TABs between its cells."""
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            for row in block:
                cells = ("" if cell in (UP, LEFT) else cell.replace("\n", "") for cell in row)
                lines.append("\t".join(cells))
    return "\n".join(lines).encode()


def lines(blocks: Sequence[Block]) -> bytes:
    """Write what a page's text becomes: one cell a line, merged cells gone."""
    cells = []
    for block in blocks:
        if isinstance(block, str):
            cells.append(block)
        else:
            cells += [cell for row in block for cell in row if cell not in (UP, LEFT, "")]
    return "\n".join(cells).encode()


def bars(blocks: Sequence[Block]) -> bytes:
    """Write what pages become in Markdown: bars between cells, merged cells gone and the others moved."""
    rows = []
    for block in blocks:
        for row in [[block]] if isinstance(block, str) else block:
            kept = [cell for cell in row if cell not in (UP, LEFT)]
            rows.append("| " + " | ".join(kept) + " |" * (1 + len(row) - len(kept)))
    return "\n".join(rows).encode()


def _extent(rows: list[Row], r: int, c: int) -> tuple[int, int]:
    bottom, right = r, c
    while right + 1 < len(rows[r]) and rows[r][right + 1] == LEFT:
        right += 1
    while bottom + 1 < len(rows) and c < len(rows[bottom + 1]) and rows[bottom + 1][c] == UP:
        bottom += 1
    return bottom, right


def _element(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{html.escape(block)}</p>\n"
    rows = []
    for r, row in enumerate(block):
        cells = []
        for c, value in enumerate(row):
            if value in (UP, LEFT):
                continue
            bottom, right = _extent(block, r, c)
            shown = html.escape(value).replace("\n", "<br>")
            cells.append(f"<td rowspan={bottom - r + 1} colspan='{right - c + 1}'><span>{shown}</span></td>")
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return f"<table>{''.join(rows)}</table>\n"


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()
