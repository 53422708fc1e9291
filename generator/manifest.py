"""What a bundle says of itself: the list of its files, in the forms that people and programs check.

`manifest.json` names the release and every file with its size and hash. `SHA256SUMS` says the same for
`sha256sum --check`, with the manifest's own hash, and is what a signature signs. `verify/known.js` is
the list for the page `/verify/`, which may read no file of a folder opened from disk.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from generator.model import Record
from generator.release import Release

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
KNOWN = "verify/known.js"

LARGEST = 100_000_000  # bytes of a manifest; 5,000 projects need about 3,000,000
UNSAFE = r'(^|/)\.{0,2}(/|$)|[\\:*?"<>|\x00-\x1f\x7f]'
"""Matches paths that could leave their folder, or that Windows cannot write."""


class Entry(Record):
    """A file of the bundle: its path below the top folder, its size in bytes and its SHA-256."""

    path: Annotated[str, Field(min_length=1, max_length=1000)]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(Record):
    """The release and its files, ordered by path."""

    format: Literal[1] = 1
    release: Release
    files: tuple[Entry, ...]

    def content(self) -> bytes:
        """Write `manifest.json`, one file a line."""
        head = json.dumps(
            {"format": self.format, "release": self.release.model_dump(mode="json")}, ensure_ascii=False
        )
        lines = ",\n".join(json.dumps(entry.model_dump(), ensure_ascii=False) for entry in self.files)
        return f'{head[:-1]}, "files": [\n{lines}\n]}}\n'.encode()


def entry(path: str, content: bytes) -> Entry:
    """Describe a file that is in memory."""
    return Entry(path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def sums(entries: Iterable[Entry]) -> bytes:
    """Write `SHA256SUMS`: a line for each file, ordered by path."""
    return "".join(f"{e.sha256}  {e.path}\n" for e in sorted(entries, key=lambda e: e.path)).encode()


def known(hashes: Iterable[tuple[str, str]]) -> bytes:
    """Write `verify/known.js` from pairs of path and SHA-256."""
    return f"var knownFiles = {json.dumps(dict(sorted(hashes)), indent=0)};\n".encode()
