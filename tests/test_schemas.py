import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.schemas import json_schemas, samples
from generator.store import SCHEMAS, modeline
from generator.validation import validate
from generator.yaml_source import parse
from tests.workspaces import REAL_DATA, ROOT


def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_bytes() for path in (ROOT / "schemas").iterdir()}
    assert committed == json_schemas(), "run: disclose schema"


@pytest.mark.parametrize("path", sorted(REAL_DATA.rglob("*.yml")), ids=str)
def test_real_files_fit_the_schema_that_their_first_line_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = text.splitlines()[0].partition("$schema=")[2]
    schema = json.loads((path.parent / named).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 (strings only)


def test_a_schema_refuses_what_the_model_refuses() -> None:
    schema = json.loads(json_schemas()["project.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"name": "路", "budgte": {}}, schema)


def test_every_key_is_explained_in_chinese() -> None:
    for content in json_schemas().values():
        for properties in _properties(json.loads(content)):
            for key, schema in properties.items():
                title = schema.get("title", "")
                assert any("\u4e00" <= c <= "\u9fff" for c in title) or title == "SHA-256", key


def test_an_editor_is_told_the_forms_words_and_never_offers_null() -> None:
    project = json.loads(json_schemas()["project.schema.json"])
    level1 = project["$defs"]["Indicator"]["properties"]["level1"]
    assert level1["examples"][:3] == ["产出指标", "效益指标", "满意度指标"]
    assert project["$defs"]["PlanStep"]["properties"]["date"]["examples"][0] == "3月底"
    for name in SCHEMAS:
        assert "null" not in json_schemas()[f"{name}.schema.json"].decode()


def _properties(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [p for item in node for p in _properties(item)]
    if not isinstance(node, dict):
        return []
    own = [node["properties"]] if "properties" in node and node.get("type") == "object" else []
    return own + [p for value in node.values() for p in _properties(value)]


@pytest.mark.parametrize("schema", ["unit", "disclosure", "project"])
def test_a_sample_is_a_file_of_its_kind(schema: str) -> None:
    sample = samples("001", "A1")[schema]
    source, findings = parse(sample.replace('name: ""', "name: 修路").encode(), "a.yml")
    assert source is not None
    record, more = validate(source, SCHEMAS[schema])
    assert record is not None
    assert (findings, more) == ([], [])
    assert sample.startswith(modeline(schema))
