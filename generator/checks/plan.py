"""Rules of 资金支出计划: percentages of the budget by date, each the sum so far."""

import re
from itertools import pairwise

from generator.checks.registry import Doubt, Doubts, project_rule
from generator.finding import Severity, Text
from generator.forms.form import FORMS, form
from generator.model import Disclosure, Project
from generator.number import normalise
from generator.rule import Family

_WHOLE = 100  # %
_DATE = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?")
_END_OF_MONTH = 31


@project_rule(Severity.WARNING, Family.PLAN, "支出计划超过 100%", "spending plan above 100%")
def plan_over_100(project: Project, _: Disclosure) -> Doubts:
    """By this plan more is spent than the budget holds.

    累计支出比例超过 100%：照此计划，支出会多于预算。

    Bad: 12月底 1000.00%
    Good: 12月底 100.00%
    """
    for row, step in enumerate(project.spending_plan):
        value = step.cumulative.value
        if value is not None and value > _WHOLE:
            yield Doubt(
                ("spending_plan", row, "cumulative"),
                Text(
                    f"{step.date}累计支出 {step.cumulative}，超过预算的 100%",
                    f"{step.cumulative} by {step.date} is more than the whole budget",
                ),
            )


@project_rule(Severity.WARNING, Family.PLAN, "支出计划没有到 100%", "spending plan ends below 100%")
def plan_incomplete(project: Project, _: Disclosure) -> Doubts:
    """By the last date of the plan a part of the budget is still unspent.

    最后一个时点的累计比例不到 100%：照此计划，年底还有预算没有支出。

    Bad: 12月底 80.00%
    Good: 12月底 100.00%
    """
    if not project.spending_plan:
        return
    last = project.spending_plan[-1]
    value = last.cumulative.value
    if value is not None and 0 <= value < _WHOLE:
        yield Doubt(
            ("spending_plan", len(project.spending_plan) - 1, "cumulative"),
            Text(
                f"{last.date}累计支出 {last.cumulative}，还有 {_WHOLE - value}% 没有安排",
                f"{last.cumulative} by {last.date} leaves {_WHOLE - value}% unplanned",
            ),
        )


@project_rule(Severity.WARNING, Family.PLAN, "累计比例下降", "cumulative share falls")
def plan_falling(project: Project, _: Disclosure) -> Doubts:
    """A later date has less than an earlier one, though the percentages are sums so far.

    累计比例只能增加，后一时点却比前面低。

    Bad: 6月底 50.00%，10月底 45.00%
    Good: 6月底 50.00%，10月底 50.00%
    """
    highest = None
    for row, step in enumerate(project.spending_plan):
        value = step.cumulative.value
        if value is None or value > _WHOLE:
            continue  # said by a rule of its own; compared with it, all that follows would fall
        if highest and highest.cumulative.value is not None and value < highest.cumulative.value:
            yield Doubt(
                ("spending_plan", row, "cumulative"),
                Text(
                    f"{step.date}累计 {step.cumulative}，低于{highest.date}的 {highest.cumulative}",
                    f"{step.cumulative} by {step.date} is below the {highest.cumulative} by {highest.date}",
                ),
            )
        else:
            highest = step


@project_rule(Severity.WARNING, Family.PLAN, "累计比例不是百分比", "not a percentage")
def plan_not_percentage(project: Project, _: Disclosure) -> Doubts:
    """A step of the plan states no percentage, or one below zero.

    支出计划中有一处不是百分比，或是负数。

    Bad: 6月底 过半
    Good: 6月底 50.00%
    """
    for row, step in enumerate(project.spending_plan):
        value = step.cumulative.value
        if value is None or value < 0:
            yield Doubt(
                ("spending_plan", row, "cumulative"),
                Text(
                    f"{step.date}的“{step.cumulative}”不是百分比",
                    f"`{step.cumulative}` by {step.date} is not a percentage",
                ),
            )


@project_rule(Severity.WARNING, Family.PLAN, "时点顺序不对", "dates out of order")
def plan_date_order(project: Project, _: Disclosure) -> Doubts:
    """A date of the plan is not later than the one before it.

    支出计划的时点没有从早到晚排列，或有重复。

    Bad: 6月底、3月底、10月底、12月底
    Good: 3月底、6月底、10月底、12月底
    """
    for row, (before, step) in enumerate(pairwise(project.spending_plan), 1):
        earlier, later = _day(before.date), _day(step.date)
        if earlier and later and later <= earlier:
            yield Doubt(
                ("spending_plan", row, "date"),
                Text(f"{step.date}排在{before.date}之后", f"{step.date} stands after {before.date}"),
            )


def _day(date: str) -> tuple[int, int, int] | None:
    """Read 3月底, 2021年3月 or 6月30日 as year, month and day; the year is 0 where none is printed."""
    found = _DATE.search(normalise(date))
    return (int(found[1] or 0), int(found[2]), int(found[3] or _END_OF_MONTH)) if found else None


@project_rule(Severity.NOTE, Family.PLAN, "时点与表式不同", "dates other than the form's")
def plan_dates(project: Project, disclosure: Disclosure) -> Doubts:
    """The plan has other dates than the form that the document follows.

    支出计划的时点与所用表式印的不同。

    Bad: 河北表式，而时点为 6月底、12月底
    Good: 3月底、6月底、10月底、12月底
    Basis: 河北省部门预算绩效文本表式（见于公开文件）
    """
    names = {document.form for document in disclosure.source_documents} & set(FORMS)
    expected = [form(name).plan_dates for name in sorted(names) if form(name).plan_dates]
    dates = [step.date.strip() for step in project.spending_plan]
    if dates and expected and sorted(dates) not in map(sorted, expected):
        ours = "、".join(dates)
        message = Text(
            f"时点为{ours}，表式为{'、'.join(expected[0])}",
            f"the dates are {', '.join(dates)}, where the form has {', '.join(expected[0])}",
        )
        yield Doubt(("spending_plan",), message, value=ours)
