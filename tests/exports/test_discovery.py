from pathlib import Path

import pytest
from lxml import etree
from markdown import markdown

from generator.exports import discovery
from generator.exports.discovery import sitemaps
from tests.exports import awkward
from tests.exports.conftest import ADDRESS, BUILT, Published

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "sitemap.xsd"))


def test_the_sitemap_is_valid_and_names_every_project_once(
    addressed: Published, schema: etree.XMLSchema
) -> None:
    tree = etree.parse(addressed.folder / "sitemap.xml")
    assert schema.validate(tree), schema.error_log
    addresses = [e.text for e in tree.iter(SITEMAP + "loc")]
    assert len(set(addresses)) == len(addresses)
    assert {f"{ADDRESS}{p.path}/" for p in addressed.contents.dataset.projects} <= set(addresses)


def test_pages_bear_the_date_of_the_last_correction_or_of_the_build(addressed: Published) -> None:
    tree = etree.parse(addressed.folder / "sitemap.xml")
    dates = {url.findtext(SITEMAP + "loc"): url.findtext(SITEMAP + "lastmod") for url in tree.getroot()}
    assert dates[f"{ADDRESS}units/0042/2021/"] == "2021-06-30"
    assert dates[f"{ADDRESS}units/0042/2022/"] == "2026-11-22"
    assert dates[ADDRESS] == "2026-11-22"


def test_a_long_sitemap_is_parted_under_an_index(
    schema: etree.XMLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "MOST_PAGES", 15)
    *parts, index = sitemaps(awkward.contents(ADDRESS).dataset, BUILT)
    trees = [etree.fromstring(part.content) for part in (*parts, index)]
    assert all(map(schema.validate, trees)), schema.error_log
    assert [len(tree) for tree in trees] == [15, 15, 3, 3]
    assert index.path == "sitemap.xml"
    assert [e.text for e in trees[-1].iter(SITEMAP + "loc")] == [f"{ADDRESS}{part.path}" for part in parts]
    newest = [max(e.text or "" for e in tree.iter(SITEMAP + "lastmod")) for tree in trees[:-1]]
    assert [e.text for e in trees[-1].iter(SITEMAP + "lastmod")] == newest


def test_a_sitemap_speaks_only_for_what_lies_beside_or_below_it() -> None:
    paths = [part.path for part in sitemaps(awkward.contents(ADDRESS).dataset, BUILT)]
    assert paths == ["sitemap.xml"]


def test_robots_are_shown_the_sitemap(addressed: Published) -> None:
    expected = f"User-agent: *\nAllow: /\nSitemap: {ADDRESS}sitemap.xml\n"
    assert (addressed.folder / "robots.txt").read_text() == expected


def test_without_an_address_nothing_that_needs_one_is_written(
    hostile: Published, addressed: Published
) -> None:
    needs = ["sitemap.xml", "data/opensearch.xml"]
    assert [(addressed.folder / path).exists() for path in needs] == [True, True]
    assert [(hostile.folder / path).exists() for path in needs] == [False, False]
    assert (hostile.folder / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


def test_browsers_can_add_the_search(addressed: Published) -> None:
    root = etree.parse(addressed.data / "opensearch.xml").getroot()
    assert len(root.findtext(OPENSEARCH + "ShortName") or "") in range(1, 17)
    (url,) = root.iter(OPENSEARCH + "Url")
    assert url.get("template") == f"{ADDRESS}search/?q={{searchTerms}}"


def test_llms_txt_has_one_title_and_links_that_lead_to_files(published: Published) -> None:
    text = (published.folder / "llms.txt").read_text()
    page = etree.fromstring(f"<div>{markdown(text)}</div>")
    assert [h.tag for h in page.iter("h1", "h2")] == ["h1", "h2", "h2"]
    targets = [a.get("href", "") for a in page.iter("a")]
    assert not [t for t in targets if t.startswith("data/") and not (published.folder / t).is_file()]
