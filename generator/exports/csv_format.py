"""Tables as CSV: UTF-8 with BOM for Excel, RFC 4180, and no cell that a spreadsheet would compute.

A text that begins with a sign which spreadsheets take for a formula, or with an apostrophe, gets one
apostrophe in front. So whoever takes one apostrophe from the front of a text that begins with one has
the text as published again. Numbers are left alone: `-5.00` in a number column stays a number; so is a
lone `=`, the sign of a target, which computes nothing.
"""

import codecs
import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator.exports.table import Row, Value
from generator.number import plain

GUARDED = frozenset("=+-@\t\r\n'＝＋－＠")
"""Signs that begin a formula (OWASP, CSV injection; full-width ones in East Asian Excel), and the guard."""


def written_rows(rows: Iterable[Row]) -> list[bytes]:
    """Write each row, with the end of its line. None and the empty text are both an empty cell."""
    written = _Written()
    csv.writer(written, lineterminator="\r\n").writerows(map(cell, row) for row in rows)
    return [row.encode() for row in written]


def joined(header: Sequence[str], rows: Iterable[bytes]) -> bytes:
    """Give the file of a table from its rows as they are written."""
    return b"".join([codecs.BOM_UTF8, *written_rows([tuple(header)]), *rows])


class _Written(list[str]):
    """Takes what a writer writes, which is a row at a time."""

    write = list.append


def cell(value: Value) -> str:
    """Write a value as the text of a cell."""
    if isinstance(value, str):  # first, because most are
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would compute."""
    return f"'{text}" if text[:1] in GUARDED and text != "=" else text


def published(cell: str) -> str:
    """Give the text as published back from a cell that `guarded` wrote."""
    return cell.removeprefix("'")
