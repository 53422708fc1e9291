"""The fixtures that other tests stand on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Golden, LibreOffice, missing

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytest_plugins = ["pytester"]

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>绩效目标</title>
<p id="total">306.84 万元</p>"""


def test_golden_passes_on_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes("群众满意 \r\n".encode())
    Golden(tmp_path, refresh=False, test="t")("page.md", "群众满意 \r\n")


def test_golden_shows_the_difference_and_the_command(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("总额\n80.00\n", encoding="utf-8")
    with pytest.raises(pytest.fail.Exception) as failure:
        Golden(tmp_path, refresh=False, test="tests/test_x.py::test_y")("page.md", "总额\n80\n")
    assert "-80.00\n+80\n" in str(failure.value)
    assert "--refresh-golden 'tests/test_x.py::test_y'" in str(failure.value)


def test_golden_tells_where_bytes_differ(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"PK\xff\x00")
    with pytest.raises(pytest.fail.Exception, match=r"4 bytes expected, 5 made; .* at 3"):
        Golden(tmp_path, refresh=False, test="t")("book.xlsx", b"PK\xff\x01\x02")


def test_golden_asks_for_a_missing_file_and_refresh_writes_it(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="there is no golden file"):
        Golden(tmp_path, refresh=False, test="t")("a/b.md", "新\n")
    Golden(tmp_path, refresh=True, test="t")("a/b.md", "新\n")
    assert (tmp_path / "a/b.md").read_bytes() == "新\n".encode()


def test_missing_program_skips_on_a_laptop_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        missing("Chromium")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        missing("Chromium")


def test_browser_opens_a_file(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    assert page.title() == "绩效目标"
    assert page.locator("#total").inner_text() == "306.84 万元"
    page.close()


def test_libreoffice_converts(libreoffice: LibreOffice, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert libreoffice.convert(tmp_path / "page.html", "pdf", tmp_path).read_bytes()[:5] == b"%PDF-"


@pytest.mark.slow
def test_built_site_holds_the_real_project(built_site: Path) -> None:
    page = built_site / "units/912012/2021/130682217RRL6F4PNQUL9/index.html"
    assert "西湖村内道路修建项目" in page.read_text(encoding="utf-8")


@pytest.mark.logs_warnings
def test_marked_test_may_log_a_warning() -> None:
    logging.getLogger("generator").warning("expected")


def test_logged_warning_fails_a_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from tests.conftest import *")
    pytester.makepyfile(
        """
        import logging

        def test_silent():
            logging.getLogger("generator").info("fine")

        def test_loud():
            logging.getLogger("mkdocs").warning("a link is broken")
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*WARNING mkdocs: a link is broken*"])
