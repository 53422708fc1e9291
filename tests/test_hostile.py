"""No text of the data runs, escapes its element, or changes on its way to the reader."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from lxml import etree
from typer.testing import CliRunner

from generator import documents, importers, store
from generator.bundle import make
from generator.cli import app
from generator.clock import UNDATED
from generator.exports import export, linked_data
from generator.exports.csv_format import published
from generator.exports.table import Contents
from generator.finding import Severity
from generator.importers.imported import Hints
from generator.manifest import SUMS
from generator.money import AmountUnit
from generator.publishing import publish
from generator.reading import inspect
from generator.render import head
from generator.verify import verify
from generator.yaml_source import parse
from tests import office_files
from tests.hostile_site import FILE_NAMES, UNIT, YEAR, changes, project, texts_of, write_site
from tests.hostile_strings import INVISIBLE, STRINGS, numbered
from tests.workspaces import REAL_DATA, ROOT, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WATCH = """
window.pwned = n => { console.error('PWNED', n) };
window.alert = window.pwned;
document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.sourceFile));
"""
ESCAPED = """() => [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a =>
    a.name.startsWith('on') ||
    e !== document.documentElement && a.name == 'style' && /pwn/.test(a.value) ||
    ['id', 'class', 'name', 'for'].includes(a.name) && /pwn/.test(a.value) ||
    ['href', 'src', 'action', 'srcdoc', 'formaction', 'xlink:href'].includes(a.name) &&
        /^\\s*(javascript|data|vbscript):|^\\s*(https?:)?\\/\\/pwn/i.test(a.value) ||
    a.name == 'http-equiv' && /refresh/i.test(a.value)
)).map(e => e.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_site(folder / "data")
    workspace = make_workspace(folder / "workspace", folder / "data")
    publish(workspace)
    return workspace.site


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Give a page that reports whatever runs, is blocked, or asks for what is not the site's own."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    said: list[str] = []
    context.on("console", lambda m: said.append(m.text))
    context.on("weberror", lambda e: said.append(str(e.error)))
    context.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:image/svg")) else said.append(r.url)
    )
    context.on("dialog", lambda d: said.append(d.message))
    yield context.new_page(), said
    context.close()


def without_breaks(text: str) -> str:
    """Leave out line breaks: on a page they are elements."""
    return text.replace("\n", "")


NOT_ON_PAGES = {
    "operator",  # columns that the form of this disclosure does not have
    "unit",
    "weight",
    "direction",
    "field",  # which field a correction means is said in words
}


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_no_text_runs_or_escapes_and_each_appears_as_it_is(
    site: Path, watched: tuple[Page, list[str]], step: int
) -> None:
    page, said = watched
    for place, string in list(enumerate(STRINGS))[::step]:
        page.goto((site / f"units/{UNIT}/{YEAR}/P{place:03}/index.html").as_uri())
        shown = without_breaks(page.evaluate("document.body.textContent"))
        absent = [t for t in texts_of(project(place), NOT_ON_PAGES) if without_breaks(t) not in shown]
        assert absent == [], f"{string!r} is not shown as it is"
        assert page.evaluate(ESCAPED) == [], string
        assert said == [], string


def test_the_pages_above_the_projects_hold_too(site: Path, watched: tuple[Page, list[str]]) -> None:
    page, said = watched
    projects = {site / f"units/{UNIT}/{YEAR}/P{place:03}/index.html" for place in range(len(STRINGS))}
    for path in sorted(set(site.rglob("index.html")) - projects):
        page.goto(path.as_uri())
        assert page.evaluate(ESCAPED) == [], path
        assert said == [], path
    page.goto((site / f"units/{UNIT}/{YEAR}/index.html").as_uri())
    shown = without_breaks(page.evaluate("document.body.textContent"))
    names = [project(place)["name"] for place in range(len(STRINGS))]
    assert [n for n in (*names, *FILE_NAMES) if without_breaks(n) not in shown] == []
    page.goto((site / "changes/index.html").as_uri())
    shown = without_breaks(page.evaluate("document.body.textContent"))
    texts = [c[key] for c in changes() for key in ("name", "unit", "year", "before", "after", "reason")]
    assert [t for t in texts if without_breaks(t) not in shown] == []


