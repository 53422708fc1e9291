"""What a build is made from, as fingerprints: every file that it reads, by content and not by time.

Two builds from inputs with the same fingerprint give the same bytes. This imports little, because
finding that nothing changed should take less time than loading what would make it.
"""

import hashlib
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path

from generator.workspace import OWNED, Workspace

_CODE = Path(__file__).parent
_LARGEST = 100_000_000  # bytes; a file that is larger is not read by any step


@dataclass(frozen=True)
class Inputs:
    """Fingerprints: `common` of all that every page may show, and one for each disclosure's folder.

    `whole` is of everything, the record of releases too.
    """

    common: str
    disclosures: Mapping[str, str]
    """By the folder in `data/`, which is the one on the site: `units/912012/2021`."""
    readings: Mapping[str, str]
    """The same with the program that reads them."""
    whole: str


def inputs_of(workspace: Workspace) -> Inputs:
    """Read every input once."""
    units, others = _data(workspace)
    common = fingerprint(
        program(),
        str(workspace.built.date()),
        str(workspace.built.astimezone(UTC).date()),  # the one that MkDocs writes
        *_files(workspace.docs, skip=OWNED),
        *_files(workspace.root / "overrides"),
        _content(workspace.config),
        *(others[name] for name in ("site.yml", "glossary.yml") if name in others),
    )
    disclosures = {
        f"units/{unit}/{year}": fingerprint(parts.get("unit.yml", ""), content)
        for unit, parts in units.items()
        for year, content in parts.items()
        if year != "unit.yml"
    }
    everything = json.dumps([units, others], sort_keys=True)
    readings = {path: fingerprint(program(), content) for path, content in disclosures.items()}
    return Inputs(common, disclosures, readings, fingerprint(common, everything))


@cache  # each kept template asks too
def program() -> str:
    """Give the fingerprint of the program, its templates and its libraries."""
    return fingerprint(*_machine(), *_files(_CODE, never="__pycache__"))


def fingerprint(*parts: str) -> str:
    """Give the SHA-256 of some texts; texts that are divided otherwise give another."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%b" % (len(content), content))
    return digest.hexdigest()


def _machine() -> Iterator[str]:
    """Name the programs that take part, and their versions."""
    yield sys.version
    yield sqlite3.sqlite_version
    yield zlib.ZLIB_RUNTIME_VERSION
    for folder in sys.path:
        try:
            yield from sorted(
                path.name for path in Path(folder or ".").iterdir() if path.suffix == ".dist-info"
            )
        except OSError:
            continue  # a zip, or not there


def _data(workspace: Workspace) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Give what lies in each unit's folder, and beside the units, each by name with its fingerprint."""
    others = {e.name: fingerprint(*_entry(e)) for e in _entries(workspace.data) if e.name != "units"}
    units = {
        unit.name: {e.name: fingerprint(*_entry(e)) for e in _entries(unit.path)}
        for unit in _entries(workspace.data / "units")
    }
    return units, others


def _files(folder: Path | str, skip: Collection[str] = (), never: str = "") -> Iterator[str]:
    """Give name and fingerprint of every file below a folder, in one order everywhere.

    What is called as `skip` says is left out, at any depth what is called `never`.
    """
    for entry in _entries(folder):
        if entry.name not in skip and entry.name != never:
            yield from _entry(entry, never)


def _entry(entry: "os.DirEntry[str]", never: str = "") -> Iterator[str]:
    yield entry.name
    if entry.is_symlink():
        yield "link"
    elif entry.is_dir():
        yield from _files(entry.path, never=never)
        yield ".."
    else:
        yield _content(entry.path)


def _entries(folder: Path | str) -> Iterable["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return ()  # not there, or not a folder; the steps that need it say so


def _content(path: Path | str) -> str:
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))  # half the time of Path.open
        try:
            size = os.fstat(file).st_size
            return hashlib.sha256(os.read(file, size)).hexdigest() if size <= _LARGEST else f"large {size}"
        finally:
            os.close(file)
    except OSError as error:
        return f"unreadable {error.errno}"
