"""Target values of indicators: what was printed, read as sign, number and unit or as a quality.

Signs and their spellings: the comparison signs seen in print (≥ ≧ >= 大于等于, ≤ <= 不超过, …).
Another reading than these is not guessed: such a target has no number and is not qualitative.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from generator.number import normalise, parse_number

_SPELLINGS = {
    "≥": (
        "≥",
        "≧",
        "⩾",
        ">=",
        "=>",
        "大于等于",
        "大于或等于",
        "不低于",
        "不少于",
        "不小于",
    ),
    "≤": (
        "≤",
        "≦",
        "⩽",
        "<=",
        "=<",
        "小于等于",
        "小于或等于",
        "不超过",
        "不高于",
        "不多于",
        "不大于",
    ),
    ">": (">", "大于", "高于", "超过"),
    "<": ("<", "小于", "低于"),
    "=": ("=", "等于"),
}
SIGNS = {spelling: sign for sign, spellings in _SPELLINGS.items() for spelling in spellings}
_SIGN = re.compile("|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True)))
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
QUALITATIVE = "定性"


@dataclass(frozen=True)
class Target:
    """A target as published: one text (`≥90百分比`), or a sign, a number and a unit in columns."""

    text: str
    operator_text: str = ""
    unit_text: str = ""

    @cached_property
    def plain(self) -> str:
        """The text with full-width digits and signs in their plain form."""
        return normalise(self.text)

    @cached_property
    def _parts(self) -> tuple[str, Decimal | None, str]:
        rest = self.plain
        operator = SIGNS.get(normalise(self.operator_text), "")
        if sign := _SIGN.match(rest):
            operator = operator or SIGNS[sign[0]]
            rest = rest[sign.end() :].lstrip()
        number = _NUMBER.match(rest)
        value = parse_number(number[0]) if number else None
        if number is None or value is None:
            return operator, None, normalise(self.unit_text)
        return (
            operator,
            value,
            rest[number.end() :].strip() or normalise(self.unit_text),
        )

    @cached_property
    def operator(self) -> str:
        """One of ≥ ≤ > < = or the empty string where no sign was printed."""
        return self._parts[0]

    @cached_property
    def number(self) -> Decimal | None:
        """The number, in `unit`, or None."""
        return self._parts[1]

    @cached_property
    def unit(self) -> str:
        """What stands behind the number, e.g. `次`, `%`, or the unit's own column."""
        return self._parts[2]

    @cached_property
    def qualitative(self) -> bool:
        """Whether the target is a quality in words: marked 定性, or without sign and number."""
        marked = QUALITATIVE in (self.operator_text, self.text)
        return marked or bool(self.text.strip() and not self.operator and self.number is None)

    def __str__(self) -> str:
        """Give the published text."""
        return self.text


@lru_cache(maxsize=10_000)
def target_of(text: str, operator: str = "", unit: str = "") -> Target:
    """Give the target of these texts. The same ones come again and again, and are read once."""
    return Target(text, operator, unit)
