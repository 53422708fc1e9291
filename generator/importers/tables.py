"""Reads tables by a form's words: labels with values beside or below them, and lists under their heads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.finding import Text
from generator.forms.form import Cell as FormCell
from generator.importers.alignment import align
from generator.importers.blocks import Cell, Line, Table
from generator.importers.draft import Projects
from generator.importers.prose import Prose
from generator.importers.vocabulary import Label, looks, money_note, plain

_UNALIGNED = Text(
    "这一行的各格对不上列，没有读入", "the cells of this row cannot be told to their columns; it was not read"
)


@dataclass(frozen=True)
class Column:
    """A column under a head: where it stands in the grid, and what it holds (None: only print)."""

    start: int
    end: int
    holds: FormCell | None


class Tables:
    """Reads the tables of a document, one after the other; a table may go on in the next.

    A row of one cell is a line like any other: a title, a heading, a remark.
    """

    def __init__(
        self,
        projects: Projects,
        sentence: Callable[[Sequence[Line]], bool],
        line: Callable[[Line], None],
        prose: Prose,
    ) -> None:
        self._projects = projects
        self._vocabulary = projects.vocabulary
        self._account = projects.account
        self._sentence = sentence
        self._line = line
        self._prose = prose
        self._columns: list[Column] = []
        self._below: tuple[FormCell, ...] = ()
        self._opened = ""

    def read(self, table: Table) -> None:
        """Read one table row by row."""
        self._below = ()
        for row in table.rows:
            if not any(not cell.blank for cell in row):
                continue
            if len(row) == 1 and not row[0].covered:
                for line in row[0].lines:
                    self._line(line)
                continue
            self._prose.end()
            if self._sentence([Line(c.text, c.place) for c in row if not c.blank]):
                self._columns = []
            elif columns := self._head(_without_last_gaps(row) if table.gaps else row, table):
                self._columns = columns
            elif self._columns and self._is_item(row):
                self._item(row, aligned=table.aligned)
            else:
                self._pairs([c for c in row if c is row[0] or not c.blank] if table.gaps else row)

    def reset(self) -> None:
        """Forget the head of the last table: a new one has been announced."""
        self._columns = []

    # heads

    def _head(self, row: Sequence[Cell], table: Table) -> list[Column]:
        """Give the columns if the row is the head of a list; every cell of it is then a label."""
        columns: list[Column] = []
        for position, cell in enumerate(row):
            if cell.blank:
                before = columns[-1].holds if columns else None
                if before is not None and not cell.covered and table.aligned and position < len(row) - 1:
                    return []
                continue
            holds, known = self._holds(cell.text)
            if not known:
                return []
            columns.append(Column(cell.column, cell.column + cell.span, holds))
        if not self._heads(columns, row):
            return []
        for cell in row:
            self._label(cell)
        return columns

    def _heads(self, columns: list[Column], row: Sequence[Cell]) -> bool:
        holding = [c.holds for c in columns if c.holds]
        lists = sum(1 for cell in holding if cell.each and cell.field)
        if lists > 1 or sum(1 for cell in holding if cell.paragraphs or cell.opens) > 1:
            return True
        # `总体目标 | 年度目标`: the values stand in the row below
        return bool(holding) and columns[-1].holds is not None and not row[-1].blank

    def _holds(self, text: str) -> tuple[FormCell | None, bool]:
        if column := self._vocabulary.column(text):
            return column, True
        label = self._vocabulary.label(text)
        return (label.value if label else None), label is not None

    def _label(self, cell: Cell) -> None:
        self._account.label_cell(cell)
        if unit := money_note(cell.text):
            self._projects.state("amount_unit", Line(unit, cell.place))

    # items

    def _is_item(self, row: Sequence[Cell]) -> bool:
        first = next(cell for cell in row if not cell.blank)
        column = self._column_at(row, first)
        printed_only = column is not None and column.holds is None
        return printed_only or not self._vocabulary.known(first.text) or len(row) == len(self._columns) > 1

    def _column_at(self, row: Sequence[Cell], cell: Cell) -> Column | None:
        if len(row) == len(self._columns):
            return self._columns[[c is cell for c in row].index(True)]
        return next((c for c in self._columns if c.start <= cell.column < c.end), None)

    def _item(self, row: Sequence[Cell], *, aligned: bool) -> None:
        placed = self._in_grid(row) if aligned or len(row) == len(self._columns) else None
        if placed is None or (not aligned and not self._plausible(placed)):
            placed = self._by_kind(row)
        if placed is None:
            for cell in row:
                self._account.unread_cell(cell, _UNALIGNED)
            return
        held: list[tuple[FormCell, Cell]] = []
        for column, cell in placed:
            if column.holds is not None:
                held.append((column.holds, cell))
            elif self._vocabulary.known(cell.text):
                self._account.label_cell(cell)
            else:
                self._account.unread_cell(cell)
        self._put(held)

    def _in_grid(self, row: Sequence[Cell]) -> list[tuple[Column, Cell]] | None:
        if len(row) == len(self._columns):
            return list(zip(self._columns, row, strict=True))
        placed: list[tuple[Column, Cell]] = []
        for cell in row:
            column = self._column_at(row, cell)
            across = [c for c in self._columns if cell.column <= c.start < cell.column + cell.span]
            if column is None or len(across) > 1 or any(column is other for other, _ in placed):
                if cell.blank:
                    continue
                return None
            placed.append((column, cell))
        return placed

    def _plausible(self, placed: list[tuple[Column, Cell]]) -> bool:
        held = [(column.holds, cell) for column, cell in placed if column.holds and not cell.blank]
        return all(
            self._vocabulary.level(cell.text, d.known) if d.known else looks(d.like, cell.text)
            for d, cell in held
        )

    def _by_kind(self, row: Sequence[Cell]) -> list[tuple[Column, Cell]] | None:
        """Give the cells of a row that lost its columns theirs: as an item, else as a row of totals."""
        cells = [cell for cell in row if not cell.blank]
        everything = [c for c in self._columns if c.holds]
        outside = [c for c in everything if c.holds and not (c.holds.each and c.holds.field)]
        best: tuple[int, list[tuple[Column, Cell]]] | None = None
        for columns in (everything, outside):
            way = align(self._vocabulary, cells, [c.holds for c in columns if c.holds])
            if way and (best is None or way.score > best[0]):
                best = way.score, [(columns[i], cell) for i, cell in zip(way.columns, cells, strict=True)]
        return best[1] if best else None

    def _put(self, held: list[tuple[FormCell, Cell]]) -> None:
        listed: dict[str, tuple[FormCell, Cell]] = {}
        for described, cell in held:
            if (
                described.each
                and described.field
                and listed.setdefault(described.field, (described, cell))[1] is not cell
            ):
                self._account.unread_cell(cell)  # the head names this column twice
        others = [(d, c) for d, c in held if not (d.each and d.field)]
        opening = [column.holds for column in self._columns if column.holds and column.holds.opens]
        filled = [c for _, c in others if not c.blank]
        starts = bool(opening) and sum(1 for d, c in others if d.opens and not c.blank) == len(opening)
        if opening and filled and not starts and all(c.blank for _, c in listed.values()):
            for cell in filled:
                self._account.set_cell_aside(cell, "subtotal")
            return
        if starts and not self._goes_on(others):
            self._projects.open()
        elif starts:
            for cell in filled:
                self._projects.current.take(cell)
            others = []
        for described, cell in others:
            if described.paragraphs:
                self._prose.bracketed(cell)
            else:
                self._projects.value(described, cell)
        each = next((d.each for d, _ in listed.values()), "")
        if each and any(not c.blank for _, c in listed.values()):
            self._projects.item(each, listed)

    def _goes_on(self, others: list[tuple[FormCell, Cell]]) -> bool:
        """Whether a row only repeats what its project's first row said, instead of merging it."""
        if not self._projects.begun:
            return False
        draft = self._projects.current
        known = {plain(line.text) for line in draft.lines} | {plain(part) for part in draft.unit}
        name = next((c.text for d, c in others if d.field == "name"), "")
        return draft.data.get("name") == name and all(
            c.blank or d.field.startswith("unit") or all(plain(line.text) in known for line in c.lines)
            for d, c in others
        )

    # labels and values

    def _pairs(self, row: Sequence[Cell]) -> None:
        below, opened = self._below, self._opened
        self._below = ()
        if below and row[0].blank and below[0].each and not any(self._vocabulary.label(c.text) for c in row):
            self._under(below, row[1:])
            return
        position = 0
        while position < len(row):
            cell = row[position]
            position += 1
            if cell.blank:
                continue
            label = self._vocabulary.label(cell.text)
            repeated = label is not None and bool(below) and label.name == opened
            if repeated:
                self._label(cell)
            elif label is not None:
                self._label(cell)
                position += self._after(label, row[position:])
                below = ()
            elif below:
                position += self._under(below, row[position - 1 :]) - 1
                below = ()
            elif not self._inline(cell):
                self._account.unread_cell(cell)

    def _after(self, label: Label, rest: Sequence[Cell]) -> int:
        """Read what follows a label; gives how many cells that were."""
        if label.below:
            self._below, self._opened = label.below, label.name
        if label.value is None or not rest:
            return 0
        if label.value.each and label.value.field:
            self._projects.spread(label.value, rest)
            return len(rest)
        self._projects.value(label.value, rest[0])
        return 1

    def _under(self, described: Sequence[FormCell], cells: Sequence[Cell]) -> int:
        if described[0].each and described[0].field:
            self._projects.spread(described[0], cells)
            return len(cells)
        self._projects.value(described[0], cells[0])
        return 1

    def _inline(self, cell: Cell) -> bool:
        """Read `label：value` inside one cell."""
        for line in cell.lines:
            if line.text.strip() and len(self._vocabulary.split(line.text)) < 2:  # noqa: PLR2004
                return False
        for line in cell.lines:
            awaited: FormCell | None = None
            for text, is_label in self._vocabulary.split(line.text):
                piece = Line(text.strip(), line.place)
                if is_label:
                    self._account.label(piece)
                    label = self._vocabulary.label(text)
                    awaited = label.value if label else None
                elif awaited is not None:
                    self._projects.value(awaited, piece)
                else:
                    self._account.unread(piece)
        return True


def _without_last_gaps(row: Sequence[Cell]) -> Sequence[Cell]:
    last = max(position for position, cell in enumerate(row) if not cell.blank)
    return row[: last + 1]
