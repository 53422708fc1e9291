"""`disclose check`: what it prints, in three forms, and how it exits."""

import json
import re
from pathlib import Path
from urllib.request import url2pathname

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from generator.cli import app
from tests.hostile_data import write_hostile
from tests.test_rules import planted, write

ROOT = Path(__file__).parents[1]
REAL = str(ROOT / "data")
PROJECT = "units/912012/2021/projects/130682217RRL6F4PNQUL9.yml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", "--lang", "zh", *arguments])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One project whose plan ends at 1000%, with wide characters before the value."""
    folder = tmp_path / "units" / "912012" / "2021"
    (folder / "projects").mkdir(parents=True)
    (tmp_path / "site.yml").write_text("name: 公开\npublisher: 镇\n")
    (folder.parent / "unit.yml").write_text("code: '912012'\nname: 李亲顾镇\n")
    (folder / "disclosure.yml").write_text(
        "amount_unit: 万元\noverall_goal: 甲\nitemised_goals: [乙]\nsafeguard_measures: 丙\n"
    )
    (tmp_path / PROJECT).write_text("name: 道路\nspending_plan:\n- {date: 12月底, cumulative: 1000.00%}\n")
    return tmp_path


def test_text_shows_the_line_and_a_caret_below_the_value(data: Path) -> None:
    result = run("--data", str(data))
    assert f"{data}/{PROJECT}:3:28  ▲ 疑点  plan-over-100" in result.output
    shown = result.output[result.output.index("plan-over-100") :].splitlines()
    assert "spending_plan[1].cumulative：12月底累计支出 1000.00%，超过预算的 100%" in shown[1]
    assert shown[2] == "    3 │ - {date: 12月底, cumulative: 1000.00%}"
    # 月 and 底 are two cells wide each
    assert shown[3] == "      │ " + " " * 29 + "^^^^^^^^"
    assert "\x1b" not in result.output


def test_english_on_demand(data: Path) -> None:
    assert "is more than the whole budget" in run("--data", str(data), "--lang", "en").output
    assert run("--data", str(data), "--lang", "fr").exit_code == 2


@pytest.mark.parametrize("sign", ["|", ">-"])
def test_a_block_is_shown_by_its_first_line(data: Path, sign: str) -> None:
    (data / PROJECT).write_text(f"name: 道路\npurpose: {sign}\n    道路（≥**条）\n    硬化\n")
    shown = run("--data", str(data)).output.partition("template-leftover")[2].splitlines()
    assert f"{PROJECT}:2:10" in run("--data", str(data)).output
    assert shown[2:4] == ["    3 │     道路（≥**条）", "      │     ^^^^^^^^^^^^^"]


def test_a_doubt_fails_only_when_strict(data: Path) -> None:
    assert run("--data", str(data)).exit_code == 0
    assert run("--data", str(data), "--strict").exit_code == 1


def test_an_error_fails(data: Path) -> None:
    (data / PROJECT).write_text("name：道路\n")
    result = run("--data", str(data))
    assert result.exit_code == 1
    assert f"{PROJECT}:1:1  ✕ 错误  yaml-not-a-mapping" in result.output


def test_nothing_to_read_is_wrong_use(tmp_path: Path) -> None:
    assert run("--data", str(tmp_path / "none")).exit_code == 2


def test_control_characters_of_a_file_do_not_reach_the_terminal(data: Path) -> None:
    (data / PROJECT).write_text("name: \x1b[31m\u202e道路\n")
    result = run("--data", str(data))
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "1 │ name: �[31m�道路" in result.output


def test_personal_data_is_masked_in_every_form(data: Path) -> None:
    (data / PROJECT).write_text("name: 道路\npurpose: ' 联系人 13812345678'\n")
    for form in ("text", "json", "sarif"):
        result = run("--data", str(data), "--format", form)
        assert "13812345678" not in result.output
        assert "138******78" in result.output


def test_json_fits_its_schema(data: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "findings.schema.json").read_text())
    for folder in (REAL, str(data)):
        report = json.loads(run("--data", folder, "--format", "json").output)
        jsonschema.validate(report, schema)
        assert report["warning"] == sum(f["severity"] == "warning" for f in report["findings"])
    (finding,) = [f for f in report["findings"] if f["rule"] == "plan-over-100"]
    assert (finding["line"], finding["column"], finding["value"]) == (3, 28, "1000.00%")
    assert finding["family"] == "plan"


@pytest.mark.parametrize("which", ["real", "planted", "hostile"])
def test_sarif_fits_the_schema_of_oasis_and_names_each_finding_once(which: str, tmp_path: Path) -> None:
    if which == "planted":
        write(tmp_path, planted()[0])
        for code in ("912014", "912015"):  # without a disclosure: two years are missing
            (tmp_path / "units" / code).mkdir()
            (tmp_path / "units" / code / "unit.yml").write_text(f"code: '{code}'\nname: 所\n")
    elif which == "hostile":
        write_hostile(tmp_path)
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_text())
    for lang in ("zh", "en"):
        folder = REAL if which == "real" else str(tmp_path)
        log = json.loads(run("--data", folder, "--format", "sarif", "--lang", lang).output)
        jsonschema.validate(log, schema, format_checker=jsonschema.FormatChecker())
        assert all(rule["help"]["text"] for rule in log["runs"][0]["tool"]["driver"]["rules"])
        prints = [r["partialFingerprints"]["finding/v1"] for r in log["runs"][0]["results"]]
        assert len(set(prints)) == len(prints) > 0


def test_sarif_names_rule_and_place_of_every_finding() -> None:
    log = json.loads(run("--data", REAL, "--format", "sarif").output)
    (run_,) = log["runs"]
    rules = run_["tool"]["driver"]["rules"]
    for result in run_["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        lines = Path(url2pathname(place["artifactLocation"]["uri"][7:])).read_text().splitlines()
        assert 1 <= place["region"]["startLine"] <= len(lines)


def test_acknowledging_every_finding_turns_strict_green(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for path in Path(REAL).rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(REAL)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    red = run("--data", str(folder), "--strict", "--format", "json")
    assert red.exit_code == 1
    for finding in json.loads(red.output)["findings"]:
        path = folder / finding["file"]
        content = path.read_text()
        if "acknowledged:" not in content:
            content += "acknowledged:\n"
        entry = f"- {{rule: {finding['rule']}, field: '{finding['field']}', reason: 原文如此, date: 2021-06-30}}\n"
        path.write_text(content + entry)
    green = run("--data", str(folder), "--strict")
    assert green.exit_code == 0
    assert "已知悉：原文如此" in green.output
    sarif = json.loads(run("--data", str(folder), "--format", "sarif").output)
    assert all(
        r["suppressions"] == [{"kind": "inSource", "justification": "原文如此"}]
        for r in sarif["runs"][0]["results"]
    )


def test_two_runs_print_the_same() -> None:
    assert run("--data", REAL).output == run("--data", REAL).output
    assert re.search(r"疑点 28，提示 35", run("--data", REAL).output)
