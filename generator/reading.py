"""Reads each disclosure, traces it to its document and checks it by itself; then compares them all.

Processes share the work, and what was read of the same files is kept for the next build.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import importers, store
from generator.checked import Checked
from generator.checks import check_alone, conclude
from generator.errors import GeneratorError
from generator.finding import Finding, Text
from generator.importers.imported import Hints
from generator.importers.tracing import trace
from generator.kept import Kept
from generator.model import Disclosure, Trace, TraceKey, Traces, Unit
from generator.progress import Tell, silent
from generator.release import digests_of
from generator.workers import share

Place = tuple[Unit, str]
"""Where a disclosure is: its unit and year."""


@dataclass(frozen=True)
class Reading:
    """What reading one disclosure gives. `found` is what the loader says, `doubts` what the rules do."""

    found: Sequence[Finding]
    disclosure: Disclosure | None = None
    traces: Traces | None = None
    doubts: Sequence[Finding] = ()
    digests: Sequence[str] = ()


@dataclass(frozen=True)
class Known:
    """Readings that are kept, and the key of each disclosure's files: `units/912012/2021`."""

    kept: Kept
    keys: Mapping[str, str]


def inspect(data: Path, *, jobs: int = 1, known: Known | None = None, tell: Tell = silent) -> Checked:
    """Load, trace and check. Bad files become findings; the rest is there."""
    dataset, found = store.load_outline(data)
    releases, more = store.releases(data)
    places = store.places(data, dataset.units)
    readings: dict[Place, Reading] = {}
    for place, reading in _readings(data, places, jobs, known):
        readings[place] = reading
        tell(Text("读取、对照和检查", "read, trace and check"), len(readings), len(places))
    read = [readings[place] for place in places]
    disclosures = tuple(reading.disclosure for reading in read if reading.disclosure)
    whole = replace(dataset, disclosures=disclosures)
    traces = {key: trace for reading in read for key, trace in (reading.traces or {}).items()}
    findings = conclude(
        [*found, *more, *(finding for reading in read for finding in reading.found)],
        [finding for reading in read for finding in reading.doubts],
        whole,
        traces,
    )
    digests = [digest for reading in read for digest in reading.digests]
    return Checked(whole, traces, findings, digests, releases)


def _readings(
    data: Path, places: Sequence[Place], jobs: int, known: Known | None
) -> Iterator[tuple[Place, Reading]]:
    missing = []
    for place in places:
        content = known.kept.get(_name(place), known.keys[_path(place)]) if known else None
        if content is None:
            missing.append(place)
        else:
            yield place, pickle.loads(content)  # noqa: S301 (the program's own, sealed with the key)
    for place, made in share(partial(_pickled, data), missing, jobs):
        if known:
            known.kept.put(_name(place), known.keys[_path(place)], made)
        yield place, pickle.loads(made)  # noqa: S301 (made a moment ago)
    if known:
        known.kept.drop_all_but({_name(place) for place in places})


def _pickled(data: Path, place: Place) -> bytes:
    return pickle.dumps(_read(data, *place), pickle.HIGHEST_PROTOCOL)


def _read(data: Path, unit: Unit, year: str) -> Reading:
    disclosure, found = store.load_disclosure(data, unit, year)
    if disclosure is None:
        return Reading(found)
    traces = dict(_traces(data, disclosure))
    return Reading(found, disclosure, traces, check_alone(disclosure, traces), digests_of(disclosure))


def _traces(data: Path, disclosure: Disclosure) -> Iterator[tuple[TraceKey, Trace]]:
    for document in disclosure.source_documents:
        content = store.read_source(data, disclosure, document)
        if content is None or store.digest(content) != document.sha256:
            continue
        name = document.project_name or ""
        hints = Hints(disclosure.unit.code, disclosure.year, disclosure.amount_unit, name)
        try:
            imported = importers.read(document.file, content, hints)
        except GeneratorError:
            continue  # the pages say that there is nothing to compare with
        yield from trace(disclosure, document, imported).items()


def _path(place: Place) -> str:
    return f"units/{place[0].code}/{place[1]}"


def _name(place: Place) -> str:
    return f"{place[0].code}-{place[1]}"
