"""What a page says of itself in its head: Dublin Core, and the names that government sites use.

The names for government sites are those of the guideline for the development of government websites
(国办发〔2017〕47号): site, column (栏目) and article. A name without a value is left out.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.exports.dates import minute
from generator.model import Disclosure, Site

Meta = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Article:
    """What the page of a disclosure or a project says beyond its title; `published` may be empty."""

    published: str
    source: str


def article(disclosure: Disclosure) -> Article:
    """Describe the pages of a disclosure: the unit is the source of their content."""
    return Article(disclosure.published_date or "", disclosure.unit.name)


def page_meta(  # noqa: PLR0913 (all that a page says of itself)
    site: Site, path: str, title: str, description: str, of: Article | None = None, *, language: str = "zh-CN"
) -> Meta:
    """Give the names and contents of a page's meta elements; `path` is its place, `units/912012/`."""
    column = site.column_name or site.name
    named = {
        "SiteName": site.name,
        "SiteDomain": urlsplit(site.base_url).netloc,
        "SiteIDCode": site.site_id_code,
        "ColumnName": column,
        "ColumnDescription": site.description,
        "ColumnKeywords": ",".join(site.keywords),
        "ColumnType": site.column_type,
        "ArticleTitle": title if of else "",
        "PubDate": minute(of.published) if of and of.published else "",
        "ContentSource": of.source if of else "",
        "DC.title": title,
        "DC.description": description,
        "DC.publisher": site.publisher,
        "DC.creator": of.source if of else "",
        "DC.date": of.published[:10] if of else "",
        "DC.language": language,
        "DC.type": "Dataset" if of else "Text",
        "DC.identifier": site.address(path),
        "DC.rights": site.licence,
    }
    return tuple((name, content) for name, content in named.items() if content)
