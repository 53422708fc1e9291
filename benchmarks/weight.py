"""Weighs the bundle of a town and of a city: the data of this repository, and 5,000 made-up projects.

python -m benchmarks.weight [PROJECTS…]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import synthetic
from generator import bundle
from generator.pipeline import publish
from tests.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
CITY = 5_000  # projects


def main(arguments: Sequence[str]) -> None:
    """Print a line for each size."""
    print("| projects | files | MB | MB packed |\n| ---: | ---: | ---: | ---: |")
    for size in (0, *(map(int, arguments) if arguments else (CITY,))):
        with tempfile.TemporaryDirectory(prefix="disclose-weight-") as folder:
            print(_weighed(Path(folder), size), flush=True)


def _weighed(folder: Path, size: int) -> str:
    """Weigh a bundle of so many made-up projects, or of the data of this repository."""
    data = ROOT / "data"
    if size:
        data = folder / "data"
        synthetic.write(data, size)
    workspace = make_workspace(folder / "workspace", data)
    checked, _ = publish(workspace, 2)
    made = bundle.make(workspace.site, folder / "bundle.zip")
    number = len(checked.dataset.projects)
    return f"| {number:,} | {made.files:,} | {made.bytes / 1e6:.1f} | {made.packed / 1e6:.1f} |"


if __name__ == "__main__":
    main(sys.argv[1:])
