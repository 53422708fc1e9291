from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.finding import FieldPath
from generator.yaml_source import DEEPEST, FORBIDDEN, LARGEST_FILE, Source, dump, parse


def read(text: str) -> Source:
    source, findings = parse(text.encode(), "a.yml")
    assert source is not None
    assert findings == []
    return source


@pytest.mark.parametrize(
    "value",
    ["912012", "0123", "12:30:45", "1_000", "no", "80.00", "2021-01-01", "null", "~", "1e3", "=1+1", "0x1F"],
)
def test_a_scalar_stays_the_text_that_stands_there(value: str) -> None:
    """What YAML's own types would make of these is in nobody's document."""
    assert read(f"a: {value}").data == {"a": value}


def test_every_value_has_its_line_and_column() -> None:
    source = read("name: 路\nindicators:\n- level1: 产出指标\n  target: '≥90'\n")
    assert str(source.place(("indicators", 0, "target"))) == "a.yml:4:11"
    assert str(source.place(("indicators", 0, "basis"))) == "a.yml:3:3"
    assert str(source.place(("nothing",))) == "a.yml:1:1"


REFUSED = {
    "a: 1\nb: 2\na: 3": ("yaml-duplicate-key", "3:1"),
    "a: &x 1\nb: *x": ("yaml-anchor", "1:4"),
    "a: *x": ("yaml-anchor", "1:4"),
    "a: !!int 3": ("yaml-tag", "1:4"),
    "a: !!python/object/apply:os.system [id]": ("yaml-tag", "1:4"),
    "<<: {a: 1}": ("yaml-merge-key", "1:1"),
    "a: 1\n---\nb: 2": ("yaml-several-documents", "2:1"),
    "? [a]\n: b": ("yaml-key", "1:3"),
    "- a": ("yaml-not-a-mapping", "1:1"),
    "名称：路": ("yaml-not-a-mapping", "1:1"),
    "a: x\x07y": ("yaml-control-character", "1:5"),
    "a: 一\u202e二": ("yaml-control-character", "1:5"),
    'a: "\\u202e"': ("yaml-control-character", "1:4"),
    'a: "\\0"': ("yaml-control-character", "1:4"),
    "a:\n\tb: 1": ("yaml-syntax", "2:1"),
    "a: `b": ("yaml-syntax", "1:4"),
    "a: %b": ("yaml-syntax", "1:4"),
    "a: @b": ("yaml-syntax", "1:4"),
    "a: >90": ("yaml-syntax", "1:6"),
    'a: "三会一课"、b': ("yaml-syntax", "1:10"),
    "a: b: c": ("yaml-syntax", "1:5"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_tricks_and_slips_are_refused_with_their_place_and_a_remedy(text: str) -> None:
    source, findings = parse(text.encode(), "a.yml")
    assert source is None
    [finding] = findings
    rule, place = REFUSED[text]
    assert (finding.rule, str(finding.place)) == (rule, f"a.yml:{place}")
    assert finding.remedy.zh
    assert finding.remedy.en


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    source, [finding] = parse("a: 1\nb: 道路建设".encode("gb18030"), "a.yml")
    assert (source, finding.rule, finding.place.line) == (None, "yaml-encoding", 2)


def test_too_much_is_refused() -> None:
    assert parse(b"a: " + b"x" * LARGEST_FILE, "a.yml")[1][0].rule == "yaml-too-large"
    deep = b"a: " + b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1)
    assert parse(deep, "a.yml")[1][0].rule == "yaml-too-deep"


@pytest.mark.parametrize(
    ("text", "cut"), [("a: 备注 #1\n", "#1"), ("a: 备注 #1", "#1"), ("a:\n- x #2\n- y", "#2")]
)
def test_a_hash_that_cuts_a_value_is_said(text: str, cut: str) -> None:
    _, [finding] = parse(text.encode(), "a.yml")
    assert (finding.rule, finding.value) == ("yaml-comment-after-value", cut)


def test_comments_of_their_own_and_quoted_hashes_are_no_finding() -> None:
    assert read("# 说明\na: '备注 #1'\n# 完\n").data == {"a": "备注 #1"}


def test_an_empty_file_is_an_empty_record() -> None:
    assert read("").data == read("# 只有注释\n").data == {}


texts = st.text().filter(lambda t: not FORBIDDEN.search(t))
values = st.recursive(
    texts, lambda v: st.lists(v, max_size=4) | st.dictionaries(texts, v, max_size=4), max_leaves=12
)


@given(st.dictionaries(texts.filter(lambda k: k != "<<"), values, max_size=5))
def test_what_is_written_reads_back_to_the_character(data: dict[str, object]) -> None:
    source, findings = parse(dump(data).encode(), "a.yml")
    assert source is not None
    assert (source.data, findings) == (data, [])


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(content: bytes) -> None:
    source, findings = parse(content, "a.yml")
    assert source is not None or findings


_VALUES = st.recursive(
    st.text("甲乙ab1 ", min_size=1, max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from("xyz"), _VALUES, min_size=1, max_size=3))
def test_every_value_knows_its_line_and_column(data: dict[str, Any]) -> None:
    text = dump(data)
    source, _ = parse(text.encode(), "f.yml")
    assert source is not None

    def compare(node: yaml.Node, path: FieldPath) -> None:
        assert source.mark(path) == (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                compare(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for row, value in enumerate(node.value):
                compare(value, (*path, row))
        assert source.mark((*path, "none")) == source.mark(path), "the nearest that holds it"

    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert root is not None
    compare(root, ())
