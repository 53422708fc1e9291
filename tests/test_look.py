"""What the pages say and show: the official table, the figures of home, terms, citing, print, weight."""

from __future__ import annotations

import gzip
import re
import shutil
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator import store
from generator.checks import RULES
from generator.finding import Finding, Place, Severity, Text
from generator.forms.form import form
from generator.forms.grid import lay_out
from generator.model import Dataset, Disclosure, PlanStep, Project, Site, Term, Unit
from generator.money import Percentage
from generator.parts import parts
from generator.reading import inspect
from generator.render.pages import Page, overview_pages, render, render_html
from generator.render.views.charts import SCALE, Measured, bars, largest_sentence
from generator.render.views.citing import citing
from generator.render.views.overview import Overview, overview
from generator.render.views.plan import plan_view
from generator.render.views.portal import Portal
from generator.render.views.project import project_view
from generator.render.views.similar import COMMON, alike
from generator.render.views.terms import Explainer, Piece, Vocabulary
from generator.render.views.year import year_plan
from generator.stamping import items
from generator.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from tests.conftest import Golden

ROOT = Path(__file__).parent.parent
CANTEEN = "units/912012/2021/13068221NVUBNG1GN1VYV/index.html"
ROAD = "units/912012/2021/130682217RRL6F4PNQUL9/index.html"
HEAVIEST = 150_000  # bytes of a page, and of a page with all that it loads, compressed as servers do
HEAVIEST_OF_MANY = 60_000  # bytes of a page of a project or disclosure, of which there are thousands


def _found(element: html.HtmlElement, xpath: str) -> list[Any]:
    """Give what an XPath finds; lxml's types allow for paths that give no list."""
    found = element.xpath(xpath)
    assert isinstance(found, list)
    return found


def _page(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path).read_text("utf-8"))


# --- the official table ---


def _headers(page: html.HtmlElement, value: str) -> list[str]:
    """Give the texts of the header cells that the value at `value` belongs to."""
    cell = page.get_element_by_id(value)
    return [page.get_element_by_id(name).text_content() for name in cell.get("headers").split()]


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        ("v-code", ["项目编码"]),
        ("v-name", ["项目名称"]),
        ("v-budget-total", ["预算规模及资金用途", "预算数"]),
        ("v-budget-other", ["预算规模及资金用途", "其他资金"]),
        ("v-purpose", ["预算规模及资金用途"]),
        ("v-spending_plan-4-cumulative", ["资金支出计划（%）", "12月底"]),
        ("v-goals", ["绩效目标"]),
        ("v-indicators-1-target", ["产出指标", "数量指标", "指标值"]),
        ("v-indicators-8-basis", ["效益指标", "可持续影响指标", "指标值确定依据"]),
        ("v-indicators-9-level3", ["满意度指标", "服务对象满意度指标", "三级指标"]),
    ],
)
def test_every_value_knows_its_headers(built_site: Path, value: str, headers: list[str]) -> None:
    assert _headers(_page(built_site, CANTEEN), value) == headers


def test_the_table_says_what_was_published(built_site: Path) -> None:
    dataset, _ = store.load(ROOT / "data")
    for project in dataset.projects:
        page = _page(built_site, f"{project.path}/index.html")
        table = _found(page, "//table[@class='official__table']")[0]
        for mark in _found(table, ".//a[starts-with(@class, 'mark ')]"):
            mark.drop_tree()
        for line_break in _found(table, ".//br"):
            line_break.tail = "\n" + (line_break.tail or "")
        shown = [cell.text_content().rstrip(" ") for cell in _found(table, ".//th | .//td")]
        filled = lay_out(form("hebei"), project).filled
        assert shown == ["\n".join(lines).rstrip(" ") for cell, lines in filled if not cell.covered]


def test_a_doubt_stands_in_its_cell_and_below_the_table(built_site: Path) -> None:
    page = _page(built_site, CANTEEN)
    mark = _found(
        page.get_element_by_id("v-spending_plan-4-cumulative"), "./a[starts-with(@class, 'mark ')]"
    )[0]
    remark = page.get_element_by_id(mark.get("href").removeprefix("#"))
    assert "12月底累计支出 1000.00%，超过预算的 100%。按原文照录。" in remark.text_content()
    assert _found(remark, "./a")[0].get("href") == "#v-spending_plan-4-cumulative"


