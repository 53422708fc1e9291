"""What the generator adds to a site, in parts that may be made at the same time.

A part has a fingerprint of what it is made of, so that the next build need not make it again.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from generator import documents, exports, store
from generator.checked import Checked
from generator.checks import CHECK_RULES
from generator.exports.changes import change_files
from generator.exports.files import data_path
from generator.exports.table import Contents
from generator.finding import Finding, by_disclosure
from generator.inputs import Inputs, fingerprint
from generator.manifest import KNOWN, known
from generator.model import Disclosure
from generator.release import PATH, release_of, to_json
from generator.render import search
from generator.render.head import HOME_DATA, Heads, home_data
from generator.render.pages import (
    Page,
    changes_page,
    disclosure_pages,
    downloads_page,
    english_page,
    overview_pages,
    verify_page,
)
from generator.render.views.portal import Portal
from generator.render.views.similar import alike
from generator.render.views.sources import published_name
from generator.stamping import File, Part
from generator.workspace import Workspace


def parts(workspace: Workspace, checked: Checked, inputs: Inputs | None = None) -> list[Part]:
    """Give the parts: a disclosure with its projects each, and those that are about everything.

    Without `inputs` they have no fingerprints.
    """
    dataset, findings, day = checked.dataset, checked.findings, workspace.built.date()
    heads = Heads(dataset.site, dataset.disclosures, day)
    portal = Portal(dataset.site, dataset.terms, alike(dataset.disclosures))
    found = by_disclosure(findings)
    whole = fingerprint(inputs.whole, repr(checked.releases)) if inputs else ""

    def disclosure(of: Disclosure) -> Part:
        own = found.get((of.unit.code, of.year), ())
        make = partial(_disclosure, workspace.data, of, own, checked, portal)
        return Part(of.path, make, heads.add, _key(of, own, portal, inputs))

    return [
        *map(disclosure, dataset.disclosures[:1]),
        Part("open data", partial(_open_data, checked, day), heads.add, whole),
        Part("search", partial(search.scripts, dataset, findings, CHECK_RULES), heads.add, whole),
        Part("overview", partial(overview_pages, dataset, findings, CHECK_RULES), heads.add, whole),
        Part("release", partial(_release, checked, workspace.built), heads.add, whole),
        *map(disclosure, dataset.disclosures[1:]),
    ]


def _key(of: Disclosure, findings: Sequence[Finding], portal: Portal, inputs: Inputs | None) -> str:
    """Give the fingerprint of all that the pages of a disclosure show: its files, findings and the like."""
    if inputs is None:
        return ""
    similar = [portal.alike.of(project) for project in of.projects]
    return fingerprint(inputs.disclosures.get(of.path, ""), repr(findings), repr(similar))


def _disclosure(
    data: Path, of: Disclosure, findings: Sequence[Finding], checked: Checked, portal: Portal
) -> Iterator[Page | File]:
    yield from disclosure_pages(of, findings, checked.traces, portal)
    yield from _sources(data, of)
    yield from _kept(data, of)
    yield f"{of.path}/{of.stem}.docx", documents.write(of, "docx")
    for file in exports.records(Contents(checked.dataset, findings, checked.traces), of):
        yield file.path, file.content


def _release(checked: Checked, built: datetime) -> Iterator[Page | File]:
    dataset = checked.dataset
    yield verify_page(release_of(dataset, built))
    kept = [(d, s) for d in dataset.disclosures for s in d.source_documents]
    yield KNOWN, known((f"{d.path}/source/{published_name(s.file)}", s.sha256) for d, s in kept)
    yield changes_page(dataset, checked.releases)
    yield from _edition(checked, built)


def _edition(checked: Checked, built: datetime) -> Iterator[File]:
    yield PATH, to_json(release_of(checked.dataset, built))
    for file in change_files(checked.dataset.site, checked.releases, built.date()):
        yield file.path, file.content


def _open_data(checked: Checked, built: date) -> Iterator[Page | File]:
    dataset, listed = checked.dataset, []
    for file in exports.overall(Contents(dataset, checked.findings, checked.traces), built=built):
        yield file.path, file.content
        if file.listed:
            listed.append(file.info())
    yield HOME_DATA, home_data(dataset, listed, built).encode()
    yield downloads_page(dataset, listed, built)
    yield english_page(dataset)


def open_data(workspace: Workspace, checked: Checked, lang: str) -> Iterator[File]:
    """Give the files of the open data without the pages; headings of the workbook are in `lang`."""
    dataset, built = checked.dataset, workspace.built
    for file in exports.export(dataset, checked.findings, checked.traces, built=built.date(), lang=lang):
        yield file.path, file.content
    for disclosure in dataset.disclosures:
        yield from _kept(workspace.data, disclosure)
    yield from _edition(checked, built)


def _kept(data: Path, disclosure: Disclosure) -> Iterator[File]:
    """Give the YAML of the projects, as it is kept."""
    for project in disclosure.projects:
        kept = store.read_project(data, project)
        if kept is not None:
            yield data_path(project, "yml"), kept


def _sources(data: Path, disclosure: Disclosure) -> Iterator[File]:
    for document in disclosure.source_documents:
        content = store.read_source(data, disclosure, document)
        if content is not None:
            yield f"{disclosure.path}/source/{published_name(document.file)}", content
