import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.target import Target


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit"),
    [
        ("≥90百分比", "≥", "90", "百分比"),
        ("≥90完成数量", "≥", "90", "完成数量"),
        ("≥32次", "≥", "32", "次"),
        ("100百分比", "", "100", "百分比"),
        ("≧90%", "≥", "90", "%"),
        ("＞=80", "≥", "80", ""),
        ("不超过1,681,680元", "≤", "1681680", "元"),
        ("<24小时", "<", "24", "小时"),
        ("＝５次", "=", "5", "次"),
        ("大于等于 95 %", "≥", "95", "%"),
        ("≥-3.5℃", "≥", "-3.5", "°C"),
    ],
)
def test_targets_are_read_into_sign_number_and_unit(text: str, operator: str, number: str, unit: str) -> None:
    target = Target(text)
    assert (target.operator, str(target.number), target.unit) == (operator, number, unit)
    assert not target.qualitative
    assert str(target) == text


@pytest.mark.parametrize("text", ["有力保障", "长期", "定性", "显著提高"])
def test_words_are_a_quality(text: str) -> None:
    assert Target(text).qualitative
    assert Target(text).number is None


@pytest.mark.parametrize("text", ["≥**个", "≥"])
def test_a_sign_without_a_number_is_neither(text: str) -> None:
    assert not Target(text).qualitative
    assert Target(text).number is None


def test_sign_and_unit_may_stand_in_columns_of_their_own() -> None:
    target = Target("95", "≥", "%")
    assert (target.operator, str(target.number), target.unit) == ("≥", "95", "%")
    assert Target("高中低", "定性").qualitative


@given(st.text(), st.text(), st.text())
def test_no_text_brings_it_down(text: str, operator: str, unit: str) -> None:
    target = Target(text, operator, unit)
    assert isinstance(target.qualitative, bool)
    assert target.operator in {"", "≥", "≤", ">", "<", "="}