def test_a_finding_about_a_whole_project_stands_above_its_table() -> None:
    disclosure = _disclosure(("甲", "30", []))
    cut = Text("“#1”被当作注释", "`#1` was taken for a comment")
    finding = Finding("yaml-comment-after-value", Severity.WARNING, cut, cut, Place("projects/甲.yml", 3))
    view = project_view(disclosure, 0, [finding], None, Portal(SITE))
    (notice,) = view.general_notices
    assert notice.text.startswith("“#1”被当作注释")
    assert not view.table.remarks


# --- the figures of home ---


def test_home_says_where_the_money_goes_and_when() -> None:
    checked = inspect(ROOT / "data")
    view = overview(checked.dataset, checked.findings, RULES)
    assert (view.total, view.yuan) == ("306.84", "3,068,400")
    assert view.counts == "定州市李亲顾镇 · 2021 年 · 9 个项目 · 83 条绩效指标"
    assert (
        view.by_project.sentence
        == "最多的是“服务群众专项经费”，86.80 万元，占 28.3%；最多的三项合计 216.80 万元，占 70.7%。"
    )
    assert [bar.figure for bar in view.by_project.bars][:3] == ["86.80", "80.00", "50.00"]
    assert view.by_unit is None
    plan = view.plan
    assert plan is not None
    # 伙食补助 (3.00) plans 1000 % and is left out; only the road (80.00) stops at 80 %
    assert plan.left_out == "没有算进来的：“伙食补助”（3.00 万元，12月底写作 1000.00%）。"
    assert [step.text for step in plan.picture.steps] == ["26.3%", "52.6%", "73.7%", "94.7%"]
    assert plan.amounts[-1] == "287.84 万元"
    assert plan.sentence.endswith("还有 16.00 万元没有列入支出计划。")


def _disclosure(*projects: tuple[str, str, list[str]], year: str = "2021") -> Disclosure:
    unit = Unit(code="1", name="某镇")
    made = [
        Project.model_validate(
            {
                "id": name,
                "unit_code": "1",
                "year": year,
                "name": name,
                "budget": {"total": total},
                "spending_plan": [{"date": f"{n}月底", "cumulative": p} for n, p in enumerate(plan, 1)],
            }
        )
        for name, total, plan in projects
    ]
    return Disclosure.model_validate(
        {"amount_unit": "万元", "unit": unit, "year": year, "projects": tuple(made)}
    )


def test_plans_are_weighted_by_their_budgets() -> None:
    plan = year_plan([_disclosure(("甲", "30", ["50%", "100%"]), ("乙", "10", ["10%", "100%"]))])
    assert plan is not None
    assert plan.amounts == ["16.00 万元", "40.00 万元"]
    assert [step.text for step in plan.picture.steps] == ["40.0%", "100.0%"]
    assert plan.left_out == ""
    assert "没有列入" not in plan.sentence


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ([], "没有公布支出计划"),
        (["60%", "50%"], "2月底写作 50%"),
        (["60%", "待定"], "2月底写作 待定"),
        (["100%"], "截止日期与其他项目不同"),
    ],
)
def test_a_plan_that_cannot_be_added_is_named(bad: list[str], reason: str) -> None:
    good = [("甲", "30", ["50%", "100%"]), ("丙", "1", ["50%", "100%"])]
    plan = year_plan([_disclosure(*good, ("乙", "10", bad))])
    assert plan is not None
    assert plan.left_out == f"没有算进来的：“乙”（10 万元，{reason}）。"
    assert plan.amounts == ["15.50 万元", "31.00 万元"]


def test_only_the_newest_year_is_planned() -> None:
    old, new = _disclosure(("甲", "30", ["100%"]), year="2020"), _disclosure(("乙", "7", ["100%"]))
    plan = year_plan([old, new])
    assert plan is not None
    assert plan.amounts == ["7.00 万元"]
    assert year_plan([_disclosure(("甲", "30", []))]) is None


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=30))
def test_bars_are_sorted_and_within_their_frame(values: list[Decimal]) -> None:
    chart = bars("", ("", ""), "", [Measured(str(n), value, str(value)) for n, value in enumerate(values)])
    lengths = [bar.length for bar in chart.bars]
    assert lengths == sorted(lengths, reverse=True)
    assert max(lengths) == (SCALE if max(values) > 0 else 0)
    assert min(lengths) >= 0


def test_nothing_is_said_of_nothing() -> None:
    assert largest_sentence([], "万元") == ""
    assert largest_sentence([Measured("甲", Decimal(0), "0")], "万元") == ""


def test_an_impossible_step_is_cut_off_and_marked() -> None:
    steps = [PlanStep(date="3月底", cumulative=Percentage(p)) for p in ("50%", "1000.00%", "不详")]
    middle, over, unknown = plan_view(steps).steps
    assert not middle.clipped
    assert over.clipped
    assert over.height == 2 * middle.height
    assert not unknown.known


