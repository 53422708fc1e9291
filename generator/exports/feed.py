"""The Atom feed (RFC 4287): an entry for each disclosure, the last changed first."""

import uuid
from datetime import date
from xml.etree import ElementTree as ET

from generator.exports.dates import changed, instant, last_changed
from generator.exports.files import data_path, link
from generator.exports.xml import document
from generator.model import Dataset, Disclosure
from generator.money import in_wan

FEED = "data/feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 100
_OURS = uuid.UUID("e9467915-af74-5ef8-abee-cfa70d74b307")
"""The name space of our ids: they stay the same when the site moves to another address."""


def feed(dataset: Dataset, built: date) -> bytes:
    """Write the feed. Without an address of the site its links are relative to the feed."""
    site = dataset.site
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    add(root, "id", stable_id(site.publisher, site.name))
    add(root, "title", site.name)
    if site.description:
        add(root, "subtitle", site.description)
    add(root, "updated", instant(last_changed(dataset, built)))
    add(ET.SubElement(root, "author"), "name", site.publisher)
    if site.base_url:
        ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=site.address(FEED))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=link(site, FEED, ""))
    if site.licence:
        add(root, "rights", site.licence)
    newest = sorted(dataset.disclosures, key=lambda d: (changed(d, built), d.year), reverse=True)
    for disclosure in newest[:MOST_ENTRIES]:
        root.append(_entry(dataset, disclosure, built))
    return document(root)


def _entry(dataset: Dataset, disclosure: Disclosure, built: date) -> ET.Element:
    site = dataset.site
    entry = ET.Element("entry")
    total = in_wan(disclosure.total, disclosure.amount_unit)
    add(entry, "id", stable_id(disclosure.unit.code, disclosure.year))
    add(entry, "title", f"{disclosure.unit.label} {disclosure.year} 年部门预算绩效文本")
    published = instant(disclosure.published_date) if disclosure.published_date else ""
    add(entry, "updated", max(instant(changed(disclosure, built)), published))
    if published:
        add(entry, "published", published)
    ET.SubElement(
        entry, "link", rel="alternate", type="text/html", href=link(site, FEED, f"{disclosure.path}/")
    )
    ET.SubElement(
        entry, "link", rel="enclosure", type="application/json", href=link(site, FEED, data_path(disclosure))
    )
    add(entry, "summary", f"{len(disclosure.projects)} 个项目，预算合计 {total} 万元。")
    return entry


def add(parent: ET.Element, name: str, text: str) -> None:
    """Add an element with a text."""
    ET.SubElement(parent, name).text = text


def stable_id(*names: str) -> str:
    """Give an id that these names always have, whatever the address of the site."""
    return uuid.uuid5(_OURS, "\n".join(names)).urn
