from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.number import grouped, parse_number, plain


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("80.00", "80.00"),
        ("0", "0"),
        ("1,681,680", "1681680"),
        ("８０．５", "80.5"),
        (" 7 ", "7"),
        ("-3.2", "-3.2"),
        ("−3", "-3"),
    ],
)
def test_numerals_are_read_to_the_last_decimal(text: str, number: str) -> None:
    assert str(parse_number(text)) == number


@pytest.mark.parametrize(
    "text", ["", "待定", "80万", "1,68", "1e5", "NaN", "Infinity", "1_000", "0x10", "..", "9" * 41, "1.", "½"]
)
def test_what_is_not_a_plain_numeral_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_a_number_reads_back_as_printed(number: Decimal) -> None:
    assert parse_number(plain(number)) == number
    assert parse_number(grouped(number)) == number


@given(st.text())
def test_no_text_brings_it_down(text: str) -> None:
    number = parse_number(text)
    assert number is None or number.is_finite()
