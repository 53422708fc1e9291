"""What the page of downloads says: the files, the data dictionary, examples, licence, how to cite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.exports.dcat import CATALOGUE
from generator.exports.dictionary import TABLES
from generator.exports.examples import EXAMPLES, Example
from generator.exports.feed import FEED
from generator.exports.files import FileInfo
from generator.exports.reading import RULES
from generator.exports.table import TYPE_NAMES, AnyTable, Column
from generator.model import Dataset, Site

MEGABYTE = 1_000_000
MACHINES = (
    ("catalog.jsonld", f"../{CATALOGUE}", "数据目录（DCAT-AP 3.0），供其他数据平台收录"),
    ("feed.xml", f"../{FEED}", "更新订阅（Atom）"),
    ("llms.txt", "../llms.txt", "给语言模型的说明"),
)


@dataclass(frozen=True)
class FileLine:
    """A file to download; `url` is relative to the page, `rows` empty where it holds several tables."""

    name: str
    title: str
    url: str
    size: str
    bytes: str
    rows: str
    sha256: str


@dataclass(frozen=True)
class TableFiles:
    """A table and its files."""

    title: str
    meaning: str
    rows: str
    csv: FileLine
    json: FileLine


@dataclass(frozen=True)
class ExplainedColumn:
    """A column: `more` says its type, unit, place in the form, and an example."""

    name: str
    title: str
    meaning: str
    more: str


@dataclass(frozen=True)
class Explained:
    """A table with its columns."""

    id: str
    title: str
    meaning: str
    columns: Sequence[ExplainedColumn]


@dataclass(frozen=True)
class Downloads:
    """The page. `updated` is the day of the build; `machines` are name, address and purpose."""

    title: str
    updated: str
    whole: Sequence[FileLine]
    tables: Sequence[TableFiles]
    dictionary: Sequence[Explained]
    checksums: Sequence[FileLine]
    licence: str
    licence_url: str
    citation: str
    standard: str
    rules: Sequence[str] = tuple(rule.zh for rule in RULES)
    examples: Sequence[Example] = EXAMPLES
    machines: Sequence[tuple[str, str, str]] = MACHINES


def downloads(dataset: Dataset, files: Sequence[FileInfo], built: date) -> Downloads:
    """Arrange the files of all tables, as they were written."""
    lines = {info.path: _line(info) for info in files}
    return Downloads(
        title="数据下载",
        updated=built.isoformat(),
        whole=[lines[info.path] for info in files if info.rows is None],
        tables=[_table(table, lines) for table in TABLES],
        dictionary=[_explained(table) for table in TABLES],
        checksums=list(lines.values()),
        licence=dataset.site.licence,
        licence_url=dataset.site.licence_url,
        citation=_citation(dataset.site, built),
        standard=_standard(dataset.site, built),
    )


def _table(table: AnyTable, lines: Mapping[str, FileLine]) -> TableFiles:
    csv, json = (lines[f"data/{table.name}.{ending}"] for ending in ("csv", "json"))
    return TableFiles(table.title.zh, table.meaning.zh, csv.rows, csv, json)


def _line(info: FileInfo) -> FileLine:
    name = info.path.removeprefix("data/")
    rows = "" if info.rows is None else f"{info.rows:,}"
    return FileLine(
        name, info.title.zh, f"../{info.path}", _size(info.size), f"{info.size:,}", rows, info.sha256
    )


def _explained(table: AnyTable) -> Explained:
    columns = [ExplainedColumn(c.name, c.title.zh, c.meaning.zh, _more(c)) for c in table.columns]
    return Explained(f"table-{table.name}", f"{table.title.zh} {table.name}", table.meaning.zh, columns)


def _more(column: Column[Any]) -> str:
    said = {"单位": column.unit.zh, "表式中的位置": column.origin, "例": column.example}
    return "；".join(
        [TYPE_NAMES[column.type].zh, *(f"{name}：{text}" for name, text in said.items() if text)]
    )


def _size(size: int) -> str:
    """Print a number of bytes as people say it: `38 KB`."""
    return f"{max(1, round(size / 1000))} KB" if size < MEGABYTE else f"{size / MEGABYTE:.1f} MB"


def _citation(site: Site, built: date) -> str:
    address = f"，{site.address('downloads/')}" if site.base_url else ""
    return f"{site.publisher}：《{site.name}》数据，{built.isoformat()} 版{address}"


def _standard(site: Site, built: date) -> str:
    address = f". {site.address('downloads/')}" if site.base_url else ""
    return f"{site.publisher}. {site.name}[DS/OL]. ({built.isoformat()})[引用日期]{address}."
