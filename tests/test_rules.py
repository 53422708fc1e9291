"""Each rule finds what it should, where it should, and nothing else. The examples are in `rules/`."""

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import store
from generator.checks import RULES
from generator.documents.text import to_text
from generator.finding import Finding, field_path
from generator.forms.form import form
from generator.reading import inspect
from generator.yaml_source import dump

FOLDER = Path(__file__).parent / "rules"
MAIN = "912012/2021/130682217RRL6F4PNQUL9"
NONE = "~"


def read(name: str) -> dict[str, Any]:
    """Read a file of examples; every value is a string, as in the data."""
    examples = yaml.load((FOLDER / name).read_text(), yaml.BaseLoader)  # noqa: S506 (makes strings only)
    assert isinstance(examples, dict)
    return examples


BASE = read("base.yml")
CASES = {
    rule: case
    for name in ("structure", "money", "plan", "indicators", "text", "across", "source")
    for rule, case in read(f"{name}.yml").items()
}


def patched(patch: Mapping[str, Any]) -> dict[str, Any]:
    """Give the records of the base with the changes of an example, by `unit/year/name`."""
    base = {"912012/unit": BASE["unit"], "912012/2021/disclosure": BASE["disclosure"], MAIN: BASE["project"]}
    records = copy.deepcopy(base)
    shared = patch.get("<<", {})
    for key, value in {**shared, **patch}.items():
        if key == "<<":
            continue
        if "/" not in key:
            put(records[MAIN], key, value)
        elif value == NONE:
            del records[key]
        else:
            record = records.setdefault(key, new(key))
            for field, text in value.items():
                put(record, field, text)
    for unit in {key.split("/")[0] for key in records}:
        records.setdefault(f"{unit}/unit", new(f"{unit}/unit") | {"code": unit})
    return records


def new(key: str) -> dict[str, Any]:
    kind = key.rpartition("/")[2]
    record: dict[str, Any] = copy.deepcopy(BASE.get(kind, BASE["project"]))
    return record if kind in BASE else record | {"code": kind}


def put(record: Any, field: str, value: Any) -> None:
    *way, last = field_path(field)
    for part in way:
        record = record[part]
    if value == NONE:
        del record[last]
    elif isinstance(record, list) and last == len(record):
        record.append(value)
    else:
        record[last] = value


def write(folder: Path, records: Mapping[str, Any]) -> None:
    (folder / "site.yml").write_text("name: 公开\npublisher: 镇\n")
    for key, record in records.items():
        unit, _, rest = key.partition("/")
        year, _, name = rest.partition("/")
        path = folder / "units" / unit
        path = path / "unit.yml" if rest == "unit" else path / year / f"{name}.yml"
        if name and name != "disclosure":
            path = path.parent / "projects" / path.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(record))


def keep_document(folder: Path, published: Path) -> None:
    """Keep a document with what the data in `published` says, beside the data in `folder`."""
    (disclosure,) = store.load(published)[0].disclosures
    content = to_text(form("hebei"), disclosure).encode()
    path = folder / "units/912012/2021"
    (path / "source").mkdir()
    (path / "source" / "document.txt").write_bytes(content)
    listed = {"file": "document.txt", "sha256": store.digest(content), "form": "hebei"}
    with (path / "disclosure.yml").open("a") as file:
        file.write(dump({"source_documents": [listed]}))


def found(tmp_path: Path, patch: Mapping[str, Any], document: str = "") -> list[Finding]:
    data = tmp_path / "data"
    data.mkdir()
    write(data, patched(patch))
    if document:
        published = tmp_path / "published"
        published.mkdir()
        write(published, patched({} if document == "base" else patch))
        keep_document(data, published)
    return list(inspect(data).findings)


def said(findings: list[Finding]) -> list[str]:
    return [f"{f.place} {f.rule} {f.field} {f.message.zh}" for f in findings]


