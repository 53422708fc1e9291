"""How search engines, browsers and language models find their way: the small files they ask for."""

from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree import ElementTree as ET

from generator.exports.dates import changed, last_changed
from generator.exports.files import ExportFile, FileInfo
from generator.exports.xml import document
from generator.model import Dataset, Site

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_PAGES = 50_000  # in one sitemap, by its standard
OPENSEARCH = "data/opensearch.xml"
SITEMAP = "sitemap.xml"
LISTS = ("", "units/", "projects/", "downloads/", "glossary/", "quality/", "changes/", "about/", "en/")
"""The pages above the disclosures."""


def sitemaps(dataset: Dataset, built: date) -> Iterator[ExportFile]:
    """Give the sitemap, and its parts where it is long; none without an address, which it must state.

    They lie at the top of the site: by their standard, a sitemap speaks only for what lies beside or
    below it.
    """
    site = dataset.site
    if not site.base_url:
        return
    pages = list(_pages(dataset, built))
    if len(pages) <= MOST_PAGES:
        yield ExportFile(SITEMAP, _sitemap("urlset", "url", site, pages))
        return
    parts = []
    for number, first in enumerate(range(0, len(pages), MOST_PAGES), start=1):
        listed = pages[first : first + MOST_PAGES]
        parts.append((f"sitemap-{number}.xml", max(day for _, day in listed)))
        yield ExportFile(parts[-1][0], _sitemap("urlset", "url", site, listed))
    yield ExportFile(SITEMAP, _sitemap("sitemapindex", "sitemap", site, parts))


def _sitemap(name: str, item: str, site: Site, listed: Iterable[tuple[str, str]]) -> bytes:
    root = ET.Element(name, xmlns=SITEMAPS)
    for path, day in listed:
        entry = ET.SubElement(root, item)
        ET.SubElement(entry, "loc").text = site.address(path)
        ET.SubElement(entry, "lastmod").text = day
    return document(root)


def robots(site: Site) -> bytes:
    """Let every robot in, and show it the sitemap where there is one."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {site.address(SITEMAP)}"] if site.base_url else [])]
    return "".join(f"{line}\n" for line in lines).encode()


def opensearch(site: Site) -> bytes:
    """Describe the site's search for browsers (OpenSearch 1.1). It needs the site's address."""
    root = ET.Element("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/")
    ET.SubElement(root, "ShortName").text = site.name[:16]
    ET.SubElement(root, "Description").text = (site.description or site.name)[:1024]
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    ET.SubElement(root, "Language").text = "zh-CN"
    template = f"{site.address('search/')}?q={{searchTerms}}"
    ET.SubElement(root, "Url", type="text/html", method="get", template=template)
    return document(root)


def llms(dataset: Dataset, files: Iterable[FileInfo]) -> bytes:
    """Say to a language model what this is and where the data lies, in Markdown (llms.txt)."""
    site = dataset.site
    count = f"{len(dataset.disclosures)} 份绩效文本，{len(dataset.projects)} 个项目"
    parts = [
        f"# {_plain(site.name)}",
        f"> {_plain(site.description or site.name)}（{count}）",
        "公开文件的每一个字、每一个数都照原文；名称以 _value 结尾的列是程序读出的数。金额单位见 amount_unit。",
        "## 数据",
        "\n".join(f"- [{file.title.zh} {file.format.upper()}]({file.path})" for file in files),
        "## 网页",
        "\n".join(
            f"- [{_plain(d.unit.label)} {d.year}]({d.path}/)：[JSON](data/{d.path}.json)"
            for d in dataset.disclosures
        ),
    ]
    return "\n\n".join([*parts, ""]).encode()


def _pages(dataset: Dataset, built: date) -> Iterator[tuple[str, str]]:
    newest = last_changed(dataset, built)
    yield from ((path, newest) for path in LISTS)
    for disclosure in dataset.disclosures:
        day = changed(disclosure, built)
        yield f"{disclosure.path}/", day
        yield from ((f"{project.path}/", day) for project in disclosure.projects)


def _plain(text: str) -> str:
    """Give a text on one line, without the signs that would make it a link."""
    return " ".join(text.replace("[", "［").replace("]", "］").split())
