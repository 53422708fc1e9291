"""The layout of `data/`, and how the tree is read. `filing` writes imports into it."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from generator.changes import Change, ReleaseFile
from generator.errors import GeneratorError
from generator.finding import Finding, Place, Severity, Text
from generator.model import (
    YEAR,
    Dataset,
    Disclosure,
    DisclosureFile,
    Glossary,
    Project,
    ProjectFile,
    Record,
    Site,
    SourceDocument,
    Unit,
)
from generator.validation import validate
from generator.yaml_source import LARGEST_FILE, Source, dump, parse

R = TypeVar("R", bound=Record)

SCHEMAS: dict[str, type[Record]] = {
    "site": Site,
    "glossary": Glossary,
    "unit": Unit,
    "disclosure": DisclosureFile,
    "project": ProjectFile,
    "release": ReleaseFile,
}
"""The kinds of YAML files, by the name of their JSON Schema."""

LARGEST_SOURCE = 100_000_000  # bytes of a published document

SAFE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")
"""What a folder or a project file may be called, so that it is the same in every URL and zip."""


def load(data: Path) -> tuple[Dataset, list[Finding]]:
    """Read the whole tree. One bad file never hides the next: what could be read is in the dataset.

    GeneratorError where `data` or its `site.yml` is missing.
    """
    dataset, findings = load_outline(data)
    read = [load_disclosure(data, *place) for place in places(data, dataset.units)]
    findings += [finding for _, found in read for finding in found]
    return replace(dataset, disclosures=tuple(d for d, _ in read if d)), findings


def load_outline(data: Path) -> tuple[Dataset, list[Finding]]:
    """Read all but the disclosures, and say which folders are none. Errors as `load`."""
    if not (data / "site.yml").is_file():
        raise GeneratorError(
            data,
            "没有 site.yml；从 README 的例子开始",
            "there is no site.yml; start with the README's example",
        )
    loader = _Loader(data)
    return loader.outline(), loader.findings


def places(data: Path, units: Iterable[Unit]) -> list[tuple[Unit, str]]:
    """Give unit and year of every folder of a disclosure."""
    loader = _Loader(data)
    return [(unit, folder.name) for unit in units for folder in loader.years(unit)]


def load_disclosure(data: Path, unit: Unit, year: str) -> tuple[Disclosure | None, list[Finding]]:
    """Read one disclosure with its projects; None where its own file cannot be read."""
    loader = _Loader(data)
    return loader.disclosure(unit, data / "units" / unit.code / year), loader.findings


def releases(data: Path) -> tuple[tuple[ReleaseFile, ...], list[Finding]]:
    """Read the record of changes, release by release, the oldest first."""
    loader = _Loader(data)
    return _in_order(loader.releases()), loader.findings


def _in_order(records: Iterable[ReleaseFile]) -> tuple[ReleaseFile, ...]:
    """Put releases in order, the oldest first; those of one day as they follow each other."""
    found = {(r.date, r.data_version): r for r in records}

    def steps(record: ReleaseFile, most: int = 50) -> int:
        """Count the releases of the same day before this one; going back and forth has an end."""
        before = found.get(_before(record))
        same_day = before is not None and before.date == record.date
        return 1 + steps(before, most - 1) if before and same_day and most else 0

    return tuple(sorted(found.values(), key=lambda r: (r.date, steps(r))))


def keep_release(data: Path, kept: Sequence[ReleaseFile], record: ReleaseFile) -> tuple[ReleaseFile, ...]:
    """Add a record to the kept ones and write it; give them all.

    A release has one successor: a record against the same older release is replaced. Where nothing
    changed, none is kept.
    """
    if any(_before(r) == _before(record) and _content(r) == _content(record) for r in kept):
        return tuple(kept)  # built again on another day: the record keeps its date
    replaced = [r for r in kept if _before(r) == _before(record)]
    for old in replaced:
        _release_file(data, old).unlink(missing_ok=True)
    rest = tuple(r for r in kept if r not in replaced)
    if not record.changes:
        return rest
    path = _release_file(data, record)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(to_yaml(record, "release"))
    return _in_order((*rest, record))


def _before(record: ReleaseFile) -> tuple[str, str]:
    return record.previous_date, record.previous_version


def _content(record: ReleaseFile) -> tuple[str, tuple[Change, ...]]:
    return record.data_version, record.changes


def _release_file(data: Path, record: ReleaseFile) -> Path:
    return data / "releases" / f"{record.date}-{record.data_version[:12]}.yml"


def source_file(data: Path, disclosure: Disclosure, document: SourceDocument) -> Path:
    """Where the published document of a disclosure is kept."""
    return data / disclosure.path / "source" / document.file


def read_source(data: Path, disclosure: Disclosure, document: SourceDocument) -> bytes | None:
    """Read a kept document; None where it is missing, too large, or not a file of its folder."""
    path = source_file(data, disclosure, document)
    return path.read_bytes() if _is_kept(path) else None


def _is_kept(path: Path) -> bool:
    linked = path.is_symlink() or path.parent.is_symlink()
    return not linked and path.is_file() and path.stat().st_size <= LARGEST_SOURCE


def read_project(data: Path, project: Project) -> bytes | None:
    """Give the YAML file of a project as it is kept, or None where it is gone since the data was read."""
    path = data / project.source.name
    return path.read_bytes() if project.source.name and path.is_file() and not path.is_symlink() else None


def read_lines(data: Path, name: str) -> list[str]:
    """Read the lines of a YAML file for showing them, none where it is missing or too large."""
    path = data / name
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_FILE:
        return []
    return re.split("\r\n|\r|\n", path.read_text(encoding="utf-8-sig", errors="replace"))


class _Loader:
    def __init__(self, data: Path) -> None:
        self._data = data
        self.findings: list[Finding] = []

    def outline(self) -> Dataset:
        site, _ = self._read(self._data / "site.yml", Site)
        if site is None:
            raise GeneratorError(
                str(self.findings[0].place),
                self.findings[0].message.zh,
                self.findings[0].message.en,
            )
        path = self._data / "glossary.yml"
        glossary = self._read(path, Glossary)[0] if path.is_file() else None
        units = tuple(self._units())
        for unit in units:
            list(self.years(unit))  # says which folders are none
        return Dataset(site, (), units, glossary.terms if glossary else ())

    def releases(self) -> Iterator[ReleaseFile]:
        for path in self._entries(self._data / "releases"):
            if path.suffix == ".yml":
                record, _ = self._read(path, ReleaseFile)
                if record:
                    yield record

    def _units(self) -> Iterator[Unit]:
        for folder in self._folders(self._data / "units"):
            with self._about(folder.name):
                unit, source = self._read(folder / "unit.yml", Unit)
                if unit and unit.code != folder.name:
                    self._say("folder-name", Text(f"单位代码“{unit.code}”与文件夹名“{folder.name}”不同", f"the unit code `{unit.code}` is not the folder's name `{folder.name}`"), Text("核对单位代码，再改文件夹名", "check the unit code, then rename the folder"), source.place(("code",)))  # fmt: skip
                    unit = None
            if unit:
                yield unit

    def years(self, unit: Unit) -> Iterator[Path]:
        for folder in self._folders(self._data / "units" / unit.code):
            if re.fullmatch(YEAR, folder.name):
                yield folder
                continue
            with self._about(unit.code):
                self._say("folder-name", Text(f"文件夹名“{folder.name}”不是年度，没有发布", f"the folder `{folder.name}` is not a year and was not published"), Text("改成四位年度，如 2021", "name it with the four digits of the year"), Place(self._name(folder)))  # fmt: skip

    def disclosure(self, unit: Unit, folder: Path) -> Disclosure | None:
        with self._about(unit.code, folder.name):
            record, source = self._read(folder / "disclosure.yml", DisclosureFile)
        if record is None:
            return None
        projects, unread = self._projects(unit, folder)
        return Disclosure.model_construct(
            **dict(record),
            unit=unit,
            year=folder.name,
            projects=projects,
            unread=unread,
            absent=tuple(d.file for d in record.source_documents if not _is_kept(folder / "source" / d.file)),
            source=source,
        )

    def _projects(self, unit: Unit, folder: Path) -> tuple[tuple[Project, ...], tuple[str, ...]]:
        projects, unread = [], []
        with self._about(unit.code, folder.name):
            files = [path for path in self._entries(folder / "projects") if self._is_yaml(path)]
        for path in files:
            with self._about(unit.code, folder.name, path.stem):
                record, source = self._read(path, ProjectFile)
            if record is None:
                unread.append(path.stem)
            else:
                projects.append(
                    Project.model_construct(
                        **dict(record),
                        id=path.stem,
                        unit_code=unit.code,
                        year=folder.name,
                        source=source,
                    )
                )
        return tuple(sorted(projects, key=_order)), tuple(unread)

    def _read(self, path: Path, record: type[R]) -> tuple[R | None, Source]:
        name = self._name(path)
        if path.is_symlink() or not path.is_file():
            self._say(
                "file-missing",
                Text("缺少文件，或它是链接", "the file is missing, or is a link"),
                Text(
                    f"补上 {path.name}，可用 disclose new 生成；用不到的文件夹请删去",
                    f"add {path.name}, which `disclose new` can write; remove the folder if it is not needed",
                ),
                Place(name),
            )
            return None, Source(name)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        source, findings = parse(content, name)
        self.findings += findings
        if source is None:
            return None, Source(name)
        value, findings = validate(source, record)
        self.findings += findings
        return value, source

    def _folders(self, parent: Path) -> list[Path]:
        return [p for p in self._entries(parent) if p.is_dir()]

    def _entries(self, parent: Path) -> Iterator[Path]:
        """Give what a folder holds, in order; links and names that no URL can carry are refused.

        Hidden files that are no YAML are the system's (.DS_Store, ._a.yml) and passed over.
        """
        if parent.is_symlink():
            self._refuse(parent)
            return
        for path in sorted(parent.iterdir()) if parent.is_dir() else ():
            if path.name.startswith("._") or (path.name.startswith(".") and path.suffix != ".yml"):
                continue
            if path.is_symlink() or not SAFE_NAME.fullmatch(path.stem):
                self._refuse(path)
            else:
                yield path

    def _refuse(self, path: Path) -> None:
        place = Place(self._name(path))
        name = place.file.rpartition("/")[2]
        self._say("file-name", Text(f"名称“{name}”不能用作网址，或它是链接", f"the name `{name}` cannot stand in a URL, or it is a link"), Text("改名：只用字母、数字、- 和 _，如项目编码；链接请换成文件本身", "use letters, digits, - and _ only, as in the project code; put the file itself in place of a link"), place)  # fmt: skip

    def _is_yaml(self, path: Path) -> bool:
        """Whether it is a project's file; one that only the ending keeps from being read is named."""
        if path.suffix.lower() in {".yaml", ".yml"} and path.suffix != ".yml":
            self._say("file-name", Text(f"“{path.name}”的扩展名不是 .yml，没有读入", f"`{path.name}` does not end in .yml, so it was not read"), Text("扩展名改为小写的 .yml", "rename it to end in .yml"), Place(self._name(path)))  # fmt: skip
        return path.suffix == ".yml"

    @contextmanager
    def _about(self, unit: str, year: str = "", project: str = "") -> Iterator[None]:
        """Say of every finding made inside which unit, year and project it is about."""
        before = len(self.findings)
        yield
        self.findings[before:] = [
            replace(finding, unit=unit, year=year, project=project) for finding in self.findings[before:]
        ]

    def _name(self, path: Path) -> str:
        """Name a file below `data`; bytes that are no text, as names in old encodings hold, become signs."""
        return os.fsencode(path.relative_to(self._data).as_posix()).decode(errors="replace")

    def _say(self, rule: str, message: Text, remedy: Text, place: Place) -> None:
        self.findings.append(Finding(rule, Severity.ERROR, message, remedy, place))


def _order(project: Project) -> tuple[int, int, str]:
    number = project.number or ""
    return (0, int(number), project.id) if number.isdecimal() else (1, 0, project.id)


def modeline(schema: str) -> str:
    """Give the first line of a YAML file, which tells editors where its schema is."""
    depth = {"unit": 3, "disclosure": 4, "project": 5}.get(schema, 1)
    return f"# yaml-language-server: $schema={'../' * depth}schemas/{schema}.schema.json\n"


def to_yaml(record: Record, schema: str) -> bytes:
    """Write a record as YAML below its modeline."""
    return dump(_lean(record.model_dump(mode="json")), modeline(schema)).encode()


def _lean(value: Any) -> Any:
    """Leave out what is absent: None, and lists and mappings without content."""
    if isinstance(value, dict):
        lean = {key: _lean(inner) for key, inner in value.items()}
        return {key: inner for key, inner in lean.items() if inner not in (None, [], {})}
    if isinstance(value, list):
        return [_lean(item) for item in value]
    return value


def digest(content: bytes) -> str:
    """The SHA-256 of a document, as `disclosure.yml` states it."""
    return hashlib.sha256(content).hexdigest()
