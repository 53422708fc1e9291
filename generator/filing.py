"""Writes imports into `data/`: what is new is written, what a person has changed is kept and named."""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from generator import store
from generator.errors import GeneratorError
from generator.identity import identities
from generator.importers.imported import ImportedDisclosure
from generator.model import (
    YEAR,
    DisclosureFile,
    ProjectFile,
    Record,
    SourceDocument,
    Unit,
    published_values,
)
from generator.validation import validate
from generator.yaml_source import FORBIDDEN, parse

R = TypeVar("R", bound=Record)

_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f]')
_LONGEST = 150  # bytes of a file name; file systems take 255
_OWN = ("corrections", "acknowledged", "published_date")
"""Fields that only the publisher fills; an import never takes them away."""


@dataclass(frozen=True)
class Kept:
    """A file that was left as it is: its path in `data`, and the fields that the import has otherwise."""

    file: str
    fields: tuple[str, ...]


@dataclass
class Filed:
    """What filing an import did, by paths in `data`. `extra` are projects that the document has not."""

    written: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def kept_name(name: str) -> str:
    """Give a name under which a document can be kept on every system, whatever the user's was."""
    clean = FORBIDDEN.sub("", _UNSAFE.sub("_", unicodedata.normalize("NFC", name))).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    stem = stem if dot else suffix
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem or 'document'}{dot}{suffix}" if dot else stem or "document"


def file(data: Path, disclosure: ImportedDisclosure, documents: Mapping[str, bytes], *, force: bool) -> Filed:
    """Write an import into `data`; a file that a person has changed is kept unless `force`.

    Nothing at all is written where another document of the same name is kept already (without `force`).
    GeneratorError where unit or year are missing, or a path would leave `data`.
    """
    if disclosure.missing or not disclosure.unit_code or not disclosure.year:
        raise GeneratorError(
            disclosure.unit_name or "?", "缺少单位代码、年度或金额单位，没有写入", "unit code, year or money unit is missing; nothing was written"
        )  # fmt: skip
    return _Filing(data, disclosure, force=force).run(dict(documents))


def file_samples(data: Path, unit: str, year: str, project: str, samples: Mapping[str, str]) -> list[str]:
    """Write the sample of a project, and those of its unit and disclosure where they are missing.

    Gives the new files, by paths in `data`. GeneratorError where a name is unsafe or the project's
    file is there already.
    """
    names = (unit, project)
    if not (all(map(store.SAFE_NAME.fullmatch, names)) and re.fullmatch(YEAR, year)):
        raise GeneratorError(
            f"{unit} {year} {project}",
            "单位代码、项目编码只能是字母和数字，年度是四位",
            "codes are letters and digits, a year has four digits",
        )
    folder = data / "units" / unit
    path = folder / year / "projects" / f"{project}.yml"
    if path.exists():
        raise GeneratorError(path, "文件已经存在，没有改动", "the file is there already and was left alone")
    paths = {"unit": folder / "unit.yml", "disclosure": folder / year / "disclosure.yml", "project": path}
    missing = {kind: place for kind, place in paths.items() if not place.exists()}
    for kind, place in missing.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(samples[kind], encoding="utf-8", newline="\n")
    return [place.relative_to(data).as_posix() for place in missing.values()]


