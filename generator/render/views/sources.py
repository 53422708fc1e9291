"""What a page says of the published document: where to get it, and where its values stand in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.finding import Place
from generator.model import Disclosure, Project, SourceDocument, Trace, title_of

_INERT = (".txt", ".docx", ".doc", ".xlsx", ".xls", ".pdf", ".wps", ".ofd")


@dataclass(frozen=True)
class SourceLink:
    """A published document, for download; `made_from` is the older file that it was converted from.

    `url` is empty where the document is not kept beside the data.
    """

    file: str
    url: str
    sha256: str
    made_from: str


@dataclass(frozen=True)
class SourceView:
    """Where a project's values stand in the published document."""

    document: SourceLink
    converted: SourceLink | None
    """What the document was converted to so that it could be read, if it was."""
    spot: str
    differences: Sequence[tuple[str, str, str, str]]
    """Field in words, text in the document, text on this page, and why."""
    places: tuple[Sequence[str], Sequence[str]]
    """The fields in words, and where each stands."""
    name_given: bool
    """Whether the document states no name, so that the publisher gave one."""


def published_name(file: str) -> str:
    """Under which name a source document is served: one that a browser would run is served as text."""
    return file if file.lower().endswith(_INERT) else f"{file}.txt"


def source_link(disclosure: Disclosure, document: SourceDocument, folder: str) -> SourceLink:
    """Give the link to a document of a disclosure, whose documents are in `folder`."""
    kept = document.file not in disclosure.absent
    url = f"{folder}{quote(published_name(document.file))}" if kept else ""
    return SourceLink(document.file, url, document.sha256, document.converted_from or "")


def source_view(
    disclosure: Disclosure, project: Project, trace: Trace, spots: Mapping[str, str]
) -> SourceView:
    """Work out where the values of a project stand, in words in `spots`, and which are not as published and why."""
    read = source_link(disclosure, trace.document, "../source/")
    listed = disclosure.source_documents
    original = next((d for d in listed if d.file == trace.document.converted_from), None)
    reasons = {(c.field, c.published, c.corrected): f"{c.reason}（{c.date}）" for c in project.corrections}
    return SourceView(
        source_link(disclosure, original, "../source/") if original else read,
        read if original else None,
        _spot(trace.places.values()),
        [
            (title_of(Project, name), *texts, reasons.get((name, *texts), "没有写明理由"))
            for name, texts in trace.differences.items()
        ],
        (_titles(tuple(spots)), tuple(spots.values())),
        bool(trace.document.project_name) and "name" not in trace.places,
    )


@lru_cache(maxsize=256)
def _titles(names: Sequence[str]) -> Sequence[str]:
    """Say in words which fields are meant; projects of the same shape share it."""
    return tuple(title_of(Project, name) for name in names)


def _spot(places: Iterable[Place]) -> str:
    """Say in which tables, or else on which lines, the values stand."""
    known = list(places)
    tables = [place.table for place in known if place.table]
    numbers = tables or [place.line for place in known if place.line]
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    counted = f"{first}" if first == last else f"{first}–{last}"
    return f"表 {counted}" if tables else f"第 {counted} 行"
