"""A project laid out in the table of its form: the one description of the official table.

Pages, Word files and text are written from these cells, so they cannot disagree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.finding import FieldPath, field_name
from generator.forms.form import FORMS, Cell, Form, Row, form
from generator.model import DisclosureFile, Project, ProjectFile


@dataclass(frozen=True)
class GridCell:
    """A cell as it stands in the table. `field` is empty for a printed label.

    `lines` is the text, one item a paragraph; a `covered` cell is the continuation of the one above.
    """

    lines: tuple[str, ...]
    field: str = ""
    heading: bool = False
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False
    spread: bool = False
    """Whether its lines are the items of a list, each a paragraph with a field of its own."""

    @property
    def text(self) -> str:
        """The text with line breaks."""
        return "\n".join(self.lines)


def form_of(disclosure: DisclosureFile) -> Form:
    """Give the form that a disclosure was published in; where it names none that is known, the first."""
    name = next((document.form for document in disclosure.source_documents), FORMS[0])
    return form(name if name in FORMS else FORMS[0])


def lay_out(described: Form, project: ProjectFile) -> list[list[GridCell]]:
    """Fill the table of the form with the project; every row has its covered cells too."""
    return [cells for row in _printed(described, project) for cells in _rows(row, project)]


def _printed(described: Form, project: ProjectFile) -> Iterator[Row]:
    """Give the form's rows without the optional columns that no item fills; the widest takes their place."""
    for row, following in zip(described.rows, (*described.rows[1:], None), strict=True):
        listed = row if row.each else following if following and following.each else None
        if listed is None:
            yield row
            continue
        items = getattr(project, listed.each)
        empty = {
            index
            for index, cell in enumerate(listed.cells)
            if cell.optional and not any(getattr(item, cell.field) for item in items)
        }
        widest = max(range(len(row.cells)), key=lambda index: row.cells[index].span)
        room = sum(row.cells[index].span for index in empty)
        cells = tuple(
            cell.model_copy(update={"span": cell.span + room}) if index == widest else cell
            for index, cell in enumerate(row.cells)
            if index not in empty
        )
        yield row.model_copy(update={"cells": cells})


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


def value_at(record: Any, path: FieldPath) -> str | None:
    """Give the published text of a field of a record, None where the record has none there."""
    for part in path:
        if isinstance(part, int):
            record = record[part] if part < len(record) else None
        else:
            record = getattr(record, part)
        if record is None:
            return None
    return str(record)


def _rows(row: Row, project: ProjectFile) -> Iterator[list[GridCell]]:
    if not row.each:
        yield [cell for described in row.cells for cell in _cells(described, project)]
        return
    items = getattr(project, row.each)
    for index in range(len(items)):
        yield [_item_cell(cell, row.each, items, index) for cell in row.cells]


def _cells(cell: Cell, project: ProjectFile) -> Iterator[GridCell]:
    if cell.label:
        yield GridCell((cell.label,), heading=True, colspan=cell.span, rowspan=cell.rows)
    elif cell.above:
        yield GridCell(("",), colspan=cell.span, covered=True)
    elif not cell.each:
        path: FieldPath = tuple(cell.field.split("."))
        text = value_at(project, path) or ""
        yield GridCell((text,), cell.field, cell.heading, cell.span, cell.rows)
    elif not cell.field:
        lines = tuple(getattr(project, cell.each)) or ("",)
        yield GridCell(lines, cell.each, colspan=cell.span, rowspan=cell.rows, spread=True)
    else:
        items = getattr(project, cell.each)
        for index, span in enumerate(_shares(cell.span, max(len(items), 1))):
            path = (cell.each, index, cell.field)
            text = value_at(project, path) or ""
            yield GridCell((text,), field_name(path), cell.heading, span)


def _item_cell(cell: Cell, each: str, items: Sequence[Any], index: int) -> GridCell:
    text = getattr(items[index], cell.field) or ""
    path = field_name((each, index, cell.field))
    if not cell.merge:
        return GridCell((text,), path, cell.heading, cell.span)
    if index and getattr(items[index - 1], cell.field) == text:
        return GridCell(("",), path, cell.heading, cell.span, covered=True)
    run = index
    while run < len(items) and getattr(items[run], cell.field) == text:
        run += 1
    return GridCell((text,), path, cell.heading, cell.span, rowspan=run - index)


def _shares(columns: int, parts: int) -> list[int]:
    """Divide grid columns among cells as evenly as can be, the wider ones first."""
    each, more = divmod(columns, parts)
    return [each + (part < more) for part in range(parts)]
