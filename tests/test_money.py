from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.money import Amount, AmountUnit, Percentage, add, convert, in_wan, in_yuan, total

numerals = st.from_regex(r"-?[0-9]{1,30}(\.[0-9]{1,8})?", fullmatch=True)
cents = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**9)


def test_an_amount_keeps_the_published_text_beside_its_value() -> None:
    amount = Amount("80.00")
    assert (str(amount), amount.value) == ("80.00", Decimal("80.00"))
    assert Amount("待定").value is None


@pytest.mark.parametrize(
    ("text", "value"), [("30.00%", "30.00"), ("1000.00%", "1000.00"), ("８０％", "80"), ("50", "50")]
)
def test_a_percentage_is_read_without_its_sign(text: str, value: str) -> None:
    assert Percentage(text).value == Decimal(value)


def test_a_percentage_that_is_none_has_no_value() -> None:
    assert Percentage("约三成").value is None


def test_a_total_leaves_out_what_states_no_number() -> None:
    assert total([Amount("80.00"), None, Amount("待定"), Amount("0.5")]) == Decimal("80.50")


def test_amounts_are_printed_in_either_unit() -> None:
    assert in_yuan(Decimal("306.84"), AmountUnit.WAN) == "3,068,400"
    assert in_yuan(Decimal("0.00005"), AmountUnit.WAN) == "0.5"
    assert in_wan(Decimal("8827620.53"), AmountUnit.YUAN) == "882.762053"
    assert in_wan(Decimal(660000), AmountUnit.YUAN) == "66.00"


@given(cents)
def test_converting_there_and_back_changes_nothing(value: Decimal) -> None:
    assert convert(convert(value, AmountUnit.YUAN, AmountUnit.WAN), AmountUnit.WAN, AmountUnit.YUAN) == value


@given(st.lists(cents))
def test_a_total_is_exact(values: list[Decimal]) -> None:
    assert total(Amount(f"{v:f}") for v in values) == sum(values, Decimal(0))


@given(numerals)
def test_no_digit_of_a_long_numeral_is_lost(numeral: str) -> None:
    value, wan, yuan = Decimal(numeral), AmountUnit.WAN, AmountUnit.YUAN
    assert convert(convert(value, yuan, wan), wan, yuan) == value
    assert convert(convert(value, wan, yuan), yuan, wan) == value


@given(st.lists(numerals))
def test_a_total_does_not_depend_on_the_order(texts: list[str]) -> None:
    amounts = [Amount(text) for text in texts]
    assert total(amounts) == total(reversed(amounts)) == add(map(Decimal, sorted(texts)))


def test_a_numeral_longer_than_decimal_usually_keeps_is_converted_whole() -> None:
    assert convert(Decimal("9" * 39), AmountUnit.YUAN, AmountUnit.WAN) == Decimal("9" * 35 + "." + "9" * 4)
