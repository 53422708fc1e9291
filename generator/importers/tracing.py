"""Compares the data with the kept source document: where each value stands, and which differ."""

from collections.abc import Mapping

from generator.finding import Place
from generator.identity import identities
from generator.importers.imported import Imported
from generator.model import (
    Disclosure,
    DisclosureFile,
    Record,
    SourceDocument,
    Trace,
    TraceKey,
    published_values,
)


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
