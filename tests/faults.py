"""Kills, starves and races builds, and looks whether the published site is always one whole version.

    python -m tests.faults 100        kills a hundred builds and prints what became of them

A build is killed at its n-th file operation, n drawn at random; Python's audit events count them.
Every other build uses two processes instead of one, each of which counts for itself: then it is one of these that
dies, or their parent.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import generator.pipeline  # noqa: F401 (else a build that is killed would mostly die while it loads this)
from generator.clock import BEIJING
from generator.errors import GeneratorError
from generator.publishing import publish
from tests.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.workspace import Workspace

EDITED = "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
VERSIONS = ("'3.00'", "'3.50'")
FAILED = 2
"""The exit code of a build that ended with an error of its own."""
WATCHED = ("open", "os.", "shutil.", "ctypes.")


def fingerprint(site: Path) -> str:
    """Give one hash for all files of a site, the empty string where there is none."""
    digest = hashlib.sha256()
    files = sorted(p for p in site.rglob("*") if p.is_file()) if site.is_dir() else []
    for path in files:
        digest.update(f"{path.relative_to(site)}\0".encode() + path.read_bytes())
    return digest.hexdigest() if files else ""


def set_version(workspace: Workspace, version: int) -> None:
    """Put one of two versions of a project into the data."""
    path = workspace.data / EDITED
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(VERSIONS[1 - version], VERSIONS[version]), encoding="utf-8")


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own; give its exit code, negative where a signal ended it."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        work()
        code = 0
    except (OSError, GeneratorError):
        code = FAILED
    finally:
        os._exit(code)


def killed_at(event: int, work: Callable[[], object]) -> Callable[[], object]:
    """Give `work`, dying without a word at its file operation number `event`."""
    seen = 0

    def watch(name: str, _: object) -> None:
        nonlocal seen
        if name.startswith(WATCHED):
            seen += 1
            if seen == event:
                os.kill(os.getpid(), signal.SIGKILL)

    def run() -> object:
        sys.addaudithook(watch)
        return work()

    return run


def operations(work: Callable[[], object]) -> int:
    """Count the file operations of `work`, run in a process of its own."""
    read, write = os.pipe()

    def count() -> None:
        seen = 0

        def watch(name: str, _: object) -> None:
            nonlocal seen
            seen += name.startswith(WATCHED)

        sys.addaudithook(watch)
        work()
        os.write(write, str(seen).encode())

    assert in_child(count) == 0
    os.close(write)
    with os.fdopen(read) as pipe:
        return int(pipe.read())


@dataclass(frozen=True)
class Figures:
    """What became of the killed builds: which version stood there, and how many builds mended it."""

    kills: int
    workers: int
    """How many of these lost a process that makes pages, and ended with an error of their own."""
    old: int
    new: int
    broken: int
    mended: int

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.kills} builds killed, {self.workers} of them by a lost worker: {self.old} left the old version, {self.new} the new one, "
            f"{self.broken} something else; the next build succeeded {self.mended} times"
        )


def prepare(folder: Path) -> tuple[Workspace, tuple[str, str]]:
    """Make a workspace and give the fingerprints of its two versions; the second is published."""
    workspace = make_workspace(folder)
    prints = []
    for version in (0, 1):
        set_version(workspace, version)
        assert in_child(lambda: publish(workspace)) == 0
        prints.append(fingerprint(workspace.site))
    assert prints[0] != prints[1]
    return workspace, (prints[0], prints[1])


def kill(rounds: int, seed: int, folder: Path) -> Figures:
    """Kill `rounds` builds, each followed by one that is left alone."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    workspace, prints = prepare(folder)
    set_version(workspace, 0)
    most = operations(lambda: publish(workspace))
    became: Counter[str] = Counter()
    mended = workers = 0
    for number in range(rounds):
        version = (number + 1) % 2
        set_version(workspace, version)
        # every fourth near the end, where the new site takes the place of the old one
        event = chance.randint(1, most) if number % 4 else most - chance.randint(0, most // 20)
        jobs = 1 + number % 2
        code = in_child(killed_at(event, partial(publish, workspace, jobs)))
        found = fingerprint(workspace.site)
        names = {prints[version]: "new", prints[1 - version]: "old"}
        ended = {0: "finished", -signal.SIGKILL: names.get(found), FAILED: names.get(found)}
        became[ended.get(code) or "broken"] += 1
        workers += code == FAILED
        mended += in_child(lambda: publish(workspace)) == 0 and fingerprint(workspace.site) == prints[version]
    kills = rounds - became["finished"]
    return Figures(kills, workers, became["old"], became["new"], became["broken"], mended)


def starved(bytes_a_file: int, work: Callable[[], object]) -> Callable[[], object]:
    """Give `work` on a disk where no file may grow beyond so many bytes, as on one that is full."""

    def run() -> object:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, bytes_a_file))
        return work()

    return run


def later(workspace: Workspace, year: int) -> Workspace:
    """Give the workspace at another time, as when a clock is set wrong."""
    return replace(workspace, built=workspace.built.replace(year=year, tzinfo=BEIJING))


def main(arguments: list[str]) -> int:
    """Print the figures; return 1 where a site was broken or a build did not succeed."""
    rounds = int(arguments[0]) if arguments else 100
    with tempfile.TemporaryDirectory() as folder:
        figures = kill(rounds, 6, Path(folder))
    print(figures)
    return 0 if figures.broken == 0 and figures.mended == rounds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
