"""The whole pipe on one screen: load → trace → check → render → write → build."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator import exports, previous, site, store
from generator.builder import Builder
from generator.changes import compare
from generator.checked import Checked
from generator.exports.table import Contents
from generator.finding import Severity
from generator.inputs import Inputs
from generator.kept import Kept
from generator.last_build import LastBuild
from generator.parts import parts, published_data
from generator.progress import Tell, silent
from generator.reading import Known, inspect
from generator.release import release_of
from generator.render.pages import Page, render
from generator.render.shells import UnknownShellError
from generator.report import Report, Written
from generator.stamping import File, Wave, items
from generator.workspace import OWNED, Workspace


def generate(workspace: Workspace) -> tuple[Checked, Written]:
    """Bring the generated folders of `docs/` up to date with the data."""
    checked = recorded(workspace, inspect(workspace.data))
    return checked, site.write(workspace.docs, _markdown(parts(workspace, checked)))


def recorded(workspace: Workspace, checked: Checked) -> Checked:
    """Compare with the release before, where there is one, and keep the record of it in the data."""
    named = checked.dataset.site.previous
    path = workspace.previous or (workspace.data.parent / named if named else None)
    if path is None:
        return checked
    before, old = previous.read(path)
    release = release_of(checked.dataset, workspace.built, checked.digests)
    record = compare(before, old, release, checked.dataset)
    return replace(checked, releases=store.keep_release(workspace.data, checked.releases, record))


def publish(
    workspace: Workspace, inputs: Inputs, last: LastBuild, jobs: int = 1, tell: Tell = silent
) -> Report:
    """Build the site from `inputs`. The old one stays until the new one is whole.

    Pages are stamped, by `jobs` processes, where the theme allows it, and else go through MkDocs as
    Markdown; the bytes are the same. What the last build made of the same inputs is not made again.
    """
    last = last.where(inputs.common)
    known = Known(Kept(workspace.readings), inputs.readings)
    checked = recorded(workspace, inspect(workspace.data, jobs=jobs, known=known, tell=tell))
    builder = Builder(workspace.config, partial(site.settle, site=checked.dataset.site), OWNED, workspace.built)  # fmt: skip
    waves = parts(workspace, checked, inputs)
    try:
        build, files = site.stamp(builder, workspace.docs, workspace.site, waves, last=last, jobs=jobs, tell=tell)  # fmt: skip
    except UnknownShellError:
        files = site.write(workspace.docs, _markdown(waves))
        site.build(builder, workspace.site)
        return report(checked, files)
    said = report(checked, files)
    compared = workspace.previous or checked.dataset.site.previous
    whole = "" if compared else inputs.whole  # a release to compare with is no input of `inputs_of`
    replace(build, common=inputs.common, whole=whole, report=said).keep(workspace.last_build)
    return said


def export(workspace: Workspace, out: Path, formats: Collection[str] = (), lang: str = "zh") -> int:
    """Write the open data into the folder `out` and give the number of files; no `formats` means all."""
    checked = inspect(workspace.data)
    if not formats:
        return site.write_into(out, published_data(workspace, checked, lang))
    contents = Contents(checked.dataset, checked.findings, checked.traces)
    files = exports.tables(contents, workspace.built.date(), formats, lang)
    return site.write_into(out, ((file.path, file.content) for file in files))


def report(checked: Checked, files: Written) -> Report:
    """Say what there is and what was found."""
    dataset, findings = checked.dataset, checked.findings
    return Report(
        len(dataset.units),
        len(dataset.disclosures),
        len(dataset.projects),
        {severity.value: sum(f.severity is severity for f in findings) for severity in Severity},
        [finding for finding in findings if finding.severity is Severity.ERROR],
        files,
    )


def _markdown(waves: Iterable[Wave]) -> Iterator[File]:
    for item in items(waves):
        yield (item.path, render(item).encode()) if isinstance(item, Page) else item
