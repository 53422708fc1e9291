"""A `data/` folder in which every text field of every record is hostile.

    python -m tests.hostile_site        says how many texts these are

The fields are found by walking the model, so that a new field is hostile without anybody thinking of it.
"""

from __future__ import annotations

import hashlib
import sys
from itertools import count
from typing import TYPE_CHECKING, Any, get_args

from generator.changes import Change
from generator.model import DisclosureFile, ProjectFile, Record, Site, Term, Unit
from generator.yaml_source import dump
from tests.hostile_strings import INVISIBLE, KINDS, STRINGS, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

UNIT, YEAR = "912012", "2021"
FILE_NAMES = (
    "原件 (1)'&“绩效”.txt",
    "#pwn.txt",
    "%2e%2e%2fpwn.txt",
    "{{7-7}}{% raw %}.txt",
    "[pwn](x).html",
    "&lt;b id=pwn&gt;.svg",
    "=cmd.txt",
    "`${pwned()}`.xhtml",
    "' onclick='pwned()'.txt",
    "-rf ~.txt",
)
"""Names of published documents, as far as every system can write them."""
RELEASE = {
    "date": "2026-01-01",
    "data_version": "0" * 64,
    "previous_date": "2025-01-01",
    "previous_version": "1" * 64,
}
FORMATTED: dict[str, Any] = {
    "amount_unit": "万元",
    "base_url": "https://portal.example/a/",
    "contact": "mailto:office@portal.example",
    "previous": "",
    "licence_url": "https://licence.example/1",
    "published_date": "2021-03-15",
    "source_documents": [],
    "acknowledged": [],
}
"""Fields whose form is checked when they are read, and what stands in them here."""


def filled(record: type[Record], text: Callable[[], str]) -> dict[str, Any]:
    """Give a record with `text()` in every field, one item in every list."""
    return {
        name: FORMATTED[name] if name in FORMATTED else _value(field.annotation, text)
        for name, field in record.model_fields.items()
    }


def _value(annotation: Any, text: Callable[[], str]) -> Any:
    inner = [a for a in get_args(annotation) if a not in {type(None), Ellipsis}]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return filled(annotation, text)
    if getattr(annotation, "__origin__", None) is tuple:
        return [_value(inner[0], text)]
    return _value(inner[0], text) if inner else text()


def texts_of(value: Any, without: Collection[str] = ()) -> Iterator[str]:
    """Give every text in a record's data, except under the keys `without`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in without:
                yield from texts_of(inner, without)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, without)
    else:
        yield value


def project(place: int) -> dict[str, Any]:
    """Give the project in which every field holds the string at `place`, each with its own number."""
    numbers = count(1000 * (place + 1))
    return filled(ProjectFile, lambda: numbered(STRINGS[place], next(numbers)))


def write_site(data: Path) -> None:
    """Write a portal, a unit and a disclosure of hostile texts, and a project for each string."""
    numbers = count(1)
    one_of_each = iter(STRINGS * 10)

    def text() -> str:
        return numbered(next(one_of_each), next(numbers))

    _write(data / "site.yml", filled(Site, text))
    _write(data / "glossary.yml", {"terms": [filled(Term, text) for _ in STRINGS]})
    unit = data / "units" / UNIT
    _write(unit / "unit.yml", filled(Unit, text) | {"code": UNIT})
    (unit / YEAR / "source").mkdir(parents=True)
    documents = []
    for name in FILE_NAMES:
        content = f"<script>pwned()</script>没有表格的文件 {name}\n".encode()
        (unit / YEAR / "source" / name).write_bytes(content)
        documents.append({"file": name, "sha256": hashlib.sha256(content).hexdigest(), "form": "hebei"})
    disclosure = filled(DisclosureFile, text) | {"source_documents": documents}
    disclosure["itemised_goals"] = [numbered(s, next(numbers)) for s in STRINGS]
    _write(unit / YEAR / "disclosure.yml", disclosure)
    for place in range(len(STRINGS)):
        _write(unit / YEAR / "projects" / f"P{place:03}.yml", project(place))
    _write(data / "releases" / "2026-01-01-0.yml", RELEASE | {"changes": [*changes()]})


def changes() -> Iterator[dict[str, str]]:
    """Give, for each string, a change of the record of changes in which every text holds it."""
    for place, string in enumerate(STRINGS):
        numbers = count(1_000_000 + 1000 * place)
        yield {name: numbered(string, next(numbers)) for name in Change.model_fields} | {"kind": "changed"}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(content), encoding="utf-8", newline="")


def main() -> int:
    """Print how much the suite holds."""
    texts = [text for place in range(len(STRINGS)) for text in texts_of(project(place))]
    kinds = ", ".join(f"{len(some)} of {kind}" for kind, some in KINDS.items())
    print(f"{len(STRINGS)} strings ({kinds}), {len(INVISIBLE)} characters that no file may hold")
    print(f"{len(texts)} texts in the projects, each with a number of its own; {len(FILE_NAMES)} file names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