class _Filing:
    def __init__(self, data: Path, disclosure: ImportedDisclosure, *, force: bool) -> None:
        self._data = data
        self._disclosure = disclosure
        self._force = force
        self._unit_folder = data / "units" / disclosure.unit_code
        self._folder = self._unit_folder / disclosure.year
        self._filed = Filed()

    def run(self, documents: dict[str, bytes]) -> Filed:
        record = self._with_kept_conversions(documents)
        sources = {self._folder / "source" / name: content for name, content in documents.items()}
        for path, content in sources.items():
            if path.is_file() and path.read_bytes() != content and not self._force:
                self._filed.kept.append(Kept(self._name(path), ("sha256",)))
                return self._filed
        for path, content in sources.items():
            self._write(path, content)
        self._unit()
        self._record(self._folder / "disclosure.yml", record, "disclosure")
        ids = identities(project.record for project in self._disclosure.projects)
        for identity, project in zip(ids, self._disclosure.projects, strict=True):
            self._record(self._folder / "projects" / f"{identity}.yml", project.record, "project")
        self._extra(ids, documents)
        return self._filed

    def _with_kept_conversions(self, documents: dict[str, bytes]) -> DisclosureFile:
        """Use the conversion that is kept already: LibreOffice never makes the same bytes twice."""
        listed = []
        for document in self._disclosure.record.source_documents:
            kept = self._folder / "source" / document.file
            original = self._folder / "source" / (document.converted_from or "")
            if (
                document.converted_from
                and kept.is_file()
                and original.is_file()
                and original.read_bytes() == documents.get(document.converted_from)
            ):
                documents[document.file] = kept.read_bytes()
                listed.append(document.model_copy(update={"sha256": store.digest(documents[document.file])}))
            else:
                listed.append(document)
        return self._disclosure.record.model_copy(update={"source_documents": tuple(listed)})

    def _unit(self) -> None:
        path = self._unit_folder / "unit.yml"
        code, name = self._disclosure.unit_code, self._disclosure.unit_name
        if not path.exists():
            self._write(path, store.to_yaml(Unit(code=code, name=name or code), "unit"))

    def _record(self, path: Path, new: DisclosureFile | ProjectFile, schema: str) -> None:
        if not path.exists():
            self._write(path, store.to_yaml(new, schema))
            return
        content = path.read_bytes()
        source, _ = parse(content, self._name(path))
        old = validate(source, type(new))[0] if source else None
        if old is None:
            self._keep_or_write(path, ("?",), store.to_yaml(new, schema))
            return
        merged: Record = old
        fields = tuple(_differing(old, new))
        if isinstance(old, DisclosureFile) and isinstance(new, DisclosureFile):
            merged = _merged(old, new)
            said = dict(published_values(new))
            fields = tuple(name for name in _differing(merged, new) if name in said)
        by_hand = content != store.to_yaml(old, schema)
        if not fields and merged != old and by_hand:
            # to write it anew would lose its comments
            fields = tuple(_differing(old, merged)) or ("source_documents",)
        if fields:
            own = {key: getattr(old, key) for key in _OWN if key in type(old).model_fields}
            listed = (
                {"source_documents": merged.source_documents} if isinstance(merged, DisclosureFile) else {}
            )
            self._keep_or_write(path, fields, store.to_yaml(new.model_copy(update={**own, **listed}), schema))  # fmt: skip
        elif merged != old:
            self._write(path, store.to_yaml(merged, schema))
        else:
            self._filed.same.append(self._name(path))

    def _keep_or_write(self, path: Path, fields: tuple[str, ...], content: bytes) -> None:
        if self._force:
            self._write(path, content)
        else:
            self._filed.kept.append(Kept(self._name(path), fields))

    def _write(self, path: Path, content: bytes) -> None:
        if path.is_symlink() or not path.resolve().is_relative_to(self._data.resolve()):
            raise GeneratorError(
                path, "路径指向数据文件夹以外，没有写入", "the path leads out of the data folder"
            )
        if path.is_file() and path.read_bytes() == content:
            self._filed.same.append(self._name(path))
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105 (the same, but says that it replaces)
        self._filed.written.append(self._name(path))

    def _extra(self, ids: list[str], documents: Mapping[str, bytes]) -> None:
        """Name the projects that the folder has but its only document has not."""
        source, _ = parse((self._folder / "disclosure.yml").read_bytes(), "disclosure.yml")
        record = validate(source, DisclosureFile)[0] if source else None
        if record is None or any(d.file not in documents for d in record.source_documents):
            return
        known = {f"{identity}.yml" for identity in ids}
        folder = self._folder / "projects"
        self._filed.extra += [self._name(p) for p in sorted(folder.glob("*.yml")) if p.name not in known]

    def _name(self, path: Path) -> str:
        return path.relative_to(self._data).as_posix()


def _merged(old: DisclosureFile, new: DisclosureFile) -> DisclosureFile:
    """Add to a disclosure what a further document says of it.

    A document that is listed already adds nothing: what it says and the file lacks, somebody removed.
    """
    documents = _documents(old.source_documents, new.source_documents)
    if documents == old.source_documents:
        return old
    lacking = {
        key: getattr(new, key)
        for key in DisclosureFile.model_fields
        if not getattr(old, key) and getattr(new, key)
    }
    return old.model_copy(update={**lacking, "source_documents": documents})


def _documents(old: Iterable[SourceDocument], new: Iterable[SourceDocument]) -> tuple[SourceDocument, ...]:
    by_name = {document.file: document for document in (*old, *new)}
    return tuple(by_name.values())


def _differing(old: Record, new: Record) -> list[str]:
    here, there = dict(published_values(old)), dict(published_values(new))
    return [name for name in {**there, **here} if here.get(name, "") != there.get(name, "")]
