"""Everybody can read the site: axe, keyboard, zoom, large text, colours, no script; in a real Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.searching import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

DISCLOSURE = "units/912012/2021/"
PROJECT = f"{DISCLOSURE}13068221NVUBNG1GN1VYV/"
PAGES = {
    "home": "",
    "units": "units/",
    "projects": "projects/",
    "disclosure": DISCLOSURE,
    "project": PROJECT,
    "doubtful project": f"{DISCLOSURE}130682217RRL6F4PNQUL9/",
    "glossary": "glossary/",
    "about": "about/",
    "downloads": "downloads/",
    "english": "en/",
    "quality": "quality/",
    "rule": "quality/plan-over-100/",
    "results": "search/?q=道路",
    "verify": "verify/",
    "changes": "changes/",
    "missing": "units/912012/2020/道路",
}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def site(built_site: Path) -> Iterator[str]:
    with served(built_site) as address:
        yield address


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


def _overflow(page: Page) -> int:
    """Give by how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _context(browser: Browser, **settings: Any) -> BrowserContext:
    return browser.new_context(**{"viewport": WIDE, "locale": "zh-CN", **settings})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["phone", "desktop"])
def test_axe_finds_nothing(browser: Browser, site: str, scheme: str, viewport: ViewportSize) -> None:
    with _context(browser, viewport=viewport, color_scheme=scheme) as context:
        page = context.new_page()
        found = {}
        for name, path in PAGES.items():
            page.goto(site + path)
            page.wait_for_load_state("networkidle")
            found[name] = _violations(page)
        assert not {name: some for name, some in found.items() if some}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["phone", "desktop"])
def test_axe_finds_nothing_after_use(
    browser: Browser, site: str, scheme: str, viewport: ViewportSize
) -> None:
    with _context(browser, viewport=viewport, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(site + PROJECT)
        page.get_by_role("button", name="大字").click()
        page.get_by_role("button", name="同时以元显示").click()
        page.get_by_text("文件指纹与每一项在原文中的位置").click()
        page.locator("a.term").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".aside")).to_be_visible()
        assert not _violations(page)
        for query, shown in (("道路", "西湖村内道路修建项目"), ("道路 宇宙飞船", "只查")):
            page.get_by_role("combobox").fill(query)
            expect(page.locator("[data-panel]")).to_contain_text(shown)
            page.keyboard.press("ArrowDown")
            assert not _violations(page)
        page.goto(f"{site}projects/?min=40")
        page.get_by_role("button", name="预算数").click()
        expect(page.locator("[data-summary]")).to_contain_text("选出 4 个项目")
        assert not _violations(page)


def test_axe_sees_what_is_wrong(browser: Browser) -> None:
    with _context(browser) as context:
        page = context.new_page()
        page.set_content("<img src='x.png'>")
        assert any(line.startswith("image-alt") for line in _violations(page))


@pytest.mark.parametrize("text", ["normal", "large"])
@pytest.mark.parametrize("width", [320, 640, 768], ids=["320", "200% zoom of 1280", "768"])
def test_nothing_scrolls_sideways(browser: Browser, site: str, width: int, text: str) -> None:
    with _context(browser, viewport={"width": width, "height": 640}) as context:
        context.add_init_script(f"localStorage.setItem('disclose.text', '{text}')")
        page = context.new_page()
        wider = {}
        for name, path in PAGES.items():
            page.goto(site + path)
            assert page.evaluate("document.documentElement.dataset.text") == text
            wider[name] = _overflow(page)
        assert not {name: pixels for name, pixels in wider.items() if pixels > 0}


def test_what_scrolls_can_be_reached_by_keyboard(browser: Browser, site: str) -> None:
    scrolling = """() => [...document.querySelectorAll('.md-content *')].filter(part =>
        part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX)
    ).map(part => [part.className, part.tabIndex, part.getAttribute('role')])"""
    with _context(browser, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site + DISCLOSURE)
        parts = page.evaluate(scrolling)
        assert parts
        assert all(tab == 0 and role == "region" for _, tab, role in parts)


