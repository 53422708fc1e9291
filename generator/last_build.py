"""What the last build left: which files its parts made, of which inputs, and how they looked on the disk.

A file counts as the one that was made only while its size and time are those of then. Whatever is
wrong with the record, the answer is that nothing is known, and everything is made anew.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from generator.report import Report, report_from

_FORMAT = "disclose 1"  # another number where what is kept has other parts
Looks = tuple[int, int]
"""Size in bytes, and time of the last change in nanoseconds."""


@dataclass
class Made:
    """What became of a part of the site: the pages and files written, and the addresses linked to."""

    key: str = ""
    """The fingerprint of what it was made of, or the empty string where it is always made anew."""
    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    fragments: dict[str, str] = field(default_factory=dict)
    """What hand-written pages include, by path."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What it says to parts that are made after it, as values of JSON."""
    links: dict[str, str] = field(default_factory=dict)
    """Path on the site that must be there → a page that links to it."""

    @property
    def paths(self) -> Iterator[str]:
        """Where on the site its pages and files are."""
        yield from (f"{page.removesuffix('.md')}.html" for page in self.pages)
        yield from self.files


@dataclass
class LastBuild:
    """The record of a build. `whole` and `common` are the fingerprints of its inputs, as `inputs` makes them."""

    common: str = ""
    whole: str = ""
    report: Report | None = None
    parts: dict[str, Made] = field(default_factory=dict)
    shells: Any = ()
    """The learned shells, as values of JSON."""
    looks: dict[str, Looks] = field(default_factory=dict)
    """How every file of the site looked."""

    def where(self, common: str) -> "LastBuild":
        """Give the record if it is of these common inputs, else an empty one."""
        return self if self.common == common else LastBuild()

    def still_holds(self, whole: str, site: Path) -> bool:
        """Whether the site was made of these inputs and stands as it was made."""
        return self.whole == whole and looks_of(site) == self.looks

    def made(self, name: str, key: str, standing: set[str]) -> Made | None:
        """Give what became of a part, if it was made of what `key` says and all its files still stand."""
        made = self.parts.get(name)
        return made if made and key and made.key == key and standing.issuperset(made.paths) else None

    def keep(self, path: Path) -> None:
        """Write the record; a build that is killed meanwhile leaves the older one."""
        values = {
            "common": self.common,
            "whole": self.whole,
            "report": self.report.as_json() if self.report else None,
            "parts": {name: asdict(made) for name, made in self.parts.items()},
            "shells": self.shells,
            "looks": self.looks,
        }
        content = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
        fresh = path.with_suffix(".new")
        fresh.write_bytes(_seal(content) + content)
        fresh.replace(path)


def read(path: Path) -> LastBuild:
    """Read the record; an empty one where there is none, or one that is not whole."""
    try:
        seal, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return LastBuild()
    if seal + b"\n" != _seal(content):
        return LastBuild()
    values = json.loads(content)
    return LastBuild(
        common=values["common"],
        whole=values["whole"],
        report=report_from(values["report"]) if values["report"] else None,
        parts={name: Made(**made) for name, made in values["parts"].items()},
        shells=values["shells"],
        looks={name: (size, time) for name, (size, time) in values["looks"].items()},
    )


def _seal(content: bytes) -> bytes:
    """Give the first line of a record, which shows whether the rest is whole."""
    return f"{_FORMAT} {hashlib.sha256(content).hexdigest()}\n".encode()


def looks_of(folder: Path) -> dict[str, Looks]:
    """Look at every file below a folder; links and other oddities have looks that nothing else has."""
    return dict(_looks(str(folder), ""))


def standing(looks: Mapping[str, Looks], folder: Path) -> set[str]:
    """Give the files below a folder that look as they are said to."""
    now = looks_of(folder)
    return {path for path, look in looks.items() if now.get(path) == look}


def _looks(folder: str, prefix: str) -> Iterator[tuple[str, Looks]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _looks(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            yield prefix + entry.name, (status.st_size, status.st_mtime_ns)
        else:
            yield prefix + entry.name, (-1, -1)
