"""All tables of the open data, and the table that explains their columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.exports.table import TYPE_NAMES, AnyTable, Column, Contents, Table, Type
from generator.exports.tables import (
    CORRECTIONS,
    DISCLOSURES,
    FINDINGS,
    GOALS,
    INDICATORS,
    ITEMISED_GOALS,
    PROJECTS,
    SOURCE_DOCUMENTS,
    SPENDING_PLANS,
    UNITS,
)
from generator.finding import Text


@dataclass(frozen=True)
class Explained:
    """A column in its table."""

    table: AnyTable
    position: int
    column: Column[Any]

    @property
    def refers_to(self) -> str:
        """The table whose key this column is part of, or the empty string."""
        return next((r.table for r in self.table.references if self.column.name in r.columns), "")


def explained(_: Contents) -> Iterator[Explained]:
    """Give every column of every table."""
    for table in TABLES:
        for position, column in enumerate(table.columns, start=1):
            yield Explained(table, position, column)


DICTIONARY: Table[Explained] = Table(
    "dictionary",
    Text("数据字典", "Data dictionary"),
    Text("一行说明一张表的一列", "One row explains one column of one table"),
    explained,
    (
        Column("table", Text("表", "Table"), Text("表的名称", "Name of the table"), lambda e: e.table.name, required=True),
        Column("position", Text("第几列", "Position"), Text("在表中的次序，从 1 数起", "Place in the table, counted from 1"), lambda e: e.position, Type.INTEGER, required=True),
        Column("column", Text("列", "Column"), Text("列的名称", "Name of the column"), lambda e: e.column.name, required=True),
        Column("title", Text("中文名", "Title in Chinese"), Text("列的中文名", "The column's Chinese title"), lambda e: e.column.title.zh, required=True),
        Column("title_en", Text("英文名", "Title"), Text("列的英文名", "The column's English title"), lambda e: e.column.title.en, required=True),
        Column("meaning", Text("含义", "Meaning in Chinese"), Text("列的含义", "What the column means, in Chinese"), lambda e: e.column.meaning.zh, required=True),
        Column("meaning_en", Text("含义（英文）", "Meaning"), Text("列的含义，英文", "What the column means"), lambda e: e.column.meaning.en, required=True),
        Column("type", Text("类型", "Type"), Text("string 文本、integer 整数、number 数、boolean 是否", "string, integer, number or boolean"), lambda e: e.column.type.value, required=True, choices=tuple(TYPE_NAMES)),
        Column("unit", Text("单位", "Unit"), Text("数的单位", "Unit of the number"), lambda e: e.column.unit.zh or None),
        Column("origin", Text("表式中的位置", "Place in the form"), Text("官方表式中印在哪里；空的是本站读出或算出的", "Where the official form prints it; empty where this site read or computed it"), lambda e: e.column.origin or None),
        Column("example", Text("例", "Example"), Text("李亲顾镇 2021 年公开文件中的例子", "An example from the first published document"), lambda e: e.column.example or None),
        Column("required", Text("必有", "Required"), Text("是否每行都有", "Whether every row has it"), lambda e: e.column.required, Type.BOOLEAN, required=True),
        Column("key", Text("主键", "Key"), Text("是否主键的一部分", "Whether it is part of the primary key"), lambda e: e.column.name in e.table.key, Type.BOOLEAN, required=True),
        Column("refers_to", Text("指向", "Refers to"), Text("外键所指的表", "The table that a foreign key points to"), lambda e: e.refers_to or None),
    ),
    key=("table", "column"),
    whole=True,
)  # fmt: skip

TABLES: tuple[AnyTable, ...] = (
    PROJECTS,
    INDICATORS,
    SPENDING_PLANS,
    GOALS,
    DISCLOSURES,
    ITEMISED_GOALS,
    SOURCE_DOCUMENTS,
    CORRECTIONS,
    UNITS,
    FINDINGS,
    DICTIONARY,
)
"""Every table, in the order of the sheets and lists."""
