"""The official document as plain text, laid out as Word saves it: a TAB before each cell."""

from collections.abc import Iterator
from itertools import starmap

from generator.forms.form import Form
from generator.forms.grid import GridCell, Lines, caption_values, lay_out
from generator.model import Disclosure, Project


def to_text(form: Form, disclosure: Disclosure) -> str:
    """Give the text of a disclosure in the layout of `importers.text`."""
    return "".join(
        [
            *_part1(form, disclosure),
            *(_table(form, disclosure, p) for p in disclosure.projects),
        ]
    )


def _part1(form: Form, disclosure: Disclosure) -> Iterator[str]:
    for heading in form.outline:
        yield heading.heading + "\n"
        content = getattr(disclosure, heading.field) if heading.field else None
        paragraphs = content.split("\n") if isinstance(content, str) else content or ()
        yield from (paragraph + "\n\n" for paragraph in paragraphs)


def _table(form: Form, disclosure: Disclosure, project: Project) -> str:
    values = caption_values(project, disclosure.unit.name, disclosure.amount_unit)
    title = form.title.format(**values)
    captions = "".join(f"\t{caption.format(**values)}\n" for caption in form.captions)
    rows = "".join("\n" + "".join(starmap(_cell, row)) for row in lay_out(form, project).rows)
    return f"{title}\n{captions}{rows}\n\n"


def _cell(cell: GridCell, lines: Lines) -> str:
    text = "\n".join(lines)
    return f"\t{text}\n" + ("\n" if cell.spread else "")
