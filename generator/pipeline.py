"""The whole pipe on one screen: load → trace → check → render → write → build."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from generator import documents, exports, importers, previous, site, store
from generator.alone import alone
from generator.builder import Builder
from generator.changes import ReleaseFile, compare
from generator.checks import CHECK_RULES, check
from generator.clock import UNDATED
from generator.errors import GeneratorError
from generator.exports.changes import change_files
from generator.exports.files import data_path
from generator.exports.table import Contents
from generator.finding import Finding, Text
from generator.importers.imported import Hints
from generator.importers.tracing import trace
from generator.manifest import KNOWN, known
from generator.model import Dataset, Disclosure, Trace, TraceKey, Traces
from generator.progress import Tell, silent
from generator.release import PATH, release_of, to_json
from generator.render import search
from generator.render.head import HOME_DATA, Heads, home_data
from generator.render.pages import (
    Page,
    changes_page,
    disclosure_pages,
    downloads_page,
    english_page,
    findings_by_disclosure,
    overview_pages,
    render,
    verify_page,
)
from generator.render.shells import UnknownShellError
from generator.render.views.portal import Portal
from generator.render.views.similar import alike
from generator.render.views.sources import published_name
from generator.stamping import File, Part


@dataclass(frozen=True)
class Workspace:
    """Where things are: the data, the pages, MkDocs' settings and the finished site; and when it is built."""

    data: Path = Path("data")
    docs: Path = Path("docs")
    config: Path = Path("mkdocs.yml")
    site: Path = Path("site")
    built: datetime = UNDATED
    previous: Path | None = None
    """The bundle or site of the release before, to compare with; else the one that `site.yml` names."""

    @property
    def lock(self) -> Path:
        """The file that a build holds, because it writes `docs` and `site`."""
        return self.config.parent / ".cache" / "build.lock"


@dataclass(frozen=True)
class Checked:
    """The dataset with everything that was found in it and where its values come from."""

    dataset: Dataset
    traces: Traces
    findings: Sequence[Finding]
    releases: Sequence[ReleaseFile] = ()


def inspect(data: Path, tell: Tell = silent) -> Checked:
    """Load, trace and check. Bad files become findings; the rest is there."""
    dataset, found = store.load(data)
    releases, more = store.releases(data)
    projects = len(dataset.projects)
    tell(Text("读数据", "read"), projects, projects)
    traces = dict(_traces(data, dataset))
    tell(Text("对照原件", "trace"), len(traces), len(traces))
    findings = check(dataset, traces, [*found, *more])
    tell(Text("检查", "check"), projects, projects)
    return Checked(dataset, traces, findings, releases)


def generate(workspace: Workspace) -> tuple[Checked, site.Changes]:
    """Bring the generated folders of `docs/` up to date with the data."""
    checked = recorded(workspace, inspect(workspace.data))
    return checked, site.write(workspace.docs, _markdown(workspace, checked))


def recorded(workspace: Workspace, checked: Checked) -> Checked:
    """Compare with the release before, where there is one, and keep the record of it in the data."""
    named = checked.dataset.site.previous
    path = workspace.previous or (workspace.data.parent / named if named else None)
    if path is None:
        return checked
    before, old = previous.read(path)
    record = compare(before, old, release_of(checked.dataset, workspace.built), checked.dataset)
    return replace(checked, releases=store.keep_release(workspace.data, checked.releases, record))


def publish(workspace: Workspace, jobs: int = 1, tell: Tell = silent) -> tuple[Checked, site.Changes]:
    """Build the site. The old one stays until the new one is whole.

    Pages are stamped, by `jobs` processes, where the theme allows it, and else go through MkDocs as
    Markdown; the bytes are the same.
    """
    with alone(workspace.lock):
        checked = recorded(workspace, inspect(workspace.data, tell))
        settle = partial(site.settle, site=checked.dataset.site)
        builder = Builder(workspace.config, settle, site.OWNED, workspace.built)
        try:
            stamped = site.stamp(
                builder, workspace.docs, workspace.site, parts(workspace, checked), jobs=jobs, tell=tell
            )
        except UnknownShellError:
            changes = site.write(workspace.docs, _markdown(workspace, checked))
            site.build(builder, workspace.site)
            return checked, changes
        return checked, stamped


