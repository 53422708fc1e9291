"""The two ways to set a page, Markdown and HTML, say the same."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
import yaml

from generator.parts import parts
from generator.reading import inspect
from generator.render.pages import Page, render, render_html
from generator.stamping import items
from generator.workspace import Workspace
from tests.hostile_data import write_hostile

ROOT = Path(__file__).parent.parent


def _all_pages(data: Path) -> list[Page]:
    workspace = Workspace(data=data)
    made = items(parts(workspace, inspect(data)))
    return [item for item in made if isinstance(item, Page)]


@pytest.mark.parametrize("which", ["real", "hostile"])
def test_the_html_is_what_markdown_gives(which: str, tmp_path: Path) -> None:
    data = ROOT / "data"
    if which == "hostile":
        write_hostile(data := tmp_path)
    for page in _all_pages(data):
        text = render(page)
        body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
        made = markdown.markdown(body, extensions=["attr_list", "md_in_html", "tables", "toc"])
        made = re.sub(r'(<a href="[^":]*)\.md"', r'\1.html"', made)  # as MkDocs does
        assert render_html(page) == made, page.path


def test_front_matter_reads_back(tmp_path: Path) -> None:
    write_hostile(tmp_path)
    for page in _all_pages(tmp_path):
        text = render(page)
        if text.startswith("---\n"):
            front = yaml.safe_load(text[4:].split("\n---\n", 1)[0])
            assert front["title"] == page.title
