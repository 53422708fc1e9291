"""What may stand behind a number, as offices print it, and what may not."""

import pytest

from generator.checks.measures import is_measure, is_percent, says_which
from generator.target import Target

UNITS = """
    90% 100百分比 95%（含）以上 100%全覆盖 12次 12次/年 3-5次 80-90分 1:1 8:00-18:00 300余人 1.5万人次 20人以下
    3个合作社 20名工作人员 2项技术规范 5个工作日 12个月 2021年度 2021年12月底前完成 12月31日前 30天内完成
    30日内办结 2小时到达现场 0.5万元/人·年 2000mg/L 5A级 10年以上 3km 50μg/m³ 1月1日至12月31日
    """
NAMES = """
    90完成数量 90道路施工情况 90完成时效 90项目成本 90经济效益情况 90生态效益 90可持续发展 90服务对象满意情况
    90满意度 90处理率 90人员满意 90次数完成 90日常工作完成 1200受益人口 90天气情况
    """
SAY_WHICH = """
    90%以上 95%（含）以上 30天内完成 20人以下 3-5次 80-90分 2021年 2021年度 2021年12月底前完成 10月底前 12月31日前
    """
DO_NOT = "100百分比 12次 12个月 10年 3年度 300余人 5A级 12次/年"


def behind(text: str) -> str:
    return Target(text).unit


@pytest.mark.parametrize("text", UNITS.split())
def test_units_of_every_kind_are_known(text: str) -> None:
    assert is_measure(behind(text), ("完成数量",))


@pytest.mark.parametrize("text", NAMES.split())
def test_a_name_is_no_unit(text: str) -> None:
    assert not is_measure(behind(text), ())


def test_a_unit_never_repeats_another_text_of_its_row() -> None:
    assert is_measure("受益村", ())
    assert not is_measure("受益村", ("受益村",))


@pytest.mark.parametrize(("text", "known"), [("90%", True), ("90百分比以上", True), ("90百分点", False)])
def test_per_cent(text: str, *, known: bool) -> None:
    assert is_percent(behind(text)) is known


@pytest.mark.parametrize(
    ("text", "known"), [*((t, True) for t in SAY_WHICH.split()), *((t, False) for t in DO_NOT.split())]
)
def test_words_that_make_a_sign_needless(text: str, *, known: bool) -> None:
    target = Target(text)
    assert target.number is not None
    assert says_which(target.number, target.unit) is known
