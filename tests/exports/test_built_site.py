"""What machines find on the finished site: every address leads to a file, every page says what it is."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html

from generator import publishing
from generator.exports.dictionary import TABLES
from tests.exports.conftest import ADDRESS
from tests.exports.test_linked_data import inner
from tests.workspaces import make_workspace

SITE = f"""\
name: 预算绩效目标公开
publisher: 定州市李亲顾镇
description: 说明
base_url: {ADDRESS}
licence: 自由使用
contact: mailto:open@example.gov.cn
site_id_code: "1306820001"
column_name: 预算绩效
column_type: 信息公开
keywords:
- 预算
- 绩效
"""
NOT_IN_SITEMAP = re.compile(r"404\.html|search/|verify/|quality/.+")
"""Tools, and the pages that the one of all findings leads to."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = make_workspace(tmp_path_factory.mktemp("addressed"))
    (workspace.data / "site.yml").write_text(SITE, encoding="utf-8")
    disclosure = workspace.data / "units/912012/2021/disclosure.yml"
    disclosure.write_text(f'{disclosure.read_text()}published_date: "2021-03-15 10:30"\n')
    publishing.publish(workspace)
    return workspace.site


def pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix().removesuffix("index.html"), html.parse(file).getroot()


def file_of(site: Path, address: str) -> Path:
    assert address.startswith(ADDRESS), address
    path = site / unquote(address.removeprefix(ADDRESS))
    return path / "index.html" if address.endswith("/") else path


def test_the_sitemap_names_every_page_that_is_there(site: Path) -> None:
    tree = etree.parse(site / "sitemap.xml")
    listed = {e.text or "" for e in tree.iter("{*}loc")}
    assert all(file_of(site, address).is_file() for address in listed)
    there = {f"{ADDRESS}{path}" for path, _ in pages(site) if not NOT_IN_SITEMAP.fullmatch(path)}
    assert listed == there
    assert len(list(tree.iter("{*}lastmod"))) == len(listed)
    assert not list(site.rglob("*.gz"))


def test_json_ld_leads_to_files_of_the_stated_size_and_checksum(site: Path) -> None:
    seen = 0
    for path, page in pages(site):
        for script in page.iterfind('.//script[@type="application/ld+json"]'):
            node: dict[str, Any] = json.loads(script.text or "")
            assert node["@context"] == "https://schema.org", path
            for download in (d for listed in inner(node, "distribution") for d in listed):
                content = file_of(site, download["contentUrl"]).read_bytes()
                if "sha256" in download:
                    assert download["sha256"] == hashlib.sha256(content).hexdigest()
                    assert download["contentSize"] == f"{len(content)} B"
                seen += 1
            assert all(file_of(site, url).is_file() for url in inner(node, "url"))
    assert seen > 30


def test_each_project_and_disclosure_describes_itself_and_home_the_whole(site: Path) -> None:
    for path, page in pages(site):
        scripts = len(page.findall('.//script[@type="application/ld+json"]'))
        assert scripts == (path == "" or path.startswith("units/912012/2021/")), path


def test_every_page_has_the_names_of_government_sites_and_leads_to_feed_and_search(site: Path) -> None:
    for path, page in pages(site):
        named = {meta.get("name"): meta.get("content") for meta in page.iterfind(".//meta[@name]")}
        article = path.startswith("units/912012/2021/")
        expected = {
            "SiteName": "预算绩效目标公开",
            "SiteDomain": "example.gov.cn",
            "SiteIDCode": "1306820001",
            "ColumnName": "预算绩效",
            "ColumnDescription": "说明",
            "ColumnKeywords": "预算,绩效",
            "ColumnType": "信息公开",
            "PubDate": "2021-03-15 10:30" if article else None,
            "ContentSource": "定州市李亲顾镇党政综合办公室" if article else None,
            "DC.publisher": "定州市李亲顾镇",
        }
        assert {name: named.get(name) for name in expected} == expected, path
        assert bool(named.get("ArticleTitle")) == article, path
        if path != "404.html":
            feed, search = (
                page.find(f'.//link[@type="application/{kind}+xml"]') for kind in ("atom", "opensearchdescription")
            )  # fmt: skip
            assert feed is not None
            assert search is not None
            for link in (feed, search):
                assert (site / path / link.get("href", "")).is_file(), path


def test_the_page_of_downloads_names_every_file_with_size_rows_and_checksum(site: Path) -> None:
    (main,) = html.parse(site / "downloads/index.html").getroot().iterfind(".//main")
    links = [a.get("href", "") for a in main.iterfind(".//a[@href]") if "://" not in a.get("href", "")]
    assert [to for to in links if not to.startswith("#") and not (site / "downloads" / to).is_file()] == []
    lines = {row[0].text_content(): [cell.text_content() for cell in row[1:]] for row in main.iter("tr")}
    for table in TABLES:
        for ending in ("csv", "json"):
            content = (site / "data" / f"{table.name}.{ending}").read_bytes()
            size, rows, checksum = lines[f"{table.name}.{ending}"]
            assert (size, checksum) == (f"{len(content):,}", hashlib.sha256(content).hexdigest())
            assert int(rows) == len(json.loads((site / "data" / f"{table.name}.json").read_bytes()))
    explained = {code.text_content() for code in main.iterfind(".//dt/code")}
    assert explained == {column.name for table in TABLES for column in table.columns}
    said = main.text_content()
    assert "定州市李亲顾镇. 预算绩效目标公开[DS/OL]. " in said
    assert "自由使用" in said


def test_the_pages_say_the_total_that_the_data_has(site: Path) -> None:
    for path in ("", "units/912012/2021/"):
        (text,) = html.parse(site / path / "index.html").getroot().iterfind(".//main")
        assert "306.84" in text.text_content(), path
    rows = json.loads((site / "data/projects.json").read_bytes())
    assert round(sum(row["budget_total_value"] for row in rows), 2) == 306.84
