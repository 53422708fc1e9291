"""Looks at the files that git tracks: size, encoding, white space, and the locks.

    python -m tests.check_repository        prints what is wrong and exits with 1

Runs offline. A lock is current when each requirement of pyproject.toml is met by a version
that it pins; `make lock` brings it up to date.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1_000_000  # bytes; a clone should stay quick
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git's own name for "no files"
AS_PUBLISHED = re.compile(r"data/units/[^/]+/[^/]+/source/")  # may be large, in any encoding
TEXT = {".css", ".csv", ".html", ".j2", ".js", ".json", ".md", ".py", ".sh", ".toml", ".yml"}

Pins = dict[str, set[str]]


def tracked_files() -> list[str]:
    """Return the paths that git tracks and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True)
    paths = listed.stdout.decode().split("\0")
    return [path for path in paths if path and Path(path).is_file()]


def large_files(paths: list[str]) -> Iterator[str]:
    """Name files over the limit, but for documents as published."""
    for path in paths:
        size = Path(path).stat().st_size
        if size > LARGEST and not AS_PUBLISHED.match(path):
            yield f"{path}: {size:,} bytes, more than {LARGEST:,}; make it while testing instead"


def not_utf8(paths: list[str]) -> Iterator[str]:
    """Name text files that are not UTF-8, or begin with a byte order mark."""
    for path in paths:
        if Path(path).suffix not in TEXT or AS_PUBLISHED.match(path):
            continue
        data = Path(path).read_bytes()
        if data.startswith(b"\xef\xbb\xbf") and not path.startswith("tests/golden/"):
            yield f"{path}: begins with a byte order mark; save it as UTF-8 without one"
        try:
            data.decode()
        except UnicodeDecodeError as error:
            yield f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8"


def white_space() -> Iterator[str]:
    """Name lines with trailing space or conflict marks (.gitattributes exempts data)."""
    done = subprocess.run(["git", "diff", "--check", EMPTY_TREE], capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if not line.startswith("+"):
            yield line


def pins(lock: str) -> Pins:
    """Return the versions of each package in a lock; there may be one for each Python."""
    found: Pins = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def unmet(requirements: list[str], pinned: Pins, lock: str) -> Iterator[str]:
    """Name the requirements that no pinned version, or not each of them, meets."""
    for text in requirements:
        requirement = Requirement(text)
        versions = pinned.get(canonicalize_name(requirement.name), set())
        if not versions or not all(requirement.specifier.contains(v, True) for v in versions):  # noqa: FBT003
            has = ", ".join(sorted(versions)) or "nothing"
            yield f"{lock}: pyproject.toml wants {text}, the lock has {has}; run `make lock`"


def locks() -> Iterator[str]:
    """Name what is wrong with the two locks."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = project["project"]["dependencies"] + groups["build"]
    runtime = Path("requirements.lock").read_text(encoding="utf-8")
    dev = Path("requirements-dev.lock").read_text(encoding="utf-8")
    yield from unmet(wanted, pins(runtime), "requirements.lock")
    extra = [entry for entry in groups["dev"] if isinstance(entry, str)]
    yield from unmet(wanted + extra, pins(dev), "requirements-dev.lock")
    for name, versions in pins(runtime).items():
        if pins(dev).get(name) != versions:
            yield f"requirements-dev.lock: {name} is not at {versions}; run `make lock`"
    for path, text in (("requirements.lock", runtime), ("requirements-dev.lock", dev)):
        if re.search(r"://|^-", text, re.MULTILINE):
            yield f"{path}: names an index, address or option; the lock must hold for everyone"


def main() -> int:
    """Print every problem; return 1 when there is one."""
    paths = tracked_files()
    problems = [*large_files(paths), *not_utf8(paths), *white_space(), *locks()]
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(paths)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
