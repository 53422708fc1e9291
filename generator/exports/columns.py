"""Columns that several tables have, and the pairs of published text and number."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from generator import money
from generator.exports.table import Column, Entry, Reference, Type
from generator.finding import Text
from generator.forms.terms import title
from generator.model import CODE
from generator.money import Amount, AmountUnit

T = TypeVar("T")
YUAN = Text("元", "yuan")
IN_AMOUNT_UNIT = Text("见 amount_unit", "see amount_unit")
PROJECT_TABLE = "第二部分 · 项目表"

UNIT_CODE: Column[Entry[Any]] = Column(
    "unit_code",
    title("单位代码"),
    Text("预算单位的代码，是文本：前面的零有意义", "Code of the budget unit, a text: leading zeros count"),
    lambda e: e.disclosure.unit.code,
    origin=f"{PROJECT_TABLE} · 表头",
    example="912012",
    required=True,
    pattern=CODE,
    fiscal="administrative-classification:generic:code",
)
YEAR: Column[Entry[Any]] = Column(
    "year",
    title("预算年度"),
    Text("绩效文本所属的预算年度", "Fiscal year of the disclosure"),
    lambda e: int(e.disclosure.year),
    Type.INTEGER,
    example="2021",
    required=True,
    minimum=1900,
    maximum=2099,
    fiscal="date:fiscal-year",
)
PROJECT_ID: Column[Entry[Any]] = Column(
    "project_id",
    Text("项目标识", "Project id"),
    Text(
        "项目在本站的标识：有项目编码的即编码，没有的为文件名",
        "The project's id on this site: its code, or its file name where it has none",
    ),
    lambda e: e.project.id if e.project else None,
    example="130682217RRL6F4PNQUL9",
    required=True,
    fiscal="activity:generic:project:code",
)
POSITION: Column[Entry[Any]] = Column(
    "position",
    Text("第几条", "Position"),
    Text("在原文中的次序，从 1 数起", "Place in the document, counted from 1"),
    lambda e: e.index + 1,
    Type.INTEGER,
    example="1",
    required=True,
    minimum=1,
)
DISCLOSURE_KEY = (UNIT_CODE, YEAR)
PROJECT_KEY = (UNIT_CODE, YEAR, PROJECT_ID)
TO_UNIT = Reference(("unit_code",), "units")
TO_DISCLOSURE = Reference(("unit_code", "year"), "disclosures")
TO_PROJECT = Reference(("unit_code", "year", "project_id"), "projects")


def source_spot(field: str, example: str = "") -> Column[Entry[Any]]:
    """Give the column that says where in the kept document the field stands."""
    return Column(
        "source_spot",
        Text("原文位置", "Place in the document"),
        Text(
            "在留存的公开文件中的位置；没有可核对的文件时为空",
            "Where it stands in the kept document; empty where there is none to compare with",
        ),
        lambda e: e.spot(field),
        example=example,
    )


def amount(
    name: str, heading: Text, value: Callable[[Entry[T]], Amount | None], origin: str = "", example: str = ""
) -> tuple[Column[Entry[T]], ...]:
    """Give the three columns of an amount: as published, as a number, and that number in 元."""

    def number(entry: Entry[T]) -> Decimal | None:
        found = value(entry)
        return found.value if found else None

    def yuan(entry: Entry[T]) -> Decimal | None:
        found = number(entry)
        unit = entry.disclosure.amount_unit
        return None if found is None else money.convert(found, unit, AmountUnit.YUAN)

    zh, en = heading
    return (
        Column(
            name,
            heading,
            Text(f"{zh}，照原文", f"{en}, as published"),
            lambda e: text(value(e)),
            unit=IN_AMOUNT_UNIT,
            origin=origin,
            example=example,
        ),
        Column(
            f"{name}_value",
            Text(f"{zh}（数值）", f"{en} (number)"),
            Text("原文读作数；读不出来的为空", "The published text read as a number; empty where it is none"),
            number,
            Type.NUMBER,
            IN_AMOUNT_UNIT,
        ),
        Column(
            f"{name}_yuan",
            Text(f"{zh}（元）", f"{en} (yuan)"),
            Text("数值换算成元，各单位可以相加", "The number in yuan, so that units can be added up"),
            yuan,
            Type.NUMBER,
            YUAN,
        ),
    )


def text(value: object | None) -> str | None:
    """Give the text of a published value, None where there is none."""
    return None if value is None else str(value)
