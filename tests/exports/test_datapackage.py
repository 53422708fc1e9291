import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate
from frictionless.resources import TableResource
from jsonschema import Draft7Validator

from generator.exports.dictionary import TABLES
from tests.exports.conftest import Published


@pytest.fixture
def descriptor(published: Published) -> dict[str, Any]:
    given: dict[str, Any] = json.loads((published.data / "datapackage.json").read_bytes())
    return given


@pytest.fixture(scope="module")
def profile() -> Draft7Validator:
    text = (Path(__file__).parent / "schemas" / "datapackage-2.0.json").read_bytes()
    return Draft7Validator(json.loads(text), format_checker=Draft7Validator.FORMAT_CHECKER)


def test_frictionless_finds_nothing_wrong(published: Published) -> None:
    report = validate(str(published.data / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note", "cells"])
    assert {task.name for task in report.tasks} == {table.name for table in TABLES}


def test_it_is_a_data_package_of_version_2(descriptor: dict[str, Any], profile: Draft7Validator) -> None:
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [error.message for error in profile.iter_errors(descriptor)] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("contributors", 0, "roles"), "publisher"),  # a word in version 1, a list in version 2
        (("resources", 0, "bytes"), "many"),
        (("resources", 0, "schema", "fields", 0, "type"), "text"),
        (("resources", 0, "schema", "fields", 0, "constraints", "required"), "yes"),
        (("resources", 0, "schema", "foreignKeys", 0, "reference"), "disclosures"),
    ],
)
def test_the_profile_notices_what_is_wrong(
    real: Published, profile: Draft7Validator, path: tuple[str | int, ...], wrong: str
) -> None:
    descriptor = json.loads((real.data / "datapackage.json").read_bytes())
    *way, last = path
    inner: Any = descriptor
    for step in way:
        inner = inner[step]
    inner[last] = wrong
    assert not profile.is_valid(descriptor)


def test_frictionless_would_find_a_changed_figure(real: Published, tmp_path: Path) -> None:
    for path in real.data.glob("*"):
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "projects.csv"
    table.write_bytes(table.read_bytes().replace(b",80.00,80.00,", b",80.00,x,", 1))
    errors = {kind for _, kind in validate(str(tmp_path / "datapackage.json")).flatten(["name", "type"])}
    assert {"hash-count", "type-error"} & errors


@pytest.mark.parametrize(
    ("table", "change", "kind"),
    [
        ("units.csv", (b"912012", b"91 2012"), "pattern"),
        ("projects.csv", (b",2021,", b",1821,"), "minimum"),
        ("source_documents.csv", (b",hebei", b"f,hebei"), "pattern"),
        ("indicators.csv", (b",output,", b",outputs,"), "enum"),
        ("spending_plans.csv", (b",2021,", b",,"), "required"),
    ],
)
def test_frictionless_would_find_a_broken_constraint(
    real: Published, tmp_path: Path, table: str, change: tuple[bytes, bytes], kind: str
) -> None:
    descriptor = json.loads((real.data / "datapackage.json").read_bytes())
    (resource,) = (r for r in descriptor["resources"] if r["path"] == table)
    (tmp_path / table).write_bytes((real.data / table).read_bytes().replace(*change, 1))
    schema = {key: stated for key, stated in resource["schema"].items() if key == "fields"}
    alone = {key: resource[key] for key in ("name", "type", "path", "format", "encoding")} | {
        "schema": schema
    }
    report = validate(TableResource.from_descriptor(alone, basepath=str(tmp_path)))
    assert f'"{kind}' in str(report.flatten(["note"])), report.flatten(["type", "note"])


def test_the_command_of_frictionless_agrees(real: Published) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=real.data,
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_sizes_and_hashes_are_those_of_the_files(published: Published, descriptor: dict[str, Any]) -> None:
    for resource in descriptor["resources"]:
        content = (published.data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_source_document_is_named_with_its_hash(real: Published) -> None:
    descriptor = json.loads((real.data / "datapackage.json").read_bytes())
    (source,) = descriptor["sources"]
    (document,) = real.contents.dataset.disclosures[0].source_documents
    assert source["version"] == f"sha256:{document.sha256}"
    assert descriptor["licenses"] == [{"path": "licence.txt", "title": real.contents.dataset.site.licence}]
    assert (real.data / "licence.txt").read_text().strip() == real.contents.dataset.site.licence


def test_codes_are_read_as_texts_with_their_zeros(hostile: Published) -> None:
    descriptor = json.loads((hostile.data / "datapackage.json").read_bytes())
    (units,) = (r for r in descriptor["resources"] if r["name"] == "units")
    rows = TableResource.from_descriptor(units, basepath=str(hostile.data)).read_rows()
    assert [row["unit_code"] for row in rows] == ["0042", "912012"]


def test_fiscal_types_name_the_parts_of_a_budget(descriptor: dict[str, Any]) -> None:
    (projects,) = (r for r in descriptor["resources"] if r["name"] == "projects")
    types = {f["columnType"]: f["name"] for f in projects["schema"]["fields"] if "columnType" in f}
    assert types == {
        "administrative-classification:generic:code": "unit_code",
        "administrative-classification:generic:label": "unit_name",
        "activity:generic:project:code": "project_id",
        "activity:generic:project:label": "name",
        "date:fiscal-year": "year",
    }
    parts = {f["name"]: f["normalize"] for f in projects["schema"]["fields"] if "normalize" in f}
    assert parts == {
        "budget_fiscal_yuan": {"fund_source": "财政资金"},
        "budget_other_yuan": {"fund_source": "其他资金"},
    }


def test_own_fiscal_types_are_declared(descriptor: dict[str, Any]) -> None:
    used = {f["columnType"] for r in descriptor["resources"] for f in r["schema"]["fields"] if "columnType" in f}  # fmt: skip
    declared = {own["name"] for own in descriptor["columnTypes"][1]}
    assert {name for name in used if name.startswith("disclosure:")} == declared
