"""A YAML source checked against its record: the record, and a finding for each misfit.

Unknown keys are reported and left out; any other misfit makes the record unreadable, and every one of
them is named at its line, in Chinese, with what to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.finding import FieldPath, Finding, Severity, Text, field_name
from generator.model import Record, inner_record
from generator.yaml_source import Source

R = TypeVar("R", bound=Record)

_MISFITS = {
    "missing": ("missing-field", Text("缺少必填项“{field}”（{title}）", "the required `{field}` is missing"), Text("补上这一项；原文没有的内容不要编造", "add it; do not invent what the document lacks")),
    "string": ("wrong-type", Text("“{field}”应是一段文字", "`{field}` should be a text"), Text("去掉多余的缩进或“- ”；冒号后有内容的文字加引号", "remove the extra indent or `- `; quote a text that holds a colon")),
    "list": ("wrong-type", Text("“{field}”应是列表", "`{field}` should be a list"), Text("每条前写“- ”", "put `- ` before each item")),
    "mapping": ("wrong-type", Text("“{field}”应是“键: 值”的组", "`{field}` should hold `key: value` lines"), Text("在它下面缩进两格，逐行写“键: 值”", "indent by two and write `key: value` lines")),
    "blank": ("wrong-value", Text("“{field}”（{title}）没有填写", "`{field}` is blank"), Text("照公开文件填写；文件里没有、又不是必填的，删去这一行", "fill it in from the document; remove the line if the document lacks it and it may be missing")),
    "other": ("wrong-value", Text("“{field}”（{title}）的值“{value}”不合格式", "the value `{value}` of `{field}` does not fit its format"), Text("改成：{expected}", "write: {expected}")),
}  # fmt: skip
_KINDS = {
    "missing": "missing",
    "string_type": "string",
    "dataclass_type": "string",
    "enum": "other",
    "tuple_type": "list",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}


def validate(source: Source, record: type[R]) -> tuple[R | None, list[Finding]]:
    """Type the strings of `source` as a `record`; None where it cannot be read as one."""
    data: Mapping[str, Any] = source.data
    findings: list[Finding] = []
    while True:
        try:
            return record.model_validate(data), findings
        except ValidationError as error:
            details = error.errors(include_url=False)
        unknown = [d["loc"] for d in details if d["type"] == "extra_forbidden"]
        findings += [_unknown_key(source, record, loc) for loc in unknown]
        findings += [_misfit(source, record, d) for d in details if d["type"] != "extra_forbidden"]
        if len(unknown) < len(details):
            return None, findings
        data = _without(data, unknown)


def _unknown_key(source: Source, record: type[Record], loc: FieldPath) -> Finding:
    key = str(loc[-1])
    near = get_close_matches(key, _known_keys(record, loc[:-1]), n=1)
    hint = Text(f"是不是“{near[0]}”？", f"did you mean `{near[0]}`? ") if near else Text("", "")
    return Finding(
        "unknown-key",
        Severity.ERROR,
        Text(f"不认识的键“{field_name(loc)}”，没有发布", f"the key `{field_name(loc)}` is unknown and was not published"),
        Text(f"{hint.zh}改名或删去", f"{hint.en}rename or remove it"),
        source.place(loc),
        field=field_name(loc),
    )  # fmt: skip


def _misfit(source: Source, record: type[Record], detail: ErrorDetails) -> Finding:
    loc = detail["loc"]
    value = detail["input"] if isinstance(detail["input"], str) else ""
    kind = _KINDS.get(detail["type"], "other" if value.strip() else "blank")
    rule, message, remedy = _MISFITS[kind]
    title, description = _described(record, loc)
    words = {"field": field_name(loc), "value": value, "title": title}
    expected = detail.get("ctx", {}).get("expected")  # the words that an enumeration allows
    zh = expected.replace(" or ", " 或 ") if expected else description or "schemas/ 中说明的格式"
    en = expected or "what schemas/ says of it"
    return Finding(
        rule,
        Severity.ERROR,
        Text(message.zh.format(**words), message.en.format(**words)),
        Text(remedy.zh.format(expected=zh), remedy.en.format(expected=en)),
        source.place(loc),
        field=field_name(loc),
        value=value,
    )


def _fields_on_the_way(record: type[Record], loc: FieldPath) -> Iterator[tuple[str, type[BaseModel]]]:
    model: type[BaseModel] | None = record
    for key in (str(part) for part in loc if isinstance(part, str)):
        if model is None or key not in model.model_fields:
            return
        yield key, model
        model = inner_record(model.model_fields[key].annotation)


def _known_keys(record: type[Record], loc: FieldPath) -> list[str]:
    model: type[BaseModel] | None = record
    for key, holder in _fields_on_the_way(record, loc):
        model = inner_record(holder.model_fields[key].annotation)
    return list(model.model_fields) if model else []


def _described(record: type[Record], loc: FieldPath) -> tuple[str, str]:
    """Give a field's title and description, as the schemas have them."""
    fields = [holder.model_fields[key] for key, holder in _fields_on_the_way(record, loc)]
    return (fields[-1].title or field_name(loc), fields[-1].description or "") if fields else (field_name(loc), "")  # fmt: skip


def _without(value: Any, locs: Iterable[FieldPath]) -> Any:
    """Give the data without the values at `locs`, leaving the original as it is."""
    below: dict[str | int, list[FieldPath]] = {}
    for loc in locs:
        below.setdefault(loc[0], []).append(loc[1:])
    if isinstance(value, list):
        return [_without(item, below[row]) if row in below else item for row, item in enumerate(value)]
    return {
        key: _without(item, below[key]) if key in below else item
        for key, item in value.items()
        if () not in below.get(key, ())
    }