def _unit_of(code: str, year: str, *projects: tuple[str, str, list[str]]) -> Disclosure:
    made = _disclosure(*projects, year=year)
    return made.model_copy(update={"unit": Unit(code=code, name="城关镇")})


def _home(*disclosures: Disclosure) -> Overview:
    units = {d.unit.code: d.unit for d in disclosures}
    return overview(Dataset(SITE, disclosures, tuple(units.values())), (), RULES)


def test_home_compares_units_and_years_where_there_are_several() -> None:
    home = _home(
        _unit_of("1", "2022", ("甲", "3000", [])),
        _unit_of("1", "2021", ("甲", "1000", [])),
        _unit_of("2", "2021", ("乙", "6000", []), ("丙", "0.5", [])),
    )
    assert home.total == "10,000.5"
    assert home.by_unit is not None
    bars_of_units = [(bar.name, bar.more, bar.figure, bar.url) for bar in home.by_unit.bars]
    assert bars_of_units == [
        ("城关镇", "2", "6,000.5", "units/2/2021/index.html"),
        ("城关镇", "1", "4,000", "units/1/2022/index.html"),
    ]
    assert home.by_year is not None
    assert [bar.name for bar in home.by_year.bars] == ["2021 年", "2022 年"]
    assert home.by_year.sentence == (
        "2021 年 7,000.5 万元，2022 年 3,000 万元；2022 年比 2021 年少 4,000.5 万元。"
    )
    assert [bar.share for bar in home.by_project.bars] == ["60.0%", "30.0%", "10.0%", "<0.01%"]
    assert [line.year for line in home.disclosures] == ["2022", "2021", "2021"]


def test_home_says_what_its_charts_and_lists_leave_out() -> None:
    many = [_unit_of(str(n), "2021", (f"项目{n}", "1", [])) for n in range(1, 51)]
    home = _home(*many)
    assert len(home.by_project.bars) == 20
    assert home.by_project.left_out == "图中是最多的 20 项，共有 50 项。"
    assert home.by_unit is not None
    assert home.by_unit.left_out == "图中是最多的 20 项，共有 50 项。"
    assert len(home.disclosures) == 30
    assert home.more_disclosures == "这里是最新的 30 份，共有 50 份。"


def test_a_list_of_many_units_is_cut_into_pages_that_stay_light() -> None:
    years = ("2021", "2022", "2023")
    many = [_unit_of(f"9{n:05}", year, ("甲", "12345.67", [])) for n in range(400) for year in years]
    units = {d.unit.code: d.unit for d in many}
    pages = [
        page
        for page in overview_pages(Dataset(SITE, tuple(many), tuple(units.values())), (), RULES)
        if page.template in ("units.md.j2", "home.md.j2")
    ]
    made = {page.path: render_html(page) for page in pages if page.template == "units.md.j2"}
    assert list(made) == ["units/index.md", "units/list-2/index.md", "units/list-3/index.md"]
    links = {
        link for text in made.values() for link in re.findall(r'href="[./]*(units/9[^"]*)"', unescape(text))
    }
    assert links == {f"{d.path}/index.html" for d in many}
    assert max(len(text.encode()) for text in made.values()) < 120_000
    assert len(render(pages[0]).encode()) < 60_000


# --- terms ---

TERMS = [Term(term=t, explanation=f"{t}的意思") for t in ("绩效", "绩效目标", "目标", "a.b")]


def _pieces(explainer: Explainer, text: str) -> Sequence[Piece]:
    said = explainer.pieces(text)
    return [Piece(said)] if isinstance(said, str) else said


@given(st.lists(st.text("绩效目标a.b 项", max_size=12), max_size=6))
def test_explaining_changes_no_character(texts: list[str]) -> None:
    explainer = Explainer(Vocabulary(TERMS))
    pieces = [_pieces(explainer, text) for text in texts]
    assert ["".join(piece.text for piece in some) for some in pieces] == texts
    numbers = [piece.term for some in pieces for piece in some if piece.term]
    assert len(numbers) == len(set(numbers))
    assert [used.number for used in explainer.used] == numbers


def test_the_longest_term_wins_and_only_once() -> None:
    explainer = Explainer(Vocabulary(TERMS))
    first, second = _pieces(explainer, "绩效目标与目标"), explainer.pieces("绩效目标")
    assert [(p.text, p.term) for p in first] == [("绩效目标", 2), ("与", 0), ("目标", 3)]
    assert second == "绩效目标"


