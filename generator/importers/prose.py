"""Reads lines outside tables by a form's words, and bracketed paragraphs anywhere.

A table that was flattened to text is still readable where a label begins the line, where a value
follows its label on the next one, and where an item's values have only one way into the columns.
"""

import re

from generator.finding import Text
from generator.forms.form import Cell as FormCell
from generator.forms.form import Paragraph, pattern
from generator.importers.alignment import align
from generator.importers.blocks import Cell, Line
from generator.importers.draft import Projects
from generator.importers.vocabulary import looks, money_note, plain

_UNALIGNED = Text(
    "散开的表格，这几个值对不上列，没有读入",
    "a flattened table: these values cannot be told to their columns; not read",
)


class Prose:
    """Reads a run of lines, one after the other."""

    def __init__(self, projects: Projects) -> None:
        self._projects = projects
        self._vocabulary = projects.vocabulary
        self._account = projects.account
        self._awaiting: FormCell | None = None
        self._under: tuple[FormCell, ...] = ()
        self._columns: list[FormCell] = []
        self._items = False
        self._pending: list[Cell] = []
        self._paragraph: tuple[Paragraph, dict[str, str], Line] | None = None
        self._loose: list[Line] = []

    @property
    def expecting(self) -> bool:
        """Whether the next line is the value of a label or part of a list."""
        return bool(self._awaiting or self._columns or self._paragraph)

    def take(self, line: Line) -> None:
        """Read a line."""
        if not line.text.strip() or self._bracket(line, inside=False):
            return
        if pieces := self._vocabulary.split(line.text):
            self._paragraph = None
            for text, is_label in pieces:
                piece = Line(text.strip(), line.place)
                if is_label:
                    self._label(piece)
                else:
                    self._value(piece)
        elif self._paragraph:
            self._content(line)
        elif self._loose and self._vocabulary.known(self._loose[-1].text.strip() + line.text.strip()):
            # a label broken over two lines: 总体 / 目标
            first = self._loose.pop()
            self._account.label(first)
            self._label(line, first.text.strip() + line.text.strip())
        else:
            self._value(line)

    def bracketed(self, cell: Cell) -> None:
        """Read the bracketed paragraphs of a cell, which belong to the current project."""
        for line in cell.lines:
            if not line.text.strip() or self._bracket(line, inside=True):
                continue
            if self._paragraph:
                self._content(line)
            else:
                self._projects.paragraph("purpose", line)
        self._paragraph = None

    def end(self) -> None:
        """Forget what was awaited: something else begins. What fitted nothing is unread."""
        self._flush()
        for line in self._loose:
            self._account.unread(line)
        self._loose, self._columns, self._awaiting, self._paragraph = [], [], None, None
        self._under, self._items = (), False

    # labels and values

    def _label(self, piece: Line, text: str = "") -> None:
        text = text or piece.text
        label, column = self._vocabulary.label(text), self._vocabulary.column(text)
        self._account.label(piece)
        if unit := money_note(text):
            self._projects.state("amount_unit", Line(unit, piece.place))
        if column is not None and column.each and column.field and (label is None or label.value is None):
            self._flush()
            if self._items:
                self._columns, self._items = [], False
            if all(column.field != known.field for known in self._columns):
                self._columns.append(column)
            self._awaiting = None
        elif label is not None and label.value is not None:
            self._flush()
            self._columns, self._items = [], False
            self._awaiting, self._under = label.value, label.below or self._under
        elif label is not None:
            self._awaiting, self._under = None, label.below or self._under

    def _value(self, piece: Line) -> None:
        awaiting = self._awaiting
        if awaiting is not None and awaiting.each and awaiting.field:
            for part in piece.text.split():
                below = next((c for c in self._under if c.like and looks(c.like, part)), None)
                self._projects.value(below or awaiting, Line(part, piece.place))
        elif awaiting is not None and (awaiting.like != "code" or looks("code", piece.text)):
            self._projects.value(awaiting, piece)
            if not awaiting.each:
                self._awaiting = None
        elif self._columns:
            self._tokens(piece)
        elif self._under:
            self._projects.value(self._under[0], piece)
            self._under = ()
        else:
            self._loose.append(piece)

    # items of a flattened list

    def _tokens(self, piece: Line) -> None:
        self._items = True
        parts = [Cell((Line(part, piece.place),)) for part in piece.text.split()]
        if len(parts) > 1:
            if any(not self._level(cell) for cell in self._pending):
                self._flush()
            self._pending += parts
        elif self._pending and self._level(_joined(self._pending[-1], parts[0])):
            name = _joined(self._pending.pop(), parts[0])
            self._flush()
            self._pending.append(name)
        else:
            if self._level(parts[0]) and any(not self._level(cell) for cell in self._pending):
                self._flush()
            self._pending += parts
        values = sum(1 for cell in self._pending if not self._level(cell))
        if values >= sum(1 for column in self._columns if not column.known):
            self._flush()

    def _level(self, cell: Cell) -> bool:
        return any(self._vocabulary.level(plain(cell.text), level) for level in ("level1", "level2"))

    def _flush(self) -> None:
        cells, self._pending = self._pending, []
        if not cells:
            return
        way = align(self._vocabulary, cells, self._columns)
        if way is not None:
            columns = [self._columns[index] for index in way.columns]
            held = {c.field: (c, cell) for c, cell in zip(columns, cells, strict=True)}
        elif names := self._names(cells):
            held = names
        else:
            for line in (line for cell in cells for line in cell.lines):
                self._account.unread(line, _UNALIGNED)
            return
        missing = {
            c.field: (c, Cell((Line("", cells[0].place),))) for c in self._columns if c.field not in held
        }
        self._projects.item(self._columns[0].each, {**missing, **held})

    def _names(self, cells: list[Cell]) -> dict[str, tuple[FormCell, Cell]]:
        """Give names of levels their columns where nothing else stands with them; empty if one has none."""
        held: dict[str, tuple[FormCell, Cell]] = {}
        for cell in cells:
            columns = [c for c in self._columns if c.known and c.field not in held]
            own = next((c for c in columns if self._vocabulary.level(cell.text, c.known)), None)
            if own is None:
                return {}
            held[own.field] = (own, cell)
        return held

    # bracketed paragraphs

    def _bracket(self, line: Line, *, inside: bool) -> bool:
        for paragraph in self._vocabulary.form.paragraphs:
            found = pattern(paragraph.heading).match(line.text.strip())
            if not found:
                continue
            rest = line.text.strip()[found.end() :].lstrip("：: ")
            heading = Line(found[0], line.place)
            if paragraph.opens and not inside:
                self._introduced(paragraph)
            self._account.label(Line(line.text.strip().removesuffix(rest), line.place))
            self._paragraph = (paragraph, found.groupdict(), heading)
            self._awaiting = None
            if rest:
                self._content(Line(rest, line.place))
            return True
        return False

    def _introduced(self, paragraph: Paragraph) -> None:
        """Open a project; the lines just before say which, if they look like it."""
        before = paragraph.before
        lines = self._loose[-len(before) :] if before else []
        if len(lines) == len(before) and all(
            looks(cell.like, line.text) for cell, line in zip(before, lines, strict=True)
        ):
            self._loose = self._loose[: -len(before)]
        else:
            lines = []
        self._projects.open()
        for cell, line in zip(before, lines, strict=False):
            self._projects.value(cell, Line(line.text.strip(), line.place))

    def _content(self, line: Line) -> None:
        assert self._paragraph is not None  # noqa: S101 (callers look)
        paragraph, levels, heading = self._paragraph
        if not paragraph.each:
            self._projects.paragraph(paragraph.field, line)
            return
        found = next(
            (f for item in paragraph.items if (f := pattern(item).fullmatch(line.text.strip()))), None
        )
        if found is None:
            self._loose.append(line)
            return
        texts = {**levels, **found.groupdict()}
        texts.pop("number", None)
        cells: dict[str, tuple[FormCell, Cell]] = {}
        for field, text in texts.items():
            place = heading.place if field in levels else line.place
            described = FormCell(field=field, each=paragraph.each, known=field if field in levels else "")
            cells[field] = (described, Cell((Line(text, place),)))
        self._account.label(Line(_rest(line.text, found), line.place))
        self._projects.item(paragraph.each, cells)


def _rest(text: str, found: re.Match[str]) -> str:
    """Give what of an item's line is the form's print: 指标1：（）."""
    for field, value in found.groupdict().items():
        if field != "number":
            text = text.replace(value, "", 1)
    return text


def _joined(first: Cell, second: Cell) -> Cell:
    return Cell((*first.lines, *second.lines))
