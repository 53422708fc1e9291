"""The pages of the checks: every finding stands there and leads to its value."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from generator.checks import CHECK_RULES
from generator.finding import Text
from generator.parts import parts
from generator.reading import inspect
from generator.render.escape import escape
from generator.render.pages import Page as SitePage
from generator.render.pages import quality_pages, render, render_html
from generator.render.views import quality
from generator.render.views.quality import Findings, disclosure_findings_view, quality_view, rule_view
from generator.stamping import items
from generator.workspace import Workspace
from tests.hostile_data import write_hostile
from tests.test_rules import new, planted, write
from tests.workspaces import REAL_DATA, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from generator.checked import Checked


def checked_data(which: str, folder: Path) -> Checked:
    if which == "hostile":
        write_hostile(folder)
    elif which == "planted":
        write(folder, planted()[0])
    return inspect(REAL_DATA if which == "real" else folder)


def found_in(checked: Checked) -> Findings:
    return Findings(checked.dataset, checked.findings, CHECK_RULES)


def pages(checked: Checked) -> list[SitePage]:
    """Give every page of a site; what else belongs to it, such as the open data, is left out."""
    made = items(parts(Workspace(), checked))
    return [item for item in made if isinstance(item, SitePage)]


@pytest.mark.parametrize("which", ["real", "hostile", "planted"])
def test_every_finding_has_a_row_that_leads_to_an_element_of_a_page(
    which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "ROOM", 100_000_000)
    checked = checked_data(which, tmp_path)
    rows = quality_view(found_in(checked)).rows
    assert rows is not None
    assert len(rows) == len(checked.findings) > 0
    ids = {
        str(PurePosixPath(page.path).with_suffix(".html")): set(
            re.findall(r'\bid="([^"]+)"', unescape(render_html(page)))
        )
        for page in pages(checked)
        if page.path.startswith("units/")
    }
    for row in rows:
        if row.url:
            path, _, element = row.url.partition("#")
            assert element in ids[path], row
        else:
            assert row.whose.endswith(".yml"), row


@pytest.mark.parametrize("which", ["real", "planted"])
def test_the_finding_stands_beside_the_value_too(which: str, tmp_path: Path) -> None:
    checked = checked_data(which, tmp_path)
    said = {page.path: render(page) for page in pages(checked)}
    for finding in checked.findings:
        path = "/".join(filter(None, ["units", finding.unit, finding.year, finding.project, "index.md"]))
        assert str(escape(finding.message.zh)) in said[path], finding


def test_a_file_that_is_not_on_the_site_is_named(tmp_path: Path) -> None:
    clean = "912012/2021/130682217RRL6F4PNQUL7"
    write(tmp_path, planted()[0] | {clean: new(clean)})
    projects = tmp_path / "units/912013/2022/projects"
    (projects / "A1.yml").write_text("name：道路\n")
    (projects / "A2.yaml").write_text("name: 道路\n")
    found = found_in(inspect(tmp_path))
    rows = {r.whose: r for r in quality_view(found).rows or ()}
    assert rule_view(found, CHECK_RULES["yaml-not-a-mapping"]).touched == 0
    assert "1 个项目没有发现疑点" in quality_view(found).sentence
    folder = "units/912013/2022/projects"
    assert (rows[f"{folder}/A1.yml"].url, rows[f"{folder}/A1.yml"].field) == ("", "第 1 行")
    assert rows[f"{folder}/A2.yaml"].message == "“A2.yaml”的扩展名不是 .yml，没有读入"


def test_the_figures_of_the_real_data() -> None:
    view = quality_view(found_in(inspect(REAL_DATA)))
    assert view.total.counts == [0, 28, 35]
    assert [(family.name, family.counts) for family in view.families] == [
        ("支出计划", [0, 2, 0]),
        ("绩效指标", [0, 24, 23]),
        ("文字", [0, 2, 12]),
    ]
    assert "每个项目都有疑点或提示" in view.sentence
    most = "“成本指标用了 ≥”、“名称、描述、依据相同”、“绩效目标没有数”、“计量单位处是文字”"
    assert view.chart.sentence == f"查出最多的是{most}，各 9 处。"


def test_a_rule_says_how_many_projects_it_touches() -> None:
    found = found_in(inspect(REAL_DATA))
    view = rule_view(found, CHECK_RULES["unit-is-text"])
    assert view.sentence == "共查出 9 处，涉及全部 9 个项目中的 1 个。"
    assert "不是结论" in view.weight
    assert rule_view(found, CHECK_RULES["budget-sum"]).sentence == "目前没有查出。"
    assert "必须改正" in rule_view(found, CHECK_RULES["yaml-syntax"]).weight


def test_a_project_without_findings_says_so(tmp_path: Path) -> None:
    write(tmp_path, planted()[0])
    clean = tmp_path / "units/912013/2022/projects/130682217RRL6F4PNQUL7.yml"
    base = tmp_path / "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
    text = base.read_text().replace("13068221NVUBNG1GN1VYV", clean.stem).replace("1000.00%", "100.00%")
    clean.write_text(text.replace("'-10.00'", "'10.00'"))
    checked = inspect(tmp_path)
    assert clean.stem not in {f.project for f in checked.findings}
    (page,) = [p for p in pages(checked) if clean.stem in p.path]
    assert "自动检查没有发现疑点。" in page.view.doubts


def test_many_findings_stand_on_pages_by_disclosure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(quality, "ROOM", 12_000)
    checked = checked_data("planted", tmp_path)
    found = found_in(checked)
    view = quality_view(found)
    assert view.rows is None
    assert {line.url for line in view.disclosures} == {
        f"quality/{d.unit.code}/{d.year}/index.html" for d in checked.dataset.disclosures
    }
    short = set()
    for disclosure in checked.dataset.disclosures:
        own = found.by_disclosure[disclosure.unit.code, disclosure.year]
        said = disclosure_findings_view(found, disclosure)
        assert 0 < len(said.rows) <= len(own)
        assert (f"下面列出前 {len(said.rows)} 处" in said.sentence) == (len(said.rows) < len(own))
        short.add(len(said.rows) < len(own))
    assert short == {True, False}
    paths = [p.path for p in quality_pages(found)]
    assert "quality/912013/2022/index.md" in paths


def test_pages_of_findings_stay_light(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    checked = checked_data("planted", tmp_path)
    many = [replace(f, message=Text("长" * 5000, "")) for f in checked.findings] * 50
    found = found_in(replace(checked, findings=many))
    monkeypatch.setattr(quality, "MOST_DISCLOSURES", 1)
    view = quality_view(found)
    assert len(view.disclosures) == 1
    assert "最多的 1 份" in view.more
    sizes = [len(render_html(page).encode()) for page in quality_pages(found)]
    assert max(sizes) < 120_000  # and the frame around it


# --- in a browser ---


@pytest.fixture
def table(browser: Browser, built_site: Path) -> Page:
    page = browser.new_page()
    page.goto((built_site / "quality" / "index.html").as_uri())
    return page


def shown(page: Page) -> list[str]:
    return page.locator(".ledger--findings tbody tr:not([hidden])").all_inner_texts()


def test_the_table_filters_and_keeps_the_filters_in_the_address(table: Page) -> None:
    assert len(shown(table)) == 63
    table.select_option("select[name=severity]", label="疑点")
    assert len(shown(table)) == 28
    table.fill("form.filters input[name=q]", "1000")
    assert len(shown(table)) == 1
    assert "共 63 处，选出 1 处。" in table.inner_text("[data-summary]")
    table.goto(table.url)
    assert len(shown(table)) == 1
    table.click("form.filters button[type=reset]")
    expect(table.locator(".ledger--findings tbody tr[hidden]")).to_have_count(0)


def test_what_the_publisher_answered_can_be_chosen(browser: Browser, tmp_path: Path) -> None:
    project = "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
    shutil.copytree(REAL_DATA, tmp_path / "data")
    with (tmp_path / "data" / project).open("a") as file:
        file.write("acknowledged:\n- {rule: plan-over-100, reason: 公开文件原文如此, date: 2021-06-30}\n")
    checked = inspect(tmp_path / "data")
    (view,) = [p for p in quality_pages(found_in(checked)) if p.path == "quality/index.md"]
    script = (ROOT / "docs/assets/findings.js").read_text()
    page = browser.new_page()
    page.set_content(f"{render_html(view)}<script>{script}</script>")
    page.select_option("select[name=reply]", label="已说明")
    (row,) = shown(page)
    assert "发布单位说明：公开文件原文如此" in row


def test_a_filter_with_one_choice_is_not_offered(table: Page) -> None:
    expect(table.locator("select[name=reply]")).to_be_hidden()
    expect(table.locator("select[name=severity]")).to_be_visible()


def test_the_table_sorts_by_a_column_both_ways_with_the_keyboard(table: Page) -> None:
    heading = table.locator(".ledger--findings th[data-sort]").nth(1)
    names = table.locator(".ledger--findings tbody th > a")
    for expected in ("ascending", "descending"):
        heading.locator("button").focus()
        table.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == expected
        order = json.dumps(names.all_inner_texts(), ensure_ascii=False)
        collated = table.evaluate(
            f"{order}.every((name, i, all) => !i || "
            f"new Intl.Collator('zh-Hans-CN').compare(all[i - 1], name) {'<=' if expected == 'ascending' else '>='} 0)"
        )
        assert collated


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["quality", "quality/unit-is-text", "quality/budget-sum"])
def test_everybody_can_use_the_pages(
    path: str, width: int, scheme: Literal["light", "dark"], browser: Browser, built_site: Path
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((built_site / path / "index.html").as_uri())
    page.wait_for_selector("h1")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_row_leads_to_the_value_on_the_project_page(table: Page) -> None:
    row = table.locator(".ledger--findings tbody tr", has_text="1000.00%")
    row.locator("th a").click()
    target = table.url.rpartition("#")[2]
    assert "1000.00%" in table.locator(f'[id="{target}"]').inner_text()