def test_the_list_of_projects_and_the_saved_selection_hold_texts(
    site: Path, watched: tuple[Page, list[str]], tmp_path: Path
) -> None:
    page, said = watched
    page.goto((site / "projects/index.html").as_uri())
    place = next(n for n, s in enumerate(STRINGS) if s.startswith("=HYPERLINK"))
    name = project(place)["name"]
    page.locator("input[type=search]:not(#find)").first.fill(name)
    link = page.locator("main tbody tr:visible a").first
    link.wait_for()
    assert link.text_content() == name
    page.locator("[type=reset]").click()
    for button in page.locator("th button.sort").all():
        button.click()
    with page.expect_download() as saved:
        page.locator("[data-download]").click()
    saved.value.save_as(tmp_path / "selection.csv")
    _, _, *rows = csv.reader(io.StringIO((tmp_path / "selection.csv").read_text("utf-8-sig"), newline=""))
    assert len(rows) == len(STRINGS)
    assert [cell for row in rows for cell in row if re.match("[=+@\t\r＝＋－＠]|-[^0-9]", cell)] == []
    assert (page.evaluate(ESCAPED), said) == ([], [])


def test_documents_are_served_as_what_no_browser_runs(site: Path) -> None:
    served = {p.name for p in (site / f"units/{UNIT}/{YEAR}/source").iterdir()}
    assert served == {name if name.endswith(".txt") else f"{name}.txt" for name in FILE_NAMES}


def test_the_bundle_of_it_is_whole(site: Path, tmp_path: Path) -> None:
    bundle = make(site, tmp_path / "bundle.zip").path
    assert verify(bundle).findings == ()
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "unpacked")
    [top] = (tmp_path / "unpacked").iterdir()
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=top, capture_output=True, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_the_check_prints_nothing_that_a_terminal_obeys(tmp_path: Path, form: str) -> None:
    write_site(tmp_path)
    done = CliRunner().invoke(app, ["--lang", "zh", "check", "--data", str(tmp_path), "--format", form])
    assert done.exit_code == 0, done.exception
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.output) == []
    if form != "text":
        assert json.loads(done.output)


