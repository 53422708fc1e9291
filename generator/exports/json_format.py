"""Values as JSON: keys in their order, numbers no less exact than they were read."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from generator.exports.table import Row
from generator.number import plain


def to_json(value: Any) -> bytes:
    """Write a value of mappings, lists, texts, numbers and None, one space deeper a level."""
    return (_text(value, "\n") + "\n").encode()


def to_json_list(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write a table as a flat list of objects, one a line."""
    return joined(written_rows(names, rows))


def written_rows(names: Sequence[str], rows: Iterable[Row]) -> list[bytes]:
    """Write each row of a table as an object on one line."""
    return [to_line(dict(zip(names, row, strict=True))).encode() for row in rows]


def joined(rows: Iterable[bytes]) -> bytes:
    """Give the file of a table from its rows as they are written."""
    return b"[\n%b\n]\n" % b",\n".join(rows)


class Written(list[bytes]):
    """The items of a list, as they are written."""


def to_outline(value: Mapping[str, Any]) -> bytes:
    """Write a record with each key on a line of its own, and so each item of its lists."""
    lines = [f"{encode_basestring(key)}: ".encode() + _inner(inner) for key, inner in value.items()]
    return b"{\n%b\n}\n" % b",\n".join(lines)


def to_line(value: Any) -> str:
    """Write a value on one line."""
    try:
        return _ENCODER.encode(value)
    except _TooLongError:
        return _text(value, "")


class _TooLongError(Exception):
    """A number has more digits than a float keeps."""


def _float(number: Decimal) -> float:
    short = float(number)
    if Decimal(repr(short)) != number:
        raise _TooLongError
    return short


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_float)
"""Python's own encoder in C, for all but numbers that a float cannot hold."""


def _inner(value: Any) -> bytes:
    if not isinstance(value, list) or not value:
        return to_line(value).encode()
    items = value if isinstance(value, Written) else [to_line(item).encode() for item in value]
    return b"[\n%b\n]" % b",\n".join(items)


def _text(value: Any, newline: str) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return plain(value)
    deeper = f"{newline} " if newline else ""
    if isinstance(value, Mapping):
        pairs = [f"{encode_basestring(key)}: {_text(inner, deeper)}" for key, inner in value.items()]
        return _bracketed("{", pairs, "}", newline)
    if isinstance(value, list | tuple):
        return _bracketed("[", [_text(inner, deeper) for inner in value], "]", newline)
    return json.dumps(value)


def _bracketed(opening: str, parts: Sequence[str], closing: str, newline: str) -> str:
    if not parts:
        return opening + closing
    if not newline:
        return opening + ", ".join(parts) + closing
    return opening + newline + " " + f",{newline} ".join(parts) + newline + closing


def for_script(value: Any) -> str:
    """Write a value on one line so that it can stand in a `<script>` element of any page."""
    return re.sub("[<>&\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", to_line(value))
