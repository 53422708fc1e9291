"""Amounts of money and shares of it: the published text with the number it states.

Only this module reads or prints money. An amount is in the unit that its document names (万元 or 元).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from functools import cached_property, reduce

from generator.number import grouped, parse_number, plain


class AmountUnit(StrEnum):
    """The unit in which a document states its amounts."""

    WAN = "万元"
    YUAN = "元"

    @property
    def in_yuan(self) -> int:
        """How many 元 one of this unit is."""
        return 10_000 if self is AmountUnit.WAN else 1


@dataclass(frozen=True)
class Amount:
    """An amount as published, e.g. `80.00`, in the unit of its document."""

    text: str

    @cached_property
    def value(self) -> Decimal | None:
        """The number that the text states, or None where it states none (`待定`)."""
        return parse_number(self.text)

    def __str__(self) -> str:
        """Give the published text."""
        return self.text


@dataclass(frozen=True)
class Percentage:
    """A percentage as published, e.g. `30.00%`; in a spending plan it is cumulative."""

    text: str

    @cached_property
    def value(self) -> Decimal | None:
        """The number before the sign, in %, or None where the text is not a percentage."""
        return parse_number(self.text.strip().removesuffix("%").removesuffix("％"))

    def __str__(self) -> str:
        """Give the published text."""
        return self.text


_EXACT = Context(prec=100)
"""Arithmetic that does not round: a published numeral may be longer than the usual 28 digits."""


def total(amounts: Iterable[Amount | None]) -> Decimal:
    """Add what can be added; the sum keeps the finest decimals of its parts."""
    return add(a.value for a in amounts if a and a.value is not None)


def add(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers of one unit without rounding."""
    return reduce(_EXACT.add, numbers, Decimal(0))


def convert(value: Decimal, unit: AmountUnit, to: AmountUnit) -> Decimal:
    """Give a number of one unit in the other, exactly; 万元 have at least two decimals."""
    if unit is to:
        return value
    if to is AmountUnit.YUAN:
        return _trimmed(_EXACT.multiply(value, Decimal(unit.in_yuan)))
    wan = _EXACT.divide(value, Decimal(AmountUnit.WAN.in_yuan))
    return max(wan, wan.quantize(Decimal("0.01"), context=_EXACT), key=_decimals)


def in_yuan(value: Decimal, unit: AmountUnit) -> str:
    """Print an amount in 元 with thousands separators: 80.00 万元 gives `800,000`."""
    return grouped(convert(value, unit, AmountUnit.YUAN))


def amount_in_yuan(amount: Amount | None, unit: AmountUnit) -> str:
    """Print a published amount in 元 as `in_yuan` does; the empty string where it states no number."""
    return "" if amount is None or amount.value is None else in_yuan(amount.value, unit)


def in_wan(value: Decimal, unit: AmountUnit) -> str:
    """Print an amount in 万元: `306.84`."""
    return plain(convert(value, unit, AmountUnit.WAN))


def _trimmed(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize(_EXACT)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
