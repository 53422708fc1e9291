"""Workspaces for tests: a copy of the hand-written parts, with data of the test's choice."""

import shutil
from pathlib import Path

from generator.workspace import OWNED, Workspace

ROOT = Path(__file__).parent.parent
REAL_DATA = ROOT / "data"


def make_workspace(folder: Path, data: Path = REAL_DATA) -> Workspace:
    """Copy settings, hand-written pages, theme overrides and `data` to `folder`."""
    generated = {str(ROOT / "docs" / name) for name in OWNED}

    def skip(parent: str, names: list[str]) -> list[str]:
        return [name for name in names if f"{parent}/{name}" in generated]

    shutil.copytree(ROOT / "docs", folder / "docs", ignore=skip)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(data, folder / "data")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "generator", folder / "generator")  # mkdocs.yml names the hook in it
    return Workspace(folder / "data", folder / "docs", folder / "mkdocs.yml", folder / "site")