# --- similar projects ---


def _project_of(unit: str, name: str, indicators: list[str], purpose: str = "") -> Disclosure:
    made = _disclosure((name, "1", []))
    level3 = [{"level1": "产出指标", "level2": "数量指标", "level3": i, "target": "1"} for i in indicators]
    fields = {
        "id": "p",
        "unit_code": unit,
        "year": "2021",
        "name": name,
        "purpose": purpose,
        "indicators": level3,
    }
    changed = {"unit": Unit(code=unit, name=f"单位{unit}"), "projects": (Project.model_validate(fields),)}
    return made.model_copy(update=changed)


def test_similar_projects_are_of_others_and_say_why() -> None:
    road = _project_of("1", "村内道路修建", ["完成里程", "道路合格率"])
    other_road = _project_of("2", "乡道修建工程", ["完成里程", "道路合格率"])
    same_name = _project_of("3", "村内道路修建", ["工期"])
    canteen = _project_of("4", "伙食补助", ["供餐次数"])
    known = alike([road, other_road, same_name, canteen])
    found = known.of(road.projects[0])
    assert {s.path: s.why for s in found} == {
        "units/2/2021/p": "三级指标相同：完成里程、道路合格率",
        "units/3/2021/p": "名称相同",
    }
    assert known.of(canteen.projects[0]) == []


def test_what_everybody_says_makes_nobody_alike() -> None:
    many = [_project_of(str(unit), "甲", ["完成率"]) for unit in range(COMMON + 1)]
    assert alike(many).of(many[0].projects[0]) == []


# --- citing ---

SITE = Site(
    name="公开", publisher="某镇", base_url="https://example.gov.cn/jx", contact="mailto:a@example.gov.cn"
)


def test_a_page_is_cited_by_its_permalink() -> None:
    disclosure = _disclosure(("甲", "30", []))
    cited = citing(SITE, disclosure, disclosure.projects[0], "甲绩效目标表")
    assert cited.permalink == "https://example.gov.cn/jx/units/1/2021/甲/"
    assert cited.standard == "某镇. 甲绩效目标表（2021 年度）[EB/OL]. "
    report = urlsplit(cited.report)
    said = parse_qs(report.query)
    assert report.path == "a@example.gov.cn"
    assert said["subject"] == ["报告错误：甲绩效目标表"]
    assert cited.permalink in said["body"][0]


@pytest.mark.parametrize(
    ("contact", "report"),
    [
        ("https://example.gov.cn/ask", "https://example.gov.cn/ask?url={}&title={}"),
        ("https://example.gov.cn/ask?to=1#form", "https://example.gov.cn/ask?to=1&url={}&title={}#form"),
    ],
)
def test_a_form_is_told_the_page_too(contact: str, report: str) -> None:
    disclosure = _disclosure(("甲", "30", []))
    site = SITE.model_copy(update={"contact": contact})
    cited = citing(site, disclosure, disclosure.projects[0], "甲绩效目标表")
    assert cited.report == report.format(quote(cited.permalink, safe=""), quote("甲绩效目标表"))


@pytest.mark.parametrize("contact", ["mailto:a@example.gov.cn", "https://example.gov.cn/ask"])
def test_a_report_says_which_value_was_pointed_at(
    browser: Browser, built_site: Path, tmp_path: Path, contact: str
) -> None:
    disclosure = _disclosure(("甲", "30", []))
    site = SITE.model_copy(update={"contact": contact})
    report = citing(site, disclosure, disclosure.projects[0], "甲").report
    folder = tmp_path / "site"
    shutil.copytree(built_site, folder)
    path = folder / CANTEEN
    link = f'<a href="{report.replace("&", "&amp;")}" data-report>告诉发布单位</a><span data-report-place></span>'
    path.write_text(
        path.read_text("utf-8").replace("</dl>\n</div>", f"<div><dd>{link}</dd></div></dl></div>"), "utf-8"
    )
    page = browser.new_page()
    page.goto(path.as_uri())
    page.locator("#v-spending_plan-4-cumulative").click()
    place = "资金支出计划 第 4 行 累计支出比例，原文第 730 行"
    assert page.locator("[data-report-place]").inner_text() == f"（位置：{place}）"
    address = urlsplit(page.locator("[data-report]").get_attribute("href") or "")
    said = parse_qs(address.query)
    told = said.get("place", said.get("body", []))
    assert place in told[0]
    page.close()


