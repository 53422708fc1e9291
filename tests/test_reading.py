"""What was kept of an earlier reading is what reading again would give, or it is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.inputs import inputs_of
from generator.kept import Kept
from generator.reading import Known, inspect
from generator.workspace import Workspace
from tests.workspaces import REAL_DATA, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

NAME = "912012-2021"


@pytest.fixture
def known(tmp_path: Path) -> Known:
    return Known(Kept(tmp_path / "kept"), inputs_of(Workspace(data=REAL_DATA)).readings)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_kept_reading_is_the_reading(known: Known, jobs: int) -> None:
    first = inspect(REAL_DATA, known=known, jobs=jobs)
    again = inspect(REAL_DATA, known=known, jobs=jobs)
    assert first == again == inspect(REAL_DATA)
    assert [p.source.mark(("name",)) for p in again.dataset.projects] == [
        p.source.mark(("name",)) for p in first.dataset.projects
    ]


def test_a_kept_reading_of_other_files_is_not_used(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    kept = Kept(tmp_path / "kept")
    inspect(workspace.data, known=Known(kept, inputs_of(workspace).readings))
    path = workspace.data / "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"
    path.write_text(path.read_text("utf-8").replace("'3.00'", "'3.50'"), "utf-8")
    checked = inspect(workspace.data, known=Known(kept, inputs_of(workspace).readings))
    assert "3.50" in {str(p.budget.total) for p in checked.dataset.projects}


def test_a_broken_result_is_none(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put(NAME, "key", b"content\nof two lines")
    assert bytes(kept.get(NAME, "key") or b"") == b"content\nof two lines"
    assert kept.get(NAME, "another") is None
    assert kept.get("unknown", "key") is None
    for spoiled in (b"", b"key", (tmp_path / NAME).read_bytes()[:-1]):
        (tmp_path / NAME).write_bytes(spoiled)
        assert kept.get(NAME, "key") is None
    kept.put("other", "key", b"")
    kept.drop_all_but({"other"})
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