def test_the_official_document_holds_each_text(tmp_path: Path) -> None:
    write_site(tmp_path)
    [disclosure] = store.load(tmp_path)[0].disclosures
    with zipfile.ZipFile(io.BytesIO(documents.write(disclosure, "docx"))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        links = [n for n in package.namelist() if b'"External"' in package.read(n)]
    shown = "".join(map(str, body.itertext()))
    texts = [project(place)[key] for place in range(len(STRINGS)) for key in ("name", "purpose")]
    assert [t for t in texts if re.sub("[\n\t]", "", t) not in shown] == []
    assert links == []


def test_search_shows_hostile_texts_as_texts(site: Path, watched: tuple[Page, list[str]]) -> None:
    page, said = watched
    for place in range(0, len(STRINGS), 9):
        name = " ".join(project(place)["name"].split())
        query = quote(name[:40])
        page.goto((site / "search/index.html").as_uri() + f"?q={query}")
        page.locator(".hit, .results__hint > *").first.wait_for()
        page.fill("#find", name[:20])
        page.wait_for_timeout(50)
        assert page.evaluate(ESCAPED) == [], name
        assert said == [], name


SCRIPTS = [p for p in sorted((ROOT / "docs/assets").rglob("*.js")) if "vendor" not in p.parts]
MAKES_MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(|new Function|setTimeout\(\s*[\"'`]|srcdoc")  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.name)
def test_no_script_of_ours_makes_markup_or_code_from_text(script: Path) -> None:
    assert MAKES_MARKUP.findall(script.read_text(encoding="utf-8")) == []


class _Tags(HTMLParser):
    """Collects the opening tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def tags_of(path: Path) -> list[tuple[str, dict[str, str]]]:
    return _Tags(path.read_text(encoding="utf-8")).tags


ALIGNED = {f"text-align: {side};" for side in ("left", "center", "right")}
ADDRESSES = {"href", "src", "action", "data", "formaction", "poster", "xlink:href"}


def test_every_page_bears_the_same_strict_policy_and_nothing_inline(site: Path) -> None:
    policies = set()
    for path in sorted(site.rglob("*.html")):
        tags = tags_of(path)
        first = next(n for n, (tag, _) in enumerate(tags) if tag in {"script", "link", "style", "img"})
        policies.add(
            next(a["content"] for tag, a in tags[:first] if a.get("http-equiv") == "Content-Security-Policy")
        )
        scripts = [a for tag, a in tags if tag == "script" and "src" not in a]
        assert [a for a in scripts if not a.get("type", "").startswith("application/")] == [], path
        assert [tag for tag, a in tags if any(name.startswith("on") for name in a)] == [], path
        assert {tag for tag, _ in tags} & {"style", "base", "iframe", "object", "embed"} == set(), path
        assert {a["style"] for _, a in tags if "style" in a} <= ALIGNED, path
    assert len(policies) == 1
    policy = dict(part.strip().split(" ", 1) for part in policies.pop().split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"


def test_links_lead_only_where_they_may(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        for tag, attributes in tags_of(path):
            for name in ADDRESSES & attributes.keys():
                scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", attributes[name])
                assert not scheme or scheme[1] in {"http", "https", "mailto"}, (path, tag, attributes)
            if tag == "a" and re.match(r"\s*([a-z]+:)?//", attributes.get("href", ""), re.IGNORECASE):
                rel = attributes.get("rel", "").split()
                assert {"external", "noopener", "noreferrer"} <= {*rel}, (path, tag, attributes)
            assert "target" not in attributes, (path, tag, attributes)


@pytest.mark.parametrize("character", INVISIBLE)
def test_an_invisible_character_is_named_and_nothing_else_is_lost(tmp_path: Path, character: str) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    broken = tmp_path / "data/units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
    text = broken.read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if row.startswith("name:"))
    broken.write_text(text.replace("name: 伙食", f"name: 伙{character}食"), encoding="utf-8", newline="")
    dataset, findings = store.load(tmp_path / "data")
    assert [(f.rule, f.place.line) for f in findings] == [("yaml-control-character", line)]
    assert len(dataset.projects) == 8


@pytest.mark.parametrize("escape", [r"\0", r"\x1b", r"\u202e", r"\uD800", r"\e", r"\N", r"\L"])
def test_an_escape_for_such_a_character_is_refused_too(tmp_path: Path, escape: str) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    broken = tmp_path / "data/units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text.replace("name: 伙食补助", f'name: "伙{escape}食"'), encoding="utf-8")
    dataset, findings = store.load(tmp_path / "data")
    assert [f.severity for f in findings] == [Severity.ERROR]
    assert len(dataset.projects) == 8


@pytest.mark.parametrize(
    "name", ["a b.yml", "<script>.yml", "\u202egpj.yml", "ab.yml\n.yml", "名.yml", "..yml", "-rf.yml", "x" * 200 + ".yml", "{{7}}.yml"]
)  # fmt: skip
def test_a_hostile_file_name_is_named_and_never_published(tmp_path: Path, name: str) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    projects = tmp_path / "data/units/912012/2021/projects"
    (projects / name).write_text("name: x\n", encoding="utf-8")
    (tmp_path / "data/units" / name).mkdir()
    dataset, findings = store.load(tmp_path / "data")
    assert [f.rule for f in findings] == ["file-name", "file-name"]
    assert len(dataset.projects) == 9


def test_links_and_odd_files_in_the_data_are_refused(tmp_path: Path) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "unit.yml").write_text("code: 'secret'\nname: geheim\n", encoding="utf-8")
    year = tmp_path / "data/units/912012/2021"
    (tmp_path / "data/units/secret").symlink_to(secret)
    (year / "projects/linked.yml").symlink_to(secret / "unit.yml")
    os.mkfifo(year / "projects/pipe.yml")
    source = year / "source/liqingu-2021.txt"
    source.unlink()
    source.symlink_to("/etc/passwd")
    dataset, findings = store.load(tmp_path / "data")
    assert sorted({f.place.file.rpartition("/")[2] for f in findings}) == ["linked.yml", "pipe.yml", "secret"]
    [disclosure] = dataset.disclosures
    assert store.read_source(tmp_path / "data", disclosure, disclosure.source_documents[0]) is None
    assert len(dataset.projects) == 9


@pytest.mark.parametrize("folder", ["units", "units/912012/2021/projects", "releases"])
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path, folder: str) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    linked = tmp_path / "data" / folder
    linked.mkdir(exist_ok=True)
    linked.rename(tmp_path / "elsewhere")
    linked.symlink_to(tmp_path / "elsewhere")
    dataset, findings = store.load(tmp_path / "data")
    findings += store.releases(tmp_path / "data")[1]
    assert [(f.rule, f.place.file) for f in findings] == [("file-name", folder)]
    assert len(dataset.projects) == (9 if folder == "releases" else 0)


def test_documents_behind_a_link_are_not_published(tmp_path: Path) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    source = tmp_path / "data/units/912012/2021/source"
    source.rename(tmp_path / "elsewhere")
    source.symlink_to(tmp_path / "elsewhere")
    [disclosure] = store.load(tmp_path / "data")[0].disclosures
    assert store.read_source(tmp_path / "data", disclosure, disclosure.source_documents[0]) is None


@pytest.mark.skipif(sys.platform != "linux", reason="file names are texts on this system")
def test_a_name_in_an_old_encoding_hides_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    name = "道路\x1b.yml".encode("gbk")
    (tmp_path / "data/units/912012/2021/projects" / os.fsdecode(name)).write_bytes(b"name: x\n")
    for form in ("text", "json", "sarif"):
        done = CliRunner().invoke(app, ["check", "--data", str(tmp_path / "data"), "--format", form])
        assert done.exit_code == 1, done.exception
        assert "file-name" in done.output
        assert "\x1b" not in done.output
    checked = inspect(tmp_path / "data")
    assert len(checked.dataset.projects) == 9
    assert [f.rule for f in checked.findings if f.severity is Severity.ERROR] == ["file-name"]
    [*export(Contents(checked.dataset, checked.findings, checked.traces), UNDATED.date())]


def test_a_huge_or_deep_file_is_refused_at_once(tmp_path: Path) -> None:
    shutil.copytree(REAL_DATA, tmp_path / "data")
    projects = tmp_path / "data/units/912012/2021/projects"
    (projects / "huge.yml").write_bytes(b"name: x\npurpose: " + b"x" * 3_000_000)
    (projects / "deep.yml").write_bytes(b"name: " + b"[" * 100_000)
    (projects / "flow.yml").write_bytes(b"goals: [" + b"x," * 500_000 + b"]")
    (projects / "bomb.yml").write_bytes(b"a: &a [x]\nb: &b [*a,*a]\nname: [*b,*b]\n")
    with (projects / "sparse.yml").open("wb") as sparse:
        sparse.truncate(1 << 40)
    dataset, findings = store.load(tmp_path / "data")
    assert {f.place.file.rpartition("/")[2] for f in findings} == {"huge.yml", "deep.yml", "flow.yml", "bomb.yml", "sparse.yml"}  # fmt: skip
    assert len(dataset.projects) == 9


@pytest.mark.parametrize(("name", "write"), [("a.docx", office_files.docx), ("a.html", office_files.page)])
def test_office_files_with_hostile_texts_are_read_as_they_are(
    name: str, write: Callable[[Sequence[office_files.Block]], bytes]
) -> None:
    for place, string in list(enumerate(STRINGS))[:: 5 if name == "a.docx" else 1]:  # Word takes its time
        text = f"x{' '.join(numbered(string, place).split())}x"
        table = [
            ["项目名称", text],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", text, text],
        ]
        [disclosure] = importers.read(name, write([table]), Hints("1", "2021", AmountUnit.WAN)).disclosures
        record = disclosure.projects[0].record
        [row] = record.indicators
        assert (record.name, row.level3, row.target) == (text, text, text), string
        assert parse(store.to_yaml(record, "project"), "a.yml")[1] == []


@pytest.mark.parametrize("place", range(len(STRINGS)))
def test_a_document_with_hostile_texts_is_read_as_it_is(place: int) -> None:
    text = numbered(STRINGS[place], place)
    if "\n" in text or "\t" in text or text != text.strip():
        text = f"x{' '.join(text.split())}x"
    document = (REAL_DATA / "units/912012/2021/source/liqingu-2021.txt").read_text(encoding="utf-8")
    content = document.replace("\t西湖村内道路修建项目", f"\t{text}").encode()
    read = importers.read("a.txt", content, Hints("912012", "2021", AmountUnit.WAN))
    [disclosure] = read.disclosures
    if text.startswith("|"):  # the sign of a table written as text: its cells are listed as not understood
        assert "import-unread" in {f.rule for f in read.findings}
        return
    first = disclosure.projects[0].record
    assert (first.name, first.purpose) == (text, text)
    source, findings = parse(store.to_yaml(first, "project"), "first.yml")
    assert (findings, source.data["name"] if source else None) == ([], text)


def test_the_open_data_hold_each_text_as_it_is(tmp_path: Path) -> None:
    write_site(tmp_path)
    checked = inspect(tmp_path)
    contents = Contents(checked.dataset, checked.findings, checked.traces)
    files = {f.path: f.content for f in export(contents, UNDATED.date())}
    names = [project(place)["name"] for place in range(len(STRINGS))]
    rows = list(csv.DictReader(io.StringIO(files["data/projects.csv"].decode("utf-8-sig"), newline="")))
    assert sorted(published(row["name"]) for row in rows) == sorted(names)
    assert [c for row in rows for c in row.values() if c and c[0] in "=+@\t\r＝＋－＠"] == []
    assert sorted(p["name"] for p in json.loads(files["data/projects.json"])) == sorted(names)
    with zipfile.ZipFile(io.BytesIO(files["data/projects.xlsx"])) as workbook:
        sheets = [workbook.read(n).decode() for n in workbook.namelist() if n.startswith("xl/worksheets/")]
    assert [s for s in sheets if re.search(r"<f[ >]|<hyperlink", s)] == []
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files["data/disclosures.sqlite"])
        assert sorted(row[0] for row in database.execute("SELECT name FROM projects")) == sorted(names)
    portal = checked.dataset.site
    feed = etree.fromstring(files["data/feed.xml"])
    assert [feed.findtext(f"{{*}}{key}") for key in ("title", "subtitle", "rights")] == [portal.name, portal.description, portal.licence]  # fmt: skip
    [disclosure] = checked.dataset.disclosures
    for number, of in enumerate(disclosure.projects):
        element = head.script(linked_data.project(portal, disclosure, of, "2021-06-30"))
        inside = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert re.search("[<>&]", inside) is None, number
        assert json.loads(inside)["name"] == of.name
    for path, content in files.items():
        if path.endswith(".xml"):
            assert etree.fromstring(content) is not None
        if path.endswith((".json", ".jsonld")):
            assert json.loads(content) is not None
