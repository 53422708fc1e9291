"""Rules of 指标值: sign, number and unit of each target."""

import re

from generator.checks.frameworks import short
from generator.checks.measures import is_measure, is_percent, says_which
from generator.checks.registry import Doubt, Doubts, project_rule
from generator.finding import Severity, Text
from generator.model import Disclosure, Indicator, Project
from generator.number import plain
from generator.rule import Family
from generator.target import QUALITATIVE

_WHOLE = 100  # %
_COST = re.compile(r"成本")
_SAVED = re.compile(r"节|降|减|压缩|回收|效益")
_GROWING = re.compile(r"增|升|涨|提高|扩大|倍|回报|收益|产出|周转|超|同比|环比|比上年|利用|杠杆|执行")
_COUNTED = re.compile(r"次数|人数|户数|个数|件数|场次|人次|数量|面积|里程|长度")
_SHARE = re.compile(r"率|比例|占比|比重|覆盖|程度|度$|增长|增加|增幅|提高|提升|下降|减少|降低|情况")


@project_rule(Severity.NOTE, Family.INDICATORS, "指标值没有符号", "target without a sign")
def sign_missing(project: Project, _: Disclosure) -> Doubts:
    """A number stands alone: is it the least, the most or exactly that? Other rows say so.

    指标值只有数，没有 ≥、≤ 或 =，而同一项目的其他指标有：看不出是至少、至多还是等于。

    Bad: 100百分比，而其他行是 ≥90百分比
    Good: ＝100百分比；90%以上；10月底前；定性指标
    Basis: 财政系统在用的校验规则（所见）：指标值由符号、数值、计量单位组成，或为定性
    """
    if not any(indicator.target_value.operator for indicator in project.indicators):
        return
    for row, indicator in enumerate(project.indicators):
        target = indicator.target_value
        if target.number is None or target.operator or target.qualitative:
            continue
        if not says_which(target.number, target.unit):
            yield Doubt(
                ("indicators", row, "target"),
                Text("没有写明是 ≥、≤ 还是 =", "the sign ≥, ≤ or = is missing"),
            )


@project_rule(Severity.WARNING, Family.INDICATORS, "指标值没有数", "target without a number")
def target_without_number(project: Project, _: Disclosure) -> Doubts:
    """A sign stands without a number, and the target is not marked as qualitative.

    有符号而没有数，也没有写明是定性指标。

    Bad: ≥百分比
    Good: ≥90百分比；定性：有所提升
    Basis: 财政系统在用的校验规则（所见）：指标值由符号、数值、计量单位组成，或为定性
    """
    for row, indicator in enumerate(project.indicators):
        target = indicator.target_value
        if not target.operator or target.number is not None:
            continue
        if QUALITATIVE not in f"{indicator.operator or ''}{indicator.target}":
            yield Doubt(
                ("indicators", row, "target"),
                Text(f"“{target.operator}”后面没有数", f"no number follows `{target.operator}`"),
            )


@project_rule(Severity.WARNING, Family.INDICATORS, "计量单位处是文字", "text where the unit belongs")
def unit_is_text(project: Project, _: Disclosure) -> Doubts:
    """Behind the number stands a name instead of a unit, so nobody knows what is counted.

    指标值的数字后面不是计量单位，而是指标名称之类的文字，看不出数的是什么。

    Bad: ≥90完成数量
    Good: ≥90%；≥3个合作社；2021年12月底前完成
    Basis: 财政系统在用的校验规则（所见）：指标值由符号、数值、计量单位组成，或为定性
    """
    for row, indicator in enumerate(project.indicators):
        unit = indicator.target_value.unit
        if not unit or indicator.target_value.number is None:
            continue
        own = (indicator.level3, indicator.description or "", indicator.basis or "")
        if not is_measure(unit, own):
            field = "unit" if indicator.unit else "target"
            yield Doubt(
                ("indicators", row, field),
                Text(f"“{unit}”不是计量单位", f"`{unit}` is not a unit of measure"),
            )


