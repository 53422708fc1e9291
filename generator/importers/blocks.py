"""A document without its file format: paragraphs and tables, each line with its place.

The readers (text, Word, …) give these; how a form is found in them is for `matching`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.errors import GeneratorError
from generator.finding import Finding, Place, Text
from generator.yaml_source import FORBIDDEN

MOST_CELLS = 300_000  # of one document; the largest known has 2,000


def check_cells(count: int, name: str) -> None:
    """GeneratorError where a document has more table cells than any office writes."""
    if count > MOST_CELLS:
        raise GeneratorError(
            name, f"表格超过 {MOST_CELLS} 格，没有读取；拆成几个文件", f"more than {MOST_CELLS} table cells; split the file"
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line or paragraph, to the character."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with its lines; it has at least one, which may be blank.

    `column` is the grid column where it begins, `span` how many it takes. A `covered` cell is the
    lower part of a merged one; where a file type cannot say so, it is just blank.
    """

    lines: tuple[Line, ...]
    column: int = 1
    span: int = 1
    covered: bool = False

    @property
    def text(self) -> str:
        """All of its text; blank lines are layout."""
        return "\n".join(line.text for line in self.lines if line.text.strip())

    @property
    def place(self) -> Place:
        """Where it begins."""
        return next((line.place for line in self.lines if line.text.strip()), self.lines[0].place)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not any(line.text.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table by rows; each row has the cells that the document has, those merged across once.

    `aligned` says whether cells stand below each other as in print; where a page was flattened to
    text, merged cells are missing and the others have moved. With `gaps` a cell that was merged across
    has left blank ones behind it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    aligned: bool = True
    gaps: bool = False


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Residue:
    """Text of the document that went into no field and is no label of the form, and why.

    `kind` is `field-code`, `page-number`, `contents`, `page-header`, `spacing`, `control-character`,
    `personal`, `no-field`, `subtotal`, `nameless`,
    `outside` or `unread`.
    """

    place: Place
    text: str
    kind: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Blocks:
    """A document as read: its blocks in order, and what the reader itself set aside or doubts."""

    blocks: tuple[Block, ...]
    residue: tuple[Residue, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, in order, those of tables too."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block
            else:
                yield from (line for row in block.rows for cell in row for line in cell.lines)


_CONTROL_REASON = Text("看不见的控制字符，不是正文", "an invisible control character, not text")


def without_control_characters(read: Blocks) -> Blocks:
    """Set aside the characters that our YAML refuses, so that what is imported can be loaded."""
    if not any(FORBIDDEN.search(line.text) for line in read.lines):
        return read
    residue = list(read.residue)

    def line(line: Line) -> Line:
        found = FORBIDDEN.findall(line.text)
        residue.extend(Residue(line.place, c, "control-character", _CONTROL_REASON) for c in found)
        return replace(line, text=FORBIDDEN.sub("", line.text)) if found else line

    def cell(cell: Cell) -> Cell:
        return replace(cell, lines=tuple(map(line, cell.lines)))

    blocks = tuple(
        line(b) if isinstance(b, Line) else replace(b, rows=tuple(tuple(map(cell, r)) for r in b.rows))
        for b in read.blocks
    )
    return Blocks(blocks, tuple(residue), read.findings)
