"""Measures how long sites of several sizes take to build, ours and those of other builders in turn.

    python -m benchmarks [PROJECTS…] [--times N] [--write]      1000 5000 20000, three times

Builders take turns, so that a busy moment of the machine does not fall on one alone. What is printed,
`--write` writes into docs/maintain/benchmarks.md as well. Quote ratios: seconds are the machine's.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from math import log
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import synthetic
from benchmarks.peers import ELEVENTY, HUGO, peers

if TYPE_CHECKING:
    import resource
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "maintain" / "benchmarks.md"
MOST_FOR_SLOW_PEERS = 5000  # projects; beyond, MkDocs and Zensical take many minutes
PAGES = (sys.executable, "-m", "benchmarks.pages_alone")
DISCLOSE = (sys.executable, "-m", "generator.cli")


@dataclass
class Row:
    """What was measured of one builder on one size."""

    name: str
    note: str
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Seconds of all cores together, which other work on the machine disturbs less."""
    memory: float = 0.0
    """Peak of the largest process, MB."""
    files: int = 0
    megabytes: float = 0.0
    largest: float = 0.0
    """The largest page of a project, kB."""


@dataclass(frozen=True)
class Run:
    """What is timed: a command in a folder, after `prepare` put things in order; `output` is what it makes."""

    row: Row
    command: Sequence[str | Path]
    folder: Path
    output: str
    prepare: Callable[[], None]


class FailedError(Exception):
    """A builder did not end as it should; what it printed."""


def main() -> None:
    """Run the whole comparison."""
    options = argparse.ArgumentParser(prog="python -m benchmarks")
    options.add_argument("projects", type=int, nargs="*", default=[1000, 5000, 20000])
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    results, tables = {}, []
    for size in chosen.projects:
        results[size] = compare(size, chosen.times)
        tables.append(f"## {size} projects\n\n{_table(results[size])}")
        print(tables[-1], flush=True)
    report = "\n".join([_head(chosen.times), *tables, _growth(results)])
    print(report)
    if chosen.write:
        REPORT.write_text(f"{report.rstrip()}\n", "utf-8")


def compare(size: int, times: int) -> list[Row]:
    """Build a site of so many projects with every builder, `times` times in turn."""
    with tempfile.TemporaryDirectory(prefix="disclose-bench-") as name:
        folder = Path(name)
        ours = _workspace(folder / "ours", size)
        pages = shutil.copytree(ours, folder / "pages")  # of ours, no page lies in `docs`
        _run((*DISCLOSE, "build", "--pages-only"), pages)
        runs = list(_our_runs(ours))
        for number, peer in enumerate(peers(ROOT / ".cache" / "benchmarks")):
            if size > MOST_FOR_SLOW_PEERS and peer.output == "site":
                continue
            place = folder / f"peer-{number}"
            peer.prepare(place, pages / "docs")
            clean = partial(shutil.rmtree, place / peer.output, ignore_errors=True)
            runs.append(Run(Row(peer.name, peer.note), peer.command, place, peer.output, clean))
        for _ in range(times):
            for run in runs:
                try:
                    _measure(run)
                except FailedError as error:
                    print(f"{run.row.name} failed: {error}", file=sys.stderr)
                    run.row.note = "failed"
        return [run.row for run in runs if run.row.seconds]


