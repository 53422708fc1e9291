"""How the money of a year is planned over its months: the projects' plans, weighted by their budgets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator import money
from generator.model import Disclosure, PlanStep, Project
from generator.money import AmountUnit, Percentage
from generator.number import grouped, percent, plain
from generator.render.views.plan import FULL, PlanView, plan_view

CENT = Decimal("0.01")  # 万元
NAMED = 3  # left-out projects that the sentence names


@dataclass(frozen=True)
class YearPlan:
    """The staircase of a whole year; `amounts` are the cumulative sums of its steps, in words."""

    caption: str
    sentence: str
    left_out: str
    picture: PlanView
    amounts: Sequence[str]


def year_plan(disclosures: Sequence[Disclosure]) -> YearPlan | None:
    """Add up the plans of the newest year, in 万元.

    Only plans with the commonest dates whose percentages rise and stay within 100 % can be added; the
    others are named with their sum. None where no plan can be added.
    """
    year = max((d.year for d in disclosures), default="")
    projects = [(_wan(d, p), p) for d in disclosures if d.year == year for p in d.projects]
    known = Counter(_dates(p) for _, p in projects if p.spending_plan)
    if not known:
        return None
    dates = known.most_common(1)[0][0]
    added: list[tuple[Decimal, Project]] = []
    others: list[tuple[Decimal, Project]] = []
    for wan, project in projects:
        fits = _dates(project) == dates and _possible(project)
        (added if fits else others).append((wan, project))
    whole = money.add(wan for wan, _ in added)
    if whole <= 0:
        return None
    spent = [
        money.add(wan * (p.spending_plan[place].cumulative.value or 0) for wan, p in added) / FULL
        for place in range(len(dates))
    ]
    rows = [
        (date, grouped(sum_.quantize(CENT, ROUND_HALF_UP)), percent(sum_, whole))
        for date, sum_ in zip(dates, spent, strict=True)
    ]
    picture = plan_view([PlanStep(date=date, cumulative=Percentage(share)) for date, _, share in rows])
    return YearPlan(
        f"{year} 年各项目的累计支出占预算的百分比；虚线是 100%。",
        _sentence(rows, whole, spent[-1]),
        _left_out(others),
        picture,
        [f"{wan} 万元" for _, wan, _ in rows],
    )


def _sentence(rows: Sequence[tuple[str, str, str]], whole: Decimal, last: Decimal) -> str:
    steps = "，".join(f"到{date} {share}" for date, _, share in rows)
    said = f"按各项目的计划，{grouped(whole)} 万元中累计支出：{steps}"
    left = whole - last
    if left <= 0:
        return f"{said}。"
    return f"{said}；还有 {grouped(left.quantize(CENT, ROUND_HALF_UP))} 万元没有列入支出计划。"


def _left_out(others: Sequence[tuple[Decimal, Project]]) -> str:
    if not others:
        return ""
    named = "、".join(f"“{p.name}”（{plain(wan)} 万元，{_reason(p)}）" for wan, p in others[:NAMED])
    if len(others) <= NAMED:
        return f"没有算进来的：{named}。"
    rest = grouped(money.add(wan for wan, _ in others[NAMED:]))
    return f"没有算进来的：{named}，以及另外 {len(others) - NAMED} 个项目（共 {rest} 万元）。"


def _reason(project: Project) -> str:
    """Say why a plan cannot be added to the others."""
    if not project.spending_plan:
        return "没有公布支出计划"
    before = Decimal(0)
    for step in project.spending_plan:
        value = step.cumulative.value
        if value is None or not before <= value <= FULL:
            return f"{step.date}写作 {step.cumulative}"
        before = value
    return "截止日期与其他项目不同"


def _wan(disclosure: Disclosure, project: Project) -> Decimal:
    total = project.budget.total
    value = total.value if total and total.value is not None else Decimal(0)
    return money.convert(value, disclosure.amount_unit, AmountUnit.WAN)


def _dates(project: Project) -> tuple[str, ...]:
    return tuple(step.date for step in project.spending_plan)


def _possible(project: Project) -> bool:
    plan = project.spending_plan
    shares = [share for step in plan if (share := step.cumulative.value) is not None]
    return len(shares) == len(plan) and shares == sorted(shares) and all(0 <= s <= FULL for s in shares)
