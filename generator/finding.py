"""What is wrong or doubtful in the data, and where: the one form in which every step says it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

FieldPath = tuple[str | int, ...]
"""The way to a value in a record: `("indicators", 10, "target")`. Indexes count from 0."""


class Severity(StrEnum):
    """How much a finding weighs; the order is from the gravest to the least."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "疑点", Severity.NOTE: "提示"}


class Text(NamedTuple):
    """A sentence for readers, in Chinese and in English."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        """Give the sentence in a language, `zh` or `en`."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a line of a text, or a cell of a table. Numbers count from 1, 0 is none."""

    file: str
    line: int = 0
    column: int = 0
    table: int = 0
    row: int = 0

    def __str__(self) -> str:
        """Give `file:line:column` as far as it is known."""
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    @property
    def spot(self) -> Text:
        """The place inside its file, in words: 第 43 行, or 表 7 · 第 6 行 · 第 5 列."""
        return _spot(self.table, self.row, self.column) if self.table else _spot(line=self.line)


@lru_cache(maxsize=16_384)  # the forms of an office have their values at the same places
def _spot(table: int = 0, row: int = 0, column: int = 0, line: int = 0) -> Text:
    parts = (
        ("表 {}", "table {}", table),
        ("第 {} 行", "row {}", row),
        ("第 {} 列", "column {}", column),
        ("第 {} 行", "line {}", line),
    )
    return Text(
        " · ".join(zh.format(n) for zh, _, n in parts if n),
        ", ".join(en.format(n) for _, en, n in parts if n),
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader or the publisher should know about a value.

    `rule` is the stable id of the rule, `field` the dotted name of the field as `field_name` writes
    it, `value` the text as published, `message` what is wrong, `remedy` what to do.
    """

    rule: str
    severity: Severity
    message: Text
    remedy: Text
    place: Place
    field: str = ""
    value: str = ""
    unit: str = ""
    year: str = ""
    project: str = ""
    acknowledged: str = ""
    """The publisher's reason for leaving it as it is, or the empty string."""


def by_disclosure(findings: Sequence[Finding]) -> Mapping[tuple[str, str], Sequence[Finding]]:
    """Sort findings by unit and year."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        grouped.setdefault((finding.unit, finding.year), []).append(finding)
    return grouped


def by_project(findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Sort the findings of a disclosure by project; the empty string has those of part 1."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.project, []).append(finding)
    return grouped


@lru_cache(maxsize=10_000)
def field_name(path: FieldPath) -> str:
    """Write a path as people do: rows count from 1, `indicators[11].target`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(
        "."
    )


def field_path(name: str) -> FieldPath:
    """Read what `field_name` wrote. `indicators[11].target` gives `("indicators", 10, "target")`."""
    return tuple(int(row) - 1 if row else key for key, row in re.findall(r"([^.\[\]]+)|\[(\d{1,9})\]", name))


def visible(text: str) -> str:
    """Give a text as a terminal may print it: what it would obey or hide is replaced by a sign.

    A file in a stranger's zip can be called anything; its name is never to colour the verdict on it,
    or to add a line to it.
    """
    if text.isprintable():
        return text
    return "".join(_SHOWN.get(c, "�" if unicodedata.category(c)[0] == "C" else c) for c in text)


_SHOWN = {"\t": " ", "\n": "↵", "\u2028": "↵", "\u2029": "↵"}
