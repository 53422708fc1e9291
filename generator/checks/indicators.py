"""Rules of the rows of 绩效指标: their names, and how they stand together."""

import re
from decimal import Decimal
from difflib import get_close_matches
from operator import attrgetter

from generator.checks.frameworks import (
    level1_names,
    level2_names,
    levels_of,
    misplaced_rows,
    missing_groups,
    missing_levels,
    short,
    unknown_names,
)
from generator.checks.registry import Doubt, Doubts, project_rule
from generator.finding import Severity, Text
from generator.model import Disclosure, Indicator, Project
from generator.number import parse_number, plain
from generator.rule import Family

_REQUIRED_GROUPS = {"output", "benefit", "satisfaction"}
_FEWEST_ROWS = 5
_cells = attrgetter(*Indicator.model_fields)
_FULL_WEIGHTS = (Decimal(100), Decimal(90))
_BUILDING = re.compile(r"完工|竣工|施工|开工")
_BUILT = re.compile(
    r"建|修|工程|施工|改造|装|绿化|硬化|道路|设施|整治|治理|搬迁|安置|管网|水利|农田|维护|项目"
)


@project_rule(Severity.WARNING, Family.INDICATORS, "缺少一级指标", "level-1 group missing")
def missing_group(project: Project, _: Disclosure) -> Doubts:
    """The project has no indicator at all of output, benefit or satisfaction.

    项目没有产出、效益或满意度中某一类的任何指标。

    Bad: 只有产出指标和效益指标
    Good: 产出、效益、满意度都有
    Basis: 中发〔2018〕34号：绩效目标包括产出、成本、经济效益、社会效益、生态效益、可持续影响和满意度
    """
    if not project.indicators:
        return  # said by missing-content
    for group in missing_groups(project.year, levels_of(project)):
        if group.id in _REQUIRED_GROUPS:
            message = Text(f"没有{group.name}", f"there is no indicator of the group {group.name}")
            yield Doubt(("indicators",), message)


@project_rule(Severity.NOTE, Family.INDICATORS, "缺少二级指标", "level-2 names missing")
def missing_level2(project: Project, _: Disclosure) -> Doubts:
    """A group of indicators lacks some of the kinds that the framework of the year has.

    某类指标没有写全该年度框架中的二级指标。

    Bad: 产出指标只有数量和质量
    Good: 产出指标有数量、质量、时效、成本；成本另列一类的，产出指标有数量、质量、时效
    Basis: 公开文件所用的绩效指标框架（所见）
    """
    missing = missing_levels(project.year, levels_of(project))
    if missing:
        message = Text(f"没有{'、'.join(missing)}", f"there is no {', '.join(missing)}")
        yield Doubt(("indicators",), message)


@project_rule(Severity.WARNING, Family.INDICATORS, "框架中没有的名称", "name not in the framework")
def unknown_level(project: Project, _: Disclosure) -> Doubts:
    """A level-1 or level-2 name is in no framework of indicators.

    一级或二级指标的名称不在任何年度的指标框架中，可能写错，或一个名称拆成了两行。

    Bad: 二级指标“经济效”
    Good: 二级指标“经济效益指标”；省去“指标”二字的“经济效益”；“项目完成指标”等别的印法
    """
    for row, field, name in unknown_names(levels_of(project)):
        known = level1_names() if field == "level1" else level2_names()
        near = get_close_matches(short(name), sorted(known), n=1)
        hint = Text(f"，是不是“{near[0]}指标”", f", did you mean {near[0]}指标") if near else Text("", "")
        yield Doubt(
            ("indicators", row, field),
            Text(f"指标框架中没有“{name}”{hint.zh}", f"no framework has `{name}`{hint.en}"),
        )


@project_rule(Severity.WARNING, Family.INDICATORS, "二级指标归类不对", "level 2 in a wrong group")
def wrong_group(project: Project, _: Disclosure) -> Doubts:
    """A level-2 name stands under a level-1 group that it belongs to in no framework.

    二级指标放在了不属于它的一级指标下。

    Bad: 效益指标 · 数量指标
    Good: 产出指标 · 数量指标
    """
    for row, groups in misplaced_rows(levels_of(project)):
        level2, right = project.indicators[row].level2, sorted(f"{group}指标" for group in groups)
        yield Doubt(
            ("indicators", row, "level2"),
            Text(f"{level2}应在{'或'.join(right)}之下", f"{level2} belongs to {' or '.join(right)}"),
        )


@project_rule(Severity.WARNING, Family.INDICATORS, "指标重复", "duplicate indicator")
def duplicate_indicator(project: Project, _: Disclosure) -> Doubts:
    """Two rows are the same in every cell.

    两行指标每一格都相同。

    Bad: 第 10 行与第 11 行都是“群众满意度 · ≥80分”
    Good: 一行“党员满意度”，一行“群众满意度”
    """
    seen: dict[object, int] = {}
    for row, indicator in enumerate(project.indicators):
        first = seen.setdefault(_cells(indicator), row)
        if first != row:
            yield Doubt(
                ("indicators", row, "level3"),
                Text(f"与第 {first + 1} 行完全相同", f"the same as row {first + 1} in every cell"),
            )


