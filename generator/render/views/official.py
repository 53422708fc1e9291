"""The official table as a page shows it: which header belongs to which cell, and what is said of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from generator.forms.framework import group_of
from generator.forms.grid import Grid, GridCell, Layout, Lines
from generator.model import Project, title_of
from generator.render.views.notices import Notice, NoticesByField, cell_id
from generator.render.views.terms import Explainer, Said


@dataclass(frozen=True)
class Remark:
    """A notice on a cell of the table, numbered; `title` says which cell in words."""

    number: int
    notice: Notice
    title: str
    target: str


@dataclass(frozen=True)
class CellFrame:
    """What a cell is in its table, whatever it says.

    `kind` is how it reads where the table becomes cards: a `group` heads what follows, a `label` is
    beside its value, a `column` title stands before each value as `label`, a `value` is a value.
    `id` is where links to the value go; `headers` are the ids of the header cells that it belongs to.
    `placed` says that its place in the published document is known.
    """

    heading: bool
    colspan: int
    rowspan: int
    kind: str
    id: str
    headers: str
    label: str
    group: str
    title: str
    target: str
    placed: bool


@dataclass(frozen=True, eq=False)
class TableFrame:
    """A table without what stands in its cells, None for a cell that only continues the one above.

    Tables of the same shape share it. `columns` are those in which a cell begins, as HTML asks; each
    says how many of the form's grid columns it stands for. `colspan` of a cell counts them.
    """

    columns: Sequence[int]
    rows: Sequence[Sequence[CellFrame | None]]


class Marked(NamedTuple):
    """What stands in a cell, where it is more than a text without terms: lines, and remarks on them."""

    lines: Sequence[Said]
    remarks: Sequence[Remark]


@dataclass(frozen=True)
class OfficialTable:
    """The table's frame, what stands in its slots one after the other, and the remarks in their order.

    A cell has a slot for its place in the published document, where that is known, and one for itself.
    """

    frame: TableFrame
    slots: Sequence[str | Marked]
    remarks: Sequence[Remark]


def official_table(
    grid: Grid,
    notices: NoticesByField,
    spots: Mapping[str, str],
    explainer: Explainer,
) -> OfficialTable:
    """Work out the table of a project from its cells, its findings and where its fields stand, in words."""
    layout = grid.layout
    headings = tuple("\n".join(lines) if cell.heading else None for cell, lines in grid.filled)
    frame = _frame(layout, headings, layout.fields.intersection(spots))
    slots: list[str | Marked] = []
    remarks: list[Remark] = []
    for (cell, lines), framed in zip(grid.filled, chain.from_iterable(frame.rows), strict=True):
        if framed is None:
            continue
        if framed.placed:
            slots.append(spots[cell.field])
        said: Sequence[Remark] = ()
        if notices and (found := _notices_of(cell, lines, notices)):  # few cells have any
            numbered = enumerate(found, len(remarks) + 1)
            said = [Remark(number, notice, framed.title, framed.target) for number, notice in numbered]
            remarks += said
        pieces = [explainer.pieces(line) for line in lines]
        plain = pieces[0] if len(pieces) == 1 and not said else None
        slots.append(plain if isinstance(plain, str) else Marked(pieces, said))
    return OfficialTable(frame, slots, remarks)


@dataclass(frozen=True, eq=False)
class _Placed:
    """A cell at its place in the grid; `place` counts the cells of the row, `column` the grid columns.

    `heading` is what a header says; other cells do not matter.
    """

    row: int
    place: int
    column: int
    cell: GridCell
    heading: str | None

    @property
    def end(self) -> int:
        return self.column + self.cell.colspan

    @property
    def is_head(self) -> bool:
        return self.heading is not None

    @cached_property
    def id(self) -> str:
        return cell_id(self.cell.field) if self.cell.field else f"h{self.row}-{self.column}"


@lru_cache(maxsize=256)
def _frame(layout: Layout, headings: Sequence[str | None], traced: frozenset[str]) -> TableFrame:
    """Work out the frame of all tables of a layout with these headers; `traced` fields have a place."""
    saying = iter(headings)
    placed = [_place(number, row, saying) for number, row in enumerate(layout.rows)]
    shown = [cell for row in placed for cell in row if not cell.cell.covered]
    heads = {cell: _headers(placed, cell) for cell in shown if not cell.is_head}
    titles = _column_titles(placed, [above for _, above in heads.values() if above])
    starts = sorted({cell.column for row in placed for cell in row})
    framed: dict[_Placed, CellFrame] = {}
    group = ""
    for cell in shown:
        beside, above = heads.get(cell, ((), None))
        field = cell.cell.field
        if field.endswith(".level1"):
            known = group_of(cell.heading or "")
            group = known.id if known else ""
        framed[cell] = CellFrame(
            cell.is_head,
            sum(cell.column <= start < cell.end for start in starts),
            cell.cell.rowspan,
            kind=_kind(cell, titles),
            id=cell.id if cell.is_head or field else "",
            headers=" ".join([*(head.id for head in beside), *([above.id] if above else [])]),
            label=(above.heading or "") if above else "",
            group=group,
            title=title_of(Project, field) if field else "",
            target=cell_id(field) if field else "",
            placed=field in traced,
        )
    end = max((cell.end for row in placed for cell in row), default=0)
    columns = [after - start for start, after in pairwise([*starts, end])]
    return TableFrame(columns, [[framed.get(cell) for cell in row] for row in placed])


def _place(number: int, row: Sequence[GridCell], headings: Iterator[str | None]) -> list[_Placed]:
    placed, column = [], 0
    for place, cell in enumerate(row):
        placed.append(_Placed(number, place, column, cell, next(headings)))
        column += cell.colspan
    return placed


def _headers(rows: Sequence[Sequence[_Placed]], cell: _Placed) -> tuple[tuple[_Placed, ...], _Placed | None]:
    """Give the headers beside a value, the outermost first, and the column title above it."""
    row = rows[cell.row]
    beside: list[_Placed] = []
    for left in reversed(row[: cell.place]):
        if left.is_head or left.cell.covered:
            beside.insert(0, left)
        elif beside:
            break
    first = row[0]
    if first not in beside and (first.cell.covered or first.cell.rowspan > 1):
        beside.insert(0, first)
    tops = tuple(_top(rows, head) for head in beside)
    same = (
        above
        for above_row in reversed(rows[: cell.row])
        for above in above_row
        if (above.column, above.cell.colspan) == (cell.column, cell.cell.colspan)
    )
    above = next((head for head in same if head.is_head), None)
    return tuple(head for head in tops if head.is_head), above


def _top(rows: Sequence[Sequence[_Placed]], cell: _Placed) -> _Placed:
    """Give the cell whose continuation a covered cell is."""
    for row in reversed(rows[: cell.row + 1]):
        for above in row:
            if above.column == cell.column and not above.cell.covered:
                return above
    return cell


def _column_titles(rows: Sequence[Sequence[_Placed]], above: Sequence[_Placed]) -> set[str]:
    """Give the ids of the titles of columns, those over the row headers too."""
    known = {head.id for head in above}
    return {
        cell.id
        for row in rows
        if all(cell.is_head for cell in row) and any(cell.id in known for cell in row)
        for cell in row
        if cell.cell.rowspan == 1
    }


def _kind(cell: _Placed, columns: set[str]) -> str:
    if not cell.is_head:
        return "value"
    if cell.id in columns:
        return "column"
    if cell.cell.rowspan > 1 or cell.cell.field.endswith(".level1"):
        return "group"
    return "label"


def _notices_of(cell: GridCell, lines: Lines, notices: NoticesByField) -> list[Notice]:
    if not cell.field:
        return []
    found = list(notices.get(cell.field, ()))
    if cell.spread:
        found += [n for index in range(len(lines)) for n in notices.get(f"{cell.field}[{index + 1}]", ())]
    if cell.field.endswith(".level1"):
        found += notices.get(cell.field.removesuffix(".level1"), ())
    return found
