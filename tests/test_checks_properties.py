"""Laws of the rules that count: they hold for any figures."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import check_disclosure, check_project
from generator.checks.engine import doubts_in
from generator.checks.facts import Facts, facts_of
from generator.checks.money import budget_sum, part_over_total, unit_outlier
from generator.checks.personal import mask
from generator.checks.plan import plan_falling, plan_incomplete, plan_over_100
from generator.checks.wording import _shared
from generator.model import Budget, Disclosure, Indicator, PlanStep, Project, Unit
from generator.money import Amount, AmountUnit, Percentage

CENTS = st.integers(min_value=1, max_value=10**9).map(lambda n: Decimal(n).scaleb(-2))
SHARES = st.lists(st.integers(min_value=0, max_value=150), min_size=1, max_size=6)
DISCLOSURE = Disclosure(amount_unit=AmountUnit.WAN, unit=Unit(code="1", name="镇"), year="2021")


def budgeted(total: Decimal, fiscal: Decimal, other: Decimal) -> Project:
    budget = Budget(total=Amount(f"{total:f}"), fiscal=Amount(f"{fiscal:f}"), other=Amount(f"{other:f}"))
    return Project(name="项目", id="1", unit_code="1", year="2021", budget=budget)


def planned(shares: Sequence[int]) -> Project:
    plan = tuple(
        PlanStep(date=f"{month}月底", cumulative=Percentage(f"{share}%"))
        for month, share in enumerate(shares, 1)
    )
    return Project(name="项目", id="1", unit_code="1", year="2021", spending_plan=plan)


@given(CENTS, CENTS)
def test_a_total_that_is_the_sum_of_its_parts_is_never_doubted(fiscal: Decimal, other: Decimal) -> None:
    project = budgeted(fiscal + other, fiscal, other)
    assert not list(budget_sum(project, DISCLOSURE))
    assert not list(part_over_total(project, DISCLOSURE))


@given(CENTS, CENTS, CENTS)
def test_any_other_total_is_doubted_once_with_the_exact_difference(
    fiscal: Decimal, other: Decimal, gap: Decimal
) -> None:
    (doubt,) = budget_sum(budgeted(fiscal + other + gap, fiscal, other), DISCLOSURE)
    assert f"多 {gap:f} 万元" in doubt.message.zh


def test_every_amount_in_another_unit_is_found_not_only_one() -> None:
    values = ["3.00", "29.54", "50.00", "86.80", "8.00", "80000.00", "435000.00"]
    projects = [budgeted(Decimal(v), Decimal(v), Decimal(0)) for v in values]
    whole = DISCLOSURE.model_copy(update={"projects": tuple(projects)})
    found = unit_outlier(Facts((facts_of(whole, {}),)))
    assert [doubt.value for _, doubt in found] == ["80000.00", "435000.00"]


@given(SHARES)
def test_a_plan_is_doubted_exactly_where_it_breaks(shares: list[int]) -> None:
    project = planned(shares)
    over = [d.path[1] for d in plan_over_100(project, DISCLOSURE)]
    assert over == [row for row, share in enumerate(shares) if share > 100]
    assert bool(list(plan_incomplete(project, DISCLOSURE))) == (shares[-1] < 100)
    possible = [share for share in shares if share <= 100]
    assert bool(list(plan_falling(project, DISCLOSURE))) == (possible != sorted(possible))


@given(st.text(alphabet="甲乙丙丁", max_size=60), st.text(alphabet="甲乙丙丁", max_size=60))
def test_the_shared_part_is_a_share_and_whole_for_the_same_text(text: str, other: str) -> None:
    if text:
        assert 0 <= _shared(text, other) <= 100
    if len(text) >= 10:
        assert _shared(text, other + text) == 100


@given(st.text(max_size=20), st.integers(min_value=0, max_value=10**8 - 1))
def test_a_masked_number_is_gone_and_the_length_stays(text: str, tail: int) -> None:
    number = f"138{tail:08}"
    hidden = mask(f"{text} {number}。")
    assert number not in hidden
    assert len(hidden) == len(f"{text} {number}。")


@pytest.mark.parametrize(
    "number",
    [
        "１３８００１３８０００", "138-0013-8000", "+86 13800138000", "（0312）2345678", "0312－2345678", "010—12345678",
        "11010519491231002X", "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ",
        "电话：２３４５６７８", "联系电话2345678", "手机03122345678", "联系方式：23456789",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_typed(number: str) -> None:
    (doubt,) = [d for rule, d in doubts_in(f"由王某负责，{number}。") if rule.id == "personal-data"]
    assert "*" in doubt.message.zh
    assert re.sub(r"\D", "", number)[3:-2] not in doubt.message.zh
    assert "*" in mask(f"由王某负责，{number}。")


@pytest.mark.parametrize(
    "piece",
    [
        "一",
        "（",
        "* ",
        "x",
        "_",
        "字; ",
        "1O",
        "138001380001 ",
        "电话2",
        "12345678 ",
        "指标1",
        "。",
        "“",
        " ",
        "≥90(",
    ],
)
def test_a_long_text_of_any_kind_is_checked_like_a_short_one(piece: str) -> None:
    text = piece * (100_000 // len(piece))  # what is quadratic in the length does not come back
    row = Indicator(level1="产出指标", level2=text, level3=text, target="≥90" + text, basis=text)
    project = Project(
        name=text, purpose=text, goals=(text,), indicators=(row,), id="1", unit_code="1", year="2021"
    )
    whole = Disclosure(
        amount_unit=AmountUnit.WAN,
        unit=Unit(code="1", name="镇"),
        year="2021",
        overall_goal=text,
        safeguard_measures=text,
    )
    assert list(check_project(project, whole, None))
    assert list(check_disclosure(whole, None))
    assert len(mask(text)) == len(text)
