"""Which pages there are, and how a view becomes the text of one.

A page is Markdown on disk with front matter; any engine that reads `mkdocs.yml` can build it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Macro
from markupsafe import Markup

from generator.changes import ReleaseFile
from generator.exports.files import FileInfo
from generator.finding import Finding, by_project
from generator.model import Dataset, Disclosure, Traces
from generator.release import Release
from generator.render.compiled import Compiled
from generator.render.escape import escape, escape_text
from generator.render.views.changes import changes_view
from generator.render.views.disclosure import disclosure_view
from generator.render.views.downloads import downloads
from generator.render.views.english import english
from generator.render.views.overview import GlossaryView, overview, units_views
from generator.render.views.portal import Portal
from generator.render.views.project import project_view
from generator.render.views.projects import projects_views
from generator.render.views.quality import (
    Findings,
    disclosure_findings_view,
    quality_view,
    rule_view,
)
from generator.rule import Rule
from generator.yaml_source import dump


@dataclass(frozen=True)
class Page:
    """A page before it is set: where it goes in `docs/`, which template sets it, what it says."""

    path: str
    template: str
    view: Any
    title: str
    description: str = ""
    lang: str = ""
    """Its language, where it is not the site's."""
    contents: bool = False
    """Whether a list of its headings stands beside it."""
    head: str = ""
    """What `head.py` says of the page to machines, as HTML."""

    @property
    def root(self) -> str:
        """The way from the page to the top of the site: `../../`."""
        return "../" * self.path.count("/")


def overview_pages(
    dataset: Dataset, findings: Sequence[Finding], rules: Mapping[str, Rule]
) -> Iterator[Page]:
    """Give the pages that are about the whole site."""
    whole = overview(dataset, findings, rules)
    yield Page("home/overview.md", "home.md.j2", whole, whole.title)
    for units in units_views(dataset, findings):
        yield Page(units.path, "units.md.j2", units, "单位与年度", "各单位、各年度的预算绩效目标")
    for view in projects_views(whole):
        yield Page(view.path, "projects.md.j2", view, "全部项目", "全部预算项目的名称、金额和指标")
    yield Page(
        "glossary/index.md",
        "glossary.md.j2",
        GlossaryView("术语", dataset.terms),
        "术语",
        "看懂预算绩效目标的用语",
    )
    yield Page(
        "search/index.md",
        "search.md.j2",
        None,
        "搜索",
        "在全部项目的名称、编码、用途、目标、指标和金额中查找",
    )
    yield from quality_pages(Findings(dataset, findings, rules))


def disclosure_pages(
    disclosure: Disclosure, findings: Sequence[Finding], traces: Traces, portal: Portal
) -> Iterator[Page]:
    """Give the page of a disclosure, then its projects'. `findings` are those of its unit and year."""
    unit, year = disclosure.unit.code, disclosure.year
    view = disclosure_view(disclosure, findings, traces, portal)
    yield Page(f"{disclosure.path}/index.md", "disclosure.md.j2", view, view.title, f"{view.title}：总体目标、分项目标、保障措施和 {len(view.rows)} 个项目", contents=True)  # fmt: skip
    doubts = by_project(findings)
    for place, project in enumerate(disclosure.projects):
        found = doubts.get(project.id, ())
        said = project_view(disclosure, place, found, traces.get((unit, year, project.id)), portal)
        about = f"{disclosure.unit.label} {year} 年项目“{project.name}”的预算、支出计划和绩效指标"
        yield Page(f"{project.path}/index.md", "project.md.j2", said, project.name, about)


def quality_pages(found: Findings) -> Iterator[Page]:
    """Give the page of all checks and one for each rule; and for each disclosure where they are many."""
    yield Page(
        "quality/index.md", "quality.md.j2", quality_view(found), "检查", "自动检查对公开的绩效目标提出的疑问"
    )
    for rule in found.rules.values():
        view = rule_view(found, rule)
        yield Page(f"quality/{rule.id}/index.md", "quality-rule.md.j2", view, rule.title.zh, rule.meaning.zh)
    if not found.fit_one_page:
        for disclosure in found.dataset.disclosures:
            own = disclosure_findings_view(found, disclosure)
            path = f"quality/{disclosure.unit.code}/{disclosure.year}/index.md"
            yield Page(path, "quality-disclosure.md.j2", own, own.title, own.title)


