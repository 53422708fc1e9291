"""Units of measure as offices print them behind a target's number."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from generator.number import normalise

_PRINTED = """
    % 百分比 百分之 ‰ 百分点 分 点 级 度 倍
    次 遍 回 轮 场 班 期 批 课 人 名 位 户 家 个 项 件 份 套 台 部 辆 艘 架 篇 条 处 座 所 间 栋 幢
    村 镇 乡 社区 组 队 块 棵 株 头 只 本 册 张 幅 盏 口 眼 根 例 起 宗 笔 门 节 类 种 片 段 面 把 杆
    支 站 校 院 园 线 岗 人才 学生 群众
    吨 公斤 千克 斤 克 公里 千米 里 米 厘米 毫米 亩 公顷 平方米 平方公里 立方米 升 伏 瓦 千瓦
    元 角 万 亿
    年 月 季 季度 天 日 小时 时 分钟 周 星期
    ㎡ m² m2 m³ km m kg t h d
    """
_MEASURES = frozenset(_PRINTED.split())
_TAIL = re.compile(r"(?:及?以上|及?以下|以内|之内|左右|内|[（(][^（()）]*[)）])+$")
_COMPOUND = re.compile(r"[/／·•每]")
_COUNTED = re.compile(
    r"个(?!数)|名(?!称|单)|家(?!庭)|项(?!目)|件(?!数)|份(?!数)|套|台|辆|期|批|条(?!件)|处(?!理|置)|座|所(?!有)|间"
    r"|栋|人次|户(?!数)|场(?!地|所|次数)|次(?!数)|[%％‰]|百分比"
)
"""Words that begin a count, whatever is counted: 个合作社, 名工作人员, %全覆盖."""
_TIME = re.compile(
    r"(?:个?工作日|个月|小时|分钟|季度|[年月日天周])(?:$|\d|[底末初前后内之以起上中下旬份度]|(?:完成|办结|到位))"
)
"""A date or a time allowed: 年12月底前完成, 天内办结."""
_LIMITED = re.compile(r"以[上下内]|之内|[内前]$|[内前](?:完成|办结|到位)|左右")
_RANGE = re.compile(r"(?:[-—–~至到:/×*+]\s*\d+(?:\.\d+)?)+")
_NAMES = re.compile(r"(?:成本|人口|时效|质量|数量|效益|情况|率|满意度|程度|比例|次数|人数)$")
"""Ends of names that end like units: 项目成本 is not counted in 本."""
_YEARS = range(1900, 2100)
_MONTHS = range(1, 13)
_LONGEST_UNLISTED = 3  # characters of a unit that is not in the list; a longer text is checked
_LONGEST = 40  # characters; a longer text is no unit, whatever it ends in


def is_measure(unit: str, own: Iterable[str]) -> bool:
    """Whether `unit` can be one. `own` are the row's other texts: a unit never repeats one of them."""
    if len(unit) > _LONGEST:
        return False
    plain = _bare(unit)
    if plain in _MEASURES:
        return True
    if _NAMES.search(plain) or any(plain == normalise(text) for text in own if text):
        return False
    last = _COMPOUND.split(plain)[0]
    return (
        len(last) <= _LONGEST_UNLISTED
        or bool(_COUNTED.match(plain) or _TIME.match(plain))
        or any(last.endswith(m) for m in _MEASURES)
    )


@lru_cache(maxsize=10_000)  # units are few, and every indicator asks
def _bare(unit: str) -> str:
    """Give a unit in plain form without a range before it and 以上, 左右 and the like behind."""
    return _TAIL.sub("", _RANGE.sub("", normalise(unit), count=1).strip())


@lru_cache(maxsize=10_000)  # likewise
def is_percent(unit: str) -> bool:
    """Whether a unit is per cent, as a sign or in words."""
    return len(unit) <= _LONGEST and _TAIL.sub("", normalise(unit)) in {"%", "百分比", "百分之"}


def says_which(number: Decimal, unit: str) -> bool:
    """Whether the words behind a number say if it is the least or the most, or make a date or range of it.

    90%以上, 30天内, 10月底前完成, 3-5次: such a target needs no sign.
    """
    plain = normalise(unit)[:_LONGEST]
    dated = (plain.startswith("年") and number in _YEARS) or (plain.startswith("月") and number in _MONTHS)
    return dated or bool(_LIMITED.search(plain) or _RANGE.match(plain))
