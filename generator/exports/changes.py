"""The record of changes as data: every change as a flat list, and an Atom feed of the releases."""

from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from generator.changes import ChangeKind, ReleaseFile
from generator.exports.dates import instant
from generator.exports.feed import ATOM, MOST_ENTRIES, add, stable_id
from generator.exports.files import ExportFile, link
from generator.exports.json_format import to_json_list
from generator.exports.xml import document
from generator.model import Site

FEED = "changes/feed.xml"
LIST = "data/changes.json"
PAGE = "changes/"
_COLUMNS = ("date", "data_version", "kind", "unit", "year", "project", "name", "field", "before", "after", "reason")  # fmt: skip


def change_files(site: Site, releases: Sequence[ReleaseFile], built: date) -> Iterator[ExportFile]:
    """Give the list and the feed of all releases."""
    rows = [
        (release.date, release.data_version, change.kind.value, *(getattr(change, c) for c in _COLUMNS[3:]))
        for release in releases
        for change in release.changes
    ]
    yield ExportFile(LIST, to_json_list(_COLUMNS, rows))
    yield ExportFile(FEED, _feed(site, releases, built))


def anchor(release: ReleaseFile) -> str:
    """Name the place of a release on the page of changes."""
    return f"release-{release.data_version[:12]}"


def summary(release: ReleaseFile) -> str:
    """Say in a sentence how much a release changes, and how much of it without a reason."""
    words = {"新增": ChangeKind.ADDED, "删除": ChangeKind.REMOVED, "更名": ChangeKind.RENAMED, "改动": ChangeKind.CHANGED}  # fmt: skip
    counts = [f"{word} {sum(c.kind is kind for c in release.changes)}" for word, kind in words.items()]
    unexplained = sum(c.unexplained for c in release.changes)
    return "，".join(counts) + (f"，其中 {unexplained} 处没有说明理由" if unexplained else "") + "。"


def _feed(site: Site, releases: Sequence[ReleaseFile], built: date) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    add(root, "id", stable_id(site.publisher, site.name, "changes"))
    add(root, "title", f"{site.name}：变更记录")
    add(root, "updated", instant(max((r.date for r in releases), default=built.isoformat())))
    add(ET.SubElement(root, "author"), "name", site.publisher)
    if site.base_url:
        ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=site.address(FEED))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=link(site, FEED, PAGE))
    for release in releases[: -MOST_ENTRIES - 1 : -1]:  # the newest first
        entry = ET.SubElement(root, "entry")
        add(entry, "id", stable_id("release", release.previous_version, release.data_version))
        add(entry, "title", f"{release.date} 版的变更")
        add(entry, "updated", instant(release.date))
        page = f"{link(site, FEED, PAGE)}#{anchor(release)}"
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=page)
        add(entry, "summary", summary(release))
    return document(root)
