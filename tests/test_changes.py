"""The record of changes: every difference between two releases, with its reason or without."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from generator import store
from generator.bundle import make
from generator.changes import Change, ChangeKind, _differences
from generator.clock import UNDATED
from generator.errors import GeneratorError
from generator.exports.changes import FEED, change_files
from generator.finding import field_name
from generator.pipeline import generate, recorded
from generator.previous import read
from generator.publishing import publish
from generator.reading import inspect
from generator.render.views.changes import changes_view
from generator.render.views.corrections import correction_rows
from generator.workspace import Workspace
from tests.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS = "units/912012/2021/projects"
MEALS = f"{PROJECTS}/13068221NVUBNG1GN1VYV.yml"
OFFICE = f"{PROJECTS}/13068221OZAZNWWPRLQ6L.yml"
ROAD = f"{PROJECTS}/130682217RRL6F4PNQUL9.yml"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Give a published first release; tests read it."""
    workspace = make_workspace(tmp_path_factory.mktemp("first"))
    publish(workspace)
    return workspace


@pytest.fixture
def data(first: Workspace, tmp_path: Path) -> Workspace:
    """Give a copy of its data, to be compared with it."""
    shutil.copytree(first.data, tmp_path / "data")
    return Workspace(tmp_path / "data", tmp_path / "docs", tmp_path / "mkdocs.yml", previous=first.site)


def edit(workspace: Workspace, name: str, *pairs: tuple[str, str]) -> None:
    path = workspace.data / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def changes(workspace: Workspace) -> list[tuple[str, str, str, str, str]]:
    kept = recorded(workspace, inspect(workspace.data)).releases
    releases, findings = store.releases(workspace.data)
    assert (releases, findings) == (kept, [])
    return [(c.kind.value, c.name, c.field, c.before, c.after) for r in releases for c in r.changes]


def test_the_same_data_are_no_change(data: Workspace) -> None:
    assert changes(data) == []
    assert not (data.data / "releases").exists()


def test_each_change_is_named_with_before_and_after(data: Workspace) -> None:
    edit(data, MEALS, ("total: '3.00'", "total: '3.50'"), ("name: 伙食补助", "name: 早餐补助"))
    (data.data / OFFICE).unlink()
    road = (data.data / ROAD).read_text(encoding="utf-8")
    (data.data / PROJECTS / "NEW.yml").write_text(road.replace("道路", "桥梁"), encoding="utf-8")
    assert changes(data) == [
        ("added", "西湖村内桥梁修建项目", "", "", ""),
        ("renamed", "早餐补助", "name", "伙食补助", "早餐补助"),
        ("changed", "早餐补助", "budget.total", "3.00", "3.50"),
        ("removed", "农村组织办公经费", "", "", ""),
    ]


def test_a_row_put_in_does_not_change_those_below(data: Workspace) -> None:
    row = "- level1: 产出指标\n  level2: 数量指标\n  level3: 新增\n  target: ≥1个\n"
    edit(data, ROAD, ("indicators:\n", f"indicators:\n{row}"), ("- 2.实现社会可持续发展\n", ""))
    assert changes(data) == [
        ("changed", "西湖村内道路修建项目", "goals[2]", "2.实现社会可持续发展", ""),
        ("changed", "西湖村内道路修建项目", "indicators[1]", "", "产出指标 ｜ 数量指标 ｜ 新增 ｜ ≥1个"),
    ]


def test_a_correction_gives_its_reason_and_silence_is_said_loudly(data: Workspace) -> None:
    correction = "corrections:\n- field: budget.total\n  published: '3.00'\n  corrected: '3.50'\n  reason: 追加预算\n  date: '2021-06-30'\n"
    edit(data, MEALS, ("total: '3.00'", "total: '3.50'"), ("fiscal: '3.00'", "fiscal: '3.50'"))
    path = data.data / MEALS
    path.write_text(path.read_text(encoding="utf-8") + correction, encoding="utf-8")
    generate(data)
    [release], _ = store.releases(data.data)
    assert [(c.field, c.reason, c.unexplained) for c in release.changes] == [
        ("budget.total", "追加预算", False),
        ("budget.fiscal", "", True),
    ]
    page = (data.docs / "changes/index.md").read_text(encoding="utf-8")
    assert "有 1 处已经公开的内容被改动或删除，发布单位没有说明理由" in page
    assert "追加预算" in page


def test_a_removal_can_be_explained(data: Workspace) -> None:
    (data.data / OFFICE).unlink()
    path = data.data / "units/912012/2021/disclosure.yml"
    why = "corrections:\n- field: projects.13068221OZAZNWWPRLQ6L\n  published: 农村组织办公经费\n  corrected: ''\n  reason: 重复公开\n  date: '2021-06-30'\n"
    path.write_text(path.read_text(encoding="utf-8") + why, encoding="utf-8")
    checked = recorded(data, inspect(data.data))
    [release] = checked.releases
    assert [(c.kind, c.reason, c.unexplained) for c in release.changes] == [("removed", "重复公开", False)]
    assert "stale-correction" not in {f.rule for f in checked.findings}
    [disclosure] = checked.dataset.disclosures
    assert correction_rows(disclosure)[0][0] == "删去的项目 13068221OZAZNWWPRLQ6L"


