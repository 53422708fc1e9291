"""The search field of every page, used as people use it: keys, paste, an input method, no script."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.searching import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

INSIDE = "units/912012/2021/130682218H8OB4DSL9BDI/index.html"
ROAD = "西湖村内道路修建项目"


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, built_site: Path) -> Iterator[str]:
    """Give the address of the site, on the disk and below a path over http."""
    if request.param == "file":
        yield built_site.as_uri() + "/"
    else:
        with served(built_site, "/portal/jxmb") as address:
            yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page on which an error of a script fails the test."""
    errors: list[str] = []
    opened = browser.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def data_asked_for(page: Page) -> list[str]:
    """Collect which of the search's data a page asks for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/" in request.url else None)
    return asked


def options(page: Page) -> list[str]:
    return page.locator("[role=option] .hit__title").all_inner_texts()


@pytest.mark.parametrize("path", ["index.html", INSIDE, "units/index.html", "about/index.html"])
def test_every_page_has_the_field_and_loads_nothing_before_its_use(page: Page, root: str, path: str) -> None:
    asked = data_asked_for(page)
    page.goto(root + path)
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="搜索全站")).to_be_focused()
    page.keyboard.type("道路")
    expect(page.get_by_role("option").first).to_contain_text(ROAD)
    expect(page.locator("[data-status]")).to_have_text("找到 1 个项目。")
    assert [re.sub(r"^.*/search/", "", url).split("?")[0] for url in asked] == [
        "catalogue.js",
        "texts/912012/2021.js",
    ]


def test_keyboard_alone_finds_and_opens_a_project(page: Page, root: str) -> None:
    page.goto(root + INSIDE)
    page.keyboard.press("Control+k")
    page.keyboard.type("及时")
    expect(page.locator("[data-status]")).to_have_text(re.compile("^找到 6 个项目"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator("[role=option][aria-selected=true]")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    expect(field).to_have_attribute("aria-expanded", "true")
    title = chosen.locator(".hit__title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)
    assert "#table" in page.url
    page.go_back()
    assert page.url == root + INSIDE


def test_escape_closes_and_arrow_opens_again(page: Page, root: str) -> None:
    page.goto(root + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("道路")
    panel = page.locator("[data-panel]")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("道路")
    page.keyboard.press("ArrowDown")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(panel).to_be_hidden()


def test_a_list_that_was_closed_stays_closed_while_texts_arrive(page: Page, root: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/texts/**", hold)
    page.goto(root + "index.html")
    page.keyboard.press("/")
    with page.expect_request("**/search/texts/**"):
        page.keyboard.type("道路")
    panel = page.locator("[data-panel]")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    for route in held:
        route.continue_()
    page.wait_for_function("() => disclose.catalogue.state.read === disclose.catalogue.state.parts")
    page.wait_for_timeout(300)  # twice what the field waits for more texts
    expect(panel).to_be_hidden()


def test_slash_can_be_typed_into_fields(page: Page, root: str) -> None:
    page.goto(root + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("1/2")
    expect(page.get_by_role("combobox")).to_have_value("1/2")


def test_text_that_comes_without_keys_is_looked_for(page: Page, root: str) -> None:
    page.goto(root + "index.html")
    page.get_by_role("combobox").click()
    page.keyboard.insert_text("道路")  # as a paste with the mouse: an input event and no key
    expect(page.get_by_role("option")).to_have_count(1)


def test_an_input_method_searches_once_a_word_is_chosen(page: Page, root: str) -> None:
    page.goto(root + "index.html")
    page.get_by_role("combobox").click()
    keyboard = page.context.new_cdp_session(page)
    for letters in ("d", "da", "dao", "dao lu"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
    expect(page.locator("[data-panel]")).to_be_hidden()
    keyboard.send("Input.insertText", {"text": "道路"})
    expect(page.get_by_role("option")).to_have_count(1)


def test_matches_are_marked_in_the_head_and_in_the_passages(page: Page, root: str) -> None:
    page.goto(root + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("道路 rrl6f4")
    option = page.get_by_role("option").first
    expect(option.locator(".hit__title mark")).to_have_text("道路")
    expect(option.locator(".hit__facts mark")).to_have_text("RRL6F4")
    expect(option.locator(".hit__passage").first).to_contain_text("资金用途")


def test_more_results_than_fit_lead_to_the_page_of_all(page: Page, root: str) -> None:
    page.goto(root + INSIDE)
    page.keyboard.press("/")
    page.keyboard.type("指标")
    expect(page.locator(".hit--all")).to_have_text(re.compile("看全部 1[0-9] 个结果"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/index\.html\?q="))
    expect(page.locator(".results__status")).to_have_text(re.compile("^找到 9 个项目"))
    assert page.locator(".results > li").count() >= 9


def test_enter_without_a_choice_shows_all_results(page: Page, root: str) -> None:
    page.goto(root + INSIDE)
    page.keyboard.press("/")
    page.keyboard.type("信访")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/index\.html\?q="))
    expect(page.get_by_role("combobox")).to_have_value("信访")
    expect(page.locator(".results a.hit__title")).to_have_text(
        [
            "稳定经费及共青团经费",
            "定州市李亲顾镇 2021 年预算绩效目标",
        ]
    )


def test_a_linked_search_shows_part_1_and_leads_to_its_place(page: Page, root: str) -> None:
    page.goto(f"{root}search/index.html?q=护城河")
    expect(page.locator(".results mark")).to_have_text("护城河")
    page.locator(".results a.hit__title").click()
    page.wait_for_url(f"{root}units/912012/2021/index.html#itemised-goals")


def test_the_address_follows_what_is_typed(page: Page, root: str) -> None:
    page.goto(root + "search/index.html")
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.locator(".suggestions")).to_contain_text("任何两个字")
    page.keyboard.type("道路 80.00")
    expect(page.locator(".results > li")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("combobox")).to_have_value("道路 80.00")
    expect(page.locator(".results > li")).to_have_count(1)


def test_nothing_found_says_what_to_try(page: Page, root: str) -> None:
    page.goto(f"{root}search/index.html?q=道路 宇宙飞船")
    expect(page.locator(".results__status")).to_have_text("没有一个项目同时写有这些词。")
    page.get_by_role("link", name="道路").click()
    expect(page.locator(".results > li")).to_have_count(1)
    page.goto(f"{root}search/index.html?q=宇宙飞船")
    expect(page.locator(".results__status")).to_have_text("没有找到。")
    page.locator(".suggestions").get_by_role("link", name="全部项目").click()
    page.wait_for_url(f"{root}projects/index.html")


def test_a_figure_written_otherwise_says_what_was_looked_for(page: Page, root: str) -> None:
    page.goto(f"{root}search/index.html?q=1000%25")
    expect(page.locator(".results__status")).to_have_text("原文没有这样写，改查“1000.00%”：1 个项目。")
    expect(page.locator(".results mark")).to_have_text("1000.00%")


def test_a_query_is_only_ever_text(page: Page, root: str) -> None:
    page.goto(f"{root}search/index.html?q=%3Cimg src=x onerror=alert(1)%3E 道路")
    expect(page.locator(".results__status")).to_have_text("没有一个项目同时写有这些词。")
    assert page.locator("img[src=x]").count() == 0


def test_a_missing_page_looks_for_the_code_in_its_address(page: Page, built_site: Path) -> None:
    with served(built_site) as address:
        page.goto(f"{address}units/912012/2020/130682217RRL6F4PNQUL9/")
        expect(page.locator("h1")).to_have_text("这里没有这一页")
        expect(page.locator(".results a.hit__title")).to_have_text([ROAD])
        page.locator(".results a.hit__title").click()
        expect(page.locator("h1")).to_contain_text(ROAD)
        page.goto(f"{address}%E9%81%93%E8%B7%AF")
        expect(page.locator(".results a.hit__title")).to_have_text([ROAD])


def test_lost_data_is_said(page: Page, built_site: Path, tmp_path: Path) -> None:
    shutil.copytree(built_site, tmp_path / "site")
    (tmp_path / "site/search/catalogue.js").unlink()
    page.goto((tmp_path / "site/search/index.html").as_uri() + "?q=道路")
    expect(page.locator(".results__status")).to_contain_text("有 1 部分没有读到")
    expect(page.locator("[data-results] progress")).to_be_hidden()


def test_without_javascript_the_field_leads_to_a_page_that_says_how_to_go_on(
    browser: Browser, root: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + INSIDE)
    page.locator("#find").fill("道路")
    page.locator("#find").press("Enter")
    page.wait_for_url(re.compile(r"/search/index\.html\?q="))
    page.get_by_role("article").get_by_role("link", name="全部项目").click()
    expect(page.get_by_role("link", name=ROAD)).to_be_visible()
    context.close()


def ours(violations: list[dict[str, object]]) -> list[str]:
    """Name the violations that touch the search; those of the rest of the page have tests of their own."""
    return [
        f"{violation['id']}: {node['html']}"
        for violation in violations
        for node in json.loads(json.dumps(violation["nodes"]))
        if re.search(r"find|hit|results|suggestions|data-", node["html"])
    ]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_search_is_accessible(
    browser: Browser, built_site: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for query in ("指标", "宇宙飞船 道路"):
        page.goto((built_site / INSIDE).as_uri())
        page.keyboard.press("/")
        page.keyboard.type(query)
        expect(page.locator("[data-status]")).to_have_text(re.compile("^(找到|没有)"))
        page.keyboard.press("ArrowDown")
        assert ours(Axe().run(page).response["violations"]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto((built_site / "search/index.html").as_uri() + f"?q={query}")
        expect(page.locator(".results__status")).to_have_text(re.compile("^(找到|没有)"))
        assert ours(Axe().run(page).response["violations"]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
