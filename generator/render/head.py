"""What stands in the head of a page for machines: meta elements, JSON-LD, and where its data lies.

A page carries it in its front matter as HTML, so that a theme prints it and decides nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from markupsafe import escape

from generator.exports import linked_data
from generator.exports.dates import changed
from generator.exports.files import FileInfo, data_path, link
from generator.exports.json_format import for_script
from generator.exports.page_meta import Article, Meta, article, page_meta
from generator.model import Dataset, Disclosure, Project, Site
from generator.render.pages import Page

HOME_DATA = "home/data.md"
"""The fragment that the hand-written home page includes for machines."""


class Heads:
    """Gives pages their heads. `disclosures` are those whose pages may come."""

    def __init__(self, site: Site, disclosures: Iterable[Disclosure], built: date) -> None:
        self._site = site
        self._of: dict[str, tuple[Disclosure, Project | None, str]] = {}
        for disclosure in disclosures:
            day = changed(disclosure, built)
            self._of[f"{disclosure.path}/"] = (disclosure, None, day)
            self._of.update((f"{p.path}/", (disclosure, p, day)) for p in disclosure.projects)

    def add(self, page: Page) -> Page:
        """Give the page with its head; a fragment has none."""
        if page.path.startswith("home/"):
            return page
        path = page.path.removesuffix("index.md")
        if path not in self._of:
            return replace(page, head=_meta(self._meta(page, path)))
        return replace(page, head=self._record(page, path, *self._of[path]))

    def _meta(self, page: Page, path: str, of: Article | None = None) -> Meta:
        return page_meta(self._site, path, page.title, page.description, of, language=page.lang or "zh-CN")

    def _record(
        self, page: Page, path: str, disclosure: Disclosure, project: Project | None, day: str
    ) -> str:
        if project:
            node = linked_data.project(self._site, disclosure, project, day)
        else:
            node = linked_data.disclosure(self._site, disclosure, day)
        meta = _meta(self._meta(page, path, article(disclosure)))
        own = escape(link(self._site, path, data_path(project or disclosure)))
        alternate = f'<link rel="alternate" type="application/json" href="{own}">'
        return f"{meta}\n{alternate}\n{script(node)}"


def site_head(site: Site) -> str:
    """Give the head of pages that people write: what is the same for the whole site."""
    return _meta(page_meta(site, "", site.name, site.description))


def home_data(dataset: Dataset, files: Iterable[FileInfo], built: date) -> str:
    """Give the fragment that tells machines, on home, of the dataset and its downloads."""
    return f"{script(linked_data.home(dataset, files, built))}\n"


def script(node: linked_data.Node) -> str:
    """Write JSON-LD as an element that no text in it can close."""
    return f'<script type="application/ld+json">{for_script(node)}</script>'


def _meta(meta: Meta) -> str:
    return "\n".join(f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in meta)
