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

    def get(self, name: str, key: str) -> memoryview | None:
        """Give the result of this name if it was made of what `key` says."""
        try:
            whole = (self.folder / name).read_bytes()
        except OSError:
            return None
        end = whole.find(b"\n") + 1
        content = memoryview(whole)[end:]  # may be large, and is not copied
        return content if whole[:end] == _seal(key, content) else None

    def put(self, name: str, key: str, content: bytes) -> None:
        """Keep a result. One that is written in part only is none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("wb") as file:
            file.writelines([_seal(key, content), content])

    def drop_all_but(self, names: Collection[str]) -> None:
        """Remove the results that nobody asks for any more."""
        for path in self.folder.glob("*"):
            if path.name not in names:
                path.unlink()


def _seal(key: str, content: bytes | memoryview) -> bytes:
    return f"{key} {hashlib.sha256(content).hexdigest()}\n".encode()
