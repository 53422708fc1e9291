"""Rules of what scanning does to figures. They name the doubt; the figure stays as printed."""

import re

from generator.checks.registry import Doubt, Doubts, project_rule
from generator.finding import Severity, Text
from generator.model import Disclosure, Project
from generator.rule import Family

_SIGN_AS_2 = re.compile(r"2([1-9]\d{1,3})(?!\d)(.*)")
_GLUED = re.compile(r"(\d{2})(\1|100)")
_ENOUGH = 2  # rows with ≥ that show how the project writes its targets
_YEARS = ("19", "20")


@project_rule(Severity.WARNING, Family.INDICATORS, "≥ 可能被扫描成 2", "≥ may have been scanned as 2")
def sign_scanned_as_2(project: Project, _: Disclosure) -> Doubts:
    """A figure without sign begins with 2, where the signs of the project's other rows are mostly ≥.

    指标值没有符号而以 2 开头，同一项目其他指标的符号大多是 ≥：2 可能是扫描错的 ≥。

    Bad: 2280次，而其他行是 ≥90%、≥3次
    Good: ≥280次；20次
    """
    signs = [indicator.target_value.operator for indicator in project.indicators]
    signed = [sign for sign in signs if sign]
    if signs.count("≥") < _ENOUGH or 2 * signs.count("≥") < len(signed):
        return
    for row, (indicator, sign) in enumerate(zip(project.indicators, signs, strict=True)):
        found = None if sign else _SIGN_AS_2.fullmatch(indicator.target_value.plain)
        if found:
            likely = f"≥{found[1]}{found[2]}"
            yield Doubt(
                ("indicators", row, "target"),
                Text(f"可能原是“{likely}”，≥ 被扫描成了 2", f"it may have been `{likely}`, its ≥ read as 2"),
            )


@project_rule(Severity.NOTE, Family.INDICATORS, "可能是连在一起的两个数", "perhaps two figures in one")
def glued_numbers(project: Project, _: Disclosure) -> Doubts:
    """A figure of two equal halves, or one that ends in 100, stands alone: two columns may be glued.

    指标值只有数字，没有符号和单位，是重复的两段，或以 100 结尾：可能是相邻两格的数连在了一起。

    Bad: 8888；88100
    Good: 88；≥88100元；2020（年份）
    """
    for row, indicator in enumerate(project.indicators):
        target = indicator.target_value
        found = _GLUED.fullmatch(target.plain)
        alone = not (target.operator or target.unit)
        if found and alone and found[1] not in _YEARS:
            first, second = found[1], found[2]
            yield Doubt(
                ("indicators", row, "target"),
                Text(f"可能是“{first}”和“{second}”连在了一起", f"it may be `{first}` and `{second}` in one"),
            )
