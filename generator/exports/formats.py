"""What each disclosure adds to the tables, written in each format, and the files put together of that.

So the work on the tables can be shared, and is kept for disclosures that stay as they are.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from generator.exports import csv_format, json_format, sqlite_format, xlsx_format
from generator.exports.datasette import metadata
from generator.exports.dictionary import TABLES
from generator.exports.files import ExportFile
from generator.exports.json_format import to_json
from generator.exports.table import AnyTable, Contents, Row
from generator.finding import Text
from generator.model import Site

Portion = Mapping[str, Any]
"""Some rows of each table, by its name, as one format has them written."""
Gathered = Sequence[tuple[AnyTable, Sequence[Any]]]
"""Each table with all its rows, written, in portions."""

WORKBOOK = "data/projects.xlsx"
DATABASE = "data/disclosures.sqlite"
EXPLAINED = "data/datasette.json"


@dataclass(frozen=True)
class Format:
    """A way to write tables: some rows of one at a time, then the files with all of them.

    `written` gets the language of headings and notes, and so does `files`, with the day of the build.
    """

    written: Callable[[AnyTable, Sequence[Row], str], Any]
    files: Callable[[Gathered, Site, date, str], Iterator[ExportFile]]


def portions(contents: Contents, formats: Collection[str], lang: str = "zh") -> dict[str, Portion]:
    """Give what the disclosures of `contents` add to the tables, in each of the formats."""
    return _written((table for table in TABLES if not table.whole), contents, formats, lang)


def table_files(
    name: str, given: Sequence[Portion], contents: Contents, built: date, lang: str = "zh"
) -> Iterator[ExportFile]:
    """Give the files of a format, put together of the portions of all disclosures.

    `contents` is everything there is; the tables that are `whole` are made of it.
    """
    whole = _written((table for table in TABLES if table.whole), contents, [name], lang)[name]
    gathered = [(t, [whole[t.name]] if t.whole else [portion[t.name] for portion in given]) for t in TABLES]
    yield from FORMATS[name].files(gathered, contents.dataset.site, built, lang)


def _written(
    tables: Iterable[AnyTable], contents: Contents, formats: Collection[str], lang: str
) -> dict[str, Portion]:
    filled = [(table, list(table.rows(contents))) for table in tables]
    return {
        name: {table.name: FORMATS[name].written(table, rows, lang) for table, rows in filled}
        for name in formats
    }


def _csv(gathered: Gathered, *_: object) -> Iterator[ExportFile]:
    for table, given in gathered:
        rows = list(chain.from_iterable(given))
        content = csv_format.joined(table.column_names, rows)
        yield ExportFile(f"data/{table.name}.csv", content, table.title, len(rows))


def _json(gathered: Gathered, *_: object) -> Iterator[ExportFile]:
    for table, given in gathered:
        rows = list(chain.from_iterable(given))
        content = json_format.joined(rows)
        yield ExportFile(f"data/{table.name}.json", content, table.title, len(rows))


def _xlsx(gathered: Gathered, site: Site, built: date, lang: str) -> Iterator[ExportFile]:
    title = Text("全部表格，一表一页，附各列说明", "All tables, a sheet each, with their columns explained")
    yield ExportFile(WORKBOOK, xlsx_format.to_xlsx(gathered, site, built, lang), title)


def _sqlite(gathered: Gathered, site: Site, *_: object) -> Iterator[ExportFile]:
    content = sqlite_format.to_sqlite([(table, chain.from_iterable(given)) for table, given in gathered])
    title = Text("全部表格，SQLite 数据库", "All tables, an SQLite database")
    yield ExportFile(DATABASE, content, title)
    title = Text("数据库各表各列的说明，供 Datasette 显示", "The database's tables and columns explained, for Datasette")  # fmt: skip
    yield ExportFile(EXPLAINED, to_json(metadata(site, "disclosures", TABLES)), title)


FORMATS = {
    "csv": Format(lambda _, rows, __: csv_format.written_rows(rows), _csv),
    "json": Format(lambda table, rows, _: json_format.written_rows(table.column_names, rows), _json),
    "xlsx": Format(xlsx_format.written_rows, _xlsx),
    "sqlite": Format(lambda _, rows, __: sqlite_format.written_rows(rows), _sqlite),
}
TABLE_FILES = (
    *(f"data/{table.name}.{ending}" for table in TABLES for ending in ("csv", "json")),
    WORKBOOK,
    DATABASE,
    EXPLAINED,
)
"""The files of all formats, in the order in which they are listed."""
