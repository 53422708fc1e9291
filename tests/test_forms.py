from generator.forms.form import form, forms, pattern
from generator.forms.framework import framework_of, group_of
from generator.forms.grid import lay_out
from generator.model import ProjectFile

PROJECT = ProjectFile.model_validate(
    {
        "code": "X1",
        "name": "修路",
        "budget": {"total": "80.00", "fiscal": "80.00", "other": "0"},
        "spending_plan": [{"date": f"{n}月底", "cumulative": f"{n}%"} for n in (3, 6, 9)],
        "goals": ["1.通车", "2.安全"],
        "indicators": [
            {"level1": "产出指标", "level2": "数量指标", "level3": "里程", "target": "≥3公里"},
            {"level1": "产出指标", "level2": "质量指标", "level3": "合格率", "target": "≥90%"},
            {"level1": "效益指标", "level2": "社会效益指标", "level3": "方便", "target": "有效"},
        ],
    }
)


def test_every_row_of_a_form_fills_its_grid() -> None:
    for described in forms():
        open_spans: list[list[int]] = []
        for row in lay_out(described, PROJECT).rows:
            width = sum(cell.colspan for cell, _ in row)
            assert width == described.columns, [lines for _, lines in row]
            open_spans.append([cell.rowspan for cell, _ in row])
        assert open_spans


def test_equal_level1_names_are_merged_downwards() -> None:
    cells = [row[0] for row in list(lay_out(form("hebei"), PROJECT).rows)[-3:]]
    assert [(lines, cell.rowspan, cell.covered) for cell, lines in cells] == [
        (("产出指标",), 2, False),
        (("",), 1, True),
        (("效益指标",), 1, False),
    ]


def test_each_value_carries_the_name_of_its_field() -> None:
    lines = {cell.field: lines for cell, lines in lay_out(form("hebei"), PROJECT).filled}
    assert lines["budget.total"] == ("80.00",)
    assert lines["spending_plan[2].cumulative"] == ("6%",)
    assert lines["goals"] == ("1.通车", "2.安全")
    assert lines["indicators[3].target"] == ("有效",)


def test_a_title_reads_back_what_it_was_made_of() -> None:
    title = form("hebei").title
    found = pattern(title).fullmatch(title.format(number="12", name="修路（二期）"))
    assert found
    assert found.groupdict() == {"number": "12", "name": "修路（二期）"}


def test_the_framework_moves_with_the_year() -> None:
    assert [g.name for g in framework_of("2021").groups] == ["产出指标", "效益指标", "满意度指标"]
    assert framework_of("2023").groups[0].name == "成本指标"
    assert framework_of("1999") == framework_of("2015")


def test_a_level1_name_has_one_group_in_every_year() -> None:
    found = group_of("产出指标")
    assert found
    assert (found.id, found.short) == ("output", "产出")
    assert group_of("其他") is None
