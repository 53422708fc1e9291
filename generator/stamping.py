"""Sets the generated pages as HTML, stamps them into shells, and writes them; several processes share it.

The result has the same bytes as MkDocs would have made of the same pages as Markdown, whatever the
number of processes.
"""

import multiprocessing
import os
import posixpath
import re
import signal
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from multiprocessing.connection import wait
from pathlib import Path
from urllib.parse import unquote

from generator.errors import GeneratorError
from generator.last_build import Made
from generator.render.pages import Page, front_matter, is_fragment, render, render_html
from generator.render.shells import SetPage, Shape, Shell, stamp

File = tuple[str, bytes]
"""A file of the site by its path, with its bytes."""

WAITING = 50  # pages that may wait, set, for shells; they are learned together

_LINK = re.compile(r' (?:href|src)="([^"]+)"')
_PATH = re.compile(r"[^?#:]+(?=$|[?#])")  # with a colon it is an address on the web or of mail


@dataclass(frozen=True)
class Part:
    """A piece of the site that one process makes: its pages and other files, made when asked for."""

    name: str
    make: Callable[[], Iterable[Page | File]]
    finish: Callable[[Page], Page]
    """What is still to be said of each page, wherever it comes from."""
    key: str
    """A fingerprint of all that decides what it makes, beside the program and the theme."""

    def items(self) -> Iterator[Page | File]:
        """Make the pages and files, one after the other."""
        for item in self.make():
            yield self.finish(item) if isinstance(item, Page) else item


@dataclass(frozen=True)
class Stamper:
    """Writes parts into `folder`. `learn` gives the shells for shapes that are not in `shells`."""

    folder: Path
    in_nav: frozenset[str]
    shells: dict[Shape, Shell]
    learn: Callable[[Sequence[Shape]], Mapping[Shape, Shell]]
    _folders: set[Path] = field(default_factory=set)

    def write(self, part: Part) -> Made:
        """Write a part, learning the shells that it needs. UnknownShellError where it cannot be stamped."""
        made = Made(part.key)
        waiting: list[SetPage] = []
        for item in part.items():
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
                waiting = self._stamp(waiting, missing=len(waiting) >= WAITING)
        self._stamp(waiting, missing=True)
        return made

    def _stamp(self, pages: Sequence[SetPage], *, missing: bool) -> list[SetPage]:
        """Stamp the pages whose shells are there, or with `missing` all; give those that still wait."""
        unknown = [shape for shape in dict.fromkeys(p.shape for p in pages) if shape not in self.shells]
        if missing and unknown:
            self.shells.update(self.learn(unknown))
            unknown = []
        for page in pages:
            if page.shape not in unknown:
                self._put(
                    f"{page.path.removesuffix('.md')}.html", stamp(self.shells[page.shape], page).encode()
                )
        return [page for page in pages if page.shape in unknown]

    def _add(self, file: File, made: Made) -> None:
        if is_fragment(file[0]):
            made.fragments[file[0]] = file[1].decode()
        else:
            made.files.append(file[0])
            self._put(*file)

    def _put(self, path: str, content: bytes) -> None:
        file = self.folder / path
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        file.write_bytes(content)


def write_all(stamper: Stamper, parts: Sequence[Part], jobs: int) -> Iterator[tuple[Part, Made]]:
    """Write the parts in `jobs` processes, and say what became of each, in whatever order they end."""
    with _processes(stamper, parts, jobs) as run:
        for number, made, learned in run(range(len(parts))):
            stamper.shells.update(learned)
            yield parts[number], made


def check_links(parts: Collection[Made]) -> None:
    """GeneratorError where a stamped page links to a file of the site that no part has."""
    there = {path for part in parts for path in part.paths}
    for part in parts:
        for target, page in part.links.items():
            if target not in there:
                raise GeneratorError(
                    page, f"链接到不存在的“{target}”", f"links to `{target}`, which is not there"
                )


Done = tuple[int, Made, Mapping[Shape, Shell]]
"""The number of a part, what became of it, and the shells that were learned for it."""


@contextmanager
def _processes(
    stamper: Stamper, parts: Sequence[Part], jobs: int
) -> Iterator[Callable[[Iterable[int]], Iterable[Done]]]:
    if jobs == 1 or len(parts) <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield partial(map, lambda number: (number, stamper.write(parts[number]), {}))
        return
    # forked processes have the data already; others would have to be sent it
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, context, _Worker.begin, (stamper, parts))
    try:
        yield partial(_as_they_end, pool)
    finally:
        pool.shutdown(cancel_futures=True)


def _as_they_end(pool: ProcessPoolExecutor, numbers: Iterable[int]) -> Iterator[Done]:
    try:
        for future in as_completed([pool.submit(_Worker.run, number) for number in numbers]):
            yield future.result()
    except BrokenProcessPool as error:
        raise GeneratorError(
            "disclose build",
            "系统结束了一个生成网页的进程，多半是内存不足；用 --jobs 1 再试",
            "the system ended a process that makes pages, likely for want of memory; try --jobs 1",
        ) from error


class _Worker:
    """What a forked process holds. It ends with its parent, lest it write into the next build's folder."""

    stamper: Stamper
    parts: Sequence[Part]

    @classmethod
    def begin(cls, stamper: Stamper, parts: Sequence[Part]) -> None:
        cls.stamper, cls.parts = stamper, parts
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends its children
        threading.Thread(target=_end_with_parent, daemon=True).start()

    @classmethod
    def run(cls, number: int) -> Done:
        known = set(cls.stamper.shells)
        made = cls.stamper.write(cls.parts[number])
        return number, made, {s: shell for s, shell in cls.stamper.shells.items() if s not in known}


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _targets(page: SetPage) -> Iterator[str]:
    """Give the paths on the site that a page links to."""
    folder = posixpath.dirname(page.path)
    for target in set(_LINK.findall(page.body)):
        if path := _PATH.match(unescape(target)):
            yield posixpath.normpath(posixpath.join(folder, unquote(path[0])))
