"""Numerals as offices print them, read as `Decimal`."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

_NUMERAL = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LONGEST = 40  # digits; a longer numeral is text, not a figure


def normalise(text: str) -> str:
    """Give `text` with full-width digits and signs in their plain form, for reading only."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def parse_number(text: str) -> Decimal | None:
    """Read a numeral: `80.00`, `1,681,680`, `８０`. Anything else, a word or a sum, gives None."""
    plain = normalise(text)
    if len(plain) > _LONGEST or not _NUMERAL.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ""))


def plain(number: Decimal) -> str:
    """Print a number without exponent and with the decimals that it has: `306.84`, `0`."""
    return f"{number:f}"


def grouped(number: Decimal) -> str:
    """Print a number with thousands separators: `3,068,400`."""
    return f"{number:,f}"


def percent(part: Decimal, whole: Decimal) -> str:
    """Print a part as a percentage of the whole with one decimal: `28.3%`; the whole is not 0."""
    return _rounded(part * 100 / whole, _TENTH)


def share(part: Decimal, whole: Decimal) -> str:
    """Print a part as `percent` does, but never something as nothing: `0.04%`, `<0.01%`."""
    exact = part * 100 / whole
    if abs(exact) >= _TENTH / 2 or not exact:
        return _rounded(exact, _TENTH)
    return _rounded(exact, _HUNDREDTH) if abs(exact) >= _HUNDREDTH / 2 else f"<{_HUNDREDTH}%"


def _rounded(number: Decimal, step: Decimal) -> str:
    return f"{number.quantize(step, ROUND_HALF_UP):f}%"


_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
