"""What is read line by line is what libyaml reads; whatever else there may be in a file is left to it."""

from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.yaml_lines import read_lines
from generator.yaml_source import FORBIDDEN

PLAIN = """\
# yaml-language-server: $schema=../schemas/project.schema.json
name: 路灯（二期）
budget:
  total: '80.00'

goals:
- 1.安装路灯 60 盏；
- '说明: ''一期'''
indicators:
- level1: 产出指标
  target: =97处
- level1: ''
  notes:
  - 无
"""


def test_a_plain_file_is_read_with_the_place_of_each_value() -> None:
    data, marks = read_lines(PLAIN) or ({}, ())
    assert data == {
        "name": "路灯（二期）",
        "budget": {"total": "80.00"},
        "goals": ["1.安装路灯 60 盏；", "说明: '一期'"],
        "indicators": [{"level1": "产出指标", "target": "=97处"}, {"level1": "", "notes": ["无"]}],
    }
    assert (data, list(marks)) == _by_libyaml(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "", "# 说明\n", "a:\n", "a: b \n", "a:  b\n", "a: b\n  c\n", "a: b\na: c\n", " a: b\n", "- a\n",
        "a:\n- b\n - c\n", "a: b # c\n", "a: b: c\n", "a: b\r\n", "a: &b c\n", "a: *b\n", "a: !b c\n",
        "a: |\n  b\n", "a: >90\n", 'a: "b"\n', "a: [b]\n", "a: {b: c}\n", "a: 'b\n  c'\n", "? a\n: b\n",
        "<<: a\n", "a: b\n---\nc: d\n", "a: b\n...\n", "a: - b\n", "a:\n- - b\n", "a: 'b' c\n", "名称: 路\n",
        "a:\n- b: c\n- d: e\nf\n", "a:\n- b:\n- c\n", "a:\n  b: c\n d: e\n", "a:\n         b: c\n",
    ],
)  # fmt: skip
def test_another_kind_of_file_is_left_to_libyaml(text: str) -> None:
    assert read_lines(text) is None


_PIECES = ["\n", "\n", "\n- ", "\n  ", "\n  - ", "a", "b", "a:", "b: ", "路", "：", ": ", "'", "''", " ", "-", "- ", "#", " #", "?", "&a", "*a", "!", "|", ">", "%", "@", "`", ",", "[", "{", "~", "=", "<<", "0", ".", '"', "\u3000", "\xa0", "---", "..."]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join), st.integers(0, len(PLAIN)))
def test_what_is_read_is_what_libyaml_reads(pieces: str, place: int) -> None:
    for text in (pieces, PLAIN[:place] + pieces + PLAIN[place:]):
        if not FORBIDDEN.search(text) and (read := read_lines(text)):
            assert (read[0], list(read[1])) == _by_libyaml(text)


def _by_libyaml(text: str) -> tuple[Any, Sequence[int]]:
    marks: list[int] = []

    def value(node: yaml.Node) -> Any:
        marks.extend((node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.MappingNode):
            return {key.value: value(held) for key, held in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [value(item) for item in node.value]
        return node.value

    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None
    return value(node), marks
