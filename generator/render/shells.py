"""Shells: pages that the theme really built, with marks where each page's own parts go.

Pages of one shape differ in nothing but their own parts: title, description and other front matter,
contents list, address, body. So the theme builds one page of each shape from marks (`probe`). Where the
marks come out, and how the theme writes them there, is read from the result (`learn`), and `stamp` puts
a page's parts in their place. Nothing is known here of the theme, nor of the program that runs it.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from itertools import count
from typing import Any
from urllib.parse import quote

from jinja2.filters import do_striptags
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from generator.yaml_source import dump

_WORD = "shellmark"
_MARK = re.compile(rf"{_WORD}(?P<text>\d+)b(?P<written>.*?){_WORD}(?P=text)e|(?P<address>({_WORD}a\d+/)+)|(?P<body><h1>{_WORD}</h1>)", re.DOTALL)  # fmt: skip
BODY = f"<h1>{_WORD}</h1>"
"""What takes the place of a probe's body; with a heading, because the theme gives a body without one another."""

_LITERAL = ("template", "hide", "search")
"""Front matter that decides what the theme builds, so that pages which differ in it differ in shape."""

_HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")

_WRITINGS: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "escaped": lambda text: str(escape(text)),
    "without tags": do_striptags,
    "without tags, escaped": lambda text: str(escape(do_striptags(text))),
    "in a script": lambda text: str(htmlsafe_json_dumps(text))[1:-1],
}
_PROBES = ("<i> &#38;  \"'", "&#60;&#34;&#38;&#39;&#62;")
"""What stands inside the mark of a text, and of a heading: each writing makes something else of it."""
_WRITTEN = {"": "as it is"} | {
    write(_WORD + text + _WORD).removeprefix(_WORD).removesuffix(_WORD): name
    for text in _PROBES
    for name, write in _WRITINGS.items()
}


class UnknownShellError(Exception):
    """The theme does with a page's parts what a stamp cannot do; such a site is built page by page."""


@dataclass(frozen=True)
class Shape:
    """What pages that fit the same shell have in common.

    `folder` is the beginning of their address, `rest` how many folders follow it; `front` their front
    matter as JSON, a mark for each text; `levels` the levels of their headings.
    """

    folder: str
    rest: int
    front: str
    levels: tuple[int, ...]

    def probe_path(self, number: int) -> str:
        """Where the probe stands among the pages, if it is the one with this number."""
        return f"{self.folder}{f'{_WORD}a{number}/' * self.rest}index.md"


@dataclass(frozen=True)
class SetPage:
    """A page set as HTML, before it is in a shell. The theme may know its title if it is in `nav`."""

    path: str
    front: Mapping[str, Any]
    body: str
    in_nav: bool

    @cached_property
    def headings(self) -> Sequence[tuple[str, str, str]]:
        """Level, id and HTML of each heading."""
        return _HEADING.findall(self.body)

    @cached_property
    def shape(self) -> Shape:
        """The shape of the shell that it needs. A page in `nav` has one of its own."""
        levels = tuple(int(level) for level, _, _ in self.headings)
        folders = self.path.removesuffix("index.md")
        if self.in_nav:
            return Shape(folders, 0, json.dumps(self.front), levels)
        first, _, rest = folders.partition("/")
        return Shape(f"{first}/", rest.count("/"), json.dumps(_marked(self.front, count())), levels)

    def part(self, slot: str) -> str:
        """Give the part that goes into a slot: `address`, `body`, or the number of a text."""
        if slot == "address":
            return quote(self.path.partition("/")[2].removesuffix("index.md"))
        return self.body if slot == "body" else self._text(int(slot))

    def _text(self, number: int) -> str:
        """Give a text by its number: those of the front matter, then id and contents entry of each heading."""
        if number < len(self._front_texts):
            return self._front_texts[number]
        heading, is_entry = divmod(number - len(self._front_texts), 2)
        _, id_, inner = self.headings[heading]
        return _contents_entry(inner) if is_entry else id_

    @cached_property
    def _front_texts(self) -> Sequence[str]:
        return () if self.in_nav else tuple(_texts(self.front))


@dataclass(frozen=True)
class Shell:
    """A built page in pieces. Between two pieces stands a slot: which part, and how it is written."""

    pieces: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]


def shells_as_json(shells: Mapping[Shape, Shell]) -> list[Any]:
    """Give learned shells as values that JSON can hold."""
    return [[*astuple(shape), *astuple(shell)] for shape, shell in shells.items()]


def shells_from(values: Any) -> dict[Shape, Shell]:
    """Read what `shells_as_json` gave."""
    return {
        Shape(folder, rest, front, tuple(levels)): Shell(tuple(pieces), tuple((a, b) for a, b in slots))
        for folder, rest, front, levels, pieces, slots in values
    }


def probe(shape: Shape) -> str:
    """Give the Markdown page of marks from which the shell of a shape is learned."""
    front = json.loads(shape.front)
    numbers = count(sum(text.startswith(_WORD) for text in _texts(front)))
    headings = []
    for level in shape.levels:
        id_, text = _mark(next(numbers), ""), _mark(next(numbers), _PROBES[1])
        headings.append(f"{'#' * level} {text} {{#{id_}}}\n")
    return f"---\n{dump(front)}---\n\n" + "\n".join(headings)


def learn(page: str) -> Shell:
    """Take a built probe apart. UnknownShellError where a part was used in a way that is not known."""
    pieces, slots, end = [], [], 0
    for mark in _MARK.finditer(page):
        slot = mark["text"] or ("address" if mark["address"] else "body")
        writing = _WRITTEN.get(mark["written"] or "")
        if writing is None:
            raise UnknownShellError(mark[0])
        pieces.append(page[end : mark.start()])
        slots.append((slot, writing))
        end = mark.end()
    pieces.append(page[end:])
    if sum(slot == "body" for slot, _ in slots) != 1 or any(_WORD in piece.lower() for piece in pieces):
        raise UnknownShellError(page)
    return Shell(tuple(pieces), tuple(slots))


def stamp(shell: Shell, page: SetPage) -> str:
    """Give the whole page: the shell with the page's own parts in it."""
    written = [shell.pieces[0]]
    for (slot, writing), piece in zip(shell.slots, shell.pieces[1:], strict=True):
        written += (_WRITINGS[writing](page.part(slot)), piece)
    return "".join(written)


def _mark(number: int, text: str) -> str:
    return f"{_WORD}{number}b{text}{_WORD}{number}e"


def _marked(value: Any, numbers: Iterator[int]) -> Any:
    """Put a mark in the place of each text that `_texts` gives."""
    if isinstance(value, dict):
        return {k: v if k in _LITERAL else _marked(v, numbers) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(item, numbers) for item in value]
    return _mark(next(numbers), _PROBES[0]) if isinstance(value, str) and value else value


def _texts(value: Any) -> Iterator[str]:
    """Give the texts of front matter in their order, but for those that decide the shape."""
    inner: Collection[Any] = ()
    if isinstance(value, dict):
        inner = [item for key, item in value.items() if key not in _LITERAL]
    elif isinstance(value, list | tuple):
        inner = value
    elif isinstance(value, str) and value:
        yield value
    for item in inner:
        yield from _texts(item)


def _contents_entry(heading: str) -> str:
    """Give a heading as the contents list has it: without tags, white space made one space."""
    return " ".join(_TAG.sub("", heading).split())
