"""The open data: every table in every format, and the files by which others find them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from generator.exports.datapackage import describe
from generator.exports.dcat import CATALOGUE, catalogue
from generator.exports.dictionary import TABLES
from generator.exports.discovery import OPENSEARCH, llms, opensearch, robots, sitemaps
from generator.exports.feed import FEED, feed
from generator.exports.files import ExportFile, FileInfo, data_path, licence_file
from generator.exports.formats import FORMATS, TABLE_FILES, Portion, portions, table_files
from generator.exports.json_format import to_json
from generator.exports.records import records
from generator.exports.table import Contents
from generator.finding import Text, by_disclosure
from generator.model import Dataset, Disclosure

PACKAGE = "data/datapackage.json"
LISTED = (*TABLE_FILES, PACKAGE)
"""The files that the page of downloads lists, in its order."""

__all__ = ["FORMATS", "LISTED", "Portion", "each", "export", "guides", "package", "portions", "records", "table_files", "tables"]  # fmt: skip


def export(contents: Contents, built: date, lang: str = "zh") -> Iterator[ExportFile]:
    """Give every file of the open data, one after the other.

    `built` is the day of the build, which stands where the data has no date of its own. The
    headings of the workbook are in `lang`; columns have the same names in every language.
    """
    written = [(disclosure, own, portions(own, FORMATS, lang)) for disclosure, own in each(contents)]
    infos = {}
    for file in chain(
        _put_together([portion for *_, portion in written], contents, built, FORMATS, lang),
        *(records(own, disclosure, portion["json"]) for disclosure, own, portion in written),
    ):
        infos[file.path] = file.info()
        yield file
    yield from guides(contents.dataset, infos, built)


def tables(
    contents: Contents, built: date, formats: Collection[str], lang: str = "zh"
) -> Iterator[ExportFile]:
    """Give the tables in some of the `FORMATS` only; with CSV come its descriptor and the licence."""
    yield from _put_together(
        [portions(own, formats, lang) for _, own in each(contents)], contents, built, formats, lang
    )


def _put_together(
    written: Sequence[Mapping[str, Portion]],
    contents: Contents,
    built: date,
    formats: Collection[str],
    lang: str,
) -> Iterator[ExportFile]:
    infos = {}
    for name in formats:
        for file in table_files(name, [portion[name] for portion in written], contents, built, lang):
            infos[file.path] = file.info()
            yield file
    if "csv" in formats:
        yield from package(contents.dataset, infos, built)


def package(dataset: Dataset, infos: Mapping[str, FileInfo], built: date) -> Iterator[ExportFile]:
    """Give the descriptor of the CSV files, and the licence where it has no address."""
    described = [(table, infos[f"data/{table.name}.csv"]) for table in TABLES]
    title = Text(
        "CSV 文件的机器可读说明（Data Package）", "What the CSV files hold, for programs (Data Package)"
    )
    yield ExportFile(PACKAGE, to_json(describe(dataset, described, built)), title)
    if name := licence_file(dataset.site):
        yield ExportFile(f"data/{name}", f"{dataset.site.licence}\n".encode())


def guides(dataset: Dataset, infos: Mapping[str, FileInfo], built: date) -> Iterator[ExportFile]:
    """Give the files by which others find the data; `infos` tell of the listed files and the disclosures'."""
    site, listed = dataset.site, [infos[path] for path in LISTED]
    disclosures = [(disclosure, infos[data_path(disclosure)]) for disclosure in dataset.disclosures]
    yield ExportFile(CATALOGUE, to_json(catalogue(dataset, listed, disclosures, built)))
    yield from sitemaps(dataset, built)
    yield ExportFile(FEED, feed(dataset, built))
    yield ExportFile("robots.txt", robots(site))
    yield ExportFile("llms.txt", llms(dataset, listed))
    if site.base_url:
        yield ExportFile(OPENSEARCH, opensearch(site))


def each(contents: Contents) -> Iterator[tuple[Disclosure, Contents]]:
    """Give each disclosure with the contents that are its own."""
    found = by_disclosure(contents.findings)
    for disclosure in contents.dataset.disclosures:
        dataset = replace(contents.dataset, disclosures=(disclosure,))
        own = found.get((disclosure.unit.code, disclosure.year), ())
        yield disclosure, replace(contents, dataset=dataset, findings=own)
