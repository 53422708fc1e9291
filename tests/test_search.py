"""The search finds what the plain text holds, and nothing else: measured in a browser."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from generator import store
from generator.finding import Finding, Place, Severity, Text
from generator.model import Budget, Dataset, Disclosure, Indicator, PlanStep, Project, Site, Term, Unit
from generator.money import Amount, AmountUnit, Percentage
from tests.searching import Truth, fold, matching, scripts, served, truth_of
from tests.workspaces import REAL_DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ANSWERS = """queries => queries.map(query => disclose.find.find(query))
  .map(({ entries, instead }) => ({ paths: entries.map(entry => entry.path), instead }))"""


def loaded(page: Page, address: str) -> Page:
    """Open a page and let it read all texts."""
    page.goto(address)
    page.evaluate("disclose.catalogue.loadTexts()")
    page.wait_for_function("!disclose.find.reading()")
    assert page.evaluate("disclose.catalogue.state.missing") == 0
    return page


def answers(page: Page, queries: list[str]) -> list[list[str]]:
    """Give the paths found for each query; what was found only in other spelling is left out."""
    found = page.evaluate(ANSWERS, queries)
    return [[] if answer["instead"] else answer["paths"] for answer in found]


@pytest.fixture(scope="module", params=["file", "http"])
def real(request: pytest.FixtureRequest, browser: Browser, built_site: Path) -> Iterator[Page]:
    """Give a page of the real site with all texts read, from the disk and below a path over http."""
    page = browser.new_page()
    inside = "units/912012/2021/index.html"
    if request.param == "file":
        yield loaded(page, (built_site / inside).as_uri())
    else:
        with served(built_site, "/portal/jxmb") as root:
            yield loaded(page, root + inside)
    page.close()


@pytest.fixture(scope="module")
def real_truth() -> Truth:
    dataset, _ = store.load(REAL_DATA)
    return truth_of(dataset)


def substrings(truth: Truth, count: int) -> list[str]:
    """Cut random pieces, some of them of several words, out of what is published; always the same ones."""
    chance = random.Random(912012)  # noqa: S311 (chooses examples, guards nothing)
    texts = [value for values in truth.values() for value in values]

    def piece() -> str:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        return text[start : start + chance.randint(1, 12)]

    queries = [" ".join(piece() for _ in range(chance.choice((1, 1, 1, 2, 3)))) for _ in range(count)]
    return [query for query in queries if fold(query).split()]


def test_recall_and_precision_are_one_over_random_substrings(real: Page, real_truth: Truth) -> None:
    queries = substrings(real_truth, 3000)
    found = answers(real, queries)
    wrong = [
        (query, paths)
        for query, paths in zip(queries, found, strict=True)
        if sorted(paths) != matching(real_truth, query)
    ]
    assert len(queries) > 2900
    assert wrong == []


ROAD = "units/912012/2021/130682217RRL6F4PNQUL9/index.html"
PARTY = "units/912012/2021/130682218H8OB4DSL9BDI/index.html"
LEAGUE = "units/912012/2021/13068221NQX1BVHS6X9UM/index.html"
MEALS = "units/912012/2021/13068221NVUBNG1GN1VYV/index.html"
UNIT = "units/912012/2021/index.html"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("道路", [ROAD]),
        ("信访", [LEAGUE, UNIT]),
        ("西湖村内道路修建项目", [ROAD]),
        ("RRL6F4", [ROAD]),
        ("rrl6f4", [ROAD]),
        ("ＲＲＬ６Ｆ４", [ROAD]),
        ("80.00万元", [ROAD]),
        ("８０．００ 道路", [ROAD]),
        ("80.00 道路", [ROAD]),
        ("道路 80.00", [ROAD]),
        ("道路　信访", []),
        ("≥32次", [PARTY]),
        ("1000.00%", [MEALS]),
        ("１０００．００％", [MEALS]),
        ("“三会一课”", [PARTY]),
        ("护城河", [UNIT]),
        ("雷厉风行", [UNIT]),
        ("不存在的字", []),
    ],
)
def test_what_people_look_for(real: Page, query: str, expected: list[str]) -> None:
    assert answers(real, [query]) == [expected]


@pytest.mark.parametrize(("query", "count"), [("80.00", 1), ("≥90", 8), ("912012", 9), ("群众满意", 7)])
def test_how_many_projects_hold_it(real: Page, query: str, count: int) -> None:
    kinds = "q => disclose.find.find(q).entries.map(entry => entry.kind)"
    assert real.evaluate(kinds, query).count("project") == count


@pytest.mark.parametrize(
    ("query", "instead", "path"),
    [
        ("1000%", "“1000.00%”", MEALS),
        ("80.0万元", "“80.00万元”", ROAD),
        ("800,000元", "“80.00万元”", ROAD),
        ("800000 道路", "“80.00万元 道路”", ROAD),
        ("dlxj", "“道路修建”", ROAD),
        ("DZZHD", "“党组织活动”", PARTY),
        ("hsbz 1000%", "“伙食补助 1000.00%”", MEALS),
    ],
)
def test_what_stands_nowhere_is_found_as_it_is_printed(
    real: Page, query: str, instead: str, path: str
) -> None:
    [answer] = real.evaluate(ANSWERS, [query])
    assert answer["instead"] == instead
    assert path in answer["paths"]


SOUNDS = {
    "a": "啊阿安", "b": "八巴吧爸", "c": "擦嚓才", "d": "搭哒答打", "e": "鹅额恶", "f": "发罚法", "g": "嘎旮改",
    "h": "哈蛤海", "j": "机鸡基击几", "k": "咖卡喀开", "l": "拉垃路", "m": "妈麻马目", "n": "拿哪内", "o": "哦欧",
    "p": "趴啪爬", "q": "七期欺", "r": "然燃日", "s": "撒洒萨三", "t": "他她塌土", "w": "挖洼娃", "x": "西夕吸析",
    "y": "压丫鸭牙", "z": "扎杂咂再住",
}  # fmt: skip


@pytest.mark.parametrize(("letter", "characters"), SOUNDS.items())
def test_the_browser_knows_the_first_letter_of_a_character(real: Page, letter: str, characters: str) -> None:
    pieces = (
        "([letter, names]) => names.map(name => disclose.alike.spoken(letter + letter, [name + name])[0])"
    )
    assert real.evaluate(pieces, [letter, list(characters)]) == [c + c for c in characters]


# --- texts that no office should write, and that must be found all the same ---

ODD = (
    "</script><script>alert(1)</script>",
    'a"b\\c\u2028d\u2029e${f}`g',
    "ΟΔΟΣ ΣΑΣ ὈΔΥΣΣΕΎΣ",
    "İstanbul Straße ﬁnal",
    "㎡…①⑩㈠％＃ﷺ",
    "e\u0301te\u0301 cafe\u0301",
    "\u1100\u1161\u11a8 한글",
    "𠮷野家 👨‍👩‍👧 𝟘𝟙",
    "（全角）ＡＢＣ　ｄｅｆ",
    "__proto__ constructor toString",
    "<b>&amp;&#60;",
)


def odd_dataset() -> Dataset:
    """Give two years of a unit whose every field holds something odd."""
    unit = Unit(code="912012", name=f"单位{ODD[2]}", former_names=(ODD[4],), former_codes=("OLD-1",))
    years = ("2021", "2022")
    return Dataset(
        Site(name="s", publisher="p"), tuple(_odd_disclosure(unit, year) for year in years), (unit,),
        (Term(term=ODD[0], explanation=ODD[5]),),
    )  # fmt: skip


def _odd_disclosure(unit: Unit, year: str) -> Disclosure:
    shift = int(year) % 7
    odd = ODD[shift:] + ODD[:shift]
    projects = [
        Project(
            id=f"p{n}", code=f"P{n}ß", unit_code=unit.code, year=year, name=text, purpose=odd[n - 1],
            budget=Budget(total=Amount(f"{n}.50"), other=Amount("待定")),
            spending_plan=(PlanStep(date="3月底", cumulative=Percentage(f"{n}.00%")),),
            goals=(odd[n - 2], f"第{n}条\n{odd[n - 3]}"),
            indicators=(Indicator(level1="产出指标", level2=odd[n - 4], level3=text, operator="≥", target=f"{n}0", unit="％", basis=odd[n - 5]),),
        )
        for n, text in enumerate(odd)
    ]  # fmt: skip
    return Disclosure(
        amount_unit=AmountUnit.YUAN, unit=unit, year=year, overall_goal=odd[3],
        itemised_goals=odd[4:6], safeguard_measures=odd[6], projects=tuple(projects),
    )  # fmt: skip


SCRIPTS = ("match", "catalogue", "alike", "find", "results", "selection", "csv")


def bare_site(folder: Path, dataset: Dataset, findings: tuple[Finding, ...] = ()) -> Path:
    """Write a site of one page that has only the search's scripts and data; give the page."""
    shutil.copytree(ROOT / "docs/assets", folder / "assets")
    for name, content in scripts(dataset, findings):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    tags = "".join(f'<script src="assets/{name}.js"></script>' for name in SCRIPTS)
    page = folder / "index.html"
    page.write_text(f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>t</title>{tags}', "utf-8")
    return page


@pytest.fixture(scope="module")
def odd(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = browser.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    yield loaded(page, bare_site(tmp_path_factory.mktemp("odd"), odd_dataset()).as_uri())
    page.close()


def test_odd_texts_are_found_as_plain_text(odd: Page) -> None:
    truth = truth_of(odd_dataset())
    queries = [*ODD, *substrings(truth, 3000)]
    found = answers(odd, queries)
    wrong = [q for q, paths in zip(queries, found, strict=True) if sorted(paths) != matching(truth, q)]
    assert wrong == []


def test_marks_give_the_text_back_and_cover_the_words(odd: Page) -> None:
    cases = [(text, word) for text in ODD for word in fold(text).split()]
    marked = odd.evaluate("cases => cases.map(([text, word]) => disclose.match.pieces(text, [word]))", cases)
    for (text, word), pieces in zip(cases, marked, strict=True):
        assert "".join(piece for piece, _ in pieces) == text
        if "\u1100" not in text:  # letters of Hangul that only compose together stay unmarked
            assert any(mark and word in fold(piece) for piece, mark in pieces), (text, word)


def test_a_long_text_is_cut_around_its_first_match(odd: Page) -> None:
    text = "甲" * 300 + "道路" + "𠮷" * 300
    pieces = odd.evaluate("text => disclose.match.pieces(text, ['道路'], 41)", text)
    assert pieces[0] == ["…", False]
    assert ["道路", True] in pieces
    assert pieces[-1] == ["…", False]
    whole = "".join(piece for piece, _ in pieces)
    assert len(whole.encode("utf-16-le")) // 2 <= 44
    assert whole.strip("…") in text


# --- order and failures ---


def named(name: str, code: str = "C0", purpose: str | None = None, level3: str = "三级") -> Project:
    row = Indicator(level1="产出指标", level2="数量指标", level3=level3, target="≥1")
    return Project(id=code, code=code, name=name, purpose=purpose, indicators=(row,), unit_code="912012", year="2021")  # fmt: skip


def of(*projects: Project, year: str = "2021") -> Dataset:
    unit = Unit(code="912012", name="定州市李亲顾镇")
    moved = tuple(project.model_copy(update={"year": year}) for project in projects)
    disclosure = Disclosure(amount_unit=AmountUnit.WAN, unit=unit, year=year, projects=moved)
    return Dataset(Site(name="s", publisher="p"), (disclosure,), (unit,))


def test_name_comes_before_code_before_purpose_before_indicators(browser: Browser, tmp_path: Path) -> None:
    dataset = of(
        named("甲", "C1", level3="x7y 完成"),
        named("乙", "C2", purpose="用于 x7y"),
        named("丙", "X7Y3"),
        named("丁x7y", "C4"),
    )
    page = loaded(browser.new_page(), bare_site(tmp_path, dataset).as_uri())
    [paths] = answers(page, ["X7Y"])
    assert [path.split("/")[3] for path in paths] == ["C4", "X7Y3", "C2", "C1"]
    page.close()


def test_newest_year_comes_first_among_equals(browser: Browser, tmp_path: Path) -> None:
    old, new = of(named("道路")), of(named("道路"), year="2023")
    dataset = Dataset(old.site, old.disclosures + new.disclosures, old.units)
    page = loaded(browser.new_page(), bare_site(tmp_path, dataset).as_uri())
    [paths] = answers(page, ["道路"])
    assert [path.split("/")[2] for path in paths] == ["2023", "2021"]
    page.close()


def test_a_lost_part_is_counted_and_the_rest_is_found(browser: Browser, tmp_path: Path) -> None:
    old, new = of(named("甲", purpose="修路")), of(named("乙", purpose="修路"), year="2023")
    dataset = Dataset(old.site, old.disclosures + new.disclosures, old.units)
    address = bare_site(tmp_path, dataset).as_uri()
    (tmp_path / "search/texts/912012/2021.js").unlink()
    page = browser.new_page()
    page.goto(address)
    page.evaluate("disclose.catalogue.loadTexts()")
    page.wait_for_function("!disclose.find.reading()")
    [paths] = answers(page, ["修路"])
    assert paths == ["units/912012/2023/C0/index.html"]
    said = page.evaluate("disclose.find.status(disclose.find.find('修路'))")
    assert said == "找到 1 个项目。有 1 部分没有读到，结果可能不全。"
    page.close()


# --- what the scripts hold ---


def test_catalogue_gives_exact_amounts_and_kinds_of_findings() -> None:
    project = named("道路").model_copy(update={"budget": Budget(total=Amount("80.005"))})
    found = Finding(
        "plan-over-100", Severity.WARNING, Text("", ""), Text("", ""), Place("x.yml"),
        unit="912012", year="2021", project="C0",
    )  # fmt: skip
    *_, (name, script) = scripts(of(project), [found])
    assert name == "search/catalogue.js"
    assert '["C0","C0","道路","80.005",80005000,1,[0]]' in script.decode()
    assert '"rules":[["plan-over-100",' in script.decode()


def test_scripts_are_the_same_bytes_for_the_same_data() -> None:
    assert [*scripts(odd_dataset())] == [*scripts(odd_dataset())]


def test_no_text_can_end_the_script() -> None:
    for _, content in scripts(odd_dataset()):
        text = content.decode()
        assert text.startswith("disclose.catalogue.")
        assert text.count("\n") == 1
        assert not {"<", ">", "&", "\u2028", "\u2029"} & set(text)
