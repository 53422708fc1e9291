"""How long the search takes with thousands of projects, in a real Chromium, from a disk and over http.

    python -m benchmarks.search [PROJECTS]        5,000 when not told, 50 a unit and year

The pages are those of the repository's data; the search's scripts are made of projects that the real
ones are varied into. Recall and precision are compared with the plain text for every query.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from generator import store
from generator.model import Dataset, Disclosure, Project, Unit
from generator.money import Amount
from tests import programs
from tests.conftest import build_site
from tests.searching import matching, scripts, served, truth_of
from tests.workspaces import REAL_DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

A_DISCLOSURE = 50  # projects
QUERIES = [
    "道路", "信访", "三会一课", "环境", "西湖村内道路修建项目", "RRL6F4", "80.00", "≥90", "100%", "1000.00%",
    "８０", "（", "产出指标", "群众满意", "道路 信访", "第7", "村 经费 2019", "李亲顾镇", "防疫", "的",
]  # fmt: skip
PLACES = "东西南北中上下大小新"
KINDS = [
    "道路",
    "桥梁",
    "渠道",
    "学校",
    "食堂",
    "广场",
    "路灯",
    "机井",
    "养老",
    "信访",
    "环卫",
    "防疫",
    "文化",
    "培训",
    "档案",
    "护林",
]

FIRST = """query => new Promise(done => {
  const input = document.querySelector("#find");
  const list = document.querySelector("[data-list]");
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    if (list.children.length) { watch.disconnect(); requestAnimationFrame(() => done(performance.now() - begun)); }
  });
  watch.observe(list, { childList: true });
  input.focus();
  input.value = query;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
})"""
"""From the first touch of the field to the frame with the first results, ms."""

KEY = """query => new Promise(done => {
  const input = document.querySelector("#find");
  const begun = performance.now();
  input.value = query;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  const worked = performance.now() - begun;
  requestAnimationFrame(() => setTimeout(() => done([worked, performance.now() - begun])));
})"""
"""The work of one key, and until its results are drawn, ms."""


def dataset(projects: int) -> Dataset:
    """Vary the real projects into many units and years, always in the same way."""
    chance = random.Random(5000)  # noqa: S311 (varies texts, guards nothing)
    real, _ = store.load(REAL_DATA)
    disclosures = []
    for n in range(max(1, projects // A_DISCLOSURE)):
        name = f"定州市{chance.choice(PLACES)}{chance.choice(PLACES)}镇"
        unit = Unit(code=f"9{n:05}", name=f"{name}党政综合办公室", short_name=name)
        disclosures.append(_disclosure(real.disclosures[0], unit, str(2019 + n % 7), chance))
    return Dataset(real.site, tuple(disclosures), tuple(d.unit for d in disclosures), real.terms)


def _disclosure(real: Disclosure, unit: Unit, year: str, chance: random.Random) -> Disclosure:
    projects = tuple(
        _project(chance.choice(real.projects), unit, year, n, chance) for n in range(A_DISCLOSURE)
    )
    return real.model_copy(update={"unit": unit, "year": year, "projects": projects})


def _project(real: Project, unit: Unit, year: str, n: int, chance: random.Random) -> Project:
    code = "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=13))
    place = f"{chance.choice(PLACES)}{chance.choice(PLACES)}村"
    amount = Amount(f"{chance.uniform(0.5, 300):.2f}")
    purpose = f"用于{place}{chance.choice(KINDS)}、{chance.choice(KINDS)}及第{n}组支出。{real.purpose or ''}"
    change = {
        "id": f"130682{year[2:]}{code}",
        "code": f"130682{year[2:]}{code}",
        "unit_code": unit.code,
        "year": year,
        "name": f"{place}{chance.choice(KINDS)}{real.name}",
        "purpose": purpose,
        "budget": real.budget.model_copy(update={"total": amount, "fiscal": amount}),
        "goals": (*real.goals, f"{len(real.goals) + 1}.{place}{chance.choice(KINDS)}按期完成"),
    }
    return real.model_copy(update=change)


def sites(folder: Path, data: Dataset) -> Iterator[tuple[str, str]]:
    """Build the pages, exchange the search's data, and give its addresses."""
    site = build_site(folder / "workspace")
    shutil.rmtree(site / "search/texts")
    begun = time.perf_counter()
    written = 0
    for name, content in scripts(data):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
        written += len(content)
    took = time.perf_counter() - begun
    names = (site / "search/catalogue.js").stat().st_size
    print(f"scripts: {written / 1e6:.1f} MB, of which names {names / 1e6:.2f} MB; made in {took:.1f} s")
    yield "file", site.as_uri() + "/"
    with served(site) as address:
        yield "http", address


def measure(browser: Browser, kind: str, address: str, truth: dict[str, list[str]]) -> None:
    """Print the times of one way to open the site."""
    first = sorted(_first(browser, address) for _ in range(5))
    page = browser.new_page()
    page.goto(address + "about/index.html")
    begun = time.perf_counter()
    page.evaluate(FIRST, "道路")
    meanwhile = _type_until_read(page)
    read = time.perf_counter() - begun
    keys = [page.evaluate(KEY, query) for query in QUERIES for _ in range(5)]
    wrong = [q for q in QUERIES if sorted(_paths(page, q)) != matching(truth, q)]
    print(
        f"{kind}: first results {first[2]:.0f} ms (slowest {first[-1]:.0f}); all texts read in {read:.1f} s"
    )
    print(f"  a key while texts are read: {_spread([k[0] for k in meanwhile])} ({len(meanwhile)} keys)")
    print(f"  a further key: {_spread([k[0] for k in keys])}; until drawn: {_spread([k[1] for k in keys])}")
    print(
        f"  recall and precision: {len(QUERIES) - len(wrong)} of {len(QUERIES)} queries as the plain text {wrong}"
    )
    page.close()


def _first(browser: Browser, address: str) -> float:
    page = browser.new_page()
    page.goto(address + "about/index.html")
    took = float(page.evaluate(FIRST, "道路"))
    page.close()
    return took


def _type_until_read(page: Page) -> list[list[float]]:
    keys = []
    while page.evaluate("disclose.find.reading()"):
        keys.append(page.evaluate(KEY, QUERIES[len(keys) % len(QUERIES)]))
    return keys


def _paths(page: Page, query: str) -> list[str]:
    found = page.evaluate("q => { const a = disclose.find.find(q); return [a.instead, a.entries.map(e => e.path)]; }", query)  # fmt: skip
    return [] if found[0] else list(found[1])


def _spread(values: list[float]) -> str:
    ordered = sorted(values) or [0.0]
    return f"median {ordered[len(ordered) // 2]:.0f} ms, slowest {ordered[-1]:.0f} ms"


def main() -> None:
    """Build, measure and print."""
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    data = dataset(projects)
    truth = truth_of(data)
    print(f"{len(data.projects)} projects in {len(data.disclosures)} disclosures")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=programs.browser(), args=["--no-sandbox"] if sys.platform == "linux" else []
        )
        for kind, address in sites(Path(folder), data):
            measure(browser, kind, address, truth)
        browser.close()


if __name__ == "__main__":
    main()
