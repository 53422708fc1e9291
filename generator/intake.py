"""What `disclose import` does: files and folders → documents read, one by one → `data/`.

One bad file never stops the others: what could not be read is an outcome like any other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from generator import filing, importers, office, store
from generator.checks import check_disclosure, check_project
from generator.errors import GeneratorError
from generator.finding import Finding, Place, Severity
from generator.identity import identities
from generator.importers.blocks import Residue
from generator.importers.imported import Hints, Imported, ImportedDisclosure
from generator.importers.package import check_ole
from generator.model import Disclosure, Project, SourceDocument, Unit


@dataclass(frozen=True)
class Outcome:
    """What became of one file: what was read in it and filed, or why it could not be."""

    path: Path
    imported: Imported | None = None
    error: GeneratorError | None = None
    filed: tuple[filing.Filed, ...] = ()

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found in the document."""
        return self.imported.findings if self.imported else ()

    @property
    def kept(self) -> list[filing.Kept]:
        """The files that differ and were left alone."""
        return [kept for filed in self.filed for kept in filed.kept]

    @property
    def asks(self) -> bool:
        """Whether a person has something to decide before all of the file is in the data."""
        return bool(self.kept) or any(f.severity is Severity.ERROR for f in self.findings)


@dataclass(frozen=True)
class Order:
    """How to import: what the user says of the documents, and whether to write and to overwrite."""

    hints: Hints = field(default_factory=Hints)
    dry_run: bool = False
    force: bool = False


@dataclass(frozen=True)
class _Content:
    """A document ready to be read; `original` is what it was converted from."""

    name: str
    content: bytes
    original: tuple[str, bytes] | None = None


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Give the files that are meant: those named, and in folders all that are not hidden.

    GeneratorError where a path does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        elif path.is_file():
            found.append(path)
        else:
            raise GeneratorError(path, "没有这个文件或文件夹", "there is no such file or folder")
    return list(dict.fromkeys(found))


def take_in(
    files: Sequence[Path], data: Path, order: Order, progress: Callable[[Path], None]
) -> Iterator[Outcome]:
    """Read each file and file what it says; `progress` is told of each file before it is read."""
    converted = _convert(files)
    for path in files:
        progress(path)
        try:
            content = converted.get(path) or _load(path)
            if isinstance(content, GeneratorError):
                raise content
            yield _take_in(path, content, data, order)
        except GeneratorError as error:
            yield Outcome(path, error=error)


def _take_in(path: Path, content: _Content, data: Path, order: Order) -> Outcome:
    imported = importers.read(content.name, content.content, order.hints)
    imported = replace(imported, findings=(*imported.findings, *_doubts(imported)))
    if content.original:
        imported = _with_original(imported, *content.original)
    if not imported.disclosures:
        return Outcome(path, imported)
    if order.dry_run:
        return Outcome(path, imported)
    documents = dict([content.original] if content.original else []) | {content.name: content.content}
    filed = tuple(
        filing.file(data, disclosure, documents, force=order.force)
        for disclosure in imported.disclosures
        if not disclosure.missing
    )
    return Outcome(path, imported, filed=filed)


def _doubts(imported: Imported) -> Iterator[Finding]:
    """Give what the checks find in what was read, each at its place in the document."""
    for read in imported.disclosures:
        unit = Unit.model_construct(code=read.unit_code, name=read.unit_name)
        disclosure = Disclosure.model_construct(**dict(read.record), unit=unit, year=read.year)
        yield from _placed(check_disclosure(disclosure, None), read.places)
        ids = identities(project.record for project in read.projects)
        for identity, source in zip(ids, read.projects, strict=True):
            project = Project.model_construct(
                **dict(source.record), id=identity, unit_code=read.unit_code, year=read.year
            )
            yield from _placed(check_project(project, disclosure, None), source.places)


def _placed(findings: Iterable[Finding], places: Mapping[str, Place]) -> Iterator[Finding]:
    """Give those findings that are about a value of the document, with its place there."""
    for finding in findings:
        if finding.field in places:
            yield replace(finding, place=places[finding.field])


def _with_original(imported: Imported, name: str, content: bytes) -> Imported:
    def documents(disclosure: ImportedDisclosure) -> ImportedDisclosure:
        (made,) = disclosure.record.source_documents
        original = SourceDocument(file=name, sha256=store.digest(content), form=made.form)
        both = (original, made.model_copy(update={"converted_from": name}))
        return replace(disclosure, record=disclosure.record.model_copy(update={"source_documents": both}))

    return replace(imported, disclosures=tuple(map(documents, imported.disclosures)))


