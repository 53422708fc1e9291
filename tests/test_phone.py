"""The site on a phone: one thumb reaches the search, lists are read without scrolling sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PROJECT = "units/912012/2021/13068221NVUBNG1GN1VYV/index.html"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, locale="zh-CN"
    ) as context:
        yield context.new_page()


def test_the_search_is_one_tap_away_from_far_down_a_page(phone: Page, built_site: Path) -> None:
    phone.goto((built_site / PROJECT).as_uri())
    jump = phone.get_by_role("link", name="到搜索框")
    expect(jump).to_be_hidden()
    phone.get_by_role("heading", name="引用、下载与报错").scroll_into_view_if_needed()
    jump.tap()
    field = phone.get_by_role("combobox", name="搜索全站")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    expect(jump).to_be_hidden()
    phone.keyboard.type("道路")
    expect(phone.get_by_role("option")).to_have_count(1)


def test_a_wide_window_needs_no_such_link(browser: Browser, built_site: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((built_site / PROJECT).as_uri())
    page.get_by_role("heading", name="引用、下载与报错").scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="到搜索框")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("path", ["projects/index.html", "quality/index.html", PROJECT])
def test_lists_and_forms_fit_the_screen_and_stay_tables(phone: Page, built_site: Path, path: str) -> None:
    phone.goto((built_site / path).as_uri())
    table = phone.locator("table.cards, table.official__table").last
    expect(table.locator("[role=row]").first).to_be_attached()
    wide = "table => table.scrollWidth - table.closest('.scroll, .official').clientWidth"
    assert table.evaluate(wide) <= 0
    tree = phone.context.new_cdp_session(phone).send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["role"]["value"] for node in tree if not node["ignored"]}
    assert {"table", "row", "rowheader", "cell"} <= roles
    without = ":is(tr, th, td):not([role])"
    assert table.locator(without).count() == 0


def test_projects_are_sorted_on_a_phone(phone: Page, built_site: Path) -> None:
    phone.goto((built_site / "projects/index.html").as_uri())
    phone.get_by_role("button", name="预算数").tap()
    phone.get_by_role("button", name="预算数").tap()
    first = phone.locator("table.projects tbody tr").first
    expect(first).to_contain_text("服务群众专项经费")
    expect(first).to_contain_text("86.80")
    name, amount = (first.locator(cell).bounding_box() for cell in ("th", "td >> nth=0"))
    assert name is not None
    assert amount is not None
    assert abs(name["y"] - amount["y"]) < 6  # on one line
