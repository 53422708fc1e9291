"""The official document for Word: cover, contents list, part 1, and a merged table for each project.

Page, fonts and sizes stand in `stationery`, the XML of the pieces in `wordml`, the table in `forms.grid`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from generator.documents import stationery, wordml
from generator.forms.form import Form
from generator.forms.grid import GridCell, Layout, Lines, caption_values, lay_out
from generator.model import Disclosure, Project


def to_word(form: Form, disclosure: Disclosure, *, live: bool = True) -> bytes:
    """Give the document of a disclosure as .docx, laid out as its form; `importers` reads it back.

    A `live` contents list is one that Word fills and updates. LibreOffice fills in page numbers only
    where the list is not live, so that is what it gets to print.
    """
    body = "".join(_Writer(form, disclosure, live=live).document())
    return stationery.written(body, f"{disclosure.unit.name}{disclosure.year}年部门预算绩效目标")


_SLOT = "\x02"  # no text of XML has it


class _Writer:
    def __init__(self, form: Form, disclosure: Disclosure, *, live: bool) -> None:
        self._form = form
        self._live = live
        self._disclosure = disclosure
        self._bookmarks = 0
        self._widths = _widths(form)

    def document(self) -> Iterator[str]:
        content = list(self._content())
        yield from self._cover()
        yield from self._contents()
        yield stationery.section_end()
        yield from content
        yield wordml.paragraph("Normal")  # Word wants a paragraph after a table that ends a document

    def _cover(self) -> Iterator[str]:
        disclosure = self._disclosure
        values = {
            "year": disclosure.year,
            "unit_code": disclosure.unit.code,
            "unit_name": disclosure.unit.name,
        }
        title, *facts = (line.format(**values) for line in self._form.cover)
        yield wordml.paragraph("Title", wordml.run(title))
        for fact in facts:
            yield wordml.paragraph("Subtitle", wordml.run(fact))

    def _contents(self) -> Iterator[str]:
        yield wordml.paragraph("TOCHeading", wordml.run("目　录"))
        yield wordml.contents(self._entries, live=self._live)

    # the document proper; headings are noted for the contents list while they are written

    def _content(self) -> Iterator[str]:
        self._entries: list[tuple[int, str, str]] = []
        part = ""
        for heading in self._form.outline:
            if heading.part and heading.part != part:
                part = heading.part
                yield wordml.page_break() if self._entries else ""
            yield self._heading(heading.heading, 2 if heading.field else 1)
            content = getattr(self._disclosure, heading.field) if heading.field else None
            paragraphs = content.split("\n") if isinstance(content, str) else content or ()
            yield from (wordml.paragraph("BodyText", wordml.run(text)) for text in paragraphs)
        for number, project in enumerate(self._disclosure.projects):
            yield wordml.page_break() if number else ""
            yield from self._project(project)

    def _heading(self, text: str, level: int) -> str:
        self._bookmarks += 1
        name = f"_Toc{self._bookmarks:06}"
        self._entries.append((level, text, name))
        return wordml.paragraph(f"Heading{level}", wordml.bookmark(self._bookmarks, name, wordml.run(text)))

    def _project(self, project: Project) -> Iterator[str]:
        values = caption_values(project, self._disclosure.unit.name, self._disclosure.amount_unit)
        yield self._heading(self._form.title.format(**values), 2)
        captions = [caption.format(**values) for caption in self._form.captions]
        grid = lay_out(self._form, project)
        slots = [
            wordml.row(self._captions(captions), header=True),
            *(_paragraphs(cell, lines) for cell, lines in grid.filled if not cell.fixed),
            "",
        ]
        yield from chain.from_iterable(zip(_frame(grid.layout, self._widths), slots, strict=True))

    def _captions(self, captions: Sequence[str]) -> Iterator[str]:
        widths = self._widths
        each, more = divmod(len(widths), len(captions))
        start = 0
        for number, caption in enumerate(captions):
            span = each + (more if not number else 0)
            last = number == len(captions) - 1
            style = "TableRight" if last and number else "TableText" if not number else "TableLabel"
            text = wordml.paragraph(style, wordml.run(caption))
            yield wordml.cell([text], width=sum(widths[start : start + span]), span=span, look="caption")
            start += span


@lru_cache(maxsize=256)
def _frame(layout: Layout, widths: Sequence[int]) -> Sequence[str]:
    """Give what stands around the captions and the values in all tables of a layout."""
    rows = [wordml.row(_cells(cells, widths)) for cells in layout.rows]
    return wordml.table([_SLOT, *rows], widths).split(_SLOT)


def _cells(cells: Sequence[GridCell], widths: Sequence[int]) -> Iterator[str]:
    start = 0
    for cell in cells:
        merge = "continue" if cell.covered else "restart" if cell.rowspan > 1 else ""
        yield wordml.cell(
            [_paragraphs(cell, cell.fixed) if cell.fixed else _SLOT],
            width=sum(widths[start : start + cell.colspan]),
            span=cell.colspan,
            merge=merge,
            look="label" if cell.heading else "",
        )
        start += cell.colspan


def _paragraphs(cell: GridCell, lines: Lines) -> str:
    style = "TableText" if not cell.heading and _is_long(cell, lines) else "TableLabel"
    return "".join([wordml.cell_paragraph(style, line) for line in lines])


def _is_long(cell: GridCell, lines: Lines) -> bool:
    """Whether a text reads better from the left than centred: goals, purposes, descriptions."""
    return cell.spread or cell.colspan > 6 or len(lines[0]) > 12  # noqa: PLR2004 (grid columns; signs)


def _widths(form: Form) -> tuple[int, ...]:
    shares = form.widths or (1,) * form.columns
    return tuple(stationery.TEXT_WIDTH * share // sum(shares) for share in shares)
