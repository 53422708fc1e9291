"""Results that are kept from one run to the next, each with the key of what it was made of.

A result whose key is another, or whose bytes are not those that were written, is none.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kept:
    """A folder of results, by name."""

    folder: Path

    def get(self, name: str, key: str) -> bytes | None:
        """Give the result of this name if it was made of what `key` says."""
        try:
            seal, _, content = (self.folder / name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if seal == _seal(key, content) else None

    def put(self, name: str, key: str, content: bytes) -> None:
        """Keep a result. One that is written in part only is none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(_seal(key, content) + b"\n" + content)

    def drop_all_but(self, names: Collection[str]) -> None:
        """Remove the results that nobody asks for any more."""
        for path in self.folder.glob("*"):
            if path.name not in names:
                path.unlink()


def _seal(key: str, content: bytes) -> bytes:
    return f"{key} {hashlib.sha256(content).hexdigest()}".encode()
