"""Compares the data with the kept source document: where each value stands, and which differ."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.finding import FieldPath, Place, field_name
from generator.identity import identities
from generator.importers.imported import Imported
from generator.model import Disclosure, DisclosureFile, Record, SourceDocument, Trace, TraceKey

_OWN_FIELDS = ("corrections", "acknowledged", "published_date", "source_documents", "id", "unit_code", "year", "source", "unit", "projects", "unread")  # fmt: skip
"""Fields that the publisher or the generator adds; the document does not hold them."""


def trace(disclosure: Disclosure, document: SourceDocument, imported: Imported) -> dict[TraceKey, Trace]:
    """Trace a disclosure and its projects to what was read again from its document.

    A project that the document does not have is left without a trace.
    """
    traces: dict[TraceKey, Trace] = {}
    unit, year = disclosure.unit.code, disclosure.year
    by_id = {project.id: project for project in disclosure.projects}
    for read in imported.disclosures:
        if read.unit_code not in ("", unit, *disclosure.unit.former_codes):
            continue  # a document may hold several units
        if _has_part1(read.record) or len(disclosure.source_documents) == 1:
            traces[unit, year, ""] = _compare(document, disclosure, read.record, read.places)
        sources = zip(identities(source.record for source in read.projects), read.projects, strict=True)
        for identity, source in sources:
            if project := by_id.get(identity):
                traces[unit, year, identity] = _compare(document, project, source.record, source.places)
    return traces


def _has_part1(record: DisclosureFile) -> bool:
    """Whether a document has the part on the whole department; tables of single projects have not."""
    return bool(record.overall_goal or record.itemised_goals or record.safeguard_measures)


def _compare(document: SourceDocument, ours: Record, theirs: Record, places: Mapping[str, Place]) -> Trace:
    here = dict(published_values(ours))
    there = dict(published_values(theirs))
    differences = {
        name: (there.get(name, ""), here.get(name, ""))
        for name in [*there, *(n for n in here if n not in there)]
        if there.get(name, "") != here.get(name, "")
    }
    return Trace(document, places, differences)


def published_values(record: Record) -> Iterator[tuple[str, str]]:
    """Give the name and the text of every value of a record that a document can hold."""
    for key in type(record).model_fields:
        if key not in _OWN_FIELDS:
            yield from _leaves((key,), getattr(record, key))


def _leaves(path: FieldPath, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if isinstance(value, Record):
        for key in type(value).model_fields:
            yield from _leaves((*path, key), getattr(value, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves((*path, index), item)
    else:
        yield field_name(path), str(value)
