"""What a page says of the publisher's corrections."""

from collections.abc import Sequence

from generator.changes import REMOVED_PROJECT
from generator.model import Disclosure, Project, title_of

CorrectionRow = tuple[str, str, str, str, str]
"""Field in words, text in the document, text given instead, reason, date."""


def correction_rows(record: Project | Disclosure) -> Sequence[CorrectionRow]:
    """Give the corrections of a record, in the publisher's order."""
    return [(_title(record, c.field), c.published, c.corrected, c.reason, c.date) for c in record.corrections]


def _title(record: Project | Disclosure, field: str) -> str:
    if field.startswith(REMOVED_PROJECT):
        return f"删去的项目 {field.removeprefix(REMOVED_PROJECT)}"
    return title_of(type(record), field)
