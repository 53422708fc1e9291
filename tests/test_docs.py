"""The documentation says what is so."""

import re
from pathlib import Path

import pytest
import typer.main

from generator.cli import app
from generator.workspace import OWNED
from tests.workspaces import ROOT

GENERATED = tuple(ROOT / "docs" / name for name in OWNED)
PAGES = [
    path
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    if not any(path.is_relative_to(folder) for folder in GENERATED)
]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve()
        generated = any(path.is_relative_to(folder) for folder in GENERATED)
        assert generated or path.exists(), target


def test_every_command_is_explained_to_those_who_publish() -> None:
    guides = [ROOT / "README.md", *sorted((ROOT / "docs/publish").glob("*.md"))]
    text = "\n".join(guide.read_text(encoding="utf-8") for guide in guides)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has commands
    assert [name for name in commands if f"disclose {name}" not in text] == []
