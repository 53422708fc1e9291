"""The command as a user meets it: exit codes, streams, languages."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from generator.cli import app
from tests.workspaces import make_workspace

BROKEN = "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, as the current folder."""
    make_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_build_says_what_it_did_and_what_to_open(here: Path) -> None:
    done = run("build")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "9 个项目" in done.stderr
    assert str(here / "site/index.html") in done.stderr


def test_a_broken_file_fails_only_a_strict_build(here: Path) -> None:
    (here / "data" / BROKEN).write_text("name: `坏\n", encoding="utf-8")
    assert run("build").exit_code == 0
    done = run("build", "--strict")
    assert done.exit_code == 1
    assert f"{BROKEN}:1:7" in done.stderr
    assert (here / "site/units/912012/2021/130682217RRL6F4PNQUL9/index.html").is_file()


@pytest.mark.usefixtures("here")
def test_unreadable_input_is_wrong_use_in_either_language() -> None:
    chinese = run("build", "--data", "nowhere")
    english = run("--lang", "en", "build", "--data", "nowhere")
    assert (chinese.exit_code, english.exit_code) == (2, 2)
    assert "没有 site.yml" in chinese.stderr
    assert "there is no site.yml" in english.stderr
    assert run("--lang", "fr", "build").exit_code == 2


@pytest.mark.usefixtures("here")
def test_the_locale_chooses_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "there is no site.yml" in run("build", "--data", "nowhere").stderr


def test_schema_writes_what_is_committed(here: Path) -> None:
    assert run("schema").exit_code == 0
    assert (here / "schemas/project.schema.json").is_file()


def test_new_writes_a_place_for_a_new_unit_and_never_overwrites(here: Path) -> None:
    done = run("new", "001", "2025", "A1")
    assert done.exit_code == 0, done.output
    written = [line.split()[1].rstrip("，请填写") for line in done.stderr.splitlines()]
    assert [Path(name).name for name in written] == ["unit.yml", "disclosure.yml", "A1.yml"]
    project = here / "data/units/001/2025/projects/A1.yml"
    project.write_text("name: 修路\n", encoding="utf-8")
    assert run("new", "001", "2025", "A1").exit_code == 2
    assert project.read_text(encoding="utf-8") == "name: 修路\n"
    assert run("new", "001", "2025", "../A1").exit_code == 2


def test_export_writes_what_the_site_has_without_building_it(here: Path) -> None:
    assert run("build").exit_code == 0
    done = run("export", "--out", "open")
    assert done.exit_code == 0, done.output
    files = [path.relative_to(here / "open") for path in (here / "open").rglob("*") if path.is_file()]
    data = {path.relative_to(here / "site") for path in (here / "site/data").rglob("*") if path.is_file()}
    feeds = {Path("robots.txt"), Path("llms.txt"), Path("changes/feed.xml")}
    assert set(files) == data | feeds
    differing = [f for f in files if (here / "site" / f).read_bytes() != (here / "open" / f).read_bytes()]
    assert differing == []


def test_export_gives_only_the_formats_that_are_asked_for(here: Path) -> None:
    assert run("export", "--out", "open", "--format", "xlsx", "--format", "json").exit_code == 0
    endings = {path.suffix for path in (here / "open").rglob("*") if path.is_file()}
    assert endings == {".xlsx", ".json"}
    assert not (here / "open/data/datapackage.json").exists()


def test_export_says_when_it_cannot_write(here: Path) -> None:
    (here / "open").write_text("a file, not a folder")
    done = run("export", "--out", "open")
    assert done.exit_code == 2
    assert "写不进去" in done.stderr


FILLED = {
    "name": "柳林街道路整修", "number": "1", "short_name": "柳林镇", "division_code": "130999",
    "overall_goal": "把柳林镇的道路修好。", "safeguard_measures": "按月调度，按季通报。",
    "purpose": "用于柳林街路面整修。", "total": "120.50", "fiscal": "100.00", "other": "20.50",
    "date": "12月底", "cumulative": "100.00%",
}  # fmt: skip
ROWS = [
    ("产出指标", "数量指标", "整修长度", "整修路面的长度", "≥3.2公里", "设计图"),
    ("产出指标", "质量指标", "验收合格率", "验收合格的路段占比", "=100%", "验收单"),
    ("产出指标", "时效指标", "完工月份", "全部完工的月份", "≤11月", "合同"),
    ("产出指标", "成本指标", "每公里造价", "每公里的平均造价", "≤37.7万元", "预算书"),
    ("效益指标", "经济效益指标", "沿街商户增收", "商户营业额的增幅", "≥3%", "抽样"),
    ("效益指标", "社会效益指标", "受益居民", "沿街受益的居民", "≥800人", "人口台账"),
    ("效益指标", "生态效益指标", "扬尘投诉", "全年的扬尘投诉", "≤2件", "热线记录"),
    ("效益指标", "可持续影响指标", "设计年限", "路面的设计年限", "≥15年", "设计规范"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "满意的居民占比", "≥90%", "问卷"),
]


def test_files_to_fill_in_are_clean_when_filled_in(here: Path) -> None:
    assert run("new", "305001", "2021", "130999219ABCDEFGH0001").exit_code == 0
    folder = here / "data/units/305001"
    for path in folder.rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        head, marked, item = text.partition("    # 一级指标")
        rows = ["".join(f'{line.partition(": ")[0]}: "{value}"\n' for line, value in zip([line for line in item.splitlines() if '""' in line], row, strict=True)) for row in ROWS] if marked else []  # fmt: skip
        text = re.sub(r'(\w+): ""', lambda found: f'{found[1]}: "{FILLED[found[1]]}"', head)
        text = text.replace('goals:\n  - ""', 'goals:\n  - "1.整修路面3.2公里。"')
        path.write_text(text + "".join(rows), encoding="utf-8")
    done = run("check", "--format", "json")
    found = [f for f in json.loads(done.stdout)["findings"] if "305001" in f["file"]]
    assert found == []
