"""What the description of an official form may say: its outline, its table, its labels, its captions.

A description says how a form is printed (`outline`, `rows`) and how else its contents are met in real
documents (`aka`, `labels`, `wide`, `paragraphs`). Importers know no form but by these words.
"""

import re
from functools import cache

from generator.forms.described import Described, load

FIELD_PATTERNS = {
    "number": r"\d+",
    "unit_code": r"\d[0-9A-Z]{2,}",
    "unit_name": r"[^\W\d_年月日].*",
    "amount_unit": r"万元|元",
    "year": r"(?:19|20)\d{2}",
    "level1": r"[^【】—-]+",
    "level2": r"[^【】—-]+",
}
"""What a placeholder of a title or caption stands for, where it is not just any text."""

_SAME = {"：": "：:", "（": "（(", "）": "）)", "，": "，,", "、": "、.．", "-": "-—－–", ".": ".．、"}
"""Signs that are printed in full or half width, or one for the other."""


class Heading(Described):
    """A heading of the document; `field` is the text that follows it, none for a part's heading."""

    heading: str
    field: str = ""
    part: str = ""


class Cell(Described):
    """A cell of the form's table: a printed label, a field, or the lower part of the cell above.

    `each` names the list that the cell is spread over; `span` and `rows` are grid columns and rows;
    `merge` joins equal neighbours downwards; `heading` marks a field that serves as a header.
    `optional` columns are printed only where an item fills them.

    For reading: `aka` are other printings of the label. `known` says that the field holds a name of
    the framework's `level1` or `level2`, so that a blank continues the name above. `like` is what the
    value looks like, to tell columns apart where a text has lost them. `opens`: a row of a wide table
    begins a project where these columns are filled. `leave` says why a value is not taken over.
    """

    label: str = ""
    aka: tuple[str, ...] = ()
    field: str = ""
    each: str = ""
    span: int = 1
    rows: int = 1
    above: bool = False
    merge: bool = False
    heading: bool = False
    optional: bool = False
    known: str = ""
    like: str = ""
    opens: bool = False
    paragraphs: bool = False
    leave: str = ""


class Row(Described):
    """A row of the form's table, repeated for every item of the list `each`."""

    cells: tuple[Cell, ...]
    each: str = ""


class Paragraph(Described):
    """Paragraphs that a bracketed heading opens, such as 【总体目标】 or 【{level1}-{level2}】.

    What follows goes to `field`, or is an item of `each`, written as one of `items` says. `opens`
    begins a project, which the lines before introduce as `before` says.
    """

    heading: str
    field: str = ""
    each: str = ""
    items: tuple[str, ...] = ()
    opens: bool = False
    before: tuple[Cell, ...] = ()


class Form(Described):
    """A form of disclosure, as the files `<id>.yml` of this package describe them.

    `marks` are the labels (or bracketed headings) by which a document is known to be in this form;
    `together` says that they stand in one row. `titles` and `statements` are sentences met in such
    documents that open a project's table, or state unit, year or money unit. `widths` are the relative
    widths of the grid's `columns`, for paper; without it they are equal. `required` are the fields that
    a document in this form always prints.
    """

    id: str
    name: str
    marks: tuple[str, ...]
    together: bool = False
    cover: tuple[str, ...] = ()
    outline: tuple[Heading, ...] = ()
    title: str
    titles: tuple[str, ...] = ()
    captions: tuple[str, ...]
    statements: tuple[str, ...] = ()
    columns: int
    widths: tuple[int, ...] = ()
    rows: tuple[Row, ...]
    plan_dates: tuple[str, ...] = ()
    labels: tuple[Cell, ...] = ()
    wide: tuple[Cell, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    required: tuple[str, ...] = ()


FORMS = ("hebei", "declaration", "wide", "paragraphs")


@cache
def form(name: str) -> Form:
    """Give the form with this id; KeyError where there is none."""
    if name not in FORMS:
        raise KeyError(name)
    return load(f"{name}.yml", Form)


def forms() -> tuple[Form, ...]:
    """Give every form that is described."""
    return tuple(form(name) for name in FORMS)


@cache
def pattern(template: str) -> re.Pattern[str]:
    """Make a pattern of a title or caption: `{number}.{name}绩效目标表` gives groups `number`, `name`.

    Signs of full and half width are the same to it, and white space may stand around them.
    """
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(
            f"(?P<{part}>{FIELD_PATTERNS.get(part, '.+')})" if place % 2 else _literal(part)
            for place, part in enumerate(parts)
        )
    )


def _literal(text: str) -> str:
    return "".join(
        rf"\s*[{_SAME[sign]}]\s*" if sign in _SAME else r"\s*" if sign.isspace() else re.escape(sign)
        for sign in text
    )
