from pathlib import Path

import pytest

from generator import store
from generator.errors import GeneratorError
from tests.workspaces import REAL_DATA

SITE = "name: 公开\npublisher: 某镇\n"
UNIT = "code: '001'\nname: 某镇\n"
DISCLOSURE = "amount_unit: 万元\n"


def tree(folder: Path, **files: str) -> Path:
    """Write a data tree; keys are paths with `__` for `/`, the usual files are there already."""
    usual = {"site.yml": SITE, "units/001/unit.yml": UNIT, "units/001/2021/disclosure.yml": DISCLOSURE}
    for name, text in {
        **usual,
        **{key.replace("__", "/") + ".yml": text for key, text in files.items()},
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_findings_of_every_file_say_whose_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "units" / "912012" / "2021"
    (folder / "projects").mkdir(parents=True)
    (tmp_path / "site.yml").write_text("name: 公开\npublisher: 镇\n")
    (folder.parent / "unit.yml").write_text("code: '912012'\nname: 镇\nnmae: 镇\n")
    (folder / "disclosure.yml").write_text("amount_unit: 万元\ngoal: 甲\n")
    (folder / "projects" / "A1.yml").write_text("name: 道路\ngoal: 甲\n")
    (folder / "projects" / "A2.yaml").write_text("name: 道路\n")
    (folder / "projects" / ".DS_Store").write_text("")
    _, findings = store.load(tmp_path)
    assert [(f.rule, f.unit, f.year, f.project) for f in findings] == [
        ("unknown-key", "912012", "", ""),
        ("unknown-key", "912012", "2021", ""),
        ("file-name", "912012", "2021", ""),
        ("unknown-key", "912012", "2021", "A1"),
    ]
    assert "小写的 .yml" in findings[2].remedy.zh


def test_the_real_document_is_all_there() -> None:
    dataset, findings = store.load(REAL_DATA)
    assert findings == []
    [disclosure] = dataset.disclosures
    assert (disclosure.unit.code, disclosure.year) == ("912012", "2021")
    assert [p.number for p in disclosure.projects] == [str(n) for n in range(1, 10)]
    assert (len(dataset.projects), disclosure.indicator_count) == (9, 83)
    sums = (disclosure.total, disclosure.fiscal, disclosure.other)
    assert [str(amount) for amount in sums] == ["306.84", "306.84", "0"]


def test_values_are_kept_to_the_character() -> None:
    dataset, _ = store.load(REAL_DATA)
    by_number = {p.number: p for p in dataset.projects}
    assert str(by_number["7"].spending_plan[3].cumulative) == "1000.00%"
    assert by_number["1"].indicators[0].target == "≥90完成数量"
    assert by_number["1"].indicators[1].level3 == "工作完成率%"
    assert by_number["8"].indicators[8].level3 == "群众满意 "
    assert by_number["2"].indicators[9] == by_number["2"].indicators[10]
    assert dataset.disclosures[0].itemised_goals[8] == "9.改造提升镇区环境，实施乡村振兴战略;"


def test_one_bad_file_never_hides_the_next(tmp_path: Path) -> None:
    data = tree(
        tmp_path,
        units__001__2021__projects__A="name: 好\n",
        units__001__2021__projects__B="name: `坏\n",
        units__001__2021__projects__C="nam: 缺\n",
        units__001__2022__disclosure="amount_unit: 美元\n",
    )
    dataset, findings = store.load(data)
    [disclosure] = dataset.disclosures
    assert [p.name for p in disclosure.projects] == ["好"]
    assert disclosure.unread == ("B", "C")
    assert {(f.place.file, f.rule) for f in findings} == {
        ("units/001/2021/projects/B.yml", "yaml-syntax"),
        ("units/001/2021/projects/C.yml", "unknown-key"),
        ("units/001/2021/projects/C.yml", "missing-field"),
        ("units/001/2022/disclosure.yml", "wrong-value"),
    }
    assert {f.project for f in findings if "projects" in f.place.file} == {"B", "C"}


def test_projects_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    data = tree(
        tmp_path,
        units__001__2021__projects__A="{name: 十, number: '10'}",
        units__001__2021__projects__B="{name: 二, number: '2'}",
        units__001__2021__projects__C="{name: 无}",
    )
    assert [p.name for p in store.load(data)[0].projects] == ["二", "十", "无"]


def test_links_and_names_that_no_url_can_carry_are_refused(tmp_path: Path) -> None:
    data = tree(tmp_path, units__001__2021__projects__A="name: 好\n")
    projects = data / "units/001/2021/projects"
    (projects / "a b(c).yml").write_text("name: 坏\n", encoding="utf-8")
    (projects / "L.yml").symlink_to("/etc/hostname")
    (data / "units/002").symlink_to(data / "units/001")
    dataset, findings = store.load(data)
    assert [p.name for p in dataset.projects] == ["好"]
    assert [f.rule for f in findings] == ["file-name"] * 3


def test_a_unit_must_stand_in_its_own_folder(tmp_path: Path) -> None:
    data = tree(tmp_path, units__002__unit=UNIT)
    dataset, [finding] = store.load(data)
    assert [u.code for u in dataset.units] == ["001"]
    assert (finding.rule, str(finding.place)) == ("folder-name", "units/002/unit.yml:1:7")


def test_without_a_site_there_is_nothing_to_build(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match=r"site\.yml"):
        store.load(tmp_path)


def test_a_source_outside_its_folder_is_not_read(tmp_path: Path) -> None:
    source = "source_documents: [{file: ../../../site.yml, sha256: " + "0" * 64 + ", form: hebei}]\n"
    dataset, [finding] = store.load(tree(tmp_path, units__001__2021__disclosure=DISCLOSURE + source))
    assert dataset.disclosures == ()
    assert (finding.rule, finding.field) == ("wrong-value", "source_documents[1].file")
