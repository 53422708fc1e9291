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
    tree = etree.parse(addressed.data / "sitemap.xml")
    assert schema.validate(tree), schema.error_log
    addresses = [e.text for e in tree.iter(SITEMAP + "loc")]
    assert len(set(addresses)) == len(addresses)
    assert {f"{ADDRESS}{p.path}/" for p in addressed.contents.dataset.projects} <= set(addresses)


def test_pages_bear_the_date_of_the_last_correction_or_of_the_build(addressed: Published) -> None:
    tree = etree.parse(addressed.data / "sitemap.xml")
    dates = {url.findtext(SITEMAP + "loc"): url.findtext(SITEMAP + "lastmod") for url in tree.getroot()}
    assert dates[f"{ADDRESS}units/0042/2021/"] == "2021-06-30"
    assert dates[f"{ADDRESS}units/0042/2022/"] == "2026-11-22"
    assert dates[ADDRESS] == "2026-11-22"


def test_a_long_sitemap_is_parted_and_robots_shows_every_part(
    schema: etree.XMLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "MOST_PAGES", 10)
    dataset = awkward.contents(ADDRESS).dataset
    parts = list(sitemaps(dataset, BUILT))
    assert [part.path for part in parts] == ["data/sitemap.xml", "data/sitemap-2.xml", "data/sitemap-3.xml"]
    assert all(schema.validate(etree.fromstring(part.content)) for part in parts), schema.error_log
    robots = discovery.robots(dataset.site, parts).decode()
    assert robots.count(f"Sitemap: {ADDRESS}data/sitemap") == 3


def test_without_an_address_nothing_that_needs_one_is_written(
    hostile: Published, addressed: Published
) -> None:
    needs = ["data/sitemap.xml", "data/opensearch.xml"]
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
