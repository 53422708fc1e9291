"""Writes what changed into `docs/`, runs MkDocs beside the old site, and swaps in the new one whole."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.builder import Builder, Generated
from generator.errors import GeneratorError
from generator.finding import Text
from generator.model import Site
from generator.progress import Tell
from generator.render.head import site_head
from generator.stamping import Part, Stamper, check_links, write_all
from generator.swap import recover, swap

OWNED = (
    "home",
    "units",
    "projects",
    "glossary",
    "quality",
    "downloads",
    "search",
    "changes",
    "en",
    "verify",
    "data",
)
"""The folders of `docs/` that the generator owns whole; people write in the others."""
OWNED_TOP = "sitemap*.xml"
"""The generated files beside those folders that may be there in one build and not in the next."""


@dataclass(frozen=True)
class Changes:
    """How many files of `docs/` were written, left as they were, and removed."""

    written: int = 0
    same: int = 0
    removed: int = 0


def write(docs: Path, files: Iterable[tuple[str, bytes]], folders: Sequence[str] = OWNED) -> Changes:
    """Bring the generated `folders` of `docs` to exactly these files; unchanged ones are not touched."""
    written, kept = 0, set()
    for name, content in files:
        path = docs / name
        kept.add(path)
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written += 1
    stale = [path for path in docs.glob(OWNED_TOP) if path not in kept]
    for path in stale:
        path.unlink()
    removed = len(stale) + sum(_clean(docs / folder, kept) for folder in folders)
    return Changes(written, len(kept) - written, removed)


def write_into(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files into a folder that people may use too; what else is there stays. Gives their number.

    GeneratorError where the folder cannot be written.
    """
    written = 0
    try:
        for name, content in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written += 1
    except OSError as error:
        raise GeneratorError(
            folder,
            f"写不进去：{error.strerror}；换个文件夹",
            f"cannot be written: {error.strerror}; choose another folder",
        ) from error
    return written


def build(builder: Builder, site_dir: Path) -> None:
    """Build the site with MkDocs next to `site_dir`, then put it in the place of the old one.

    Whatever happens before the swap leaves the old site as it was. GeneratorError when MkDocs fails,
    OSError when the disk does.
    """
    with _renewing(site_dir) as fresh:
        builder.build(fresh)


def stamp(  # noqa: PLR0913 (it is the whole of a build)
    builder: Builder, docs: Path, site_dir: Path, parts: Sequence[Part], *, jobs: int, tell: Tell
) -> Changes:
    """Build the same site in less time: MkDocs makes the shells and the hand-written pages only.

    The first part is made before the others, which share its shells. UnknownShellError where the theme
    does with pages what a stamp cannot do.
    """
    with _renewing(site_dir) as fresh:
        stubs = builder.stubs(fresh)
        stamper = Stamper(fresh, frozenset(stubs), {}, partial(builder.shells, stubs=stubs))
        made = [stamper.write(parts[0])]
        for each in write_all(stamper, parts[1:], jobs):
            made.append(each)
            tell(Text("网页和数据文件", "pages and files"), len(made), len(parts))
        write(docs, [file for each in made for file in each.fragments], folders=("home",))
        generated = Generated(stubs, {p for m in made for p in m.pages}, {f for m in made for f in m.files})  # fmt: skip
        builder.build_hand_written(fresh / "by-hand", generated)
        _merge(fresh / "by-hand", fresh)
        tell(Text("手写的网页", "hand-written pages"), 1, 1)
        check_links(made, lambda path: (fresh / path).is_file())
    tell(Text("换上新站", "swap"), 1, 1)
    return Changes(len(generated.pages) + len(generated.files))


@contextmanager
def _renewing(site_dir: Path) -> Iterator[Path]:
    """Give the folder to make a new site in. Where all goes well, it takes the place of the old one."""
    recover(site_dir)
    fresh = site_dir.with_name(f"{site_dir.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        yield fresh
        swap(fresh, site_dir)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _merge(folder: Path, into: Path) -> None:
    """Move all files of a folder to the same places in another one."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        place = into / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    shutil.rmtree(folder)


def settle(config: MkDocsConfig, site: Site) -> None:
    """Give MkDocs what `site.yml` says, and look for included fragments in its own `docs`.

    The theme takes texts for HTML, so they are escaped here. `mkdocs.yml` can only name fragments
    relative to wherever the command happens to be run.
    """
    config.site_name = escape(site.name)
    config.site_url = site.address() or config.site_url
    config.site_description = escape(site.description) or None
    on_every_page = (site.publisher, site.licence, site.licence_url, site.contact, site.icp, site.address())
    names = ("publisher", "licence", "licence_url", "contact", "icp", "address")
    config.extra.update(zip(names, map(escape, on_every_page), strict=True))
    config.extra["head"] = site_head(site)
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [config.docs_dir]


def _clean(folder: Path, kept: set[Path]) -> int:
    """Remove the files that are not wanted any more, then the folders left empty."""
    stale = [p for p in folder.rglob("*") if not p.is_dir() and p not in kept] if folder.is_dir() else []
    for path in stale:
        path.unlink()
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    return len(stale)
