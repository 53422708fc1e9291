import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.exports.json_format import for_script, to_json, to_json_list, to_line, to_outline

SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(SCALARS, lambda v: st.lists(v) | st.dictionaries(st.text('ab"\\新'), v), max_leaves=20)  # fmt: skip


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert json.loads(to_json(value)) == value


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=8)))
def test_no_number_loses_a_digit_on_any_way(numbers: list[Decimal]) -> None:
    for written in (to_json(numbers), to_line(numbers).encode(), to_outline({"": numbers})):
        read = json.loads(written, parse_float=Decimal, parse_int=Decimal)
        assert (read if isinstance(read, list) else read[""]) == numbers


def test_a_table_is_a_flat_list_with_an_object_a_line() -> None:
    rows = [(Decimal("80.00"), "甲"), (Decimal("0." + "1" * 30), None)]
    assert to_json_list(["a", "b"], rows).decode() == (
        '[\n{"a": 80.0, "b": "甲"},\n{"a": 0.111111111111111111111111111111, "b": null}\n]\n'
    )


@given(st.dictionaries(st.text("ab"), VALUES))
def test_an_outline_is_read_back(value: dict[str, Any]) -> None:
    assert json.loads(to_outline(value)) == value


def test_an_empty_table_is_an_empty_list() -> None:
    assert json.loads(to_json_list(["a"], [])) == []


@given(VALUES)
def test_in_a_script_element_nothing_can_close_it(value: Any) -> None:
    text = for_script(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value
