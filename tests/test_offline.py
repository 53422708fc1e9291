"""The bundle in a browser, opened from disk: everything works and nothing is asked of the network."""

import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator.bundle import make
from tests.test_bundle import unpack
from tests.test_verify import edited


@dataclass
class Log:
    """What a page asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # the next page was opened meanwhile
            self.complaints.append(f"{request.failure}: {request.url}")

    def outside(self, *, own: str) -> list[str]:
        return [url for url in self.requests if not url.startswith((own, "data:"))]


@contextmanager
def opened(browser: Browser) -> Iterator[tuple[Page, Log]]:
    log = Log()
    context = browser.new_context(accept_downloads=True)
    context.on("request", lambda r: log.requests.append(r.url))
    context.on("requestfailed", log.failed)
    context.on("console", lambda m: log.complaints.append(m.text) if m.type in {"error", "warning"} else None)
    context.on("weberror", lambda e: log.complaints.append(str(e.error)))
    yield context.new_page(), log
    context.close()


@pytest.fixture(scope="module")
def bundle(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(built_site, tmp_path_factory.mktemp("bundle") / "bundle.zip").path


@pytest.fixture(scope="module")
def unpacked(bundle: Path) -> Path:
    """Give the unpacked bundle, as read-only as a burnt disc."""
    top = unpack(bundle, bundle.parent / "unpacked")
    for path in sorted(top.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    top.chmod(0o555)
    return top


def pages_of(top: Path) -> list[Path]:
    """Give the pages of a bundle; of those that explain a rule, which are alike, the first few."""
    rules = sorted(p for p in top.glob("quality/*/index.html"))
    return sorted({*top.rglob("index.html")} - {*rules[3:]})


def test_every_page_opens_from_disk_asks_only_for_its_own_files_and_prints_its_edition(
    browser: Browser, unpacked: Path
) -> None:
    pages = pages_of(unpacked)
    assert len(pages) >= 14
    with opened(browser) as (page, log):
        page.emulate_media(media="print")
        for path in pages:
            page.goto(path.as_uri())
            assert page.locator(".release__edition").is_visible()
            assert page.locator(".release__publisher").is_visible()
        assert log.outside(own=unpacked.as_uri()) == []
        assert log.complaints == []
        asked = {Path(unquote(urlsplit(url).path)) for url in log.requests}
    there = {p for p in unpacked.glob("assets/**/*") if p.is_file() and p.name != "LICENSE.txt"}
    assert {p.relative_to(unpacked) for p in there - asked} == set(), "no page asks for these"


def test_links_and_theme_work_from_disk(browser: Browser, unpacked: Path) -> None:
    with opened(browser) as (page, log):
        page.goto((unpacked / "index.html").as_uri())
        page.locator("article a[href*='units/912012/2021/']").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.url.startswith(unpacked.as_uri())
        scheme = "document.documentElement.dataset.scheme ?? ''"
        before = page.evaluate(scheme)
        page.get_by_role("button", name="深色").click()
        page.reload()
        assert (before, page.evaluate(scheme)) == ("", "dark")
        assert (log.outside(own=unpacked.as_uri()), log.complaints) == ([], [])


def test_search_choice_and_downloads_work_from_disk(browser: Browser, unpacked: Path, tmp_path: Path) -> None:
    with opened(browser) as (page, log):
        use(page, unpacked.as_uri(), "/index.html", unpacked, tmp_path)
        assert (log.outside(own=unpacked.as_uri()), log.complaints) == ([], [])


def test_the_same_bundle_works_below_any_path(browser: Browser, unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "www/a").mkdir(parents=True)
    (tmp_path / "www/a/b").symlink_to(unpacked)
    with serving(tmp_path / "www") as host, opened(browser) as (page, log):
        top = f"{host}/a/b"
        for path in pages_of(unpacked):
            page.goto(f"{top}/{quote(path.relative_to(unpacked).as_posix())}")
        use(page, top, "/", unpacked, tmp_path)
        assert log.outside(own=f"{top}/") == []
        assert log.complaints == []


def use(page: Page, top: str, index: str, unpacked: Path, folder: Path) -> None:
    """Do on the site at `top` what a reader does: search, choose, follow links, save files."""
    page.goto(f"{top}{index}")
    page.fill("#find", "道路")
    expect(page.locator("[role=option] .hit__title").first).to_contain_text("道路")
    page.goto(f"{top}/projects{index}")
    page.locator("input[type=search]:not(#find)").first.fill("党组织")
    expect(page.locator("main tbody tr:visible")).to_have_count(1)
    with page.expect_download() as saved:
        page.locator("[data-download]").click()
    saved.value.save_as(folder / "selection.csv")
    assert "党组织" in (folder / "selection.csv").read_text(encoding="utf-8-sig")
    page.locator("main tbody tr:visible a").first.click()
    expect(page.locator("h1")).to_contain_text("党组织")
    page.goto(f"{top}/downloads{index}")
    for name in ("projects.csv", "projects.xlsx"):
        with page.expect_download() as saved:
            page.locator(f"a[href$='data/{name}']").first.click()
        saved.value.save_as(folder / name)
        assert (folder / name).read_bytes() == (unpacked / "data" / name).read_bytes()
    page.goto(f"{top}/units/912012/2021{index}")
    with page.expect_download() as saved:
        page.locator("main a[href$='.docx']").click()
    assert saved.value.failure() is None
    source = page.locator("main a[href*='source/']")
    if top.startswith("file:"):  # a browser saves nothing that it can show from disk
        source.click()
        expect(page.locator("body")).to_contain_text("李亲顾镇")
    else:
        with page.expect_download() as saved:
            source.click()
        assert saved.value.failure() is None


@pytest.mark.parametrize("web_crypto", ["with Web Crypto", "without"])
def test_a_citizen_checks_the_bundle_on_its_page(
    browser: Browser, unpacked: Path, bundle: Path, web_crypto: str
) -> None:
    def forge(files: dict[str, bytes]) -> None:
        files["index.html"] += b" "
        del files["README.txt"]
        files["new<b>.html"] = b"<h1>"

    changed = edited(bundle, forge, f"{unpacked.name}/")
    with opened(browser) as (page, log):
        if web_crypto == "without":  # as on plain http
            page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
        page.goto((unpacked / "verify/index.html").as_uri())
        verdict, items = page.locator("#verify-verdict"), page.locator("#verify-list li")
        page.locator("#verify-files").set_input_files(bundle)
        expect(verdict).to_contain_text("都与清单一致（", timeout=30_000)
        page.locator("#verify-files").set_input_files(changed)
        expect(verdict).to_contain_text("不可信", timeout=30_000)
        assert sorted(items.all_text_contents()) == [
            "README.txt：缺少",
            "index.html：被改动过",
            "new<b>.html：名称会写到别处",
            "new<b>.html：是清单里没有的",
        ]
        page.locator("#verify-folder").set_input_files(unpacked)
        expect(verdict).to_contain_text("都与清单一致（", timeout=30_000)
        page.locator("#verify-files").set_input_files(unpacked / "about/index.html")
        expect(verdict).to_have_text("✓ 都与清单一致")
        assert "与 about/index.html 一字不差" in items.all_text_contents()[0]
        assert (log.outside(own=unpacked.as_uri()), log.complaints) == ([], [])


DROP = """async ([target, files]) => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) {
        transfer.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name));
    }
    for (const type of ['dragover', 'drop']) {
        document.querySelector(target).dispatchEvent(
            new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
}"""


def test_what_is_dropped_on_the_page_is_checked(browser: Browser, unpacked: Path, bundle: Path) -> None:
    def drop(*paths: Path) -> None:
        files = [(path.name, b64encode(path.read_bytes()).decode()) for path in paths]
        page.evaluate(DROP, ["#verify-drop", files])

    changed = edited(bundle, lambda files: files.update({"index.html": b"x"}), f"{unpacked.name}/")
    with opened(browser) as (page, log):
        page.goto((unpacked / "verify/index.html").as_uri())
        verdict = page.locator("#verify-verdict")
        drop()
        expect(verdict).to_have_text("没有文件可以核对。")
        drop(bundle)
        expect(verdict).to_contain_text("都与清单一致（", timeout=30_000)
        drop(changed)
        expect(verdict).to_contain_text("不可信：1 处", timeout=30_000)
        drop(unpacked / "index.html", unpacked / "data/projects.csv")
        expect(verdict).to_have_text("✓ 都与清单一致")
        assert (log.outside(own=unpacked.as_uri()), log.complaints) == ([], [])


def test_the_page_refuses_what_is_no_bundle(browser: Browser, unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK no zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/manifest.json", bytes(50_000_000))
    with opened(browser) as (page, _):
        page.goto((unpacked / "verify/index.html").as_uri())
        for name, said in (
            ("broken.zip", "不是完好的离线包"),
            ("other.zip", "不是离线包"),
            ("bomb.zip", "压缩炸弹"),
        ):
            page.locator("#verify-files").set_input_files(tmp_path / name)
            expect(page.locator("#verify-verdict")).to_contain_text(said)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, on a port of the system's choice."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
