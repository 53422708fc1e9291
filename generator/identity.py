"""Which project is which: its published code, or where none was published a name that stays the same.

Files, folders and URLs are named by it, so it has only ASCII letters, digits and hyphens.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from slugify import slugify

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_LONGEST = 40  # signs of the readable part


class Named(Protocol):
    """A project record, as far as its identity goes."""

    @property
    def code(self) -> str | None:
        """The published code."""

    @property
    def name(self) -> str:
        """The name."""


def identities(projects: Iterable[Named]) -> list[str]:
    """Give the identity of each project of a disclosure; equal ones are told apart by their order."""
    seen: Counter[str] = Counter()
    result = []
    for project in projects:
        identity = _identity(project)
        seen[identity.lower()] += 1  # some file systems do not tell `a` from `A`
        count = seen[identity.lower()]
        result.append(identity if count == 1 else f"{identity}-{count}")
    return result


def _identity(project: Named) -> str:
    if project.code and _CODE.fullmatch(project.code):
        return project.code
    readable = slugify(project.name, max_length=_LONGEST, word_boundary=True)
    # Different characters may read the same, and some have no reading: the digest tells them apart.
    digest = hashlib.sha256(project.name.encode()).hexdigest()[:8]
    return f"{readable}-{digest}".removeprefix("-")