def _convert(files: Sequence[Path]) -> dict[Path, _Content | GeneratorError]:
    """Convert the old files, all that become the same type in one call."""
    results: dict[Path, _Content | GeneratorError] = {}
    for suffix in sorted(set(importers.CONVERTED.values())):
        contents: dict[str, bytes] = {}
        paths: dict[str, Path] = {}
        for path in files:
            if importers.CONVERTED.get(path.suffix.lower()) != suffix:
                continue
            try:
                content = _load(path).content
                check_ole(content, path.name)
            except GeneratorError as error:
                results[path] = error
                continue
            name = f"{len(paths)}{path.suffix.lower()}"
            contents[name], paths[name] = content, path
        try:
            made = office.convert(contents, suffix.removeprefix("."))
        except GeneratorError as error:
            results |= dict.fromkeys(paths.values(), error)
            continue
        for name, path in paths.items():
            original = filing.kept_name(path.name)
            results[path] = (
                _Content(original + suffix, made[name], (original, contents[name]))
                if name in made
                else _unconverted(path)
            )
    return results


def _unconverted(path: Path) -> GeneratorError:
    return GeneratorError(
        path.name, "LibreOffice 打不开这个文件，可能设有密码或已损坏；在 Word 中另存为 .docx 后再导入", "LibreOffice could not open the file; it may have a password or be damaged. Save it as .docx in Word"
    )  # fmt: skip


def _load(path: Path) -> _Content:
    if path.is_symlink():  # in a folder from elsewhere it could name any file of this machine
        raise GeneratorError(
            path.name,
            "是链接，没有读取；请导入它指向的文件",
            "is a link and was not read; import the file itself",
        )
    try:
        size = path.stat().st_size
        if size > store.LARGEST_SOURCE:
            raise GeneratorError(
                path.name,
                f"文件有 {size} 字节，过大，没有读取",
                f"the file has {size} bytes and was not read",
            )
        if not size:
            raise GeneratorError(path.name, "文件是空的", "the file is empty")
        return _Content(filing.kept_name(path.name), path.read_bytes())
    except OSError as error:
        raise GeneratorError(path.name, f"读不了这个文件（{error.strerror}）", f"cannot be read ({error.strerror})") from error  # fmt: skip


def _hidden(path: PurePath) -> bool:
    """Whether a file is the system's or an editor's own: hidden, or Word's lock on an open document."""
    return any(part.startswith((".", "~$")) for part in path.parts)


# as JSON


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Give all that was read as plain data: disclosures with the place of each value, residue, findings."""
    read = [outcome.imported for outcome in outcomes if outcome.imported]
    return {
        "disclosures": [_disclosure(i.form, d) for i in read for d in i.disclosures],
        "residue": [_residue(r) for i in read for r in i.residue],
        "findings": [_finding(f) for i in read for f in i.findings],
        "files": [_file(outcome) for outcome in outcomes],
    }


def _disclosure(form: str, disclosure: ImportedDisclosure) -> dict[str, Any]:
    ids = identities(project.record for project in disclosure.projects)
    return {
        "unit_code": disclosure.unit_code,
        "unit_name": disclosure.unit_name,
        "year": disclosure.year,
        "form": form,
        "missing": list(disclosure.missing),
        **disclosure.record.model_dump(mode="json", exclude_none=True),
        "places": {name: _place(place) for name, place in disclosure.places.items()},
        "projects": [
            {
                "id": identity,
                **project.record.model_dump(mode="json", exclude_none=True),
                "places": {name: _place(place) for name, place in project.places.items()},
            }
            for identity, project in zip(ids, disclosure.projects, strict=True)
        ],
    }


def _place(place: Place) -> dict[str, str | int]:
    numbers = {"line": place.line, "table": place.table, "row": place.row, "column": place.column}
    return {"file": place.file, **{key: number for key, number in numbers.items() if number}}


def _residue(residue: Residue) -> dict[str, Any]:
    return {
        "kind": residue.kind,
        "text": residue.text,
        "place": _place(residue.place),
        "reason": residue.reason.zh,
        "reason_en": residue.reason.en,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "place": _place(finding.place),
        "value": finding.value,
        "message": finding.message.zh,
        "message_en": finding.message.en,
        "remedy": finding.remedy.zh,
        "remedy_en": finding.remedy.en,
    }


def _file(outcome: Outcome) -> dict[str, Any]:
    imported = outcome.imported
    entry: dict[str, Any] = {"file": str(outcome.path)}
    if outcome.error:
        return {**entry, "error": outcome.error.message, "error_en": outcome.error.message_en}
    assert imported is not None  # noqa: S101 (either read or failed)
    return {
        **entry,
        "form": imported.form,
        "labels": len(imported.labels),
        "values": len(imported.values),
        "residue": len(imported.residue),
        "written": [name for filed in outcome.filed for name in filed.written],
        "same": [name for filed in outcome.filed for name in filed.same],
        "kept": [{"file": kept.file, "fields": list(kept.fields)} for kept in outcome.kept],
        "extra": [name for filed in outcome.filed for name in filed.extra],
    }
