"""Writes what changed into `docs/`, runs MkDocs beside the old site, and swaps in the new one whole."""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.builder import Builder, Generated
from generator.errors import GeneratorError
from generator.finding import Text
from generator.inputs import fingerprint
from generator.last_build import LastBuild, Made, look_of
from generator.model import Site
from generator.progress import Tell
from generator.render.head import site_head
from generator.render.shells import shells_as_json, shells_from
from generator.report import Written
from generator.stamping import Stamper, Wave, check_links, write_all
from generator.swap import recover, swap
from generator.workspace import OWNED, OWNED_TOP

BY_HAND = "pages written by hand"
"""The name of the part that MkDocs builds, beside those of the generator."""


def write(docs: Path, files: Iterable[tuple[str, bytes]], folders: Sequence[str] = OWNED) -> Written:
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
    return Written(written, len(kept) - written, removed)


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
    builder: Builder,
    docs: Path,
    site_dir: Path,
    waves: Sequence[Wave],
    *,
    last: LastBuild,
    jobs: int,
    tell: Tell,
) -> tuple[LastBuild, Written]:
    """Build the same site in less time: MkDocs makes the shells and the hand-written pages only.

    A part that the last build made of the same inputs is taken over from the old site. Gives the record
    of this build. UnknownShellError where the theme does with pages what a stamp cannot do.
    """
    with _renewing(site_dir) as fresh:
        stubs = builder.stubs(fresh)
        learn = partial(builder.shells, stubs=stubs)
        stamper = Stamper(fresh, frozenset(stubs), shells_from(last.shells), learn)
        parts = [part for wave in waves for part in wave]
        made = {p.name: m for p in parts if (m := last.made(p.name, p.key, site_dir))}
        _take_over(site_dir, fresh, made.values())
        for wave in waves:
            told = {name: value for each in made.values() for name, value in each.notes.items()}
            anew = [part for part in wave if part.name not in made]
            if anew and not stamper.shells:
                first = anew.pop(0)  # the others share its shells
                made[first.name] = stamper.write(first, told)
            for part, each in write_all(stamper, anew, told, jobs):
                made[part.name] = each
                tell(Text("网页和数据文件", "pages and files"), len(made), len(parts))
        by_hand = _by_hand(docs, stubs, made)
        if same := last.made(BY_HAND, by_hand.key, site_dir):
            _take_over(site_dir, fresh, [same])
            made[BY_HAND] = same
        else:
            builder.build_hand_written(fresh / "by-hand", _generated(stubs, made.values()))
            by_hand.looks = {path: look_of(fresh / path) for path in _merge(fresh / "by-hand", fresh)}
            made[BY_HAND] = by_hand
        tell(Text("手写的网页", "hand-written pages"), 1, 1)
        check_links(made.values())
    tell(Text("换上新站", "swap"), 1, 1)
    build = LastBuild(parts=made, shells=shells_as_json(stamper.shells))
    kept = len(build.looks.items() & last.looks.items())
    return build, Written(len(build.looks) - kept, kept, len(last.looks.keys() - build.looks.keys()))


def _by_hand(docs: Path, stubs: Mapping[str, str], made: Mapping[str, Made]) -> Made:
    """Write what hand-written pages include, and say what these pages are made of."""
    fragments = {path: text for name in sorted(made) for path, text in made[name].fragments.items()}
    write(docs, ((path, text.encode()) for path, text in fragments.items()), folders=("home",))
    others = sorted(chain.from_iterable(each.looks for each in made.values()))
    return Made(fingerprint(json.dumps([fragments, others, sorted(stubs)])))


def _generated(stubs: Mapping[str, str], made: Collection[Made]) -> Generated:
    return Generated(stubs, {p for m in made for p in m.pages}, {f for m in made for f in m.files})


def _take_over(old: Path, fresh: Path, made: Iterable[Made]) -> None:
    """Give the new site files of the old one: by another name for the same file, else as copies."""
    folders: set[str] = set()
    for path in chain.from_iterable(each.looks for each in made):
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (fresh / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        source, target = f"{old}/{path}", f"{fresh}/{path}"
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)


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


def _merge(folder: Path, into: Path) -> list[str]:
    """Move all files of a folder to the same places in another one, and name them."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for name in names:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).rename(into / name)
    shutil.rmtree(folder)
    return names


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
