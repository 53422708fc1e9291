"""Reads the plain kind of YAML that nearly every file of `data/` is, three times as fast as libyaml.

There each line is a key, a key with its text, or an item of a list, and a text is as it stands or in
single quotes: what `disclose` writes, and people mostly too. In any other file, be it right or wrong,
nothing is guessed: it is none of these, and `yaml_source` reads it whole with libyaml.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from sys import intern
from typing import Any

LONG = 32  # characters; shorter texts come again and again, and are kept once
_MOST_LINES = 50_000  # far below `MOST_NODES`; a line holds three values at most

_TEXT = r"""([^\s\-?:,\[\]{}#&*!|>'"%@`][^:\n]*+(?<! )|'(?:[^'\n]+|'')*+')"""
_LINE = re.compile(
    rf"^( {{0,8}})(?:(- )?([a-z][a-z0-9_]*+):(?: {_TEXT})?|- {_TEXT})$|^(?:#.*)?$", re.MULTILINE
)
"""Indent, dash, key and text, or an item; or a comment. With so few spaces nothing nests too deeply."""

_Line = tuple[int, str, str, str, str, str]
"""The number of a line, and what `_LINE` finds in it."""
_END: _Line = (0, "", "", "", "", "")


class _Unlike(Exception):  # noqa: N818 (a signal inside this module, never seen outside)
    """The file is not of the plain kind."""


def read_lines(text: str) -> tuple[dict[str, Any], Sequence[int]] | None:
    """Give data and marks as libyaml has them, or None where the file is not of the plain kind."""
    lines = text.count("\n") + 1
    if lines > _MOST_LINES or "\t" in text or "\r" in text or " #" in text:
        return None
    found = _LINE.findall(text)
    if len(found) != lines:
        return None
    reader = _Reader((number, *line) for number, line in enumerate(found, 1) if line[2] or line[4])
    try:
        return reader.read(), reader.marks
    except _Unlike:
        return None


class _Reader:
    """Goes through the lines with one of them in hand. Marks are those of `yaml_source.Source`."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self.marks = array("I")
        self._lines = lines
        self._line = next(lines, _END)

    def read(self) -> dict[str, Any]:
        _, indent, dash, key, _, _ = self._line
        if indent or dash or not key:
            raise _Unlike
        data = self._mapping("")
        if self._line is not _END:
            raise _Unlike
        return data

    def _mapping(self, indent: str) -> dict[str, Any]:
        """Read the keys at one indent; before the first of them a dash may stand in its place."""
        data: dict[str, Any] = {}
        column = len(indent) + 1
        self.marks.extend((self._line[0], column))
        while True:
            number, _, _, key, text, _ = self._line
            if key in data:
                raise _Unlike
            self._line = next(self._lines, _END)
            if text:
                self.marks.extend((number, column + len(key) + 2))
                data[intern(key)] = _read(text)
            else:
                data[intern(key)] = self._held(indent)
            _, following, dash, key, _, _ = self._line
            if following != indent or dash or not key:
                return data

    def _held(self, indent: str) -> Any:
        """Read what stands below a key without a text; a list may have the indent of the key."""
        _, inner, dash, key, _, item = self._line
        if (dash or item) and len(inner) >= len(indent):
            return self._list(inner)
        if key and len(inner) > len(indent):
            return self._mapping(inner)
        raise _Unlike

    def _list(self, indent: str) -> list[Any]:
        data: list[Any] = []
        self.marks.extend((self._line[0], len(indent) + 1))
        while self._line[1] == indent and (self._line[2] or self._line[5]):
            if item := self._line[5]:
                self.marks.extend((self._line[0], len(indent) + 3))
                data.append(_read(item))
                self._line = next(self._lines, _END)
            else:
                data.append(self._mapping(indent + "  "))
        return data


def _read(text: str) -> str:
    if text[0] == "'":
        text = text[1:-1].replace("''", "'")
    return intern(text) if len(text) < LONG else text