def test_history_accumulates_and_a_release_has_one_successor(data: Workspace, first: Workspace) -> None:
    edit(data, MEALS, ("total: '3.00'", "total: '3.50'"))
    assert len(changes(data)) == 1
    edit(data, MEALS, ("total: '3.50'", "total: '3.60'"))  # edited again before it was published
    assert changes(data) == [("changed", "伙食补助", "budget.total", "3.00", "3.60")]
    [kept] = (data.data / "releases").iterdir()
    before = kept.read_bytes()
    assert len(changes(data)) == 1
    assert kept.read_bytes() == before

    second = replace(first, data=data.data, site=data.data.parent / "site2", previous=first.site)
    publish(second)
    edit(data, MEALS, ("total: '3.60'", "total: '3.70'"))
    assert changes(replace(data, previous=second.site)) == [
        ("changed", "伙食补助", "budget.total", "3.00", "3.60"),
        ("changed", "伙食补助", "budget.total", "3.60", "3.70"),
    ]
    record, _ = store.releases(data.data)  # both of one day
    dataset = inspect(data.data).dataset
    shown = changes_view(dataset, record).releases
    assert [release.rows[0].after for release in shown] == ["3.70", "3.60"]
    files = {file.path: file.content for file in change_files(dataset.site, record, UNDATED.date())}
    links = etree.fromstring(files[FEED]).iterfind("{*}entry/{*}link")
    assert [(link.get("href") or "").partition("#")[2] for link in links] == [r.id for r in shown]
    edit(data, MEALS, ("total: '3.70'", "total: '3.60'"))  # and back: the second release stands
    assert len(changes(replace(data, previous=second.site))) == 1


def test_bundle_folder_and_data_tree_are_the_same_release(first: Workspace, tmp_path: Path) -> None:
    bundle = make(first.site, tmp_path / "b.zip").path
    release, records = read(bundle)
    assert len(records) == 10
    assert read(first.site) == read(first.site / "data") == (release, records)


def test_an_unreadable_project_is_not_said_to_be_removed(data: Workspace) -> None:
    edit(data, MEALS, ("name: 伙食补助", "name: `"))
    assert changes(data) == []


def test_a_whole_year_is_one_change(data: Workspace) -> None:
    shutil.rmtree(data.data / "units/912012/2021")
    assert changes(data) == [("removed", "912012", "", "", "")]


def test_feed_and_list_say_the_same(data: Workspace) -> None:
    edit(data, MEALS, ("total: '3.00'", "total: '3.50'"))
    generate(data)
    [listed] = json.loads((data.docs / "data/changes.json").read_bytes())
    assert (listed["field"], listed["before"], listed["after"]) == ("budget.total", "3.00", "3.50")
    feed = etree.fromstring((data.docs / "changes/feed.xml").read_bytes())
    [summary] = feed.iter("{http://www.w3.org/2005/Atom}summary")
    assert summary.text == "新增 0，删除 0，更名 0，改动 1，其中 1 处没有说明理由。"


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"name": 1}', b'{"goals": [{}]}', b'{"name": "\\u202e"}', b"[" * 100_000])  # fmt: skip
def test_a_damaged_release_is_refused_rather_than_half_compared(
    first: Workspace, tmp_path: Path, content: bytes
) -> None:
    shutil.copytree(first.site / "data", tmp_path / "data")
    (tmp_path / "data" / MEALS.replace("projects/", "")).with_suffix(".json").write_bytes(content)
    with pytest.raises(GeneratorError, match="无法与上一版比较"):
        read(tmp_path / "data")


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError):
        read(tmp_path)


@pytest.mark.parametrize("path", ["../secret.zip", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "./x"])
def test_site_yml_names_no_file_outside_the_project(data: Workspace, path: str) -> None:
    site = data.data / "site.yml"
    site.write_text(site.read_text(encoding="utf-8") + f"previous: '{path}'\n", encoding="utf-8")
    with pytest.raises(GeneratorError, match="previous"):
        store.load(data.data)


def test_absent_and_empty_are_the_same() -> None:
    assert [*_differences((), {"a": None, "b": []}, {"a": "", "c": {}})] == []
    [(path, before, after)] = _differences((), {"a": ["x"]}, {})
    assert (field_name(path), before, after) == ("a[1]", "x", "")


def test_added_things_need_no_reason() -> None:
    added = Change(kind=ChangeKind.ADDED, unit="1", year="2021")
    assert not added.unexplained
    assert added.model_copy(update={"kind": ChangeKind.REMOVED}).unexplained
