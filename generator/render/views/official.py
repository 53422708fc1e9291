"""The official table as a page shows it: which header belongs to which cell, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.forms.framework import group_of
from generator.forms.grid import GridCell
from generator.model import Project, Trace, title_of
from generator.render.views.notices import Notice, NoticesByField, cell_id
from generator.render.views.terms import Explainer, Piece


@dataclass(frozen=True)
class Remark:
    """A notice on a cell of the table, numbered; `title` says which cell in words."""

    number: int
    notice: Notice
    title: str
    target: str


@dataclass(frozen=True)
class TableCell:
    """A cell of the official table.

    `kind` is how it reads where the table becomes cards: a `group` heads what follows, a `label` is
    beside its value, a `column` title stands before each value as `label`, a `value` is a value.
    `id` is where links to the value go; `headers` are the ids of the header cells that it belongs to.
    """

    cell: GridCell
    kind: str
    id: str
    headers: str
    label: str
    group: str
    place: str
    title: str
    lines: Sequence[Sequence[Piece]]
    remarks: Sequence[Remark]


@dataclass(frozen=True)
class OfficialTable:
    """The rows of the table, its width in grid columns, and the remarks in the order of the cells."""

    columns: int
    rows: Sequence[Sequence[TableCell]]
    remarks: Sequence[Remark]


@dataclass(frozen=True)
class _Placed:
    """A cell at its place in the grid."""

    row: int
    column: int
    cell: GridCell

    @property
    def id(self) -> str:
        return cell_id(self.cell.field) if self.cell.field else f"h{self.row}-{self.column}"


def official_table(
    grid: Sequence[Sequence[GridCell]],
    project: Project,
    notices: NoticesByField,
    trace: Trace | None,
    explainer: Explainer,
) -> OfficialTable:
    """Work out the table of a project from its cells, its findings and where its values stand."""
    placed = [_place(number, row) for number, row in enumerate(grid)]
    values = [cell for row in placed for cell in row if not cell.cell.heading and not cell.cell.covered]
    heads = {id(cell): _headers(placed, cell) for cell in values}
    columns = _column_titles(placed, [above for _, above in heads.values() if above])
    rows: list[list[TableCell]] = []
    remarks: list[Remark] = []
    group = ""
    for row in placed:
        rows.append([])
        for cell in row:
            if cell.cell.field.endswith(".level1") and not cell.cell.covered:
                known = group_of(cell.cell.text)
                group = known.id if known else ""
            if cell.cell.covered:
                continue
            beside, above = heads.get(id(cell), ((), None))
            field = cell.cell.field
            title = title_of(type(project), field) if field else ""
            target = cell_id(field) if field else ""
            said = [
                Remark(len(remarks) + number, notice, title, target)
                for number, notice in enumerate(_notices_of(cell.cell, notices), 1)
            ]
            remarks += said
            place = trace.places.get(field) if trace and field else None
            rows[-1].append(
                TableCell(
                    cell=cell.cell,
                    kind=_kind(cell, columns),
                    id=cell.id if cell.cell.heading or field else "",
                    headers=" ".join([*(head.id for head in beside), *([above.id] if above else [])]),
                    label=above.cell.text if above else "",
                    group=group,
                    place=place.spot.zh if place else "",
                    title=title,
                    lines=[explainer.pieces(line) for line in cell.cell.lines],
                    remarks=said,
                )
            )
    width = max((sum(cell.colspan for cell in row) for row in grid), default=0)
    return OfficialTable(width, rows, remarks)


def _place(number: int, row: Sequence[GridCell]) -> list[_Placed]:
    placed, column = [], 0
    for cell in row:
        placed.append(_Placed(number, column, cell))
        column += cell.colspan
    return placed


def _headers(rows: Sequence[Sequence[_Placed]], cell: _Placed) -> tuple[tuple[_Placed, ...], _Placed | None]:
    """Give the headers beside a value, the outermost first, and the column title above it."""
    row = rows[cell.row]
    beside: list[_Placed] = []
    for left in reversed(row[: row.index(cell)]):
        if left.cell.heading or left.cell.covered:
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
    above = next((head for head in same if head.cell.heading), None)
    return tuple(head for head in tops if head.cell.heading), above


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
        if all(cell.cell.heading for cell in row) and any(cell.id in known for cell in row)
        for cell in row
        if cell.cell.rowspan == 1
    }


def _kind(cell: _Placed, columns: set[str]) -> str:
    if not cell.cell.heading:
        return "value"
    if cell.id in columns:
        return "column"
    if cell.cell.rowspan > 1 or cell.cell.field.endswith(".level1"):
        return "group"
    return "label"


def _notices_of(cell: GridCell, notices: NoticesByField) -> list[Notice]:
    if not cell.field:
        return []
    found = list(notices.get(cell.field, ()))
    if cell.spread:
        found += [
            n for index in range(len(cell.lines)) for n in notices.get(f"{cell.field}[{index + 1}]", ())
        ]
    if cell.field.endswith(".level1"):
        found += notices.get(cell.field.removesuffix(".level1"), ())
    return found
