"""Reads what an earlier release published, from its bundle, its site or its `data/` tree alone."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator import release as edition
from generator.changes import COMPARED, Key, Values
from generator.container import Container, opened
from generator.errors import GeneratorError
from generator.model import DisclosureFile, ProjectFile, Record, inner_record
from generator.release import Release
from generator.yaml_source import FORBIDDEN

LARGEST = 10_000_000  # bytes of one record
_RECORD = re.compile(r"units/([^/]+)/([^/.]+)(?:/([^/]+))?\.json")


def read(path: Path) -> tuple[Release, Mapping[Key, Values]]:
    """Give the earlier release and its published texts.

    GeneratorError where it is none, or a record of it cannot be read: half a comparison would report
    projects as new that are not.
    """
    with opened(path, edition.PATH) as container:
        root = "data/" if edition.PATH in container.files else ""
        release = container.read(f"{root}release.json", LARGEST)
        records: dict[Key, Values] = {}
        for name in container.files:
            if found := _RECORD.fullmatch(name.removeprefix(root)):
                unit, year, project = found[1], found[2], found[3] or ""
                records[unit, year, project] = record(path, container, name, project)
        return edition.from_json(release or b"", str(path)), records


def record(path: Path | str, container: Container, name: str, project: str) -> Values:
    """Read the published texts of one record. GeneratorError where it is not one."""
    kind: type[Record] = ProjectFile if project else DisclosureFile
    try:
        values = {**json.loads(container.read(name, LARGEST) or b"")}  # a TypeError where it is no mapping
        fields = [key for key in sorted(COMPARED[kind]) if key in values]
        return {
            key: _published(values[key], inner_record(kind.model_fields[key].annotation)) for key in fields
        }
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise GeneratorError(
            f"{path}: {name}",
            "读不了，无法与上一版比较；换一份完好的",
            "cannot be read, so there is no comparing; take a whole copy",
        ) from error


def _published(value: Any, inner: type[BaseModel] | None) -> Any:
    """Give the published texts of an exported value, without the figures that stand beside them."""
    if isinstance(value, list):
        return [_published(row if inner else row["text"], inner) for row in value]
    if isinstance(value, dict) and inner:
        return {key: _published(value[key], None) for key in inner.model_fields if key in value}
    if value is not None and (not isinstance(value, str) or FORBIDDEN.search(value)):
        raise TypeError(value)
    return value