def _our_runs(folder: Path) -> Iterator[Run]:
    described = (folder / "data" / "site.yml").read_text("utf-8")

    def from_nothing(address: str = "") -> None:
        for name in ("site", ".cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "data" / "site.yml").write_text(described + address, "utf-8")

    def with_address() -> None:
        from_nothing("base_url: https://www.example.gov.cn/budget/\n")

    def one_changed() -> None:
        project = min((folder / "data" / "units").rglob("projects/*.yml"))
        project.write_text(project.read_text("utf-8").replace("purpose: ", "purpose: 再"), "utf-8")

    def nothing() -> None:
        """Leave everything as the last run did."""

    build = (*DISCLOSE, "build")
    yield Run(Row("disclose build", "everything"), build, folder, "site", from_nothing)
    yield Run(Row("disclose build, one project changed", "everything"), build, folder, "site", one_changed)
    yield Run(Row("disclose build, nothing changed", "everything"), build, folder, "site", nothing)
    yield Run(Row("disclose build, 1 process", "everything"), (*build, "--jobs", "1"), folder, "site", from_nothing)  # fmt: skip
    yield Run(Row("disclose build, site with an address", "everything, QR codes"), build, folder, "site", with_address)  # fmt: skip
    yield Run(Row("disclose, pages of disclosures and projects", "pages only"), PAGES, folder, "site", from_nothing)  # fmt: skip
    yield Run(Row("disclose check", "checks only"), (*DISCLOSE, "check"), folder, "none", nothing)


def _measure(run: Run) -> None:
    run.prepare()
    begun = time.monotonic()
    usage = _run(run.command, run.folder)
    row = run.row
    row.seconds.append(time.monotonic() - begun)
    row.processor.append(usage.ru_utime + usage.ru_stime)
    row.memory = max(row.memory, usage.ru_maxrss / 1024)
    sizes = {path: path.stat().st_size for path in (run.folder / run.output).rglob("*") if path.is_file()}
    row.files, row.megabytes = len(sizes), sum(sizes.values()) / 1e6
    pages = [size for path, size in sizes.items() if path.match("units/*/*/*/index.html")]
    row.largest = max(pages, default=0) / 1000


def _workspace(folder: Path, size: int) -> Path:
    synthetic.write(folder / "data", size)
    copy_workspace(folder)
    return folder


def copy_workspace(folder: Path) -> None:
    """Copy the settings, the theme and the hand-written pages, as git has them."""
    tracked = subprocess.run(["git", "ls-files", "docs", "overrides", "mkdocs.yml"], cwd=ROOT, check=True, capture_output=True, text=True)  # fmt: skip
    for name in tracked.stdout.splitlines():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def _run(command: Sequence[str | Path], folder: Path) -> resource.struct_rusage:
    """Run a command; give what it and its processes used."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "NO_MKDOCS_2_WARNING": "1",
        "NODE_OPTIONS": "--max-old-space-size=12000",  # MB; Eleventy's heap ends at 4,000 else
    }
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            output.seek(0)
            raise FailedError(output.read().decode(errors="replace"))
    return usage


def _head(times: int) -> str:
    names = ("mkdocs", "mkdocs-material", "zensical")
    versions = [f"{name} {version(name)}" for name in names] + [HUGO, ELEVENTY.removeprefix("@11ty/")]
    load = os.getloadavg()[0]
    return (
        "# Benchmarks\n\n"
        f"Written by `python -m benchmarks --write` on {datetime.now(UTC):%Y-%m-%d}: {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the end, Python "
        f"{platform.python_version()}, {', '.join(versions)}. Medians of {times}, builders in turn. Take the ratios, "
        "not the seconds: `ratio` is to `disclose build`. Memory is that of the largest process.\n"
    )


def _growth(results: Mapping[int, Sequence[Row]]) -> str:
    """Say how the time grows with the number of projects: the exponent between the smallest and the largest."""
    if len(results) == 1:
        return ""
    small, large = min(results), max(results)
    seconds = [median(results[size][0].seconds) for size in (small, large)]
    exponent = log(seconds[1] / seconds[0]) / log(large / small)
    return (
        f"From {small} to {large} projects the time of `disclose build` grows with exponent {exponent:.2f}.\n"
    )


def _table(rows: Sequence[Row]) -> str:
    base, work = median(rows[0].seconds), median(rows[0].processor)
    lines = ["| builder | makes | seconds | ratio | CPU seconds | ratio | MB of memory | files | MB of site | largest page of a project, kB |", "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for row in rows:
        seconds, processor = median(row.seconds), median(row.processor)
        lines.append(
            f"| {row.name} | {row.note} | {seconds:.1f} | {seconds / base:.2f} | {processor:.1f} "
            f"| {processor / work:.2f} | {row.memory:.0f} "
            f"| {row.files} | {row.megabytes:.0f} | {row.largest:.0f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
