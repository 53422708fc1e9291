"""The data version: the same for the same data however it is written, another for any other."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.clock import BEIJING, built_at
from generator.errors import GeneratorError
from generator.reading import inspect
from generator.release import data_version, from_json, release_of, to_json
from tests.workspaces import make_workspace

BUILT = datetime(2026, 11, 22, 23, 59, tzinfo=BEIJING)
PROJECT = "units/912012/2021/projects/13068221NVUBNG1GN1VYV.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_workspace(tmp_path).data


def version(data: Path) -> str:
    checked = inspect(data)
    return data_version(checked.dataset.units, checked.digests)


def test_it_changes_with_every_value_and_only_with_values(data: Path) -> None:
    before = version(data)
    path = data / PROJECT
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# a comment\n{text}", encoding="utf-8")
    assert version(data) == before
    first, *others = text.split("\n", 1)[1].split("\n")
    path.write_text("\n".join([*others, first]), encoding="utf-8")
    assert version(data) == before, "the order of keys says nothing"
    seen = {before}
    for old, new in (("'3.00'", "'3.0'"), ("伙食补助", "早餐补助"), ("3月底", "4月底"), ("产出指标", "产出")):
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        seen.add(version(data))
    path.unlink()
    seen.add(version(data))
    assert len(seen) == 6


def test_a_release_survives_its_file(data: Path) -> None:
    checked = inspect(data)
    release = release_of(checked.dataset, BUILT, checked.digests)
    assert from_json(to_json(release), "release.json") == release
    assert release.date == date(2026, 11, 22)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"date": "2026-13-01"}', b"\xff", b"[" * 100_000])
def test_what_is_no_release_is_refused(content: bytes) -> None:
    with pytest.raises(GeneratorError, match="先运行 disclose build"):
        from_json(content, "release.json")


@given(st.integers(0, 4_000_000_000))
def test_the_epoch_goes_before_the_clock_and_no_time_zone_shows(epoch: int) -> None:
    built = built_at({"SOURCE_DATE_EPOCH": str(epoch)}, BUILT)
    assert built == datetime.fromtimestamp(epoch, UTC)
    assert built.utcoffset() == BUILT.utcoffset()


def test_without_an_epoch_the_clock_decides() -> None:
    assert built_at({}, datetime(2026, 11, 22, 17, 0, 0, 5, UTC)) == datetime(2026, 11, 23, 1, tzinfo=BEIJING)


@pytest.mark.parametrize("epoch", ["yesterday", "1e99", "9" * 30, "-" + "9" * 30])
def test_an_epoch_that_is_none_is_named(epoch: str) -> None:
    with pytest.raises(GeneratorError, match="SOURCE_DATE_EPOCH"):
        built_at({"SOURCE_DATE_EPOCH": epoch})
