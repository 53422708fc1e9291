"""`disclose import`: files and folders into data, again and again, with good files and bad."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from generator import filing, intake, office, pipeline, store
from generator.cli import app
from generator.errors import GeneratorError
from generator.identity import identities
from generator.importers.imported import Hints
from generator.model import ProjectFile
from generator.workspace import Workspace
from tests import office_files, office_forms

if TYPE_CHECKING:
    from tests.conftest import LibreOffice

DATA = Path("data")
LIULIN = "liu-lin-jie-dao-lu-zheng-xiu-e3c47af1"
XIULU = "xiu-lu-e4129a97"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(DATA / "site.yml", folder)
    return folder


def put(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["--lang", "zh", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def take_in(data: Path, *paths: Path, force: bool = False) -> list[intake.Outcome]:
    order = intake.Order(Hints(year="2021"), force=force)
    return list(intake.take_in(intake.files_of(paths), data, order, lambda _: None))


def test_importing_the_real_document_gives_the_committed_data(data: Path) -> None:
    source = DATA / "units/912012/2021/source/liqingu-2021.txt"
    code, _, _ = run("import", source, "--year", "2021", "--data", data)
    assert code == 0
    made, committed = tree(data / "units"), tree(DATA / "units")
    assert {n: c for n, c in made.items() if n != "912012/unit.yml"} == {
        n: c for n, c in committed.items() if n != "912012/unit.yml"  # its short name was added by hand
    }  # fmt: skip


def test_importing_again_changes_nothing(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", office_files.docx(office_forms.HEBEI))
    assert run("import", path, "--year", "2021", "--data", data)[0] == 0
    before = {p: p.stat().st_mtime_ns for p in data.rglob("*")}
    code, out, _ = run("import", path, "--year", "2021", "--data", data)
    assert code == 0
    assert "没有变化" in out
    assert {p: p.stat().st_mtime_ns for p in data.rglob("*")} == before


def test_what_was_imported_is_loaded_as_it_was_read(data: Path, tmp_path: Path) -> None:
    for name, blocks in (("c.xlsx", office_forms.WIDE), ("d.html", office_forms.PARAGRAPHS)):
        write = office_files.xlsx if name.endswith("xlsx") else office_files.page
        take_in(data, put(tmp_path, name, write(blocks)))
    dataset, findings = store.load(data)
    assert findings == []
    assert {p.name for p in dataset.projects} == {"护林员报酬", "防火宣传", "机房租赁", "档案整理"}
    assert all(project.code is None for project in dataset.projects)


def test_dry_run_prints_everything_with_places_and_writes_nothing(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "b.docx", office_files.docx(office_forms.DECLARATION))
    before = tree(data)
    code, out, _ = run("import", path, "--dry-run", "--format", "json", "--data", data)
    assert code == 0
    printed = json.loads(out)
    assert set(printed) == {"disclosures", "residue", "findings", "files"}
    (disclosure,) = printed["disclosures"]
    (project,) = disclosure["projects"]
    assert (disclosure["unit_code"], disclosure["year"]) == ("305007", "2023")
    assert project["places"]["budget.total"] == {"file": "b.docx", "table": 1, "row": 3, "column": 3}
    assert [r["kind"] for r in printed["residue"]] == ["personal", "no-field"]
    assert tree(data) == before


def test_doubts_are_named_at_their_place_and_kept_as_printed(data: Path, tmp_path: Path) -> None:
    changes = {
        "≥": "",
        "600": "2600",
        "补助全镇书屋，更新图书。": "指标1：××书屋",
        "12": "≥12",
        "100": "≥100",
        "90": "≥90",
    }
    blocks = [
        b if isinstance(b, str) else [[changes.get(cell, cell) for cell in row] for row in b]
        for b in office_forms.DECLARATION
    ]
    (outcome,) = take_in(data, put(tmp_path, "b.docx", office_files.docx(blocks)))
    spots = {f.rule: f.place.spot.zh for f in outcome.findings}
    assert spots["template-leftover"] == "表 1 · 第 7 行 · 第 2 列"
    assert spots["sign-scanned-as-2"] == "表 1 · 第 10 行 · 第 6 列"
    (project,) = store.load(data)[0].projects
    assert (project.indicators[1].target, project.goals) == ("2600", ("指标1：××书屋",))


def test_files_changed_by_hand_are_kept_and_named(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", office_files.docx(office_forms.HEBEI))
    run("import", path, "--year", "2021", "--data", data)
    project = data / "units/305001/2021/projects/130999219ABCDEFGH0001.yml"
    edited = project.read_text(encoding="utf-8").replace("≧3.2公里", "≥3公里") + "# 请核对\n"
    edited += "corrections:\n- {field: 'indicators[1].target', published: ≧3.2公里, corrected: ≥3公里, reason: 笔误, date: '2021-05-01'}\n"
    project.write_text(edited, encoding="utf-8")
    disclosure = data / "units/305001/2021/disclosure.yml"
    with disclosure.open("a", encoding="utf-8") as file:
        file.write("# 备注：只加了一行注释\n")

    code, _, err = run("import", path, "--year", "2021", "--data", data)
    assert code == 1
    assert "130999219ABCDEFGH0001.yml 与文件不同，没有改动：indicators[1].target" in err
    assert "disclosure.yml 与文件不同" not in err
    assert project.read_text(encoding="utf-8") == edited

    assert run("import", path, "--year", "2021", "--data", data, "--force")[0] == 0
    dataset, findings = store.load(data)
    assert findings == []
    (changed,) = [p for p in dataset.projects if p.id == project.stem]
    assert changed.indicators[0].target == "≧3.2公里"
    assert changed.corrections[0].corrected == "≥3公里"


def test_several_files_of_a_unit_and_year_make_one_disclosure(data: Path, tmp_path: Path) -> None:
    first = office_files.docx(office_forms.DECLARATION)
    other = [b if isinstance(b, str) else [["项目名称", "电影下乡", *r[2:]] if r[0] == "项目名称" else r for r in b] for b in office_forms.DECLARATION]  # fmt: skip
    folder = tmp_path / "in"
    put(folder, "1.docx", first)
    put(folder, "2.html", office_files.page(other))
    outcomes = take_in(data, folder)
    assert [outcome.asks for outcome in outcomes] == [False, False]
    dataset, _ = store.load(data)
    (disclosure,) = dataset.disclosures
    assert [d.file for d in disclosure.source_documents] == ["1.docx", "2.html"]
    assert {p.name for p in disclosure.projects} == {"乡村书屋补助", "电影下乡"}
    again = tree(data)
    take_in(data, folder)
    assert tree(data) == again


def test_a_changed_document_of_the_same_name_is_not_mixed_in(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", office_files.docx(office_forms.HEBEI))
    take_in(data, path)
    before = tree(data)
    shorter = [*office_forms.HEBEI[:-2]]
    path.write_bytes(office_files.docx(shorter))
    (outcome,) = take_in(data, path)
    assert [kept.file for kept in outcome.kept] == ["units/305001/2021/source/a.docx"]
    assert tree(data) == before
    (outcome,) = take_in(data, path, force=True)
    assert outcome.filed[0].extra == ["units/305001/2021/projects/130999219ABCDEFGH0002.yml"]


def test_missing_facts_are_asked_for_and_nothing_is_written(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", office_files.docx(office_forms.HEBEI))
    code, out, err = run("import", path, "--data", data)
    assert code == 1
    assert "文件没有写明年度" in err
    assert "--year" in err
    assert "没有写入" in out
    assert not (data / "units").exists()


def test_names_in_documents_never_leave_the_data_folder(data: Path, tmp_path: Path) -> None:
    evil = "../../../../evil"
    blocks = [b if isinstance(b, str) else [[c.replace("130999219ABCDEFGH0001", evil) for c in r] for r in b] for b in office_forms.HEBEI]  # fmt: skip
    take_in(data, put(tmp_path, "a.docx", office_files.docx(blocks)))
    names = sorted(p.name for p in (data / "units/305001/2021/projects").iterdir())
    assert names == ["130999219ABCDEFGH0002.yml", f"{LIULIN}.yml"]
    assert not list(tmp_path.rglob("evil*"))
    table: office_files.Block = [["单位编码", "../../evil"], *office_forms.DECLARATION[2]]
    (outcome,) = take_in(
        data, put(tmp_path, "b.docx", office_files.docx([*office_forms.DECLARATION[:2], table]))
    )
    assert outcome.imported
    assert [(d.unit_code, d.missing) for d in outcome.imported.disclosures] == [("", ("unit",))]
    assert "import-unit-code" in [finding.rule for finding in outcome.findings]
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_in_a_folder_is_named_and_not_read(data: Path, tmp_path: Path) -> None:
    good = put(tmp_path / "folder", "好.txt", office_files.text(office_forms.HEBEI))
    (tmp_path / "folder" / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "elsewhere.txt").write_bytes(good.read_bytes())
    outcomes = take_in(data, tmp_path / "folder")
    assert [(o.path.name, o.error.message[:3] if o.error else "") for o in outcomes] == [
        ("link.txt", "是链接"),
        ("好.txt", ""),
    ]


def test_links_in_the_data_folder_are_not_written_through(data: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (data / "units").mkdir()
    (data / "units/305001").symlink_to(outside)
    path = put(tmp_path, "a.docx", office_files.docx(office_forms.HEBEI))
    (outcome,) = take_in(data, path)
    assert outcome.error
    assert list(outside.rglob("*")) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("报告.docx", "报告.docx"),
        ("a\\b:c*.docx", "a_b_c_.docx"),
        ("长" * 100 + ".docx", "长" * 50 + ".docx"),
        (".hidden", "hidden"),
        ("\u202excod.docx", "xcod.docx"),
        ("x", "x"),
    ],
)
def test_documents_are_kept_under_safe_names(name: str, kept: str) -> None:
    assert filing.kept_name(name) == kept


def test_identities_are_safe_stable_and_distinct() -> None:
    names = ["修路", "修路", "秀露", "../x", "𠀀", "CON", "a" * 300]
    ids = identities(ProjectFile(name=name) for name in names)
    assert ids[:2] == [ids[0], ids[0] + "-2"]
    assert len({i.lower() for i in ids}) == len(ids)
    assert all(store.SAFE_NAME.fullmatch(i) for i in ids), ids
    assert identities([ProjectFile(name="修路", code="130999219ABCDEFGH0001")]) == ["130999219ABCDEFGH0001"]
    assert ids[0] == XIULU


def test_a_folder_of_30_files_with_three_broken(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    writers = [("docx", office_files.docx), ("xlsx", office_files.xlsx), ("html", office_files.page)]
    for number in range(27):
        suffix, write = writers[number % 3]
        blocks = [
            b
            if isinstance(b, str)
            else [["项目名称", f"项目{number}", *r[2:]] if r[0] == "项目名称" else r for r in b]
            for b in office_forms.DECLARATION
        ]
        put(folder / f"{number % 2}", f"{number:02}.{suffix}", write(blocks))
    put(folder, "broken.docx", b"PK\x03\x04 broken")
    put(folder, "empty.txt", b"")
    put(folder, "minutes.html", b"<p>no form here</p>")
    put(folder, ".hidden", b"x")
    put(folder, "~$a.docx", b"x")
    code, out, err = run("import", folder, "--data", data)
    assert code == 2
    assert "00.docx 表 1 · 第 1 行 · 第 4 列 疑点 个人信息没有写入数据" in err
    assert out.count("读不了") == 3
    assert out.count("declaration") == 27
    for name in ("broken.docx", "empty.txt", "minutes.html"):
        assert name in err
    assert len(store.load(data)[0].projects) == 27


@pytest.mark.parametrize(
    "arguments", [("--year", "21"), ("--unit", "../x"), ("--money-unit", "美元"), ("--format", "xml")]
)
def test_wrong_options_are_wrong_use(arguments: tuple[str, str], data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", b"x")
    assert run("import", path, "--data", data, *arguments)[0] == 2


def test_a_missing_path_is_named(data: Path) -> None:
    code, _, err = run("import", "nowhere.docx", "--data", data)
    assert code == 2
    assert "nowhere.docx：没有这个文件或文件夹" in err


# --- old files, through LibreOffice ---


def test_doc_gives_what_docx_gives(libreoffice: LibreOffice, data: Path, tmp_path: Path) -> None:
    # LibreOffice loses a table that ends a .doc which it wrote itself
    new = put(tmp_path / "in", "a.docx", office_files.docx([*office_forms.HEBEI, "- 1 -"]))
    old = libreoffice.convert(new, "doc", tmp_path / "old")
    (outcome,) = take_in(data, old)
    assert outcome.error is None
    dataset, findings = store.load(data)
    assert findings == []
    (disclosure,) = dataset.disclosures
    names = [(d.file, d.converted_from) for d in disclosure.source_documents]
    assert names == [("a.doc", None), ("a.doc.docx", "a.doc")]
    (expected,) = take_in(tmp_path / "other", new)
    assert expected.imported
    assert outcome.imported
    for ours, theirs in zip(outcome.imported.disclosures, expected.imported.disclosures, strict=True):
        assert [p.record for p in ours.projects] == [p.record for p in theirs.projects]
    before = tree(data)
    take_in(data, old)
    assert tree(data) == before


def test_old_files_that_are_broken_are_named_one_by_one(
    libreoffice: LibreOffice, data: Path, tmp_path: Path
) -> None:
    good = libreoffice.convert(
        put(tmp_path / "x", "good.docx", office_files.docx(office_forms.HEBEI)), "doc", tmp_path / "in"
    )
    put(tmp_path / "in", "text.doc", b"not a document")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    put(tmp_path / "in", "locked.doc", locked)
    put(tmp_path / "in", "cut.doc", good.read_bytes()[:2_000])
    outcomes = {o.path.name: o for o in take_in(data, tmp_path / "in")}
    assert outcomes["good.doc"].error is None
    for name, word in (("text.doc", "不是 Word 97"), ("locked.doc", "密码")):
        error = outcomes[name].error
        assert error
        assert word in error.message
    assert outcomes["cut.doc"].error


def test_without_libreoffice_only_the_old_files_fail(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    put(tmp_path / "in", "a.docx", office_files.docx(office_forms.HEBEI))
    put(tmp_path / "in", "b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    good, old = take_in(data, tmp_path / "in")
    assert good.error is None
    assert old.error
    assert "sudo apt install libreoffice" in old.error.message
    with pytest.raises(GeneratorError):
        office.find()


def test_every_form_has_its_pages(data: Path, tmp_path: Path) -> None:
    """Projects without code, outline or spending plan are published as any other."""
    for blocks in (office_forms.DECLARATION, office_forms.WIDE, office_forms.PARAGRAPHS):
        take_in(data, put(tmp_path, f"{len(blocks[0])}.docx", office_files.docx(blocks)))
    docs = tmp_path / "docs"
    docs.mkdir()
    checked, _ = pipeline.generate(Workspace(data=data, docs=docs))
    assert [
        f
        for f in checked.findings
        if f.rule in ("differs-from-source", "not-in-source", "source-not-compared")
    ] == []
    assert len(checked.traces) >= len(checked.dataset.projects) == 5
    for project in checked.dataset.projects:
        page = (docs / project.path / "index.md").read_text(encoding="utf-8")
        assert "公开文件没有公布项目编码" in html.unescape(page)
    for disclosure in checked.dataset.disclosures:
        page = (docs / disclosure.path / "index.md").read_text(encoding="utf-8")
        assert f"{disclosure.stem}.docx" in html.unescape(page)
        assert (docs / disclosure.path / f"{disclosure.stem}.docx").read_bytes().startswith(b"PK")
