"""Rules of what the texts say: purpose, goals, safeguards."""

import re

from generator.checks.registry import Doubt, Doubts, disclosure_rule, project_rule
from generator.finding import Severity, Text
from generator.model import Disclosure, Project
from generator.rule import Family

_YEAR = re.compile(r"(?:19|20)\d{2}\s*年")
_ORDINAL = re.compile(r"^\s*[（(]?(?:\d+|[一二三四五六七八九十]+)[.、．)）]+")
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千万](?:余|多)?(?:个|次|人|户|名|家|项|件|条|座|所|处|亩|公里|场|期|成|倍|万|亿|元)"
)
_SHINGLE = 10  # characters; a shorter run that two texts share says nothing
_HALF = 50  # %


@project_rule(Severity.WARNING, Family.TEXT, "资金用途就是项目名称", "purpose is the name again")
def purpose_is_name(project: Project, _: Disclosure) -> Doubts:
    """The use of the funds is the project's name again, so nobody learns what they are for.

    资金用途照抄项目名称，没有说钱用来做什么。

    Bad: 西湖村内道路修建项目 · 用途：西湖村内道路修建项目
    Good: 西湖村内道路修建项目 · 用途：硬化村内道路 2 公里
    Basis: 河北省部门预算绩效文本表式（见于公开文件）：预算规模及资金用途
    """
    if project.purpose and project.purpose.strip(" 。") == project.name.strip():
        message = Text("资金用途与项目名称相同", "the purpose is the project's name")
        yield Doubt(("purpose",), message)


@project_rule(Severity.NOTE, Family.TEXT, "绩效目标没有数", "goals without a figure")
def goals_without_figure(project: Project, _: Disclosure) -> Doubts:
    """No goal of the project states a figure, so nobody can say later whether it was reached.

    各条绩效目标都没有一个数，事后无从判断是否实现。每个项目只提示一次。

    Bad: 1.保障项目正常实施；2021年按时完成
    Good: 1.硬化道路 2 公里；1.开展活动十二次
    """
    goals = [_YEAR.sub("", _ORDINAL.sub("", goal)) for goal in project.goals]
    if any(goals) and not any(_FIGURE.search(goal) for goal in goals):
        count = len(goals)
        message = Text(f"{count} 条绩效目标都没有数", f"none of the {count} goals states a figure")
        yield Doubt(("goals",), message)


@disclosure_rule(Severity.WARNING, Family.TEXT, "保障措施重复总体目标", "safeguards repeat the goal")
def safeguards_repeat_goal(disclosure: Disclosure) -> Doubts:
    """At least half of the safeguards is taken word by word from the overall goal.

    工作保障措施有一半以上的文字与总体绩效目标逐字相同，没有说怎样保障。

    Bad: 目标与措施都是“突出夯实基层组织基础，推进全面从严治党，……”
    Good: 措施说明由谁、何时、怎样检查
    """
    goal, measures = disclosure.overall_goal, disclosure.safeguard_measures
    if not goal or not measures:
        return
    share = _shared(measures, goal)
    if share >= _HALF:
        yield Doubt(
            ("safeguard_measures",),
            Text(
                f"{share}% 的文字与总体绩效目标逐字相同",
                f"{share}% of the text is word by word that of the overall goal",
            ),
        )


def _shared(text: str, other: str) -> int:
    """Give how much of `text`, in %, stands in runs of ten or more characters in `other` too."""
    runs = {other[i : i + _SHINGLE] for i in range(len(other) - _SHINGLE + 1)}
    taken = bytearray(len(text))
    for i in range(len(text) - _SHINGLE + 1):
        if text[i : i + _SHINGLE] in runs:
            taken[i : i + _SHINGLE] = b"\x01" * _SHINGLE
    return 100 * sum(taken) // len(text)
