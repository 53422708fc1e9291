"""The check that `make check` makes of the tracked files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.check_repository import large_files, not_utf8, pins, unmet

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LOCK = """\
# made by: make lock
mkdocs-material==9.8.1 \\
    --hash=sha256:00
soupsieve==2.10 ; python_full_version < '3.11.5' \\
    --hash=sha256:00
soupsieve==4.1.2 ; python_full_version >= '3.11.5' \\
    --hash=sha256:00
    # via beautifulsoup4
"""


def test_pins_keeps_each_version_of_a_package() -> None:
    assert pins(LOCK) == {"mkdocs-material": {"9.8.1"}, "soupsieve": {"2.10", "4.1.2"}}


def test_unmet_names_what_the_lock_lacks() -> None:
    wanted = ["mkdocs_material~=9.8", "soupsieve>=4", "lxml"]
    found = list(unmet(wanted, pins(LOCK), "requirements.lock"))
    assert found == [
        "requirements.lock: pyproject.toml wants soupsieve>=4, the lock has 2.10, 4.1.2; run `make lock`",
        "requirements.lock: pyproject.toml wants lxml, the lock has nothing; run `make lock`",
    ]


def test_files_are_small_and_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    published = tmp_path / "data/units/912012/2021/source"
    published.mkdir(parents=True)
    (published / "scan.pdf").write_bytes(bytes(1_000_001))
    (published / "form.html").write_bytes("绩效".encode("gbk"))
    (tmp_path / "scan.pdf").write_bytes(bytes(1_000_001))
    (tmp_path / "form.html").write_bytes("绩效".encode("gbk"))
    paths = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")]
    assert [line.partition(":")[0] for line in large_files(paths)] == ["scan.pdf"]
    assert [line.partition(":")[0] for line in not_utf8(paths)] == ["form.html"]
