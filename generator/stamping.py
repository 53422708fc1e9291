"""Sets the generated pages as HTML, stamps them into shells, and writes them; several processes share it.

The result has the same bytes as MkDocs would have made of the same pages as Markdown, whatever the
number of processes.
"""

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.errors import GeneratorError
from generator.last_build import Made, html_of, look_of
from generator.render.pages import Page, front_matter, is_fragment, render, render_html
from generator.render.shells import SetPage, Shape, Shell, stamp
from generator.workers import share

File = tuple[str, bytes]
"""A file of the site by its path, with its bytes."""
Told = Mapping[str, Any]
"""What was noted by the parts that were made before, by name."""

WAITING = 50  # pages that may wait, set, for shells; they are learned together

_LINK = re.compile(r' (?:href|src)="([^"]+)"')
_PATH = re.compile(r"[^?#:]+(?=$|[?#])")  # with a colon it is an address on the web or of mail


@dataclass(frozen=True)
class Note:
    """What a part says to those that are made after it, as a value of JSON."""

    name: str
    value: Any


@dataclass(frozen=True)
class Part:
    """A piece of the site that one process makes: its pages and other files, made when asked for."""

    name: str
    make: Callable[[Told], Iterable[Page | File | Note]]
    finish: Callable[[Page], Page]
    """What is still to be said of each page, wherever it comes from."""
    key: str
    """A fingerprint of all that decides what it makes, beside the program and the theme."""

    def items(self, told: Told) -> Iterator[Page | File | Note]:
        """Make the pages and files, one after the other."""
        for item in self.make(told):
            yield self.finish(item) if isinstance(item, Page) else item


Wave = Sequence[Part]
"""Parts that may be made at the same time, after those of the waves before."""


def items(waves: Iterable[Wave]) -> Iterator[Page | File]:
    """Make the pages and files of all parts, one after the other."""
    told: dict[str, Any] = {}
    for wave in waves:
        for item in chain.from_iterable(part.items(dict(told)) for part in wave):
            if isinstance(item, Note):
                told[item.name] = item.value
            else:
                yield item


@dataclass(frozen=True)
class Stamper:
    """Writes parts into `folder`. `learn` gives the shells for shapes that are not in `shells`."""

    folder: Path
    in_nav: frozenset[str]
    shells: dict[Shape, Shell]
    learn: Callable[[Sequence[Shape]], Mapping[Shape, Shell]]
    _folders: set[str] = field(default_factory=set)

    def write(self, part: Part, told: Told) -> Made:
        """Write a part, learning the shells that it needs. UnknownShellError where it cannot be stamped."""
        made = Made(part.key)
        waiting: list[SetPage] = []
        for item in part.items(told):
            if not isinstance(item, Page):
                self._add(item, made)
                continue
            if is_fragment(item.path):
                made.fragments[item.path] = render(item)
                continue
            page = SetPage(item.path, front_matter(item), render_html(item), item.path in self.in_nav)
            made.pages.append(page.path)
            made.links |= dict.fromkeys(_targets(page), page.path)
            waiting.append(page)
            if page.shape in self.shells or len(waiting) >= WAITING:
                waiting = self._stamp(waiting, made, missing=len(waiting) >= WAITING)
        self._stamp(waiting, made, missing=True)
        made.links = {target: page for target, page in made.links.items() if target not in made.looks}
        return made

    def _stamp(self, pages: Sequence[SetPage], made: Made, *, missing: bool) -> list[SetPage]:
        """Stamp the pages whose shells are there, or with `missing` all; give those that still wait."""
        unknown = [shape for shape in dict.fromkeys(p.shape for p in pages) if shape not in self.shells]
        if missing and unknown:
            self.shells.update(self.learn(unknown))
            unknown = []
        for page in pages:
            if page.shape not in unknown:
                self._put(html_of(page.path), stamp(self.shells[page.shape], page).encode(), made)
        return [page for page in pages if page.shape in unknown]

    def _add(self, item: File | Note, made: Made) -> None:
        if isinstance(item, Note):
            made.notes[item.name] = item.value
        elif is_fragment(item[0]):
            made.fragments[item[0]] = item[1].decode()
        else:
            self._put(*item, made)

    def _put(self, path: str, content: bytes, made: Made) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        file = f"{self.folder}/{path}"
        # never over what stands there: it may be a file of the published site, by another name
        with open(file, "xb") as opened:  # noqa: PTH123 (a third of a `Path`'s time)
            opened.write(content)
        made.looks[path] = look_of(file)


def write_all(stamper: Stamper, parts: Wave, told: Told, jobs: int) -> Iterator[tuple[Part, Made]]:
    """Write the parts in `jobs` processes, and say what became of each, in whatever order they end."""

    def write(part: Part) -> tuple[Made, Mapping[Shape, Shell]]:
        known = set(stamper.shells)
        made = stamper.write(part, told)
        return made, {shape: shell for shape, shell in stamper.shells.items() if shape not in known}

    for part, (made, learned) in share(write, parts, jobs):
        stamper.shells.update(learned)
        yield part, made


def check_links(parts: Collection[Made]) -> None:
    """GeneratorError where a stamped page links to a file of the site that no part has."""
    there = set(chain.from_iterable(part.looks for part in parts))
    for part in parts:
        for target, page in part.links.items():
            if target not in there:
                raise GeneratorError(
                    page, f"链接到不存在的“{target}”", f"links to `{target}`, which is not there"
                )


def _targets(page: SetPage) -> Iterator[str]:
    """Give the paths on the site that a page links to."""
    folder = posixpath.dirname(page.path)
    for target in set(_LINK.findall(page.body)):
        if path := _path(target):
            yield posixpath.normpath(posixpath.join(folder, path))


@lru_cache(maxsize=16_384)  # most targets are those of every page
def _path(target: str) -> str:
    """Give the relative path in the value of an attribute, or the empty string for an address elsewhere."""
    found = _PATH.match(unescape(target))
    return unquote(found[0]) if found else ""
