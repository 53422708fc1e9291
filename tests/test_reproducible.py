"""The same data and SOURCE_DATE_EPOCH give the same bytes, whatever the machine."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.workspaces import REAL_DATA, ROOT, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = "1782000000"  # 21 June 2026
MACHINES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "HOME": "/nonexistent"},
    {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4294967295", "COLUMNS": "40"},
)


def copied_backwards(folder: Path) -> Path:
    """Copy the data so that a file system that lists by age lists it the other way round."""
    for path in sorted((p for p in REAL_DATA.rglob("*") if p.is_file()), reverse=True):
        copy = folder / path.relative_to(REAL_DATA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (1, 1))
    return folder


def built(
    folder: Path, data: Path, machine: dict[str, str], umask: int = 0o022
) -> tuple[dict[str, str], str]:
    workspace = make_workspace(folder, data)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH, **machine}
    for command in (["build"], ["bundle", "--out", "bundle.zip"]):
        subprocess.run(
            [sys.executable, "-m", "generator.cli", *command],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            umask=umask,
        )
    files = sorted(p for p in workspace.site.rglob("*") if p.is_file())
    site = {
        p.relative_to(workspace.site).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }
    return site, hashlib.sha256((folder / "bundle.zip").read_bytes()).hexdigest()


def test_two_machines_build_the_same_site_and_bundle(tmp_path: Path) -> None:
    one, one_bundle = built(tmp_path / "a", REAL_DATA, MACHINES[0])
    elsewhere = tmp_path / "a much longer way, with spaces" / "and 中文" / "b"
    elsewhere.mkdir(parents=True)
    data = copied_backwards(tmp_path / "data")
    other, other_bundle = built(elsewhere, data, MACHINES[1], 0o077)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert one_bundle == other_bundle
