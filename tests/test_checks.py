"""The contract of `checks`: everything found, in order, with the publisher's reasons."""

from pathlib import Path

import pytest

from generator import store
from generator.checks import check_project, fails, rule_of
from generator.finding import Finding
from generator.reading import inspect

PROJECT = """\
code: 130682217RRL6F4PNQUL9
name: 道路
spending_plan:
- {date: 12月底, cumulative: 1000.00%}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "units" / "912012" / "2021"
    (folder / "projects").mkdir(parents=True)
    (tmp_path / "site.yml").write_text("name: 公开\npublisher: 镇\n")
    (folder.parent / "unit.yml").write_text("code: '912012'\nname: 镇\n")
    (folder / "disclosure.yml").write_text("amount_unit: 万元\n")
    return tmp_path


def found(data: Path, project: str) -> list[Finding]:
    path = data / "units/912012/2021/projects/130682217RRL6F4PNQUL9.yml"
    path.write_text(project)
    return list(inspect(data).findings)


def one(findings: list[Finding], rule: str) -> Finding:
    (finding,) = [f for f in findings if f.rule == rule]
    return finding


def test_a_finding_names_its_place_and_the_value_as_printed(data: Path) -> None:
    finding = one(found(data, PROJECT), "plan-over-100")
    assert str(finding.place) == "units/912012/2021/projects/130682217RRL6F4PNQUL9.yml:4:28"
    assert (finding.unit, finding.year, finding.project) == ("912012", "2021", "130682217RRL6F4PNQUL9")
    assert (finding.field, finding.value) == ("spending_plan[1].cumulative", "1000.00%")
    assert rule_of(finding.rule).family == "plan"


def test_findings_of_the_loader_are_among_them_and_sorted(data: Path) -> None:
    findings = found(data, PROJECT + "fomer: 1\n")
    places = [(f.place.file, f.place.line, f.place.column, f.rule) for f in findings]
    assert places == sorted(places)
    assert {"plan-over-100", "unknown-key"} <= {f.rule for f in findings}


def test_what_is_found_in_a_project_comes_rule_by_rule_as_an_import_says_it(data: Path) -> None:
    found(data, "name: ' 道路１ '\npurpose: '道路２ '\ngoals: [３次]\n")
    dataset, _ = store.load(data)
    (disclosure,) = dataset.disclosures
    said = [(f.rule, f.field) for f in check_project(disclosure.projects[0], disclosure, None)]
    assert [(rule, field) for rule, field in said if rule in {"surrounding-space", "full-width"}] == [
        ("surrounding-space", "name"),
        ("surrounding-space", "purpose"),
        ("full-width", "name"),
        ("full-width", "purpose"),
        ("full-width", "goals[1]"),
    ]


ENTRY = "acknowledged:\n- {{rule: {}, field: '{}', reason: '{}', date: 2021-06-30}}\n"


@pytest.mark.parametrize("field", ["spending_plan[1].cumulative", ""])
def test_an_acknowledgement_gives_the_finding_its_reason(data: Path, field: str) -> None:
    findings = found(data, PROJECT + ENTRY.format("plan-over-100", field, "原文如此"))
    assert one(findings, "plan-over-100").acknowledged == "原文如此"
    assert "stale-acknowledgement" not in {f.rule for f in findings}


@pytest.mark.parametrize(
    ("rule", "field", "said"),
    [
        ("plan-over-100", "spending_plan[2].cumulative", "没有“plan-over-100”这个疑点"),
        ("plan-incomplete", "", "本文件没有“plan-incomplete”这个疑点"),
        ("plan-over-10", "", "没有“plan-over-10”这条规则"),
    ],
)
def test_an_acknowledgement_of_nothing_is_a_finding(data: Path, rule: str, field: str, said: str) -> None:
    findings = found(data, PROJECT + ENTRY.format(rule, field, "原文如此"))
    stale = one(findings, "stale-acknowledgement")
    assert said in stale.message.zh
    assert stale.place.line == 6
    assert not one(findings, "plan-over-100").acknowledged


def test_an_error_cannot_be_acknowledged_but_for_a_public_number(data: Path) -> None:
    error = "fomer: 1\n" + ENTRY.format("unknown-key", "", "原文如此")
    findings = found(data, PROJECT + error)
    assert not one(findings, "unknown-key").acknowledged
    assert "必须改正" in one(findings, "stale-acknowledgement").message.zh
    assert fails(findings, strict=False)
    number = "purpose: 咨询电话 0312-2345678\n" + ENTRY.format("personal-data", "purpose", "便民服务电话")
    assert not fails(found(data, PROJECT + number), strict=False)


def test_an_acknowledgement_without_reason_has_no_effect(data: Path) -> None:
    findings = found(data, PROJECT + ENTRY.format("plan-over-100", "", " "))
    assert not one(findings, "plan-over-100").acknowledged
    assert one(findings, "acknowledgement-without-reason").place.line == 6


def test_a_unit_without_any_disclosure_is_missing_every_year_of_the_others(data: Path) -> None:
    other = data / "units" / "912013"
    other.mkdir()
    (other / "unit.yml").write_text("code: '912013'\nname: 所\n")
    missing = one(found(data, PROJECT), "missing-year")
    assert (str(missing.place), missing.unit) == ("units/912013/unit.yml:1:1", "912013")
    assert "2021 年" in missing.message.zh
    with (other / "unit.yml").open("a") as file:
        file.write("acknowledged:\n- {rule: missing-year, reason: 2022 年新设, date: 2022-03-01}\n")
    assert one(found(data, PROJECT), "missing-year").acknowledged == "2022 年新设"


def test_a_disclosure_that_cannot_be_read_is_not_missing(data: Path) -> None:
    broken = data / "units" / "912013" / "2021"
    broken.mkdir(parents=True)
    (broken.parent / "unit.yml").write_text("code: '912013'\nname: 所\n")
    (broken / "disclosure.yml").write_text("amount_unit: 亿\n")
    findings = found(data, PROJECT)
    assert one(findings, "wrong-value").unit == "912013"
    assert "missing-year" not in {f.rule for f in findings}


def test_a_file_of_the_greatest_size_is_checked_like_a_small_one(data: Path) -> None:
    """What grows with the square of the rows would take minutes here."""
    rows = [
        f"- {{level1: 产出指标, level2: 成本指标, level3: '名 {n} ', target: ≥9元, bas: 据}}\n"
        for n in range(4000)
    ]
    reasons = [f"- {{rule: surrounding-space, field: 'indicators[{n}].level3', reason: 原文如此, date: 2021}}\n" for n in range(1, 4001)]  # fmt: skip
    findings = found(data, "name: 道路\nindicators:\n" + "".join(rows) + "acknowledged:\n" + "".join(reasons))
    spaces = [f for f in findings if f.rule == "surrounding-space"]
    assert (len(spaces), spaces[-1].place.line) == (4000, 4002)
    assert all(f.acknowledged for f in spaces)
    assert sum(f.rule == "unknown-key" for f in findings) == 4000