def verify_page(release: Release) -> Page:
    """Give the page where a reader checks a bundle or a file against its list."""
    return Page("verify/index.md", "verify.md.j2", release, "核对", "核对离线包和文件是否完整、有无改动")


def changes_page(dataset: Dataset, releases: Sequence[ReleaseFile]) -> Page:
    """Give the page that says what each release changed."""
    view = changes_view(dataset, releases)
    return Page("changes/index.md", "changes.md.j2", view, view.title, "公开以后又改了什么：新增、删除、改动的前后和理由", contents=True)  # fmt: skip


def downloads_page(dataset: Dataset, files: Sequence[FileInfo], built: date) -> Page:
    """Give the page of the open data; `files` are those that it lists."""
    view = downloads(dataset, files, built)
    return Page("downloads/index.md", "downloads.md.j2", view, view.title, "全部数据：CSV、Excel、JSON、SQLite，数据字典和例子", contents=True)  # fmt: skip


def english_page(dataset: Dataset) -> Page:
    """Give the page that explains the site in English."""
    view = english(dataset)
    return Page("en/index.md", "english.md.j2", view, view.title, "What this site is, how to read it, and its vocabulary in English", lang="en")  # fmt: skip


def is_fragment(path: str) -> bool:
    """Say whether a path is no page of its own but is included in a hand-written one."""
    return path.startswith("home/")


def render(page: Page) -> str:
    """Set a page: front matter, then the body as Markdown. A fragment for home has no front matter."""
    body = _EMPTY_LINES.sub("\n\n", _set(page, "markdown.j2"))
    if is_fragment(page.path):
        return body
    return head(page) + body


def head(page: Page) -> str:
    """Give the front matter of a page as it stands above the body."""
    return f"---\n{dump(front_matter(page))}---\n\n"


def front_matter(page: Page) -> dict[str, Any]:
    """Give what stands above the body in YAML."""
    hidden = {} if page.contents else {"hide": ["toc"]}
    head = {"head": page.head} if page.head else {}
    lang = {"lang": page.lang} if page.lang else {}
    return {"title": page.title, "description": page.description, **lang, **hidden, **head}


def render_html(page: Page) -> str:
    """Set the body of a page as the HTML that MkDocs makes of `render`, to the character."""
    body = _BLOCK_ENDS.sub("\n", _set(page, "html.j2"))
    return _EMPTY_LINES.sub("\n\n", body).strip()


_EMPTY_LINES = re.compile(r"\n\n\n+")  # found ten times as fast as \n{3,}
_BLOCK_ENDS = re.compile(r"\x03\n*")


def _set(page: Page, dialect: str) -> str:
    return _template(page.template).render(view=page.view, root=page.root, dialect=dialect)


def _page_address(target: str) -> str:
    """Give the address of the page that MkDocs makes of a Markdown file; other targets stay."""
    return _MARKDOWN_FILE.sub(".html", target)


_MARKDOWN_FILE = re.compile(r"\.md(?=#|$)")


class _Code(CodeGenerator):
    """Writes templates as Python that leaves alone what `finalize` gives.

    That is `escape`, and all it gives is HTML. Jinja would look at each value again, for a third of the
    time of a page.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 (Jinja calls it)
        self.write(finalize.src)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")


class _Environment(Environment):
    code_generator_class = _Code


@cache
def _environment() -> Environment:
    environment = _Environment(
        loader=PackageLoader("generator.render", "templates"),
        bytecode_cache=Compiled(),
        auto_reload=False,
        autoescape=True,
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["url"] = Markup
    environment.filters["page_address"] = _page_address
    environment.globals["block_end"] = Markup("\x03")
    environment.globals |= {"slot": SLOT, "filled": _filled}
    return environment


SLOT = Markup("\x02")


def _filled(frame_macro: Macro, frame: object, slot_macro: Macro, slots: Sequence[object]) -> Markup:
    """Give what a macro makes of a frame, its slots filled: with texts, or what `slot_macro` makes of the rest."""
    pieces = _pieces(frame_macro, frame)
    filling = [escape_text(slot) if isinstance(slot, str) else slot_macro(slot) for slot in slots]
    return Markup("".join(chain.from_iterable(zip(pieces, [*filling, ""], strict=True))))  # noqa: S704


@lru_cache(maxsize=256)
def _pieces(frame_macro: Macro, frame: object) -> Sequence[str]:
    """Give what stands around the slots; many pages share a frame."""
    return str(frame_macro(frame)).split(SLOT)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)
