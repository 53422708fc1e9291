"""A project laid out in the table of its form: the one description of the official table.

Pages, Word files and text are written from these cells, so they cannot disagree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from generator.finding import FieldPath, field_name
from generator.forms.form import FORMS, Cell, Form, Row, form
from generator.model import DisclosureFile, Project, ProjectFile

Lines = tuple[str, ...]
"""What stands in a cell, one item a paragraph."""


@dataclass(frozen=True, eq=False)
class GridCell:
    """A cell as it stands in the table. `field` is empty for a printed label.

    It says the same in every project where there is `fixed`, else what `read` finds. A `covered` cell is
    the continuation of the one above.
    """

    fixed: Lines = ()
    read: Callable[[ProjectFile], Lines] = lambda _: ()
    field: str = ""
    heading: bool = False
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False
    spread: bool = False
    """Whether its lines are the items of a list, each a paragraph with a field of its own."""


@dataclass(frozen=True, eq=False)
class Layout:
    """The cells of a table, row by row, with the covered ones. Projects of the same shape share it."""

    rows: Sequence[Sequence[GridCell]]

    @cached_property
    def cells(self) -> Sequence[GridCell]:
        """The cells of all rows, one after the other."""
        return list(chain.from_iterable(self.rows))

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of the fields that have a cell."""
        return frozenset(cell.field for cell in self.cells if cell.field)


@dataclass(frozen=True)
class Grid:
    """The table of a project: its layout, and the lines of each of `layout.cells`."""

    layout: Layout
    lines: Sequence[Lines]

    @property
    def filled(self) -> Iterator[tuple[GridCell, Lines]]:
        """Each cell with what stands in it."""
        return zip(self.layout.cells, self.lines, strict=True)

    @property
    def rows(self) -> Iterator[list[tuple[GridCell, Lines]]]:
        """The filled cells row by row."""
        filled = self.filled
        return ([next(filled) for _ in row] for row in self.layout.rows)


def form_of(disclosure: DisclosureFile) -> Form:
    """Give the form that a disclosure was published in; where it names none that is known, the first."""
    name = next((document.form for document in disclosure.source_documents), FORMS[0])
    return form(name if name in FORMS else FORMS[0])


def lay_out(described: Form, project: ProjectFile) -> Grid:
    """Fill the table of the form with the project."""
    lists = _lists(described.id)
    shapes = tuple((each, _shape(cells, getattr(project, each))) for each, cells in lists.items())
    layout = _layout(described.id, shapes)
    return Grid(layout, [cell.fixed or cell.read(project) for cell in layout.cells])


def caption_values(project: Project, unit_name: str, amount_unit: str) -> dict[str, str]:
    """Give the values of the placeholders in a form's title and captions."""
    return {
        "number": project.number or "",
        "name": project.name,
        "unit_code": project.unit_code,
        "year": project.year,
        "unit_name": project.unit_name or unit_name,
        "amount_unit": amount_unit,
    }


class _Shape(NamedTuple):
    """What of a list decides how it is laid out.

    `runs` has, for the columns whose equal neighbours are joined, the number of rows that each item's
    cell goes down, 0 for one that is covered. `empty` are the optional columns that no item fills.
    """

    size: int
    runs: tuple[tuple[str, Sequence[int]], ...]
    empty: frozenset[str]


@cache
def _lists(name: str) -> Mapping[str, Sequence[Cell]]:
    """Give the cells that a form repeats for the items of a list, by the name of the list."""
    repeated: dict[str, list[Cell]] = {}
    for row in form(name).rows:
        for cell in row.cells:
            if each := row.each or (cell.each if cell.field else ""):
                repeated.setdefault(each, []).append(cell)
    return repeated


def _shape(cells: Sequence[Cell], items: Sequence[Any]) -> _Shape:
    return _Shape(
        len(items),
        tuple((cell.field, _runs(getattr(i, cell.field) for i in items)) for cell in cells if cell.merge),
        frozenset(c.field for c in cells if c.optional and not any(getattr(i, c.field) for i in items)),
    )


def _runs(texts: Iterable[str]) -> tuple[int, ...]:
    lengths = [len(list(run)) for _, run in groupby(texts)]
    return tuple(chain.from_iterable((length, *[0] * (length - 1)) for length in lengths))


@lru_cache(maxsize=256)
def _layout(name: str, shapes: Sequence[tuple[str, _Shape]]) -> Layout:
    """Lay out the table of a form for all projects whose lists have these shapes."""
    of = dict(shapes)
    return Layout([cells for row in _printed(form(name), of) for cells in _rows(row, of)])


def _printed(described: Form, shapes: Mapping[str, _Shape]) -> Iterator[Row]:
    """Give the form's rows without the optional columns that no item fills; the widest takes their place."""
    for row, following in zip(described.rows, (*described.rows[1:], None), strict=True):
        listed = row if row.each else following if following and following.each else None
        if listed is None:
            yield row
            continue
        empty = {index for index, cell in enumerate(listed.cells) if cell.field in shapes[listed.each].empty}
        widest = max(range(len(row.cells)), key=lambda index: row.cells[index].span)
        room = sum(row.cells[index].span for index in empty)
        cells = tuple(
            cell.model_copy(update={"span": cell.span + room}) if index == widest else cell
            for index, cell in enumerate(row.cells)
            if index not in empty
        )
        yield row.model_copy(update={"cells": cells})


def _rows(row: Row, shapes: Mapping[str, _Shape]) -> Iterator[list[GridCell]]:
    if not row.each:
        yield [cell for described in row.cells for cell in _cells(described, shapes)]
        return
    shape = shapes[row.each]
    for index in range(shape.size):
        yield [_item_cell(cell, row.each, shape, index) for cell in row.cells]


def _cells(cell: Cell, shapes: Mapping[str, _Shape]) -> Iterator[GridCell]:
    if cell.label:
        yield GridCell((cell.label,), heading=True, colspan=cell.span, rowspan=cell.rows)
    elif cell.above:
        yield GridCell(("",), colspan=cell.span, covered=True)
    elif not cell.each:
        yield _value(tuple(cell.field.split(".")), cell.span, cell.rows, heading=cell.heading)
    elif not cell.field:
        get = attrgetter(cell.each)
        yield GridCell(
            (),
            lambda project: get(project) or ("",),
            cell.each,
            colspan=cell.span,
            rowspan=cell.rows,
            spread=True,
        )
    else:
        items = shapes[cell.each].size
        for index, span in enumerate(_shares(cell.span, max(items, 1))):
            value = _value((cell.each, index, cell.field), span, heading=cell.heading)
            yield value if items else replace(value, fixed=("",))


def _item_cell(cell: Cell, each: str, shape: _Shape, index: int) -> GridCell:
    rows = dict(shape.runs)[cell.field][index] if cell.merge else 1
    value = _value((each, index, cell.field), cell.span, rows or 1, heading=cell.heading)
    return value if rows else replace(value, fixed=("",), covered=True)


def _value(path: FieldPath, colspan: int, rowspan: int = 1, *, heading: bool = False) -> GridCell:
    """Make the cell for the value at a path."""
    steps = [itemgetter(part) if isinstance(part, int) else attrgetter(part) for part in path]

    def read(project: ProjectFile) -> Lines:
        value: Any = project
        for step in steps:
            value = step(value)
        return ("" if value is None else str(value),)

    return GridCell((), read, field_name(path), heading, colspan, rowspan)


def _shares(columns: int, parts: int) -> list[int]:
    """Divide grid columns among cells as evenly as can be, the wider ones first."""
    each, more = divmod(columns, parts)
    return [each + (part < more) for part in range(parts)]
