"""Compiled templates are kept, and none is trusted that is not as it was written."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator.kept import Kept
from generator.render import compiled
from generator.render.compiled import Compiled


def said(template: str) -> str:
    return Environment(loader=DictLoader({"page": template}), bytecode_cache=Compiled()).get_template("page").render()  # noqa: S701 (nothing to escape)  # fmt: skip


def test_a_kept_template_says_the_same_and_a_damaged_one_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_KEPT", Kept(tmp_path))
    assert said("one {{ 1 + 1 }}") == "one 2"
    [kept] = tmp_path.iterdir()
    whole, written = kept.read_bytes(), kept.stat().st_mtime_ns
    assert said("one {{ 1 + 1 }}") == "one 2"
    assert kept.stat().st_mtime_ns == written
    for damaged in (b"", whole[:-1], whole.replace(b"one", b"two")):
        kept.write_bytes(damaged)
        assert said("one {{ 1 + 1 }}") == "one 2"
    assert said("two") == "two"


def test_where_nothing_can_be_kept_templates_are_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(compiled, "_KEPT", Kept(tmp_path / "file"))
    assert said("one") == "one"
