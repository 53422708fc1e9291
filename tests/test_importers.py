"""The readers and the forms: the same document in any file type gives the same records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import importers, intake
from generator.errors import GeneratorError
from generator.importers.account import unaccounted
from generator.importers.imported import Hints, Imported
from tests import office_files, office_forms
from tests.office_files import LEFT, UP, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import ProjectFile
    from tests.conftest import Golden

LIQINGU = Path("data/units/912012/2021/source/liqingu-2021.txt")
WRITERS = {
    "a.docx": office_files.docx,
    "a.xlsx": office_files.xlsx,
    "a.html": office_files.page,
    "a.txt": office_files.text,
}
FORMS = {
    "hebei": office_forms.HEBEI,
    "declaration": office_forms.DECLARATION,
    "wide": office_forms.WIDE,
    "paragraphs": office_forms.PARAGRAPHS,
}


def read(name: str, content: bytes, /, **hints: str) -> Imported:
    """Read a document, and see that nothing of it is lost on the way."""
    imported = importers.read(name, content, Hints(**hints))
    assert unaccounted(importers.read_blocks(name, content), imported) == []
    return imported


def projects(imported: Imported) -> list[ProjectFile]:
    return [project.record for d in imported.disclosures for project in d.projects]


def rows(project: ProjectFile) -> list[list[str | None]]:
    return [
        [i.level1, i.level2, i.level3, i.operator, i.target, i.unit, i.weight] for i in project.indicators
    ]


def test_the_real_document_is_read_whole(golden: Golden) -> None:
    imported = read(LIQINGU.name, LIQINGU.read_bytes(), year="2021")
    outcome = intake.Outcome(LIQINGU, imported)
    golden(
        "import/liqingu-2021.json", json.dumps(intake.as_json([outcome]), ensure_ascii=False, indent=1) + "\n"
    )
    assert {residue.kind for residue in imported.residue} == {"field-code", "page-number", "spacing"}
    assert imported.findings == ()


@pytest.mark.parametrize("form", FORMS)
def test_every_file_type_gives_the_same_records(form: str, golden: Golden) -> None:
    imports = {name: read(name, write(FORMS[form])) for name, write in WRITERS.items()}
    for name, imported in imports.items():
        assert imported.form == form, name
        expected = imports["a.docx"].disclosures
        assert [d.record.model_copy(update={"source_documents": ()}) for d in imported.disclosures] == [
            d.record.model_copy(update={"source_documents": ()}) for d in expected
        ], name
        assert projects(imported) == projects(imports["a.docx"]), name
        assert [(d.unit_code, d.unit_name, d.year) for d in imported.disclosures] == [
            (d.unit_code, d.unit_name, d.year) for d in expected
        ], name
    records = [project.model_dump(mode="json", exclude_none=True) for project in projects(imports["a.docx"])]
    golden(f"import/{form}.json", json.dumps(records, ensure_ascii=False, indent=1) + "\n")


def test_places_are_cells_and_lines() -> None:
    word = read("a.docx", office_files.docx(office_forms.HEBEI)).disclosures[0]
    assert str(word.projects[0].places["budget.total"].spot.zh) == "表 1 · 第 3 行 · 第 3 列"
    assert word.places["overall_goal"].spot.zh == "第 4 行"
    text = read("a.txt", office_files.text(office_forms.HEBEI)).disclosures[0]
    line = text.projects[0].places["budget.total"].line
    assert office_files.text(office_forms.HEBEI).decode().split("\n")[line - 1] == "\t120.50"


def test_hebei_printings_are_kept_as_published() -> None:
    first, second = projects(read("a.docx", office_files.docx(office_forms.HEBEI)))
    assert [str(step.cumulative) for step in first.spending_plan] == ["20.00%", "５０％", "100.00%"]
    assert [i.target for i in first.indicators] == ["≧3.2公里", "＜=11月", "≥８０％"]
    assert [i.level2 for i in first.indicators] == ["数量指标", "时效指标", "社会效益指标"]
    assert first.goals == ("1.整修路面", "2.方便出行")
    assert str(second.spending_plan[1].cumulative) == "1000.00%"


def test_cover_contents_page_numbers_and_repeated_heads_are_known() -> None:
    blocks: list[Block] = [
        "2021年部门预算绩效文本",
        "单位代码：305001",
        "目　录",
        "一、总体绩效目标\t1",
        "二、分项绩效目标……………2",
        "1.柳林街道路整修绩效目标表\t3",
        *office_forms.HEBEI,
    ]
    table = blocks[-3]
    assert isinstance(table, list)
    head = next(row for row in table if row[0] == "一级指标")
    # the table breaks after two of its indicators; the next page repeats the head
    blocks[-3:-2] = [table[:10], "- 3 -", [head, ["效益指标", *table[10][1:]]]]
    for write, name in ((office_files.docx, "a.docx"), (office_files.text, "a.txt")):
        imported = read(name, write(blocks))
        whole = read(name, write(office_forms.HEBEI))
        assert projects(imported) == projects(whole)
        assert imported.disclosures[0].year == "2021"
        kinds = [residue.kind for residue in imported.residue]
        assert kinds.count("contents") == 4
        assert kinds.count("page-number") == 1


def test_level1_may_be_repeated_instead_of_merged() -> None:
    blocks = [
        [["产出指标", *row[1:]] if row[0] == UP and row[1] == "时效指标" else row for row in block]
        if isinstance(block, list)
        else block
        for block in office_forms.HEBEI
    ]
    assert projects(read("a.docx", office_files.docx(blocks))) == projects(
        read("a.docx", office_files.docx(office_forms.HEBEI))
    )


@pytest.mark.parametrize("write", [office_files.lines, office_files.copied])
def test_declaration_flattened_to_text_is_read_alike(write: Callable[[Sequence[Block]], bytes]) -> None:
    (flat,) = projects(read("b.txt", write(office_forms.DECLARATION)))
    (table,) = projects(read("b.docx", office_files.docx(office_forms.DECLARATION)))
    assert flat == table


def test_declaration_with_label_and_value_on_one_line() -> None:
    content = """绩效目标表
