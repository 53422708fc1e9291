"""One project as a small table: a value a row, by the field's name in the data and its name in words."""

from functools import cache, lru_cache

from generator.exports.csv_format import joined, written_rows
from generator.exports.files import ExportFile, data_path
from generator.finding import Text
from generator.model import Disclosure, Project, ProjectFile, published_values, title_of

_HEADER = ("field", "title", "text")
_ABOVE = {"unit_code": "单位代码", "year": "年度", "amount_unit": "金额单位"}
"""What is said of the project's disclosure."""


def project_csv(disclosure: Disclosure, project: Project) -> ExportFile:
    """Give the file with every published value of a project, in the order of its form."""
    above = (disclosure.unit.code, disclosure.year, disclosure.amount_unit.value)
    values = [*zip(_ABOVE, above, strict=True), *published_values(project)]
    content = joined(_HEADER, [_label(field) + _text(text) for field, text in values])
    return ExportFile(data_path(project, "csv"), content, Text("全文", "Whole text"))


@cache  # projects have the same fields
def _label(field: str) -> bytes:
    """Write the first two cells of a row."""
    (row,) = written_rows([(field, _ABOVE.get(field) or title_of(ProjectFile, field))])
    return row.removesuffix(b"\r\n")


@lru_cache(maxsize=16_384)  # names of indicators, dates and many values come again and again
def _text(text: str) -> bytes:
    """Write the rest of a row, with the comma before it."""
    (row,) = written_rows([("", text)])
    return row
