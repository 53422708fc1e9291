import pytest

from generator.finding import Finding
from generator.model import DisclosureFile, ProjectFile
from generator.validation import validate
from generator.yaml_source import parse


def check(text: str) -> tuple[ProjectFile | None, list[Finding]]:
    source, findings = parse(text.encode(), "p.yml")
    assert source is not None
    assert findings == []
    return validate(source, ProjectFile)


def test_an_unknown_key_is_reported_with_the_nearest_and_the_rest_is_read() -> None:
    project, [finding] = check("name: 路\nbudgte:\n  total: '1'\n")
    assert project is not None
    assert project.name == "路"
    assert (finding.rule, str(finding.place), finding.field) == ("unknown-key", "p.yml:3:3", "budgte")
    assert "budget" in finding.remedy.zh


def test_unknown_keys_deep_inside_leave_their_neighbours() -> None:
    project, [finding] = check(
        """
name: 路
indicators:
- {level1: 产出指标, level2: 数量指标, level3: 里程, target: ≥3公里, bassis: 规划}
- {level1: 产出指标, level2: 质量指标, level3: 合格率, target: ≥90%}
"""
    )
    assert project is not None
    assert [i.level3 for i in project.indicators] == ["里程", "合格率"]
    assert (finding.field, finding.place.line) == ("indicators[1].bassis", 4)
    assert "basis" in finding.remedy.zh


@pytest.mark.parametrize(
    ("text", "rule", "field", "line"),
    [
        ("code: A1\n", "missing-field", "name", 1),
        ("name: ''\n", "wrong-value", "name", 1),
        ("name: [路]\n", "wrong-type", "name", 1),
        ("name: 路\ngoals: 一\n", "wrong-type", "goals", 2),
        ("name: 路\nbudget: 80\n", "wrong-type", "budget", 2),
        ("name: 路\nbudget:\n  total: [1]\n", "wrong-type", "budget.total", 3),
        (
            "name: 路\nindicators:\n- level1: 产出指标\n  level2: 数量指标\n  level3: 里程\n",
            "missing-field",
            "indicators[1].target",
            3,
        ),
        ("name: 路\nindicators:\n- 里程\n", "wrong-type", "indicators[1]", 3),
    ],
)
def test_a_misfit_is_named_at_its_line(text: str, rule: str, field: str, line: int) -> None:
    project, [finding] = check(text)
    assert project is None
    assert (finding.rule, finding.field, finding.place.line) == (rule, field, line)
    assert finding.message.zh
    assert finding.remedy.en


def test_what_to_write_instead_is_said() -> None:
    _, [blank] = check("name: ''\n")
    assert "没有填写" in blank.message.zh
    source, _ = parse("amount_unit: 亿\npublished_date: 3月\n".encode(), "a.yml")
    assert source is not None
    _, found = validate(source, DisclosureFile)
    assert [f.remedy.zh[:15] for f in found] == ["改成：'万元' 或 '元'", "改成：如 2021-03-15"]


def test_all_misfits_of_a_file_are_named_at_once() -> None:
    _, findings = check("goals: 一\nnam: 路\nbudget: 1\n")
    assert {f.field for f in findings} == {"goals", "nam", "budget", "name"}


def test_a_figure_that_is_no_number_is_published_as_it_stands() -> None:
    project, findings = check(
        "name: 路\nbudget: {total: 待定}\nspending_plan: [{date: 3月底, cumulative: 约三成}]\n"
    )
    assert project is not None
    assert findings == []
    assert (str(project.budget.total), str(project.spending_plan[0].cumulative)) == ("待定", "约三成")
