"""The stamped site is the site that plain MkDocs builds of the same pages as Markdown, byte for byte."""

from __future__ import annotations

import difflib
from functools import partial
from typing import TYPE_CHECKING

import pytest

from generator import parts, pipeline, publishing, site
from generator.builder import Builder
from generator.errors import GeneratorError
from generator.workspace import OWNED
from tests.hostile_data import write_hostile
from tests.workspaces import REAL_DATA, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from generator.workspace import Workspace


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _plain(workspace: Workspace) -> dict[str, bytes]:
    checked, _ = pipeline.generate(workspace)
    settle = partial(site.settle, site=checked.dataset.site)
    site.build(Builder(workspace.config, settle, OWNED, workspace.built), workspace.site)
    return _files(workspace.site)


def _stamped(workspace: Workspace, jobs: int) -> dict[str, bytes]:
    publishing.publish(workspace, jobs)
    assert not (workspace.docs / "units").exists(), "the pages went through MkDocs"
    return _files(workspace.site)


def _difference(one: bytes, other: bytes) -> str:
    plain, stamped = (text.decode(errors="replace").split("\n") for text in (one, other))
    return "\n".join(list(difflib.unified_diff(plain, stamped, lineterm="", n=1))[:40])


@pytest.fixture(params=["real", "hostile", "hostile with an address"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "real":
        return REAL_DATA
    address = "https://example.com/部门/公开/" if "address" in request.param else ""
    write_hostile(tmp_path / "data", base_url=address)
    return tmp_path / "data"


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_stamped_site_is_the_plain_site(data: Path, jobs: int, tmp_path: Path) -> None:
    stamped = _stamped(make_workspace(tmp_path / "stamped", data), jobs)
    plain = _plain(make_workspace(tmp_path / "plain", data))
    assert stamped.keys() == plain.keys()
    for path, content in plain.items():
        assert stamped[path] == content, f"{path}\n{_difference(content, stamped[path])}"


def test_a_theme_that_stamps_cannot_follow_gets_every_page(tmp_path: Path) -> None:
    """`upper` is no way of writing a title that a stamp knows."""
    workspaces = [make_workspace(tmp_path / name) for name in ("published", "plain")]
    for workspace in workspaces:
        override = workspace.config.parent / "overrides" / "main.html"
        block = "{% block analytics %}<i>{{ (page or {}).title | upper }}</i>{% endblock %}"
        override.write_text(override.read_text("utf-8") + block, "utf-8")
    publishing.publish(workspaces[0])
    assert _files(workspaces[0].site) == _plain(workspaces[1])


def test_a_dead_link_on_a_stamped_page_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(tmp_path)
    publishing.publish(workspace)
    before = _files(workspace.site)
    monkeypatch.setattr(parts, "_sources", lambda *_: ())
    workspace.last_build.unlink()
    with pytest.raises(GeneratorError, match=r"liqingu-2021\.txt"):
        publishing.publish(workspace)
    assert _files(workspace.site) == before, "the old site stays"