def export(workspace: Workspace, out: Path, formats: Collection[str] = (), lang: str = "zh") -> int:
    """Write the open data into the folder `out` and give the number of files; no `formats` means all."""
    checked = inspect(workspace.data)
    day = workspace.built.date()
    if formats:
        contents = Contents(checked.dataset, checked.findings, checked.traces)
        files = exports.export_tables(contents, day, formats, lang)
    else:
        files = exports.export(checked.dataset, checked.findings, checked.traces, built=day, lang=lang)
    return site.write_into(out, ((file.path, file.content) for file in files))


def _traces(data: Path, dataset: Dataset) -> Iterator[tuple[TraceKey, Trace]]:
    for disclosure in dataset.disclosures:
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


def parts(workspace: Workspace, checked: Checked) -> list[Part]:
    """Give all that the generator adds to the site, in parts that may be made at the same time."""
    dataset, findings, day = checked.dataset, checked.findings, workspace.built.date()
    heads = Heads(dataset.site, dataset.disclosures, day)
    portal = Portal(dataset.site, dataset.terms, alike(dataset.disclosures))
    found = findings_by_disclosure(findings)
    disclosures = [
        Part(d.path, partial(_disclosure, workspace.data, d, found.get((d.unit.code, d.year), ()), checked.traces, portal), heads.add)
        for d in dataset.disclosures
    ]  # fmt: skip
    return [
        *disclosures[:1],
        Part("open data", partial(_open_data, checked, day), heads.add),
        Part("search", partial(search.scripts, dataset, findings, CHECK_RULES), heads.add),
        Part("overview", partial(overview_pages, dataset, findings, CHECK_RULES), heads.add),
        Part("release", partial(_release, checked, workspace.built), heads.add),
        *disclosures[1:],
    ]


def _disclosure(
    data: Path, disclosure: Disclosure, findings: Sequence[Finding], traces: Traces, portal: Portal
) -> Iterator[Page | File]:
    yield from disclosure_pages(disclosure, findings, traces, portal)
    yield from _sources(data, disclosure)
    for project in disclosure.projects:
        kept = store.read_project(data, project)
        if kept is not None:
            yield data_path(project, "yml"), kept
    yield f"{disclosure.path}/{disclosure.stem}.docx", documents.write(disclosure, "docx")


def _release(checked: Checked, built: datetime) -> Iterator[Page | File]:
    dataset = checked.dataset
    release = release_of(dataset, built)
    yield PATH, to_json(release)
    yield verify_page(release)
    kept = [(d, s) for d in dataset.disclosures for s in d.source_documents]
    yield KNOWN, known((f"{d.path}/source/{published_name(s.file)}", s.sha256) for d, s in kept)
    yield changes_page(dataset, checked.releases)
    for file in change_files(dataset.site, checked.releases, built.date()):
        yield file.path, file.content


def _open_data(checked: Checked, built: date) -> Iterator[Page | File]:
    dataset, listed = checked.dataset, []
    for file in exports.export(dataset, checked.findings, checked.traces, built=built):
        yield file.path, file.content
        if file.listed:
            listed.append(file.info())
    yield HOME_DATA, home_data(dataset, listed, built).encode()
    yield downloads_page(dataset, listed, built)
    yield english_page(dataset)


def _sources(data: Path, disclosure: Disclosure) -> Iterator[File]:
    for document in disclosure.source_documents:
        content = store.read_source(data, disclosure, document)
        if content is not None:
            yield f"{disclosure.path}/source/{published_name(document.file)}", content


def _markdown(workspace: Workspace, checked: Checked) -> Iterator[File]:
    for part in parts(workspace, checked):
        for item in part.items():
            yield (item.path, render(item).encode()) if isinstance(item, Page) else item
