"""What the last build left: which files its parts made, of which inputs, and how they looked on the disk.

A file counts as the one that was made only while its size and time are those of then. Whatever is
wrong with the record, the answer is that nothing is known, and everything is made anew.
"""

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.report import Report, report_from

_FORMAT = "disclose 2"  # another number where what is kept has other parts
Looks = tuple[int, int]
"""Size in bytes, and time of the last change in nanoseconds."""
_ODD = (-1, -1)


@dataclass
class Made:
    """What became of a part of the site: the files written, and the addresses linked to."""

    key: str = ""
    """The fingerprint of what it was made of, or the empty string where it is always made anew."""
    pages: list[str] = field(default_factory=list)
    """The pages among the files, as they would be in Markdown: `units/912012/2021/index.md`."""
    looks: dict[str, Looks] = field(default_factory=dict)
    """How each file looked when it was written, by its path on the site."""
    fragments: dict[str, str] = field(default_factory=dict)
    """What hand-written pages include, by path."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What it says to parts that are made after it, as values of JSON."""
    links: dict[str, str] = field(default_factory=dict)
    """Path on the site that another part must have → a page that links to it."""

    @property
    def files(self) -> list[str]:
        """The files that are no pages."""
        pages = set(map(html_of, self.pages))
        return [path for path in self.looks if path not in pages]


@dataclass
class LastBuild:
    """The record of a build. `whole` and `common` are the fingerprints of its inputs, as `inputs` makes them."""

    common: str = ""
    whole: str = ""
    report: Report | None = None
    parts: dict[str, Made] = field(default_factory=dict)
    shells: Any = ()
    """The learned shells, as values of JSON."""

    @cached_property
    def looks(self) -> dict[str, Looks]:
        """How every file of the site looked."""
        return {path: look for made in self.parts.values() for path, look in made.looks.items()}

    def where(self, common: str) -> "LastBuild":
        """Give the record if it is of these common inputs, else an empty one."""
        return self if self.common == common else LastBuild()

    def still_holds(self, whole: str, site: Path) -> bool:
        """Whether the site was made of these inputs and stands as it was made."""
        return self.whole == whole and looks_of(site) == self.looks

    def made(self, name: str, key: str, site: Path) -> Made | None:
        """Give what became of a part, if it was made of what `key` says and all its files look as then."""
        made = self.parts.get(name)
        if not made or not key or made.key != key:
            return None
        try:
            same = all(look_of(f"{site}/{path}") == look for path, look in made.looks.items())
        except OSError:  # a file is not there any more
            return None
        return made if same else None

    def keep(self, path: Path) -> None:
        """Write the record; a build that is killed meanwhile leaves the older one."""
        values = {
            "common": self.common,
            "whole": self.whole,
            "report": self.report.as_json() if self.report else None,
            "parts": {name: vars(made) for name, made in self.parts.items()},
            "shells": self.shells,
        }
        content = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
        fresh = path.with_suffix(".new")
        fresh.write_bytes(_seal(content) + content)
        fresh.replace(path)


def html_of(page: str) -> str:
    """Say where on the site a page in Markdown is."""
    return f"{page.removesuffix('.md')}.html"


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
        parts={name: _made(made) for name, made in values["parts"].items()},
        shells=values["shells"],
    )


def _made(values: dict[str, Any]) -> Made:
    return Made(**values | {"looks": {path: (size, time) for path, (size, time) in values["looks"].items()}})


def _seal(content: bytes) -> bytes:
    """Give the first line of a record, which shows whether the rest is whole."""
    return f"{_FORMAT} {hashlib.sha256(content).hexdigest()}\n".encode()


def look_of(path: Path | str) -> Looks:
    """Look at a file; links and other oddities have looks that nothing else has."""
    status = os.lstat(path)
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else _ODD


def looks_of(folder: Path) -> dict[str, Looks]:
    """Look at every file below a folder."""
    looks: dict[str, Looks] = {}
    prefixes = [""]
    while prefixes:
        prefix = prefixes.pop()
        try:
            entries = list(os.scandir(f"{folder}/{prefix}"))
        except OSError:
            continue
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                prefixes.append(f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                looks[path] = status.st_size, status.st_mtime_ns
            else:
                looks[path] = _ODD
    return looks