def quiet() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for rule, case in CASES.items():
        if "passes" in case:
            yield rule, "passes", case["passes"]
            yield from ((rule, f"alike {n}", patch) for n, patch in enumerate(case["alike"], 1))


def test_every_rule_has_examples() -> None:
    imported = {rule for rule in RULES if rule.startswith("import-")}  # shown by the importers' tests
    sizes_and_bytes = {"yaml-too-large", "yaml-encoding"}  # shown by the YAML reader's tests
    assert set(CASES) == set(RULES) - imported - sizes_and_bytes


@pytest.mark.parametrize("rule", [r for r, case in CASES.items() if "fails" in case])
def test_the_failing_example_sets_off_its_rule_only(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]
    findings = found(tmp_path, case["fails"], case.get("document", ""))
    own = [f for f in findings if f.rule == rule]
    assert len(own) == 1, said(findings)
    assert own[0].field == case["at"]
    assert {f.rule for f in findings} == {rule, *case.get("also", ())}, said(findings)
    assert own[0].severity is RULES[rule].severity
    assert own[0].message.en
    assert own[0].remedy.en


def test_the_remedy_says_where_the_document_agrees(tmp_path: Path) -> None:
    patch = {"spending_plan[4].cumulative": "80.00%", "goals[1]": "1.硬化村内道路"}
    for name, document, said in (("agreeing", "patched", "与公开文件一致"), ("alone", "", "核对公开文件")):
        folder = tmp_path / name
        folder.mkdir()
        findings = {f.rule: f for f in found(folder, patch, document)}
        assert said in findings["plan-incomplete"].remedy.zh
        assert said in findings["goals-without-figure"].remedy.zh


@pytest.mark.parametrize(("rule", "name", "patch"), list(quiet()))
def test_passing_and_look_alike_examples_set_off_nothing(
    rule: str, name: str, patch: Mapping[str, Any], tmp_path: Path
) -> None:
    findings = found(tmp_path, patch, CASES[rule].get("document", ""))
    allowed = set(CASES[rule].get("alike_also", ())) if name != "passes" else set()
    assert {f.rule for f in findings} <= allowed, said(findings)


@pytest.mark.parametrize("rule", [r for r, case in CASES.items() if "raw" in case])
def test_a_broken_file_sets_off_its_rule_and_hides_no_other(rule: str, tmp_path: Path) -> None:
    other = "912012/2021/130682217RRL6F4PNQUL8"
    write(tmp_path, patched({other: {"spending_plan[4].cumulative": "80.00%"}}))
    broken = tmp_path / "units/912012/2021/projects/130682217RRL6F4PNQUL9.yml"
    before, after = CASES[rule]["raw"]
    content = broken.read_text()
    assert before in content
    broken.write_text(content.replace(before, after, 1))
    rules = {f.rule for f in inspect(tmp_path).findings}
    assert {rule, "plan-incomplete"} <= rules


def planted() -> tuple[dict[str, Any], list[str]]:
    """Give the records of the planted tree, and what must be found in it: place, rule and field."""
    changes = yaml.load((FOLDER / "planted.yml").read_text(), yaml.BaseLoader)  # noqa: S506 (makes strings only)
    patch: dict[str, Any] = {}
    expected = []
    for entry in changes:
        patch.setdefault(entry["in"], {}).update(entry["change"])
        for rule, field in dict(entry["found"]).items():
            expected.append(f"{entry['in']} {rule} {field}")
    return patched(patch), expected


def test_forty_planted_mistakes_are_found_and_none_besides(tmp_path: Path) -> None:
    records, expected = planted()
    write(tmp_path, records)
    findings = inspect(tmp_path).findings
    made = [f"{f.unit}/{f.year}/{f.project or 'disclosure'} {f.rule} {f.field}" for f in findings]
    assert len(expected) == 40
    assert sorted(made) == sorted(expected), "\n".join(said(list(findings)))
