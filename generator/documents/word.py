"""The official document for Word: cover, contents list, part 1, and a merged table for each project.

Page, fonts and sizes stand in `stationery`, the XML of the pieces in `wordml`, the table in `forms.grid`.
"""

from collections.abc import Iterator

from generator.documents import stationery, wordml
from generator.forms.form import Form
from generator.forms.grid import GridCell, caption_values, lay_out
from generator.model import Disclosure, Project


def to_word(form: Form, disclosure: Disclosure, *, live: bool = True) -> bytes:
    """Give the document of a disclosure as .docx, laid out as its form; `importers` reads it back.

    A `live` contents list is one that Word fills and updates. LibreOffice fills in page numbers only
    where the list is not live, so that is what it gets to print.
    """
    body = "".join(_Writer(form, disclosure, live=live).document())
    return stationery.written(body, f"{disclosure.unit.name}{disclosure.year}年部门预算绩效目标")


class _Writer:
    def __init__(self, form: Form, disclosure: Disclosure, *, live: bool) -> None:
        self._form = form
        self._live = live
        self._disclosure = disclosure
        self._bookmarks = 0

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
        widths = _widths(self._form)
        captions = [caption.format(**values) for caption in self._form.captions]
        rows = [wordml.row(self._captions(captions, widths), header=True)]
        rows += [wordml.row(_cells(cells, widths)) for cells in lay_out(self._form, project)]
        yield wordml.table(rows, widths)

    def _captions(self, captions: list[str], widths: list[int]) -> Iterator[str]:
        each, more = divmod(len(widths), len(captions))
        start = 0
        for number, caption in enumerate(captions):
            span = each + (more if not number else 0)
            last = number == len(captions) - 1
            style = "TableRight" if last and number else "TableText" if not number else "TableLabel"
            text = wordml.paragraph(style, wordml.run(caption))
            yield wordml.cell([text], width=sum(widths[start : start + span]), span=span, look="caption")
            start += span


def _cells(cells: list[GridCell], widths: list[int]) -> Iterator[str]:
    start = 0
    for cell in cells:
        style = "TableLabel" if cell.heading or not _is_long(cell) else "TableText"
        merge = "continue" if cell.covered else "restart" if cell.rowspan > 1 else ""
        yield wordml.cell(
            [wordml.paragraph(style, wordml.cell_run(line)) for line in cell.lines],
            width=sum(widths[start : start + cell.colspan]),
            span=cell.colspan,
            merge=merge,
            look="label" if cell.heading else "",
        )
        start += cell.colspan


def _is_long(cell: GridCell) -> bool:
    """Whether a text reads better from the left than centred: goals, purposes, descriptions."""
    return cell.spread or cell.colspan > 6 or len(cell.text) > 12  # noqa: PLR2004 (grid columns; signs)


def _widths(form: Form) -> list[int]:
    shares = form.widths or (1,) * form.columns
    return [stationery.TEXT_WIDTH * share // sum(shares) for share in shares]
