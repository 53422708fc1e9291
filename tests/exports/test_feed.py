from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from generator.exports.feed import feed
from tests.exports import awkward
from tests.exports.conftest import ADDRESS, BUILT, Published

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))


def test_it_is_valid_atom(published: Published, schema: etree.RelaxNG) -> None:
    assert schema.validate(etree.parse(published.data / "feed.xml")), schema.error_log


def test_the_schema_notices_what_is_lost(real: Published, schema: etree.RelaxNG) -> None:
    for name in ("id", "title", "updated", "author"):
        tree = etree.parse(real.data / "feed.xml")
        for element in tree.iter(ATOM + name):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        assert not schema.validate(tree), name


def test_ids_stay_when_the_site_moves() -> None:
    here, there = (
        etree.fromstring(feed(awkward.contents(address).dataset, BUILT)) for address in ("", ADDRESS)
    )
    assert [e.text for e in here.iter(ATOM + "id")] == [e.text for e in there.iter(ATOM + "id")]


def test_links_are_full_with_an_address_and_relative_without(
    hostile: Published, addressed: Published
) -> None:
    def links(published: Published) -> set[str]:
        return {e.get("href", "") for e in etree.parse(published.data / "feed.xml").iter(ATOM + "link")}

    assert {f"{ADDRESS}units/0042/2021/", f"{ADDRESS}data/feed.xml", ADDRESS} <= links(addressed)
    assert {"../units/0042/2021/", "units/0042/2021.json", "../"} <= links(hostile)


def test_a_correction_moves_its_disclosure_to_the_top_with_its_own_date() -> None:
    root = etree.fromstring(feed(awkward.contents().dataset, date(2021, 5, 1)))
    entries = [
        (e.findtext(ATOM + "published"), e.findtext(ATOM + "updated")) for e in root.iter(ATOM + "entry")
    ]
    assert entries == [
        ("2021-03-15T10:30:00+08:00", "2021-06-30T00:00:00+08:00"),
        (None, "2021-05-01T00:00:00+08:00"),
    ]


def test_nothing_is_updated_before_the_hour_of_its_publication(addressed: Published) -> None:
    (published, _) = addressed.contents.dataset.disclosures
    plain = published.model_copy(update={"corrections": (), "projects": ()})
    root = etree.fromstring(feed(replace(addressed.contents.dataset, disclosures=(plain,)), BUILT))
    assert root.findtext(f"{ATOM}entry/{ATOM}updated") == "2021-03-15T10:30:00+08:00"
