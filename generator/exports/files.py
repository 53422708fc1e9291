"""Files of the open data: where each goes, what it holds, and how to get from one to another."""

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from generator.exports.table import NOTHING
from generator.finding import Text
from generator.model import Disclosure, Project, Site

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "sqlite": "application/vnd.sqlite3",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "yml": "application/yaml",
}


@dataclass(frozen=True)
class FileInfo:
    """What there is to say of a file without its bytes; `rows` counts those of a single table."""

    path: str
    title: Text
    rows: int | None
    size: int
    sha256: str

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "FileInfo":
        """Read what `as_json` gave."""
        return cls(**{**value, "title": Text(*value["title"])})

    def as_json(self) -> dict[str, Any]:
        """Give it as a value of JSON."""
        return asdict(self)

    @property
    def format(self) -> str:
        """The ending of its name: `csv`."""
        return self.path.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """The type by which it is served."""
        return MEDIA_TYPES[self.format]


@dataclass(frozen=True)
class ExportFile:
    """A file by its path on the site: `data/projects.csv`; `rows` counts those of a single table."""

    path: str
    content: bytes
    title: Text = NOTHING
    rows: int | None = None

    def info(self) -> FileInfo:
        """Describe the file, so that its bytes can be let go."""
        checksum = hashlib.sha256(self.content).hexdigest()
        return FileInfo(self.path, self.title, self.rows, len(self.content), checksum)


def licence_file(site: Site) -> str:
    """Name the file in `data/` that holds the licence where it has no address, or nothing."""
    return "licence.txt" if site.licence and not site.licence_url else ""


def link(site: Site, page: str, target: str) -> str:
    """Give the way from a page or file of the site to another: full where the address is known.

    Both are paths on the site; `units/912012/` is a page, the empty path is home.
    """
    if site.base_url:
        return site.address(target)
    *here, _ = page.split("/")
    *folders, name = target.split("/")
    shared = len(posixpath.commonprefix([here, folders]))
    return "/".join([*[".."] * (len(here) - shared), *folders[shared:], name]) or "./"


def data_path(of: Project | Disclosure, ending: str = "json") -> str:
    """Give the path of the file of a project (json, csv, yml) or of a disclosure (json)."""
    return f"data/{of.path}.{ending}"
