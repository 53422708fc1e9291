"""The finished site: whole, strict, the same by every way of building it."""

import contextlib
import html
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline, publishing
from generator.clock import built_at
from generator.errors import GeneratorError
from generator.reading import inspect
from generator.site import write
from generator.workspace import Workspace
from tests.workspaces import make_workspace

PROJECT = "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
FOLDER = "units/912012/2021/13068221NVUBNG1GN1VYV"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def start(workspace: Workspace, *command: str) -> subprocess.Popen[str]:
    root = workspace.config.parent
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root)}
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(workspace: Workspace, *command: str) -> tuple[int, str]:
    process = start(workspace, *command)
    output, _ = process.communicate()
    return process.returncode, output


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def test_every_page_of_the_contract_is_there(workspace: Workspace) -> None:
    publishing.publish(workspace)
    for project in inspect(workspace.data).dataset.projects:
        page = (workspace.site / project.path / "index.html").read_text(encoding="utf-8")
        assert project.name in page
    for name in ("", "units/912012/2021", "projects", "glossary", "about"):
        assert (workspace.site / name / "index.html").is_file()
    source = workspace.site / "units/912012/2021/source/liqingu-2021.txt"
    assert source.read_bytes() == (workspace.data / "units/912012/2021/source/liqingu-2021.txt").read_bytes()