@project_rule(Severity.NOTE, Family.INDICATORS, "同名指标归入两类", "one name in two kinds")
def name_in_two_kinds(project: Project, _: Disclosure) -> Doubts:
    """The same indicator name stands under two level-2 names.

    同一个指标名称出现在两个二级指标之下，说的是一回事还是两回事，看不出来。

    Bad: 质量指标 · 社会稳定；可持续影响指标 · 社会稳定
    Good: 质量指标 · 案件办结率；可持续影响指标 · 社会稳定
    """
    seen: dict[str, tuple[int, str]] = {}
    for row, indicator in enumerate(project.indicators):
        name, level2 = short(indicator.level3), short(indicator.level2)
        first, other = seen.setdefault(name, (row, level2))
        if name and other != level2:
            yield Doubt(
                ("indicators", row, "level3"),
                Text(
                    f"第 {first + 1} 行{project.indicators[first].level2}也叫“{indicator.level3}”",
                    f"row {first + 1}, {project.indicators[first].level2}, has the same name",
                ),
            )


@project_rule(Severity.WARNING, Family.INDICATORS, "指标名称照抄二级指标", "name repeats level 2")
def name_is_level2(project: Project, _: Disclosure) -> Doubts:
    """The indicator's name is the level-2 name again, so nothing is measured.

    三级指标照抄二级指标的名称，没有说要衡量什么。

    Bad: 生态效益指标 · 生态效益
    Good: 生态效益指标 · 大气环境质量改善
    """
    for row, indicator in enumerate(project.indicators):
        if short(indicator.level3) and short(indicator.level3) == short(indicator.level2):
            yield Doubt(
                ("indicators", row, "level3"),
                Text(
                    "名称就是二级指标的名称，没有说衡量什么",
                    "the name is that of level 2 and does not say what is measured",
                ),
            )


@project_rule(Severity.NOTE, Family.INDICATORS, "名称、描述、依据相同", "name, description, basis alike")
def description_repeats(project: Project, _: Disclosure) -> Doubts:
    """Name, description and basis of an indicator are one and the same text. Said once a project.

    指标的名称、描述、确定依据是同一句话，描述和依据没有提供任何信息。每个项目只提示一次。

    Bad: 政策落实 · 政策落实 · 政策落实
    Good: 政策落实 · 惠民政策按时兑现的比例 · 上级考核办法
    """
    rows = [
        row
        for row, i in enumerate(project.indicators)
        if i.description and i.basis and i.level3.strip() == i.description.strip() == i.basis.strip()
    ]
    if rows:
        count, numbers = len(project.indicators), [str(row + 1) for row in rows]
        yield Doubt(
            ("indicators", rows[0], "description"),
            Text(
                f"{count} 行指标中有 {len(rows)} 行（第 {'、'.join(numbers)} 行）名称、描述、依据相同",
                f"in {len(rows)} of {count} rows ({', '.join(numbers)}) name, description and basis are the same",
            ),
        )


@project_rule(Severity.NOTE, Family.INDICATORS, "指标值逐行相同", "one target in every row")
def same_target_everywhere(project: Project, _: Disclosure) -> Doubts:
    """Every indicator of the project has the same target, whatever it measures.

    所有指标的指标值都是同一个数，不论衡量的是什么。

    Bad: 九行都是“≥90百分比”
    Good: 数量指标“≥32次”，满意度“≥80分”
    """
    targets = [indicator.target_value for indicator in project.indicators]
    if len(targets) < _FEWEST_ROWS or targets[0].number is None:
        return
    first, number = targets[0], targets[0].number
    if all(target.number == number and target.operator == first.operator for target in targets):
        count, value = len(targets), f"{first.operator}{plain(number)}"
        yield Doubt(
            ("indicators", 0, "target"),
            Text(f"{count} 行指标值都是 {value}", f"all {count} rows have the target {value}"),
        )


@project_rule(Severity.WARNING, Family.INDICATORS, "权重合计不对", "weights do not add up")
def weights_sum(project: Project, _: Disclosure) -> Doubts:
    """The weights are neither 100 together, nor 90 with 10 left for the budget's execution.

    各指标权重相加不是 100，也不是为预算执行率留出 10 分后的 90；或有的行没有权重。

    Bad: 权重 30、30、20
    Good: 权重 40、30、20，合计 90；表中没有权重一栏的，不查
    Basis: 财预〔2020〕10号：自评满分 100 分，其中预算执行率 10 分
    """
    printed = [indicator.weight for indicator in project.indicators]
    if not any(printed):
        return
    weights = [parse_number((text or "").strip().removesuffix("%").removesuffix("分")) for text in printed]
    if None in weights:
        row = weights.index(None)
        message = Text(f"第 {row + 1} 行没有写明权重数", f"row {row + 1} states no weight")
        yield Doubt(("indicators", row, "weight"), message)
    elif (sum_ := sum(w for w in weights if w is not None)) not in _FULL_WEIGHTS:
        message = Text(f"各行权重合计 {sum_}", f"the weights add up to {sum_}")
        yield Doubt(("indicators", 0, "weight"), message)


@project_rule(Severity.NOTE, Family.INDICATORS, "指标与项目不像一回事", "indicator unlike its project")
def unlike_project(project: Project, _: Disclosure) -> Doubts:
    """A project that builds nothing has an indicator of construction.

    项目的名称、用途和目标都没有提到建设，指标却说完工、竣工或施工。

    Bad: 伙食补助 · 完工及时率
    Good: 道路修建 · 完工及时率
    """
    about = "\n".join([project.name, project.purpose or "", *project.goals])
    if _BUILT.search(about):
        return
    for row, indicator in enumerate(project.indicators):
        if word := _BUILDING.search(indicator.level3):
            yield Doubt(
                ("indicators", row, "level3"),
                Text(
                    f"项目没有提到建设，指标却说“{word[0]}”",
                    f"the project builds nothing, yet the indicator says {word[0]}",
                ),
            )