def test_without_an_address_there_is_no_permalink_and_no_code() -> None:
    disclosure = _disclosure(("甲", "30", []))
    cited = citing(Site(name="公开", publisher="某镇"), disclosure, disclosure.projects[0], "甲")
    assert (cited.permalink, cited.qr, cited.report) == ("", None, "")


def test_the_code_is_drawn_as_it_was_made() -> None:
    disclosure = _disclosure(("甲", "30", []))
    cited = citing(SITE, disclosure, disclosure.projects[0], "甲")
    code = cited.qr
    assert code is not None
    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", code.path)
        for step in range(int(width))
    }
    made = segno.make(cited.permalink, error="m", micro=False, mask=0).matrix
    assert dark == {(x, y) for y, row in enumerate(made) for x, module in enumerate(row) if module}


# --- the site as a whole ---


def _html_files(site: Path) -> list[Path]:
    return sorted(p for p in site.rglob("*.html") if "source" not in p.parts)


def test_every_link_leads_somewhere(built_site: Path) -> None:
    pages = {path: html.fromstring(path.read_text("utf-8")) for path in _html_files(built_site)}
    ids = {
        path: {element.get("id") for element in page.iter() if element.get("id")}
        for path, page in pages.items()
    }
    broken = []
    for path, page in pages.items():
        for link in _found(page, "//a[@href]"):
            address = urlsplit(link.get("href"))
            if address.scheme or address.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            if not target.exists() or (address.fragment and address.fragment not in ids.get(target, ())):
                broken.append(f"{path.relative_to(built_site)}: {link.get('href')}")
    assert not broken


def test_no_id_stands_twice(built_site: Path) -> None:
    for path in _html_files(built_site):
        names = [e.get("id") for e in html.fromstring(path.read_text("utf-8")).iter() if e.get("id")]
        assert len(names) == len(set(names)), path


def test_nothing_is_inline_that_a_strict_policy_forbids(built_site: Path) -> None:
    for path in _html_files(built_site):
        page = html.fromstring(path.read_text("utf-8"))
        assert not _found(page, "//*[@style] | //style | //@*[starts-with(name(), 'on')]"), path
        assert not _found(page, "//script[not(@src)][not(@type='application/ld+json')]"), path


def test_pages_are_light(built_site: Path) -> None:
    for path in _html_files(built_site):
        content = path.read_bytes()
        page = html.fromstring(content.decode())
        sources = _found(page, "//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        loaded = [(path.parent / source) for source in sources if path.name != "404.html"]
        weight = sum(len(gzip.compress(c)) for c in [content, *(file.read_bytes() for file in loaded)])
        assert len(content) <= (HEAVIEST_OF_MANY if "units" in path.parts else HEAVIEST), path
        assert weight <= HEAVIEST, path


# --- on paper ---


@pytest.mark.parametrize("path", [CANTEEN, ROAD])
def test_a_project_prints_as_its_form_on_a4(browser: Browser, built_site: Path, path: str) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto((built_site / path).as_uri())
        page.emulate_media(media="print")
        seen = page.locator(
            "h1, h2, .facts, .official, .masthead__nav, .copyhead, .neighbours, .settings, .find"
        )
        shown = [
            part.get_attribute("id") or part.get_attribute("class")
            for part in seen.all()
            if part.is_visible()
        ]
        assert shown == ["copyhead", "table", "official"]
        colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        assert page.locator("body").evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        head = page.evaluate("document.documentElement.style.getPropertyValue('--running-head')")
        assert "定州市李亲顾镇党政综合办公室 2021 年度" in head
        paper = page.pdf(prefer_css_page_size=True)
    sizes = [tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)]
    assert 1 <= len(sizes) <= 2
    assert all(size == pytest.approx((595.3, 841.9), abs=1) for size in sizes)


# --- the pages as they are ---

GOLDEN_PAGES = {
    "home.md": "home/overview.md",
    "units.md": "units/index.md",
    "glossary.md": "glossary/index.md",
    "disclosure.md": "units/912012/2021/index.md",
    "project-with-an-impossible-plan.md": "units/912012/2021/13068221NVUBNG1GN1VYV/index.md",
    "project-with-a-repeated-indicator.md": "units/912012/2021/130682218H8OB4DSL9BDI/index.md",
}


def test_the_pages_of_the_real_data_are_as_kept(golden: Golden) -> None:
    data = ROOT / "data"
    made = items(parts(Workspace(data=data), inspect(data)))
    pages = {item.path: item for item in made if isinstance(item, Page)}
    for name, path in GOLDEN_PAGES.items():
        golden(f"pages/{name}", render(pages[path]))