def test_plain_mkdocs_builds_the_same_site(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782000000")
    publishing.publish(replace(workspace, built=built_at(os.environ)))
    ours = tree(workspace.site)
    code, output = run(workspace, "mkdocs", "build", "--strict", "--site-dir", "plain")
    assert code == 0, output
    plain = tree(workspace.config.parent / "plain")
    assert plain.keys() == ours.keys()
    assert [name for name in ours if ours[name] != plain[name]] == []


def test_a_strict_build_without_the_generator_fails(workspace: Workspace) -> None:
    settings = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(re.sub(r"hooks:\n  - .*\n", "", settings), encoding="utf-8")
    assert run(workspace, "mkdocs", "build", "--strict")[0] != 0


def test_zensical_builds_the_same_pages(workspace: Workspace) -> None:
    """The other engine that reads mkdocs.yml: it takes the pages from disk and ignores the hook."""
    publishing.publish(workspace)
    pipeline.generate(workspace)
    ours = {name for name in tree(workspace.site) if name.endswith("index.html")}
    shutil.rmtree(workspace.site)
    code, output = run(workspace, "zensical", "build")
    assert code == 0, output
    theirs = {name for name in tree(workspace.site) if name.endswith("index.html")}
    assert ours - theirs == set()


def test_a_broken_file_is_named_and_everything_else_is_published(workspace: Workspace) -> None:
    (workspace.data / PROJECT).write_text("name: `坏\n", encoding="utf-8")
    said = publishing.publish(workspace)
    [error] = said.errors
    assert (str(error.place), error.rule) == (f"{PROJECT}:1:7", "yaml-syntax")
    assert said.projects == 8
    page = (workspace.site / "units/912012/2021/index.html").read_text(encoding="utf-8")
    assert "13068221NVUBNG1GN1VYV" in page
    assert "未能发布" in page
    assert "值里有特殊符号" in page
    assert not (workspace.site / "units/912012/2021/13068221NVUBNG1GN1VYV").exists()


@pytest.mark.logs_warnings
def test_a_failed_build_leaves_the_old_site(workspace: Workspace) -> None:
    publishing.publish(workspace)
    before = tree(workspace.site)
    (workspace.docs / "index.md").write_text("[nowhere](nowhere.md)\n", encoding="utf-8")
    with pytest.raises(GeneratorError):
        publishing.publish(workspace)
    assert tree(workspace.site) == before


def test_writing_touches_only_what_changed(tmp_path: Path) -> None:
    first = write(tmp_path, [("units/a/index.md", b"1"), ("units/b/index.md", b"2")])
    assert (first.written, first.same, first.removed) == (2, 0, 0)
    kept = tmp_path / "units/b/index.md"
    os.utime(kept, (1, 1))
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.md").write_bytes(b"by hand")
    second = write(tmp_path, [("units/b/index.md", b"2"), ("units/c/index.md", b"3")])
    assert (second.written, second.same, second.removed) == (1, 1, 1)
    assert kept.stat().st_mtime == 1
    assert sorted(tree(tmp_path)) == ["about/index.md", "units/b/index.md", "units/c/index.md"]


def test_the_preview_follows_a_saved_file(workspace: Workspace) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    url = f"http://{address}/units/912012/2021/13068221NVUBNG1GN1VYV/index.html"
    with start(workspace, "mkdocs", "serve", "--dev-addr", address) as preview:
        try:
            assert wait_for(url, "伙食补助")
            path = workspace.data / PROJECT
            renamed = path.read_text(encoding="utf-8").replace("name: 伙食补助", "name: 早餐补助")
            path.write_text(renamed, encoding="utf-8")
            assert wait_for(url, "早餐补助")
        finally:
            preview.terminate()


def wait_for(url: str, text: str, seconds: int = 30) -> bool:
    for _ in range(seconds * 5):
        with contextlib.suppress(OSError), urllib.request.urlopen(url) as page:  # noqa: S310 (our own address)
            if text in page.read().decode():
                return True
        time.sleep(0.2)
    return False


def test_edited_data_changes_the_page(workspace: Workspace) -> None:
    publishing.publish(workspace)
    path = workspace.data / PROJECT
    path.write_text(
        path.read_text(encoding="utf-8").replace("total: '3.00'", "total: '3.50'"), encoding="utf-8"
    )
    publishing.publish(workspace)
    page = (workspace.site / "units/912012/2021/13068221NVUBNG1GN1VYV/index.html").read_text(encoding="utf-8")
    assert "以下各项与原文不同" in page
    assert "307&#46;34" in (workspace.site / "units/912012/2021/index.html").read_text(encoding="utf-8")


def test_a_correction_stands_beside_the_value_and_no_page_claims_otherwise(workspace: Workspace) -> None:
    path = workspace.data / PROJECT
    text = path.read_text(encoding="utf-8").replace("cumulative: 1000.00%", "cumulative: 101.00%")
    path.write_text(text, encoding="utf-8")

    def page() -> str:
        pipeline.generate(workspace)
        return html.unescape((workspace.docs / f"{FOLDER}/index.md").read_text(encoding="utf-8"))

    changed = page()
    assert "超过预算的 100%。按原文照录" not in changed
    assert "公开文件为“1000.00%”。按原文照录" not in changed
    assert "<td>1000.00%</td> <td>101.00%</td> <td>没有写明理由</td>" in changed
    path.write_text(
        text
        + "corrections:\n- {field: 'spending_plan[4].cumulative', published: 1000.00%, corrected: 101.00%, reason: 更正公告, date: '2021-06-30'}\n",
        encoding="utf-8",
    )
    corrected = page()
    assert re.search(r'<td [^>]*>101\.00% <a class="mark mark--corrected"', corrected)
    assert "原文为“1000.00%”，发布单位更正为“101.00%”：更正公告（2021-06-30）。" in corrected
    assert "<td>1000.00%</td> <td>101.00%</td> <td>更正公告（2021-06-30）</td>" in corrected


def test_the_source_of_a_project_is_the_original_also_where_it_was_converted(workspace: Workspace) -> None:
    folder = workspace.data / "units/912012/2021"
    read = folder / "source/liqingu-2021.txt"
    shutil.copy(read, folder / "source/liqingu-2021.doc.txt")
    read.rename(folder / "source/liqingu-2021.doc")
    path = folder / "disclosure.yml"
    text = path.read_text(encoding="utf-8").replace("liqingu-2021.txt", "liqingu-2021.doc")
    listed = text[text.index("- file: liqingu") :].replace(".doc\n", ".doc.txt\n").rstrip("\n")
    path.write_text(f"{text}{listed}\n  converted_from: liqingu-2021.doc\n", encoding="utf-8")
    pipeline.generate(workspace)
    page = html.unescape((workspace.docs / f"{FOLDER}/index.md").read_text(encoding="utf-8"))
    assert 'href="../source/liqingu-2021.doc"' in page
    assert "本页每一项都与原文一致" in page
    above = html.unescape((workspace.docs / "units/912012/2021/index.md").read_text(encoding="utf-8"))
    assert "由 liqingu-2021.doc 转换而成" in above


def test_a_document_that_is_not_kept_is_named_without_a_link(workspace: Workspace) -> None:
    (workspace.data / "units/912012/2021/source/liqingu-2021.txt").unlink()
    publishing.publish(workspace)
    page = html.unescape((workspace.site / "units/912012/2021/index.html").read_text(encoding="utf-8"))
    assert "liqingu-2021.txt（没有保存在这里），SHA-256" in page
    assert "source/liqingu-2021.txt" not in page


def test_a_sitemap_does_not_outlive_the_address_that_it_states(tmp_path: Path) -> None:
    assert write(tmp_path, [("sitemap.xml", b"<urlset/>"), ("robots.txt", b"")]).written == 2
    assert write(tmp_path, [("robots.txt", b"")]).removed == 1
    assert [path.name for path in tmp_path.iterdir()] == ["robots.txt"]
