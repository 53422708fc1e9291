"""The table of all projects: choose, order, add, share and take away; and whole without JavaScript."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from generator import store
from generator.checks import RULES
from generator.exports.csv_format import guarded
from generator.exports.tables import PROJECTS
from generator.model import Budget, Dataset, Disclosure, Site, Unit
from generator.money import Amount, AmountUnit
from generator.render.escape import escape
from generator.render.pages import overview_pages, render_html
from generator.render.views.projects import ROWS
from tests.searching import served
from tests.test_search import ODD, bare_site, loaded, named, odd_dataset
from tests.workspaces import REAL_DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ALL = "选出 9 个项目，预算数合计 306.84 万元。"


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, built_site: Path) -> Iterator[str]:
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


def names(page: Page) -> list[str]:
    return page.locator("table.projects tbody th").all_inner_texts()


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-summary]")).to_have_text(text)


IN_YUAN = """() => [...document.querySelectorAll("[data-yuan]")].filter(cell =>
  getComputedStyle(cell, "::after").content.includes("元")).map(cell => cell.dataset.yuan)"""


@pytest.mark.parametrize("path", ["index.html", "units/912012/2021/index.html", "projects/index.html"])
def test_amounts_stand_in_yuan_beside_the_published_ones_on_demand(page: Page, root: str, path: str) -> None:
    page.goto(root + path)
    assert page.evaluate(IN_YUAN) == []
    page.get_by_role("button", name="同时以元显示").click()
    shown = page.evaluate(IN_YUAN)
    assert {"868,000", "800,000", "30,000"} <= set(shown)
    expect(page.get_by_text("86.80").first).to_be_visible()
    page.reload()
    assert page.evaluate(IN_YUAN) == shown, "the choice is kept"


def test_rows_made_in_the_browser_state_yuan_as_the_page_does(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html")
    in_yuan = "() => [...document.querySelectorAll('tbody [data-yuan]')].map(cell => cell.dataset.yuan)"
    written = page.evaluate(in_yuan)
    page.get_by_role("button", name="预算数").click()
    assert page.locator("tbody tr").count() == len(written)
    assert sorted(page.evaluate(in_yuan)) == sorted(written)
    assert page.evaluate("[null, 0, 5, 120, -150, 123456789].map(disclose.selection.yuan)") == [
        "",
        "0",
        "0.05",
        "1.2",
        "-1.5",
        "1,234,567.89",
    ]


def test_nothing_jumps_when_the_filters_come(page: Page, built_site: Path) -> None:
    page.route("**/assets/projects.js", lambda route: route.abort())
    with served(built_site) as address:
        page.goto(address + "projects/")
        top = "document.querySelector('table.projects').getBoundingClientRect().top"
        before = page.evaluate(top)
        assert page.get_by_label("含有文字").is_hidden()
        page.unroute("**/assets/projects.js")
        page.goto(address + "projects/")
        said(page, ALL)
        assert abs(page.evaluate(top) - before) < 40  # a line may wrap


def test_sorts_by_any_column_both_ways(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html")
    said(page, ALL)
    page.get_by_role("button", name="预算数").click()
    assert names(page)[-1] == "服务群众专项经费"
    page.get_by_role("button", name="预算数").click()
    assert names(page)[:3] == ["服务群众专项经费", "西湖村内道路修建项目", "小城镇建设"]
    expect(page.get_by_role("columnheader", name="预算数")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="项目名称").click()
    assert names(page)[:2] == ["党组织活动经费", "服务群众专项经费"]  # by pinyin: dang, fu
    page.get_by_role("button", name="指标").click()
    page.get_by_role("button", name="指标").click()
    assert names(page)[0] == "党组织活动经费"
    assert "sort=-indicators" in page.url


def test_filters_and_adds_and_the_address_brings_the_selection_back(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html")
    said(page, ALL)
    page.get_by_label("不少于").fill("40")
    page.get_by_label("不多于").fill("８０")
    said(page, "选出 3 个项目，预算数合计 173.50 万元。")
    page.get_by_label("含有文字").fill("建设")
    said(page, "选出 1 个项目，预算数合计 50.00 万元。")
    page.get_by_label("年度").select_option("2021")
    address = page.url
    page.goto(root + "index.html")
    page.goto(address)
    said(page, "选出 1 个项目，预算数合计 50.00 万元。")
    expect(page.get_by_label("不少于")).to_have_value("40")
    expect(page.get_by_label("年度")).to_have_value("2021")
    page.get_by_role("button", name="清除条件").click()
    said(page, ALL)
    assert "?" not in page.url


def test_free_text_looks_into_everything_that_is_published(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html?q=≥３２次")
    said(page, "选出 1 个项目，预算数合计 29.54 万元。")
    assert names(page) == ["党组织活动经费"]


def test_chooses_by_kind_of_finding(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html")
    said(page, ALL)
    kind = page.get_by_label("疑点与提示")
    kind.select_option(label=kind.locator("option[value=plan-over-100]").inner_text())
    assert names(page) == ["伙食补助"]
    assert "finding=plan-over-100" in page.url


def test_findings_are_counted_as_on_the_page_of_the_disclosure(page: Page, root: str) -> None:
    page.goto(root + "units/912012/2021/index.html")
    there = page.locator("article table:has(a[href*='13068']) tbody tr td:last-child").all_inner_texts()
    page.goto(root + "projects/index.html")
    said(page, ALL)
    assert page.locator("table.projects tbody tr td:last-child").all_inner_texts() == there[:9]


def test_nothing_chosen_says_what_to_do(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html?min=1000")
    said(page, "选出 0 个项目，预算数合计 0.00 万元。可以减少条件，或按“清除条件”重来。")


def test_the_selection_is_a_file_that_says_what_was_chosen(page: Page, root: str) -> None:
    page.goto(root + "projects/index.html?min=50&sort=-fen&unit=912012")
    said(page, "选出 3 个项目，预算数合计 216.80 万元。")
    with page.expect_download() as started:
        page.get_by_role("button", name="下载所选").click()
    content = started.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, header, *rows = csv.reader(content.decode("utf-8-sig").splitlines())
    assert first == ["单位 912012 定州市李亲顾镇；预算数不少于 50 万元。3 个项目，预算数合计 216.80 万元。"]
    own = {"unit_label", "findings"}
    assert set(header) - own <= {column.name for column in PROJECTS.columns}
    assert [row[header.index("budget_total")] for row in rows] == ["86.80", "80.00", "50.00"]
    assert rows[1][header.index("code")] == "130682217RRL6F4PNQUL9"
    assert rows[1][header.index("url")].endswith("units/912012/2021/130682217RRL6F4PNQUL9/index.html")


def test_without_javascript_the_table_is_whole(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + "projects/index.html")
    assert len(names(page)) == 9
    expect(page.get_by_label("含有文字")).to_be_hidden()
    page.get_by_role("link", name="伙食补助").click()
    page.wait_for_url(re.compile("13068221NVUBNG1GN1VYV"))
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_table_is_accessible(
    browser: Browser, built_site: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto((built_site / "projects/index.html").as_uri())
    said(page, ALL)
    page.get_by_role("button", name="预算数").click()
    response = Axe().run(page, context=".filters, .selection, .scroll").response
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


# --- many projects, and odd ones ---


def many(count: int) -> Dataset:
    """Give two units, one of which publishes in 元, with `count` projects in all."""
    units = [Unit(code=f"91201{n}", name=f"单位{n}") for n in (1, 2)]
    disclosures = []
    for unit, amount_unit in zip(units, AmountUnit, strict=True):
        projects = tuple(
            named(f"项目{n}", f"P{n}").model_copy(
                update={"unit_code": unit.code, "budget": Budget(total=Amount(f"{n}.10"))}
            )
            for n in range(count // 2)
        )
        disclosures.append(Disclosure(amount_unit=amount_unit, unit=unit, year="2021", projects=projects))
    return Dataset(Site(name="s", publisher="p"), tuple(disclosures), tuple(units))


def list_pages(dataset: Dataset) -> dict[str, str]:
    found = overview_pages(dataset, (), RULES)
    return {page.path: render_html(page) for page in found if page.template == "projects.md.j2"}


def test_thousands_of_projects_make_pages_that_stay_light() -> None:
    made = list_pages(many(5000))
    assert len(made) == 5000 // ROWS
    assert max(len(text.encode()) for text in made.values()) < 120_000
    links = {link for text in made.values() for link in re.findall(r'href="([^"]*P\d+/index\.html)"', text)}
    assert len(links) == 5000
    assert 'href="../../projects/index.html"' in made["projects/2/index.md"]
    assert 'href="../projects/25/index.html"' in made["projects/index.md"]


def test_an_empty_site_has_a_list_too() -> None:
    made = list_pages(Dataset(Site(name="s", publisher="p")))
    assert list(made) == ["projects/index.md"]
    assert "共 0 个项目" in made["projects/index.md"]


def test_amounts_say_their_unit_where_it_differs() -> None:
    made = list_pages(many(4))["projects/index.md"]
    assert ">1&#46;10 元<" in made
    assert ">1&#46;10 万元<" in made
    real, _ = store.load(REAL_DATA)
    assert "预算数（万元）" in list_pages(real)["projects/index.md"]


def test_odd_names_stay_text_on_the_page() -> None:
    made = list_pages(odd_dataset())["projects/index.md"]
    assert "<script>" not in made
    assert "<b>" not in made
    assert f">{escape(ODD[0])}</a>" in made


SELECT = """state => {
  const all = disclose.catalogue.state;
  const empty = disclose.selection.parse("");
  return disclose.selection.select(all.projects, { ...empty, ...state }, all.rules).map(p => p.title);
}"""


@pytest.fixture(scope="module")
def thousands(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = browser.new_page()
    address = bare_site(tmp_path_factory.mktemp("many"), many(2000)).as_uri()
    yield loaded(page, address)
    page.close()


@pytest.mark.parametrize(
    ("state", "count"),
    [
        ({"unit": "912011"}, 1000),
        ({"unit": "912011", "min": "990"}, 10),
        ({"unit": "912012", "min": "0.0990"}, 10),
        ({"unit": "912011", "min": "990.1", "max": "991.1"}, 2),
        ({"min": "1,000"}, 0),
        ({"min": "很多"}, 2000),
        ({"year": "2022"}, 0),
        ({"q": "项目999"}, 2),
        ({"q": "项目999 单位2"}, 1),
    ],
)
def test_selection(thousands: Page, state: dict[str, str], count: int) -> None:
    assert len(thousands.evaluate(SELECT, state)) == count


def test_yuan_and_wan_are_added_exactly_and_ordered_by_worth(thousands: Page) -> None:
    total = thousands.evaluate("disclose.selection.sum(disclose.catalogue.state.projects)")
    assert total == "499649.96"  # 499,600 万元 and 499,600 元
    ordered: list[Any] = thousands.evaluate(SELECT, {"sort": "-fen"})
    assert ordered[:2] == ["项目999", "项目998"]
    assert ordered[-1] == "项目0"


@pytest.mark.parametrize("text", ["=1+1", "＋1", "'a", 'a"b,c', "a\nb", "80.00", "-5", "=", "==", ""])
def test_cells_are_written_as_in_the_files_of_the_site(thousands: Page, text: str) -> None:
    written = thousands.evaluate("text => disclose.csv.write([[text, 1]])", text)
    assert next(csv.reader([written.removeprefix("\ufeff")])) == [guarded(text), "1"]
