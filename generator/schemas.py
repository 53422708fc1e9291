"""JSON Schemas of the YAML files and of findings, and a commented sample, both made from the model."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from generator.checks.reports.records import FindingsReport
from generator.forms.form import FORMS, form
from generator.forms.framework import frameworks
from generator.model import Indicator, PlanStep, Record, SourceDocument, inner_record
from generator.store import SCHEMAS, modeline

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, bytes]:
    """Give each schema by its file name, as committed in `schemas/`."""
    records: dict[str, type[Record]] = {**SCHEMAS, "findings": FindingsReport}
    return {f"{name}.schema.json": _schema(record) for name, record in records.items()}


def _schema(record: type[Record]) -> bytes:
    made = record.model_json_schema()
    title = getattr(record, "title", made["title"])
    for (name, key), examples in _examples().items():
        if name in made.get("$defs", {}):
            made["$defs"][name]["properties"][key]["examples"] = examples
    schema = {"$schema": _DIALECT, "title": title, **_for_editors(made)}
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _examples() -> dict[tuple[str, str], list[str]]:
    """Give what an editor may offer for a field of a record; any other text is as good."""
    groups = [group for framework in frameworks() for group in framework.groups]
    return {
        (Indicator.__name__, "level1"): list(dict.fromkeys(g.name for g in groups)),
        (Indicator.__name__, "level2"): list(dict.fromkeys(v.name for g in groups for v in g.levels)),
        (PlanStep.__name__, "date"): list(form(FORMS[0]).plan_dates),
        (SourceDocument.__name__, "form"): list(FORMS),
    }


def _for_editors(node: Any) -> Any:
    """Drop what an editor would show or write wrongly.

    The English names and docstrings of records are for us. A value that may be missing must not be
    completed as `null`, which would be published as that word.
    """
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    some = [way for way in node.get("anyOf", ()) if way != {"type": "null"}]
    if len(some) < len(node.get("anyOf", ())):
        node = {key: value for key, value in node.items() if key not in ("anyOf", "default")}
        node = some[0] | node if len(some) == 1 else {"anyOf": some, **node}
    drop: set[str] = (
        {"description", "title"} if node.get("type") == "object" and "properties" in node else set()
    )
    if isinstance(node.get("default"), dict):  # a record with nothing in it
        drop.add("default")
    return {key: _for_editors(value) for key, value in node.items() if key not in drop}


def samples(unit: str, project: str) -> dict[str, str]:
    """Give files to fill in, by the name of their schema: every key explained, the codes filled in."""
    known = {"unit": {"code": unit}, "disclosure": {"amount_unit": "万元"}, "project": {"code": project}}
    head = (
        "# 照公开文件填写，一字不改；文件里没有的项整行删去。数字加引号。\n"
        "# “- ”起头的是列表里的一条：还有下一条，就在下面照样再写一条。\n"
    )
    return {
        schema: modeline(schema) + head + "\n".join(_lines(SCHEMAS[schema], 0, filled)) + "\n"
        for schema, filled in known.items()
    }


_LEFT_OUT = (
    "corrections",
    "acknowledged",
    "unit_name",
    "operator",
    "unit",
    "weight",
    "direction",
    "source_documents",
    "published_total",
    "published_date",
    "former_names",
    "former_codes",
)
"""Keys that a first file seldom needs; the schema explains them."""


def _lines(record: type[BaseModel], depth: int, filled: dict[str, str]) -> Iterator[str]:
    indent = "  " * depth
    for key, info in record.model_fields.items():
        if key in _LEFT_OUT:
            continue
        yield f"{indent}# {info.title}" + (f"：{info.description}" if info.description else "")
        inner = inner_record(info.annotation)
        listed = "tuple" in str(info.annotation)
        if inner is None:
            value = f'"{filled.get(key, "")}"'
            yield f"{indent}{key}:\n{indent}  - {value}" if listed else f"{indent}{key}: {value}"
            continue
        yield f"{indent}{key}:"
        lines = list(_lines(inner, depth + (2 if listed else 1), filled))
        if listed:
            first = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
            lines[first] = f"{indent}  - " + lines[first].lstrip()
        yield from lines