项目名称: 乡村书屋补助 项目经办人: 王某
单位信息：305007-柳林镇文化站
年度资金总额 6.30
整体目标: 补助全镇书屋。
一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重(%)
产出指标 数量指标 补助书屋 ≥ 12 个 20
产出指标 时效指标 完成时限 1 5
效益指标 社会效益
指标
读书氛围 定性 好
30
"""
    imported = read("b.txt", content.encode(), year="2023", amount_unit="万元")
    (project,) = projects(imported)
    assert (project.name, str(project.budget.total), project.goals) == (
        "乡村书屋补助",
        "6.30",
        ("补助全镇书屋。",),
    )
    assert rows(project) == [
        ["产出指标", "数量指标", "补助书屋", "≥", "12", "个", "20"],
        ["产出指标", "时效指标", "完成时限", None, "1", None, "5"],
        ["效益指标", "社会效益指标", "读书氛围", "定性", "好", None, "30"],
    ]
    assert imported.disclosures[0].unit_code == "305007"


def test_personal_data_is_left_out_and_listed() -> None:
    imported = read("b.docx", office_files.docx(office_forms.DECLARATION))
    assert [r.text for r in imported.residue if r.kind == "personal"] == ["王某 13800000000"]
    assert "13800000000" not in projects(imported)[0].model_dump_json()
    assert "import-personal-data" in [finding.rule for finding in imported.findings]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_personal_data_beside_any_form_is_of_its_own_kind(form: str, suffix: str) -> None:
    write = {"docx": office_files.docx, "txt": office_files.text}[suffix]
    imported = read(f"a.{suffix}", write([*FORMS[form], "填表人：李某　　联系电话：13900000000"]))
    assert [r.text for r in imported.residue if r.kind == "personal"][-2:] == ["李某", "13900000000"]
    assert not any("李某" in p.model_dump_json() for p in projects(imported))


def test_wide_table_that_lost_its_merged_cells_is_read_alike() -> None:
    flat = read("c.txt", office_files.bars(office_forms.WIDE))
    table = read("c.docx", office_files.docx(office_forms.WIDE))
    assert projects(flat) == projects(table)
    assert [r.text for r in table.residue if r.kind == "subtotal"] == ["305-柳林镇部门", "180,000.00"]
    assert flat.disclosures[0].unit_code == "305001"
    # a page may close up the blank cells of a row, so that the amount stands below another head
    rows = office_files.bars(office_forms.WIDE).decode().splitlines()
    closed = ["| 305-柳林镇部门 | 180,000.00 | |||||||||||" if "305-" in row else row for row in rows]
    moved = read("c.txt", "\n".join(closed).encode())
    assert projects(moved) == projects(table)
    assert [r.text for r in moved.residue if r.kind == "subtotal"] == ["305-柳林镇部门", "180,000.00"]
    assert not [f for f in moved.findings if f.rule.startswith("import-")]


def test_wide_table_with_every_cell_repeated_is_read_alike() -> None:
    table = office_forms.WIDE[2]
    assert isinstance(table, list)
    filled = [table[0], table[1]]
    for row in table[2:]:
        filled.append([above if cell == UP else cell for cell, above in zip(row, filled[-1], strict=True)])
    assert projects(read("c.xlsx", office_files.xlsx([*office_forms.WIDE[:2], filled]))) == projects(
        read("c.docx", office_files.docx(office_forms.WIDE))
    )


def test_paragraphs_flattened_to_lines_are_read_alike() -> None:
    flat = projects(read("d.txt", office_files.lines(office_forms.PARAGRAPHS)))
    assert flat == projects(read("d.docx", office_files.docx(office_forms.PARAGRAPHS)))


def test_several_units_in_one_table_are_several_disclosures() -> None:
    table = office_forms.WIDE[2]
    assert isinstance(table, list)
    other = ["305002-柳林镇学校", "校舍维修", "9,000.00", "维修校舍", "产出指标", "数量指标", "维修间数", "≥", "3", "间", "50", "正向指标"]  # fmt: skip
    imported = read("c.docx", office_files.docx([*office_forms.WIDE[:2], [*table, other]]), unit="999")
    assert [(d.unit_code, len(d.projects)) for d in imported.disclosures] == [("305001", 2), ("305002", 1)]


def test_what_the_document_does_not_state_is_asked_for() -> None:
    table: Block = [
        ["项目名称", "修桥"],
        ["预算数", "5"],
        ["一级指标", "三级指标", "指标值"],
        ["产出指标", "桥", "1座"],
    ]
    imported = read("b.docx", office_files.docx([table]))
    assert imported.disclosures[0].missing == ("unit", "year", "money-unit")
    asked = [f.remedy.zh for f in imported.findings if f.rule == "import-not-stated"]
    assert asked == ["用选项给出 --unit", "用选项给出 --year", "用选项给出 --money-unit"]
    given = read("b.docx", office_files.docx([table]), unit="1", year="2020", amount_unit="元")
    assert given.disclosures[0].missing == ()
    assert given.disclosures[0].record.amount_unit == "元"


def test_options_that_contradict_the_document_are_named() -> None:
    imported = read(
        "c.docx", office_files.docx(office_forms.WIDE), unit="999", year="2020", amount_unit="万元"
    )
    assert [f.rule for f in imported.findings] == [
        "import-unit-differs",
        "import-year-differs",
        "import-money-unit-differs",
    ]
    assert (imported.disclosures[0].unit_code, imported.disclosures[0].year) == ("305001", "2023")


def test_two_money_units_in_one_document_are_not_mixed() -> None:
    blocks = [
        [[cell.replace("万元", "元") for cell in row] for row in block]
        if isinstance(block, list) and number == len(office_forms.HEBEI) - 1
        else block
        for number, block in enumerate(office_forms.HEBEI)
    ]
    imported = read("a.docx", office_files.docx(blocks), year="2021")
    assert "import-amount-unit-conflict" in [finding.rule for finding in imported.findings]
    assert imported.disclosures[0].missing == ("money-unit",)


NAMELESS = [
    b if isinstance(b, str) else [["项目名称", "", *r[2:]] if r[0] == "项目名称" else r for r in b]
    for b in office_forms.DECLARATION
]


def test_a_document_of_one_project_without_name_asks_for_it() -> None:
    content = office_files.docx(NAMELESS)
    asked = read("b.docx", content)
    assert asked.disclosures[0].missing == ("name",)
    assert [p.name for p in projects(asked)] == [""]
    given = read("b.docx", content, name="乡村书屋补助")
    assert given.disclosures[0].missing == ()
    assert projects(given) == projects(read("b.docx", office_files.docx(office_forms.DECLARATION)))
    assert given.disclosures[0].record.source_documents[0].project_name == "乡村书屋补助"
    stated = read("b.docx", office_files.docx(office_forms.DECLARATION), name="别的")
    assert [p.name for p in projects(stated)] == ["乡村书屋补助"]
    assert "import-name-differs" in [finding.rule for finding in stated.findings]


def test_a_table_without_project_name_beside_others_is_residue() -> None:
    imported = read("b.docx", office_files.docx([*office_forms.DECLARATION, *NAMELESS]))
    assert [p.name for p in projects(imported)] == ["乡村书屋补助"]
    assert {r.kind for r in imported.residue} >= {"nameless", "personal"}
    assert "import-no-name" in [finding.rule for finding in imported.findings]


def test_a_row_that_fits_no_column_is_residue_with_a_finding() -> None:
    table = office_forms.HEBEI[-1]
    assert isinstance(table, list)
    stray = ["某某说明：本表由柳林镇填报，供参考", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT]
    imported = read("a.docx", office_files.docx([*office_forms.HEBEI[:-1], [*table, stray], "1.另一份 表"]))
    (finding,) = [f for f in imported.findings if f.rule == "import-unread"]
    assert finding.value == stray[0]
    assert projects(imported) == projects(read("a.docx", office_files.docx(office_forms.HEBEI)))


def test_no_form_is_guessed() -> None:
    with pytest.raises(GeneratorError, match="没有认出表式。已知的表式") as caught:
        read("x.docx", office_files.docx(["会议纪要", [["时间", "地点"], ["周一", "会议室"]]]))
    assert all(name in caught.value.message for name in ("部门预算绩效文本", "绩效目标申报表", "分段叙述"))


def test_numbers_of_sheets_are_read_as_printed() -> None:
    content = office_files.xlsx(office_forms.WIDE)
    import io  # noqa: PLC0415

    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    for cell, value, form in (("C5", 150000, "#,##0.00"), ("C8", 30000.5, "0.00_ "), ("I5", 25, "General"), ("I7", 0.95, "0%")):  # fmt: skip
        sheet[cell] = value
        sheet[cell].number_format = form
    saved = io.BytesIO()
    book.save(saved)
    first, second = projects(read("c.xlsx", saved.getvalue()))
    assert (str(first.budget.total), str(second.budget.total)) == ("150,000.00", "30000.50")
    assert [i.target for i in first.indicators] == ["25", "15", "95%"]


def test_gbk_text_is_read_and_said() -> None:
    content = office_files.text(office_forms.HEBEI).decode().replace("≧", "≥").encode("gb18030")
    imported = read("a.txt", content)
    assert [f.rule for f in imported.findings] == ["import-encoding", "import-not-stated"]
    assert projects(imported)[0].name == "柳林街道路整修"


def test_invisible_characters_are_set_aside() -> None:
    blocks = ["\u200e" + b if isinstance(b, str) else b for b in office_forms.HEBEI]
    imported = read("a.txt", office_files.text(blocks))
    assert [r.kind for r in imported.residue].count("control-character") == len(
        [b for b in blocks if isinstance(b, str)]
    )
    assert imported.disclosures[0].record.overall_goal == "把柳林镇的道路修好，把河道理清。"


def test_a_blank_share_of_the_plan_keeps_its_place() -> None:
    table = office_forms.HEBEI[-1]
    assert isinstance(table, list)
    plan = next(number for number, row in enumerate(table) if row[0].startswith("资金支出计划"))
    blank = [*table[: plan + 1], [UP, "", LEFT, LEFT, "100.00%", LEFT, LEFT], *table[plan + 2 :]]
    for write, name in ((office_files.docx, "a.docx"), (office_files.text, "a.txt")):
        project = projects(read(name, write([*office_forms.HEBEI[:-1], blank])))[1]
        assert [(s.date, str(s.cumulative)) for s in project.spending_plan] == [
            ("6月底", ""),
            ("12月底", "100.00%"),
        ]


def test_two_units_in_one_table_are_no_two_projects() -> None:
    table = office_forms.DECLARATION[2]
    assert isinstance(table, list)
    both = [["预算单位", "305001-柳林镇人民政府"], *table]
    imported = read("b.docx", office_files.docx([*office_forms.DECLARATION[:2], both]))
    assert [(d.unit_code, len(d.projects)) for d in imported.disclosures] == [("305001", 1)]
    assert "305007-柳林镇文化站" in [r.text for r in imported.residue if r.kind == "no-field"]
