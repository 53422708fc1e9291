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
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import synthetic
from benchmarks.peers import ELEVENTY, HUGO, peers

if TYPE_CHECKING:
    import resource
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "maintain" / "benchmarks.md"
MOST_FOR_SLOW_PEERS = 5000  # projects; beyond, MkDocs and Zensical take many minutes
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


def main() -> None:
    """Run the whole comparison."""
    options = argparse.ArgumentParser(prog="python -m benchmarks")
    options.add_argument("projects", type=int, nargs="*", default=[1000, 5000, 20000])
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    tables = [f"## {size} projects\n\n{_table(compare(size, chosen.times))}" for size in chosen.projects]
    report = f"{_head(chosen.times)}\n" + "\n".join(tables)
    print(report)
    if chosen.write:
        REPORT.write_text(report, "utf-8")


def compare(size: int, times: int) -> list[Row]:
    """Build a site of so many projects with every builder, `times` times in turn."""
    with tempfile.TemporaryDirectory(prefix="disclose-bench-") as name:
        folder = Path(name)
        ours = _workspace(folder / "ours", size)
        _run((*DISCLOSE, "build", "--pages-only"), ours)
        rows = [Row("disclose build", "everything"), Row("disclose build, 1 process", "everything"), Row("disclose check", "checks only")]  # fmt: skip
        runs: list[tuple[Row, Sequence[str | Path], Path, str]] = [
            (rows[0], (*DISCLOSE, "build"), ours, "site"),
            (rows[1], (*DISCLOSE, "build", "--jobs", "1"), ours, "site"),
            (rows[2], (*DISCLOSE, "check"), ours, "none"),
        ]
        for number, peer in enumerate(peers(ROOT / ".cache" / "benchmarks")):
            if size > MOST_FOR_SLOW_PEERS and peer.output == "site":
                continue
            place = folder / f"peer-{number}"
            peer.prepare(place, ours / "docs")
            rows.append(Row(peer.name, peer.note))
            runs.append((rows[-1], peer.command, place, peer.output))
        for _ in range(times):
            for row, command, place, output in runs:
                shutil.rmtree(place / output, ignore_errors=True)
                begun = time.monotonic()
                usage = _run(command, place)
                row.seconds.append(time.monotonic() - begun)
                row.processor.append(usage.ru_utime + usage.ru_stime)
                row.memory = max(row.memory, usage.ru_maxrss / 1024)
                made = [path for path in (place / output).rglob("*") if path.is_file()]
                row.files, row.megabytes = len(made), sum(p.stat().st_size for p in made) / 1e6
        return rows


def _workspace(folder: Path, size: int) -> Path:
    synthetic.write(folder / "data", size)
    tracked = subprocess.run(["git", "ls-files", "docs", "overrides", "mkdocs.yml"], cwd=ROOT, check=True, capture_output=True, text=True)  # fmt: skip
    for name in tracked.stdout.splitlines():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def _run(command: Sequence[str | Path], folder: Path) -> resource.struct_rusage:
    """Run a command; give what it and its processes used."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            output.seek(0)
            raise SystemExit(f"{command} failed:\n{output.read().decode(errors='replace')[-2000:]}")
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


def _table(rows: Sequence[Row]) -> str:
    base, work = median(rows[0].seconds), median(rows[0].processor)
    lines = ["| builder | makes | seconds | ratio | CPU seconds | ratio | MB of memory | files | MB of site |", "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for row in rows:
        seconds, processor = median(row.seconds), median(row.processor)
        lines.append(
            f"| {row.name} | {row.note} | {seconds:.1f} | {seconds / base:.2f} | {processor:.1f} "
            f"| {processor / work:.2f} | {row.memory:.0f} "
            f"| {row.files} | {row.megabytes:.0f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
