"""What a table of the open data is: one description that feeds every format, dictionary and test."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from generator.finding import Finding, Text
from generator.model import Dataset, Disclosure, Project, Trace, Traces

T = TypeVar("T")
U = TypeVar("U")
Value = str | int | Decimal | bool | None
Row = tuple[Value, ...]


NOTHING = Text("", "")


class Type(StrEnum):
    """The type of a column, by its name in Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


TYPE_NAMES = {
    Type.STRING: Text("文本", "text"),
    Type.INTEGER: Text("整数", "integer"),
    Type.NUMBER: Text("数", "number"),
    Type.BOOLEAN: Text("是否", "true or false"),
}


@dataclass(frozen=True)
class Contents:
    """What the tables are filled from."""

    dataset: Dataset
    findings: Sequence[Finding] = ()
    traces: Traces = field(default_factory=dict)


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column: its name in the files, what it means, and how an item gives its value.

    `origin` is where the official form prints it, empty where it is read or computed; `fiscal` is its
    ColumnType in the Fiscal Data Package; `example` stands in the first published document. `choices`,
    `pattern` and bounds hold for every value there may be: of published text nothing is demanded.
    """

    name: str
    title: Text
    meaning: Text
    value: Callable[[T], Value]
    type: Type = Type.STRING
    unit: Text = NOTHING
    origin: str = ""
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    fiscal: str = ""

    def taken(self, value: Callable[[U], Value], **changes: Any) -> "Column[U]":
        """Give the same column for another table, whose items give its value in another way."""
        same: Any = self
        return replace(same, value=value, **changes)


@dataclass(frozen=True)
class Reference:
    """A foreign key: `columns` are the key of the table of that name."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True)
class Table(Generic[T]):
    """A table: what one row is, its columns, and the items that its rows are made from.

    The rows of a table that is `whole` are made from everything at once; those of the others come from
    the disclosures, one after the other.
    """

    name: str
    title: Text
    meaning: Text
    items: Callable[[Contents], Iterator[T]]
    columns: tuple[Column[T], ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    whole: bool = False

    @property
    def column_names(self) -> list[str]:
        """The heads of its columns, as files for programs have them."""
        return [column.name for column in self.columns]

    def rows(self, contents: Contents) -> Iterator[Row]:
        """Give the rows, in the order of the documents."""
        for item in self.items(contents):
            yield tuple([column.value(item) for column in self.columns])


AnyTable = Table[Any]


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A value of a disclosure in its place: what most rows are made from. `index` counts from 0."""

    contents: Contents
    disclosure: Disclosure
    value: T
    project: Project | None = None
    index: int = 0

    @property
    def trace(self) -> Trace | None:
        """What the kept document says of the project, or of the disclosure itself."""
        owner = self.project.id if self.project else ""
        return self.contents.traces.get((self.disclosure.unit.code, self.disclosure.year, owner))

    def spot(self, name: str) -> str | None:
        """Say where in its document a field stands: 第 43 行; None where that is not known."""
        place = self.trace.places.get(name.format(self.index + 1)) if self.trace else None
        return place.spot.zh if place else None
