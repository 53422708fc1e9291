"""One project as a small table: a value a row, by the field's name in the data and its name in words."""

from collections.abc import Iterator
from functools import cache

from generator.exports.csv_format import to_csv
from generator.exports.files import ExportFile, data_path
from generator.exports.table import Row
from generator.finding import Text
from generator.model import Disclosure, Project, ProjectFile, published_values, title_of

_HEADER = ("field", "title", "text")


def project_csv(disclosure: Disclosure, project: Project) -> ExportFile:
    """Give the file with every published value of a project, in the order of its form."""
    return ExportFile(data_path(project, "csv"), to_csv(_HEADER, _rows(disclosure, project)), Text("全文", "Whole text"))  # fmt: skip


def _rows(disclosure: Disclosure, project: Project) -> Iterator[Row]:
    yield "unit_code", "单位代码", disclosure.unit.code
    yield "year", "年度", disclosure.year
    yield "amount_unit", "金额单位", disclosure.amount_unit.value
    for field, text in published_values(project):
        yield field, _title(field), text


@cache
def _title(field: str) -> str:
    return title_of(ProjectFile, field)
