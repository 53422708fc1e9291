"""What a build takes over from the last one is what a build from nothing would make, byte for byte."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import publishing
from generator.clock import BEIJING
from generator.yaml_source import dump
from tests.workspaces import REAL_DATA, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.workspace import Workspace

CANTEEN = "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def cold(workspace: Workspace, folder: Path) -> dict[str, bytes]:
    """Build the same data where there is no last build."""
    shutil.rmtree(folder / "cold", ignore_errors=True)
    fresh = replace(make_workspace(folder / "cold", workspace.data), built=workspace.built)
    publishing.publish(fresh)
    return files(fresh.site)


def edit(workspace: Workspace, old: str, new: str, name: str = CANTEEN) -> None:
    path = workspace.data / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("built"))
    another_year(workspace, "2020")
    publishing.publish(workspace)
    return workspace


@pytest.fixture
def workspace(built: Workspace, tmp_path: Path) -> Workspace:
    """Copy the built site with its record; times of files are kept."""
    root = tmp_path / "site"
    shutil.copytree(built.root, root)
    return replace(
        built, data=root / "data", docs=root / "docs", config=root / "mkdocs.yml", site=root / "site"
    )


def another_year(workspace: Workspace, year: str) -> None:
    unit = workspace.data / "units/912012"
    shutil.copytree(unit / "2021/projects", unit / year / "projects", dirs_exist_ok=True)
    (unit / year / "disclosure.yml").write_text(
        dump({"amount_unit": "万元", "overall_goal": f"{year} 年"}), "utf-8"
    )


def test_nothing_is_made_again_where_nothing_changed(workspace: Workspace) -> None:
    before = {p: p.stat().st_mtime_ns for p in workspace.site.rglob("*")}
    said = publishing.publish(workspace)
    assert (said.files.written, said.files.same) == (0, len(files(workspace.site)))
    assert (said.projects, said.counts["error"]) == (18, 0)
    assert {p: p.stat().st_mtime_ns for p in workspace.site.rglob("*")} == before


def test_a_year_that_did_not_change_is_taken_over(workspace: Workspace) -> None:
    old = workspace.site / "units/912012/2020/13068221NVUBNG1GN1VYV/index.html"
    before = old.stat().st_ino
    edit(workspace, "招商引资", "招商", "units/912012/2021/disclosure.yml")
    publishing.publish(workspace)
    assert old.stat().st_ino == before
    assert "招商；" in (workspace.site / "units/912012/2021/index.html").read_text("utf-8")


def _cut(record: Path) -> None:
    record.write_bytes(record.read_bytes()[:-100])


def _forge(record: Path) -> None:
    record.write_bytes(record.read_bytes().replace(b'"common":"', b'"common":"0', 1))


def _empty(record: Path) -> None:
    record.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_cut, _forge, _empty, Path.unlink])
def test_a_broken_record_is_as_good_as_none(
    workspace: Workspace, built: Workspace, spoil: Callable[[Path], None]
) -> None:
    spoil(workspace.last_build)
    said = publishing.publish(workspace)
    assert said.files.same == 0, "nothing was trusted"
    assert files(workspace.site) == files(built.site)


@pytest.mark.parametrize("spoil", [_cut, _empty, Path.unlink])
def test_kept_rows_of_the_tables_that_are_broken_are_written_again(
    workspace: Workspace, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    for path in workspace.portions.iterdir():
        spoil(path)
    edit(workspace, "'3.00'", "'3.50'")
    publishing.publish(workspace)
    assert files(workspace.site) == cold(workspace, tmp_path)


def test_nothing_is_kept_of_a_year_that_is_gone(workspace: Workspace) -> None:
    shutil.rmtree(workspace.data / "units/912012/2020")
    publishing.publish(workspace)
    assert {path.stem for path in workspace.portions.iterdir()} == {"912012-2021"}


def test_a_record_of_another_site_is_not_believed(
    workspace: Workspace, built: Workspace, tmp_path: Path
) -> None:
    other = make_workspace(tmp_path / "other")
    publishing.publish(other)
    shutil.copy(other.last_build, workspace.last_build)
    publishing.publish(workspace)
    assert files(workspace.site) == files(built.site)


def test_a_release_to_compare_with_is_compared_with(workspace: Workspace, tmp_path: Path) -> None:
    shutil.copytree(workspace.site, tmp_path / "before")
    edit(workspace, "'3.00'", "'3.50'")
    publishing.publish(workspace)
    publishing.publish(replace(workspace, previous=tmp_path / "before"))
    assert "3&#46;50" in (workspace.site / "changes/index.html").read_text("utf-8")


def test_another_day_makes_everything_anew(workspace: Workspace) -> None:
    said = publishing.publish(replace(workspace, built=datetime(2026, 11, 24, tzinfo=BEIJING)))
    assert said.files.same == 0
    assert '"2026-11-24"' in (workspace.site / "data/release.json").read_text("utf-8")


def _rewrite(site: Path) -> None:
    page = site / "units/912012/2020/13068221NVUBNG1GN1VYV/index.html"
    page.write_text(page.read_text("utf-8").replace("3.00", "9.00"), "utf-8")


def _lose(site: Path) -> None:
    (site / "data/projects.csv").unlink()


def _add(site: Path) -> None:
    (site / "units/912012/2020/stranger.html").write_text("not ours", "utf-8")


def _link(site: Path) -> None:
    page = site / "units/912012/2020/index.html"
    page.unlink()
    page.symlink_to(site / "index.html")


@pytest.mark.parametrize("spoil", [_rewrite, _lose, _add, _link])
def test_a_site_that_somebody_changed_is_mended(
    workspace: Workspace, built: Workspace, spoil: Callable[[Path], None]
) -> None:
    spoil(workspace.site)
    publishing.publish(workspace)
    assert files(workspace.site) == files(built.site)
    assert not any(path.is_symlink() for path in workspace.site.rglob("*"))


YEARS = ("2019", "2020", "2021")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["amount", "name", "break", "mend", "delete", "rename", "add", "year", "term", "note"]
        ),
        st.sampled_from(YEARS),
        st.integers(0, 8),
    ),
    min_size=1,
    max_size=5,
)


def apply(workspace: Workspace, kind: str, year: str, number: int) -> None:
    folder = workspace.data / "units/912012" / year
    projects = sorted((folder / "projects").glob("*.yml"))
    project = projects[number % len(projects)] if projects else None
    if kind == "year" and year != "2021":  # that year is what the others are copied from
        shutil.rmtree(folder) if folder.is_dir() else another_year(workspace, year)
    elif kind == "term":
        edit(workspace, "terms:", f"terms:\n  - {{term: 词{number}, explanation: 义}}", "glossary.yml")
    elif kind == "note" and folder.is_dir():
        edit(workspace, "amount_unit", f"# {number}\namount_unit", f"units/912012/{year}/disclosure.yml")
    elif project is None:
        return
    elif kind == "amount":
        project.write_text(re.sub(r"total: .*", f"total: '{number}.50'", project.read_text("utf-8")), "utf-8")
    elif kind == "name":
        project.write_text(
            re.sub(r"(?m)^name: .*", f"name: 道路{number}", project.read_text("utf-8")), "utf-8"
        )
    elif kind == "break":
        project.write_text(project.read_text("utf-8") + "\n: [", "utf-8")
    elif kind == "mend":
        shutil.copy(REAL_DATA / "units/912012/2021/projects" / REAL[number], project)
    elif kind == "delete":
        project.unlink()
    elif kind == "rename":
        project.rename(project.with_name(f"renamed-{number}.yml"))
    elif kind == "add":
        shutil.copy(project, project.with_name(f"added-{number}.yml"))


REAL = sorted(path.name for path in (REAL_DATA / "units/912012/2021/projects").glob("*.yml"))


def compare_after(steps: list[list[tuple[str, str, int]]], folder: Path) -> None:
    """Edit, build upon the last build, and build from nothing, again and again."""
    workspace = make_workspace(folder / "site")
    publishing.publish(workspace)
    for edits in steps:
        for kind, year, number in edits:
            apply(workspace, kind, year, number)
        publishing.publish(workspace, jobs=1 + len(edits) % 2)
        assert files(workspace.site) == cold(workspace, folder)


def test_after_some_edits_the_site_is_the_one_of_a_cold_build(tmp_path: Path) -> None:
    compare_after(
        [
            [("year", "2020", 0), ("amount", "2021", 3)],
            [("rename", "2020", 2), ("break", "2021", 4), ("name", "2021", 5)],
            [("mend", "2021", 4), ("delete", "2020", 1), ("term", "2021", 7)],
        ],
        tmp_path,
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(steps=st.lists(EDITS, min_size=1, max_size=3))
def test_after_any_edits_the_site_is_the_one_of_a_cold_build(
    steps: list[list[tuple[str, str, int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    compare_after(steps, tmp_path_factory.mktemp("edited"))
