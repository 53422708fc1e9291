"""What the generator adds to a site, in parts that may be made at the same time.

A part has a fingerprint of what it is made of, so that the next build need not make it again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from generator import documents, exports, store
from generator.checked import Checked
from generator.checks import CHECK_RULES
from generator.exports.changes import change_files
from generator.exports.files import FileInfo, data_path
from generator.exports.table import Contents
from generator.finding import Finding
from generator.inputs import Inputs, fingerprint
from generator.kept import Kept
from generator.manifest import KNOWN, known
from generator.model import Disclosure
from generator.open_data import OpenData
from generator.release import PATH, Release, release_of, to_json
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
from generator.stamping import File, Note, Part, Told, Wave
from generator.workspace import Workspace


def parts(workspace: Workspace, checked: Checked, inputs: Inputs | None = None) -> list[Wave]:
    """Give the parts: each disclosure, then what is about everything, then what tells of other files.

    With `inputs` the parts have fingerprints, and what disclosures add to the tables is kept.
    """
    dataset, findings, day = checked.dataset, checked.findings, workspace.built.date()
    contents = Contents(dataset, findings, checked.traces)
    own = {disclosure.path: of for disclosure, of in exports.each(contents)}
    heads = Heads(dataset.site, dataset.disclosures, day)
    portal = Portal(dataset.site, dataset.terms, alike(dataset.disclosures))
    keys = {of.path: _key(of, own[of.path].findings, portal, inputs) for of in dataset.disclosures}
    whole = fingerprint(inputs.whole, repr(checked.releases)) if inputs else ""
    kept = Kept(workspace.portions) if inputs else None
    open_data = OpenData(contents, own, day, kept, keys)

    def part(name: str, make: Callable[[Told], Iterable[Page | File | Note]], key: str = whole) -> Part:
        return Part(name, make, heads.add, key)

    def disclosure(of: Disclosure) -> Part:
        make = partial(_disclosure, workspace.data, of, own[of.path], portal, open_data)
        return part(of.path, make, keys[of.path])

    return [
        [disclosure(of) for of in dataset.disclosures],
        [
            # what takes longest begins first
            part("overview", lambda _: overview_pages(dataset, findings, CHECK_RULES)),
            *(part(name, partial(_tables, open_data, name)) for name in ("xlsx", "sqlite", "json", "csv")),
            part("release", lambda _: _release(checked, workspace.built)),
            part("search", lambda told: [search.catalogue(dataset, findings, CHECK_RULES, told)]),
        ],
        [part("guides", partial(_guides, open_data))],
    ]


def _key(of: Disclosure, findings: Sequence[Finding], portal: Portal, inputs: Inputs | None) -> str:
    """Give the fingerprint of all that the pages of a disclosure show: its files, findings and the like."""
    if inputs is None:
        return ""
    similar = [portal.alike.of(project) for project in of.projects]
    return fingerprint(inputs.common, inputs.disclosures.get(of.path, ""), repr(findings), repr(similar))


def _disclosure(
    data: Path, of: Disclosure, own: Contents, portal: Portal, open_data: OpenData, _: Told
) -> Iterator[Page | File | Note]:
    yield from disclosure_pages(of, own.findings, own.traces, portal)
    yield from _sources(data, of)
    yield from _kept(data, of)
    yield f"{of.path}/{of.stem}.docx", documents.write(of, "docx")
    written = open_data.write(of.path)
    for file in exports.records(own, of, written["json"]):
        yield file.path, file.content
        if file.path == data_path(of):
            yield Note(file.path, file.info().as_json())
    path, script = search.texts(of)
    yield path, script
    yield Note(path, search.address(path, script))


def _tables(open_data: OpenData, name: str, _: Told) -> Iterator[File | Note]:
    for file in open_data.files(name):
        yield file.path, file.content
        yield Note(file.path, file.info().as_json())


def _release(checked: Checked, built: datetime) -> Iterator[Page | File]:
    dataset = checked.dataset
    release = release_of(dataset, built, checked.digests)
    yield verify_page(release)
    kept = [(d, s) for d in dataset.disclosures for s in d.source_documents]
    yield KNOWN, known((f"{d.path}/source/{published_name(s.file)}", s.sha256) for d, s in kept)
    yield changes_page(dataset, checked.releases)
    yield from _edition(checked, release)


def _edition(checked: Checked, release: Release) -> Iterator[File]:
    yield PATH, to_json(release)
    for file in change_files(checked.dataset.site, checked.releases, release.date):
        yield file.path, file.content


def _guides(open_data: OpenData, told: Told) -> Iterator[Page | File]:
    """Give the files and pages that tell of other files."""
    open_data.forget_others()
    dataset, built = open_data.contents.dataset, open_data.built
    infos = {path: FileInfo.from_json(value) for path, value in told.items() if path.startswith("data/")}
    for file in exports.package(dataset, infos, built):
        infos[file.path] = file.info()
        yield file.path, file.content
    for file in exports.guides(dataset, infos, built):
        yield file.path, file.content
    listed = [infos[path] for path in exports.LISTED]
    yield HOME_DATA, home_data(dataset, listed, built).encode()
    yield downloads_page(dataset, listed, built)
    yield english_page(dataset)


def published_data(workspace: Workspace, checked: Checked, lang: str) -> Iterator[File]:
    """Give the files of the open data without the pages; headings of the workbook are in `lang`."""
    contents = Contents(checked.dataset, checked.findings, checked.traces)
    for file in exports.export(contents, workspace.built.date(), lang):
        yield file.path, file.content
    for disclosure in checked.dataset.disclosures:
        yield from _kept(workspace.data, disclosure)
    yield from _edition(checked, release_of(checked.dataset, workspace.built, checked.digests))


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