def test_the_keyboard_goes_everywhere_in_sight(browser: Browser, site: str) -> None:
    with _context(browser) as context:
        page = context.new_page()
        page.goto(site + PROJECT)
        page.keyboard.press("Tab")
        skip = page.locator(".md-skip")
        expect(skip).to_be_focused()
        expect(skip).to_have_text(re.compile("跳到正文"))
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#top"
        page.goto(site + PROJECT)
        seen: list[str] = []
        for _ in range(200):
            page.keyboard.press("Tab")
            focus = page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e), f = getComputedStyle(e.parentElement);
                return [e.tagName, e.textContent.trim(), parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none'
                    || f.outlineStyle !== 'none', e.getBoundingClientRect().height > 0] }"""
            )
            if focus[0] == "BODY":
                break
            seen.append(focus[1])
            assert focus[2], f"no focus to be seen on {focus}"
            assert focus[3], f"focus on what is not there: {focus}"
        assert {"首页", "全部项目", "大字", "深色", "预算数", "▲疑点"} <= set(seen)
        assert any("下一个项目" in text for text in seen)


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the part with this text or name has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"no Tab leads to {text}")


def test_keys_alone_lead_from_search_to_project_to_download_and_back(browser: Browser, site: str) -> None:
    with _context(browser) as context:
        page = context.new_page()
        page.goto(site)
        page.keyboard.press("/")
        page.keyboard.type("道路")
        expect(page.get_by_role("option").first).to_contain_text("西湖村内道路修建项目")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("西湖村内道路修建项目")
        for kind, ending in {"YAML": "yml", "JSON": "json", "CSV": "csv"}.items():
            tab_to(page, kind)
            with page.expect_download() as started:
                page.keyboard.press("Enter")
            assert started.value.suggested_filename == f"130682217RRL6F4PNQUL9.{ending}"
            assert "130682217RRL6F4PNQUL9" in started.value.path().read_text("utf-8-sig")
        page.go_back()  # the browser's own key for it does nothing in a headless one
        page.wait_for_url(site)
        page.keyboard.press("Control+k")
        expect(page.get_by_role("combobox")).to_be_focused()


def test_a_term_is_explained_by_keyboard_touch_and_mouse(browser: Browser, site: str) -> None:
    sentence = "计划给这个项目花的钱的总数"
    with _context(browser, viewport=NARROW, has_touch=True) as context:
        page = context.new_page()
        page.goto(site + PROJECT)
        term, box = page.locator("a.term").first, page.locator(".aside")
        expect(term).to_have_accessible_description(re.compile(sentence))
        term.tap()
        expect(box).to_contain_text(sentence)
        assert page.evaluate("location.hash") == ""
        page.get_by_role("heading", level=1).tap()
        expect(box).to_be_hidden()
        page.evaluate("document.querySelector('a.masthead__name').focus()")
        while page.evaluate("!document.activeElement.classList.contains('term')"):
            page.keyboard.press("Tab")
        expect(box).to_contain_text(sentence)
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        page.keyboard.press("Enter")
        expect(box).to_contain_text(sentence)
        assert _overflow(page) <= 0


def test_without_a_script_everything_is_there(browser: Browser, site: str) -> None:
    with _context(browser, java_script_enabled=False, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(site + PROJECT)
        expect(page.locator(".settings")).to_be_hidden()
        expect(page.locator(".official__table")).to_contain_text("1000.00%")
        expect(page.get_by_text("12月底累计支出 1000.00%，超过预算的 100%").first).to_be_visible()
        page.locator("a.term").first.click()
        expect(page.locator("#term-5:target")).to_be_visible()
        assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 24, 29)"


def test_choices_are_kept_from_page_to_page(browser: Browser, site: str) -> None:
    with _context(browser, color_scheme="light") as context:
        page = context.new_page()
        page.goto(site)
        size = "e => parseFloat(getComputedStyle(e).fontSize)"
        before = page.locator("h2").first.evaluate(size)
        page.get_by_role("button", name="大字").click()
        page.get_by_role("button", name="深色").click()
        page.get_by_role("link", name="全部项目").first.click()
        page.wait_for_url("**/projects/**")
        page.goto(site)
        assert page.locator("h2").first.evaluate(size) == pytest.approx(before * 1.25, rel=0.01)
        expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
        assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 24, 29)"


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, site: str) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(part => {
        const style = getComputedStyle(part);
        return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
    }).map(part => part.outerHTML.slice(0, 80))"""
    with _context(browser, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(site + PROJECT)
        assert page.evaluate(moving) == []


def test_the_cards_of_a_phone_are_still_a_table(browser: Browser, site: str) -> None:
    with _context(browser, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site + PROJECT)
        table = page.get_by_role("table", name=re.compile("912012"))
        expect(table.get_by_role("rowheader", name="项目编码")).to_be_visible()
        expect(table.get_by_role("cell", name=re.compile("1000.00%"))).to_be_visible()
        label = "e => getComputedStyle(e, '::before').content"
        assert page.locator("#v-indicators-1-target").evaluate(label) == '"指标值"'
        assert page.locator("#v-spending_plan-4-cumulative").evaluate(label) == '"12月底"'
        page.set_viewport_size(WIDE)
        expect(page.locator(".official__table [role]")).to_have_count(0)


def test_the_language_is_simplified_chinese(browser: Browser, site: str) -> None:
    with _context(browser) as context:
        page = context.new_page()
        for path in PAGES.values():
            page.goto(site + path)
            assert page.locator("html").get_attribute("lang") == "zh-CN"
        page.goto(site + PAGES["english"])
        heading = page.get_by_role("heading", level=1)
        assert heading.evaluate("e => e.closest('[lang]').lang") == "en"
