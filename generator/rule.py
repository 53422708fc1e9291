"""What a rule of the checks says of itself: plain data for the pages, the docs and the reports.

The rules themselves, and the register of them all, are in `checks`.
"""

from dataclasses import dataclass
from enum import StrEnum

from generator.finding import Severity, Text


class Family(StrEnum):
    """What a rule looks at; the order is the order of the pages."""

    STRUCTURE = "structure"
    MONEY = "money"
    PLAN = "plan"
    INDICATORS = "indicators"
    TEXT = "text"
    ACROSS = "across"
    SOURCE = "source"


FAMILY_NAMES = {
    Family.STRUCTURE: Text("结构", "structure"),
    Family.MONEY: Text("金额", "money"),
    Family.PLAN: Text("支出计划", "spending plan"),
    Family.INDICATORS: Text("绩效指标", "indicators"),
    Family.TEXT: Text("文字", "text"),
    Family.ACROSS: Text("跨年度与跨单位", "across years and units"),
    Family.SOURCE: Text("与公开文件核对", "compared with the document"),
}


@dataclass(frozen=True)
class Rule:
    """One question that the checks ask: its stable id, what it means, and an example.

    `bad` shows what it finds and `good` what it leaves alone; `basis` names the regulation or the
    form that it rests on, or is empty.
    """

    id: str
    severity: Severity
    family: Family
    title: Text
    meaning: Text
    bad: str = ""
    good: str = ""
    basis: str = ""
