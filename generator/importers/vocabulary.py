"""The words of a form, ready to be looked up: what a printed label says of the cells near it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from generator.forms.form import Cell as FormCell
from generator.forms.form import Form
from generator.forms.framework import frameworks
from generator.target import SIGNS

_ENUMERATOR = re.compile(r"^(?:[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[)）、.．](?!\d)|其中[:：])")
_NOTE = re.compile(r"[(（][^()（）]*[)）]$")
_MONEY_NOTE = re.compile(r"[(（](?:单位[:：])?(万元|元)[)）]")
_CODE_AND_NAME = re.compile(r"(\d[0-9A-Za-z]*)\s*[-—－_ ]\s*(\S.*)")
_NUMBER = re.compile(r"-?[\d,，]+(?:\.\d+)?%?")
_CODE = re.compile(r"[0-9A-Z]{3,}(?:-[0-9A-Z]+)*")


@dataclass(frozen=True)
class Label:
    """A printed label: the described cell that holds its value, and what stands in the row below it."""

    name: str
    value: FormCell | None = None
    below: tuple[FormCell, ...] = ()


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Give a label without what varies in print: white space, width of signs, a final colon."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip(":")


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    """Give `plain` text also without a leading number and a final note in brackets."""
    shorter = _ENUMERATOR.sub("", plain(text), count=1)
    return _NOTE.sub("", shorter) or shorter


def money_note(text: str) -> str:
    """Give the money unit that a label states in brackets, 预算数（万元）, or the empty string."""
    found = _MONEY_NOTE.search(text)
    return found[1] if found else ""


def unit_of(text: str) -> tuple[str, str]:
    """Read `820001-某某镇人民政府` as code and name; a name alone has no code."""
    found = _CODE_AND_NAME.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("", text)


def looks(like: str, text: str) -> bool:
    """Whether a value may stand in a column of this kind; see `Cell.like`."""
    value = unicodedata.normalize("NFKC", text).strip()
    if like == "number":
        return bool(_NUMBER.fullmatch(value))
    if like == "sign":
        return value in SIGNS or value in ("定性", "定量")
    if like == "direction":
        return value in ("正向指标", "反向指标", "正向", "反向", "逆向", "逆向指标")
    if like == "unit":
        return bool(_CODE_AND_NAME.fullmatch(value))
    if like == "code":
        return bool(_CODE.fullmatch(value))
    return like != "words" or not _NUMBER.fullmatch(value)


class Vocabulary:
    """The labels of one form and the names of its indicators' levels."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._labels: dict[str, Label] = {}
        self._columns: dict[str, FormCell] = {}
        for label, printings in _described(form):
            for name in printings:
                self._labels.setdefault(plain(name), label)
                self._labels.setdefault(_bare(name), label)
        for cell, printings in _columns(form):
            for name in printings:
                self._columns.setdefault(plain(name), cell)
                self._columns.setdefault(_bare(name), cell)
        self._levels = {
            "level1": {plain(n) for f in frameworks() for g in f.groups for n in (g.name, *g.aka)},
            "level2": {plain(n) for f in frameworks() for g in f.groups for v in g.levels for n in (v.name, *v.aka)},
        }  # fmt: skip

    def label(self, text: str) -> Label | None:
        """Give the label that `text` is, or None."""
        return self._labels.get(plain(text)) or self._labels.get(_bare(text))

    def column(self, text: str) -> FormCell | None:
        """Give what a column with this head holds, or None where it is no head of a list."""
        return self._columns.get(plain(text)) or self._columns.get(_bare(text))

    def known(self, text: str) -> bool:
        """Whether the form has this label in any role."""
        return self.label(text) is not None or self.column(text) is not None

    def level(self, text: str, which: str) -> bool:
        """Whether `text` is a name of this level (`level1` or `level2`)."""
        return plain(text) in self._levels[which]

    def split(self, text: str) -> list[tuple[str, bool]]:
        """Cut a line that begins with a label into labels (True) and what stands between them.

        A label ends at a colon, at white space, or with the line. Any other line gives an empty list.
        """
        pieces: list[tuple[str, bool]] = []
        end = 0
        for found in self._label_pattern.finditer(text):
            between = text[end : found.start()]
            if not pieces and between.strip():
                return []
            if between.strip():
                pieces.append((between, False))
            pieces.append((found[0], True))
            end = found.end()
        if pieces and text[end:].strip():
            pieces.append((text[end:], False))
        return pieces

    @cached_property
    def _label_pattern(self) -> re.Pattern[str]:
        names = sorted({*self._labels, *self._columns}, key=len, reverse=True)
        words = "|".join(r"\s*".join(map(_either_width, name)) for name in names)
        enumerator = r"(?:[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[)）、.．]\s*)?"
        return re.compile(
            rf"(?:^|(?<=\s)){enumerator}(?:{words})(?:[（(][^()（）\n]*[)）])?\s*(?:[:：]|(?=\s)|$)"
        )


def _either_width(sign: str) -> str:
    wide = {"(": "[(（]", ")": "[)）]", ":": "[:：]", "%": "[%％]", ",": "[,，]"}
    return wide.get(sign, re.escape(sign))


def _printings(cell: FormCell) -> tuple[str, ...]:
    return (cell.label, *cell.aka)


def _described(form: Form) -> Iterator[tuple[Label, tuple[str, ...]]]:
    """Give the labels of the form's table, those met elsewhere, and the heads of its lists."""
    for number, row in enumerate(form.rows):
        for position, cell in enumerate(row.cells):
            if not cell.label:
                continue
            following = row.cells[position + 1] if position + 1 < len(row.cells) else None
            value = following if following and not following.label else None
            under = form.rows[number + 1].cells[1:] if cell.rows > 1 else ()
            yield Label(cell.label, value, under), _printings(cell)
    for cell in (*form.labels, *form.wide):
        held = cell if (cell.field or cell.leave) and not cell.each else None
        yield Label(cell.label, held), _printings(cell)


def _columns(form: Form) -> Iterator[tuple[FormCell, tuple[str, ...]]]:
    """Give what each column of the form's lists holds: the heads are the row above the list's."""
    for cell in (*form.wide, *(c for c in form.labels if c.each)):
        yield cell, _printings(cell)
    for head, row in zip(form.rows, form.rows[1:], strict=False):
        if row.each:
            for label, cell in zip(head.cells, row.cells, strict=True):
                yield cell.model_copy(update={"each": row.each}), _printings(label)


@cache
def vocabulary(form: Form) -> Vocabulary:
    """Give the vocabulary of a form, made once."""
    return Vocabulary(form)
