"""The open data: every table in every format, and the files by which others find them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.exports.csv_format import to_csv
from generator.exports.datapackage import describe
from generator.exports.datasette import metadata
from generator.exports.dcat import CATALOGUE, catalogue
from generator.exports.dictionary import TABLES
from generator.exports.discovery import OPENSEARCH, llms, opensearch, robots, sitemaps
from generator.exports.feed import FEED, feed
from generator.exports.files import ExportFile, FileInfo, licence_file
from generator.exports.json_format import to_json, to_json_list
from generator.exports.records import records
from generator.exports.sqlite_format import to_sqlite
from generator.exports.table import Contents, fill
from generator.exports.xlsx_format import to_xlsx
from generator.finding import Finding, Text, by_disclosure
from generator.model import Dataset, Disclosure, Traces

FORMATS = ("csv", "json", "xlsx", "sqlite")
WORKBOOK = "data/projects.xlsx"
DATABASE = "data/disclosures.sqlite"

__all__ = ["FORMATS", "export", "export_tables", "overall", "records", "tables"]


def export(
    dataset: Dataset,
    findings: Sequence[Finding],
    traces: Traces,
    *,
    built: date,
    lang: str = "zh",
) -> Iterator[ExportFile]:
    """Give every file of the open data, one after the other.

    `built` is the day of the build, which stands where the data has no date of its own. The
    headings of the workbook are in `lang`; columns have the same names in every language.
    """
    contents = Contents(dataset, findings, traces)
    yield from overall(contents, built=built, lang=lang)
    for disclosure, own in _each(contents):
        yield from records(own, disclosure)


def overall(contents: Contents, *, built: date, lang: str = "zh") -> Iterator[ExportFile]:
    """Give the files that are about everything: all but those of single disclosures and projects."""
    infos = []
    for file in export_tables(contents, built, FORMATS, lang):
        if file.listed:
            infos.append(file.info())
        yield file
    dataset = contents.dataset
    files = [(d, next(records(own, d)).info()) for d, own in _each(contents)]
    yield ExportFile(CATALOGUE, to_json(catalogue(dataset, infos, files, built)))
    yield from _guides(dataset, infos, built)


def _each(contents: Contents) -> Iterator[tuple[Disclosure, Contents]]:
    """Give each disclosure with its own findings, sought out once for all."""
    found = by_disclosure(contents.findings)
    for disclosure in contents.dataset.disclosures:
        yield disclosure, replace(contents, findings=found.get((disclosure.unit.code, disclosure.year), ()))


def export_tables(
    contents: Contents, built: date, formats: Collection[str], lang: str = "zh"
) -> Iterator[ExportFile]:
    """Give the tables in some of the `FORMATS` only; with CSV come its descriptor and the licence."""
    infos = []
    for file in tables(contents, built, formats, lang):
        infos.append(file.info())
        yield file
    if "csv" in formats:
        yield package(contents, infos, built)
        if name := licence_file(contents.dataset.site):
            yield ExportFile(f"data/{name}", f"{contents.dataset.site.licence}\n".encode())


def tables(
    contents: Contents, built: date, formats: Collection[str], lang: str = "zh"
) -> Iterator[ExportFile]:
    """Give the files of all tables: one a table as CSV and JSON, one for all as XLSX and SQLite."""
    filled = fill(TABLES, contents)
    for table, rows in ((f.table, f.rows) for f in filled):
        names = [column.name for column in table.columns]
        for ending, write in {"csv": to_csv, "json": to_json_list}.items():
            if ending in formats:
                path = f"data/{table.name}.{ending}"
                yield ExportFile(path, write(names, rows), table.title, len(rows), listed=True)
    if "xlsx" in formats:
        title = Text(
            "全部表格，一表一页，附各列说明", "All tables, a sheet each, with their columns explained"
        )
        yield ExportFile(WORKBOOK, to_xlsx(filled, contents.dataset.site, built, lang), title, listed=True)
    if "sqlite" in formats:
        title = Text("全部表格，SQLite 数据库", "All tables, an SQLite database")
        yield ExportFile(DATABASE, to_sqlite(filled), title, listed=True)
        title = Text(
            "数据库各表各列的说明，供 Datasette 显示",
            "The database's tables and columns explained, for Datasette",
        )
        explained = metadata(contents.dataset.site, "disclosures", TABLES)
        yield ExportFile("data/datasette.json", to_json(explained), title, listed=True)


def package(contents: Contents, infos: Sequence[FileInfo], built: date) -> ExportFile:
    """Give the descriptor of the CSV files."""
    files = {info.path: info for info in infos}
    described = [(table, files[f"data/{table.name}.csv"]) for table in TABLES]
    title = Text(
        "CSV 文件的机器可读说明（Data Package）", "What the CSV files hold, for programs (Data Package)"
    )
    return ExportFile(
        "data/datapackage.json", to_json(describe(contents.dataset, described, built)), title, listed=True
    )


def _guides(dataset: Dataset, infos: Sequence[FileInfo], built: date) -> Iterator[ExportFile]:
    site = dataset.site
    yield from sitemaps(dataset, built)
    yield ExportFile(FEED, feed(dataset, built))
    yield ExportFile("robots.txt", robots(site))
    yield ExportFile("llms.txt", llms(dataset, infos))
    if site.base_url:
        yield ExportFile(OPENSEARCH, opensearch(site))
