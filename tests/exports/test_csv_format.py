import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.exports.csv_format import GUARDED, cell, guarded, joined, published, written_rows
from generator.exports.table import Row

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_a_guarded_text_is_never_a_formula_and_comes_back_as_published(text: str) -> None:
    safe = guarded(text)
    assert safe == "=" or not safe.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert published(safe) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_numbers_stay_numbers_even_below_zero(number: Decimal) -> None:
    assert Decimal(cell(number)) == number
    assert not cell(number).startswith("'")


def to_csv(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    return joined(header, written_rows(rows))


def test_a_number_has_the_decimals_that_it_has_wherever_it_stands() -> None:
    rows = [(Decimal(14), Decimal("14.0")), (Decimal("14.00"), Decimal("14.0"))]
    assert to_csv(["a", "b"], rows) == "\ufeffa,b\r\n14,14.0\r\n14.00,14.0\r\n".encode()


def test_a_negative_amount_is_guarded_as_text_and_bare_as_number() -> None:
    assert to_csv(["budget_total", "budget_total_value"], [("-5.00", Decimal("-5.00"))]) == (
        "\ufeffbudget_total,budget_total_value\r\n'-5.00,-5.00\r\n".encode()
    )


def test_the_sign_of_a_target_stays_a_sign() -> None:
    assert [guarded(sign) for sign in ("=", "≥", "==", "=1", "+", "＝")] == [
        "=",
        "≥",
        "'==",
        "'=1",
        "'+",
        "'＝",
    ]


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    assert to_csv(["a", "b"], [('说"好"', "一\n二"), (None, True)]) == (
        '\ufeffa,b\r\n"说""好""","一\n二"\r\n,true\r\n'.encode()
    )


@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_what_is_written_is_read_back_as_published(rows: list[tuple[str, str]]) -> None:
    text = to_csv(["a", "b"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [tuple(map(published, row)) for row in read[1:]] == rows


def test_every_guarded_sign_is_one_character() -> None:
    assert all(len(sign) == 1 for sign in GUARDED)