@project_rule(Severity.WARNING, Family.INDICATORS, "百分比超过 100", "percentage above 100")
def percent_over_100(project: Project, _: Disclosure) -> Doubts:
    """A share of a whole is to be more than the whole.

    不可能超过 100% 的比例，指标值却超过了 100%。说增长、提高、倍数的不算。

    Bad: 群众满意度 ≥292%
    Good: 群众满意度 ≥92%；产值增长率 ≥120%
    """
    for row, indicator in enumerate(project.indicators):
        target = indicator.target_value
        if target.number is None or target.number <= _WHOLE or not is_percent(target.unit):
            continue
        if target.operator not in {"≤", "<"} and not _GROWING.search(_words(indicator)):
            yield Doubt(
                ("indicators", row, "target"),
                Text(
                    f"比例一般不超过 100%，这里是 {plain(target.number)}%",
                    f"a share is 100% at most, and this is {plain(target.number)}%",
                ),
            )


@project_rule(Severity.WARNING, Family.INDICATORS, "成本指标用了 ≥", "cost with ≥")
def cost_at_least(project: Project, _: Disclosure) -> Doubts:
    """A cost is to be kept below a ceiling, and here it must be at least so much.

    成本应控制在一个上限之内（≤），这里却写成至少（≥）。说节约、降低的不算。

    Bad: 成本指标 · 项目成本 · ≥90
    Good: 成本指标 · 项目成本 · ≤80万元；成本节约率 ≥5%
    """
    for row, indicator in enumerate(project.indicators):
        operator = indicator.target_value.operator
        if operator not in {"≥", ">"} or not _COST.search(short(indicator.level1) + short(indicator.level2)):
            continue
        if not _SAVED.search(_words(indicator)):
            yield Doubt(
                ("indicators", row, "target"),
                Text(
                    f"成本指标写的是“{operator}”，上限应为“≤”",
                    f"a cost has `{operator}`, where a ceiling would be `≤`",
                ),
            )


@project_rule(Severity.WARNING, Family.INDICATORS, "计数用了百分比", "count in per cent")
def count_in_percent(project: Project, _: Disclosure) -> Doubts:
    """What is counted (times, people, area …) is stated in per cent.

    次数、人数、面积等应该数出来的，指标值却是百分比。

    Bad: 伙食供应次数 ≥90百分比
    Good: 伙食供应次数 ≥240次；次数完成率 ≥90%；就业人数增长 ≥5%
    """
    for row, indicator in enumerate(project.indicators):
        if is_percent(indicator.target_value.unit) and _counts(indicator.level3):
            yield Doubt(
                ("indicators", row, "target"),
                Text(
                    f"“{indicator.level3.strip()}”应是一个数量，指标值却是百分比",
                    "what is counted is stated in per cent",
                ),
            )


@project_rule(Severity.NOTE, Family.INDICATORS, "数量指标用了百分比", "quantity in per cent")
def quantity_in_percent(project: Project, _: Disclosure) -> Doubts:
    """A quantity indicator is stated in per cent, and its name is not that of a share.

    数量指标的指标值是百分比，名称却不是比率：看不出要完成多少。

    Bad: 数量指标 · 完成上级任务 · ≥90百分比
    Good: 数量指标 · 完成上级任务 · ≥12项；数量指标 · 任务完成率 · ≥90%
    """
    for row, indicator in enumerate(project.indicators):
        name = indicator.level3.strip()
        if short(indicator.level2) != "数量" or not is_percent(indicator.target_value.unit):
            continue
        if not _counts(name) and not _SHARE.search(name):
            yield Doubt(
                ("indicators", row, "target"),
                Text(
                    "数量指标的指标值是百分比，看不出要完成多少",
                    "a quantity is stated in per cent, so nobody knows how much it is",
                ),
            )


def _counts(name: str) -> bool:
    return bool(_COUNTED.search(name.strip())) and not _SHARE.search(name)


def _words(indicator: Indicator) -> str:
    return f"{indicator.level3} {indicator.description or ''} {indicator.basis or ''}"
