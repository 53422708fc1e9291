"""YAML text ↔ plain strings with the line and column of each.

Every scalar is a string: codes keep their zeros, `80.00` its decimals, `no` stays a word. What could
make a file mean something else than what stands in it (tags, anchors, merge keys, …) is refused.
What the strings mean is for `model` to say.
"""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NoReturn

import yaml

from generator.finding import FieldPath, Finding, Place, Severity, Text

Node = str | list["Node"] | dict[str, "Node"]
Mark = tuple[int, int]
"""Line and column, counted from 1."""

LARGEST_FILE = 2_000_000  # bytes; the largest known disclosure has 60,000
DEEPEST = 12  # levels of nesting; the data format needs 4
MOST_NODES = 200_000
LONG = 32  # characters; shorter texts come again and again, and are kept once

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control and bidi characters and lone surrogates: invisible, and able to show other than what is."""


@dataclass(frozen=True)
class Source:
    """A YAML file as read: its data and where each value stands. `name` is its path in `data/`.

    `marks` holds line and column of each value in the order of the file, the whole first: two numbers
    instead of a dictionary's entry, for a large site has a million values.
    """

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)
    marks: Sequence[int] = field(default_factory=lambda: array("I"))

    def place(self, path: FieldPath) -> Place:
        """Where the value stands; where there is none, the nearest that holds it."""
        return Place(self.name, *self.mark(path))

    def mark(self, path: FieldPath) -> Mark:
        """Line and column of the value, or of the nearest that holds it."""
        if not self.marks:
            return 1, 1
        numbers = _numbers_of(self)
        while path not in numbers:
            path = path[:-1]
        number = numbers[path]
        return self.marks[2 * number], self.marks[2 * number + 1]


_last: tuple[Source, Mapping[FieldPath, int]] = (Source(""), {})


def _numbers_of(source: Source) -> Mapping[FieldPath, int]:
    """Number the values of a source as its marks are: each before what it holds.

    Places are asked for one record after the other, so the last numbering is kept, and only that one:
    kept with every source, they would take more room than the data.
    """
    global _last  # noqa: PLW0603 (a memo, set in one step)
    if _last[0] is not source:
        numbers: dict[FieldPath, int] = {}
        _number(source.data, (), numbers)
        _last = (source, numbers)
    return _last[1]


def _number(value: Any, path: FieldPath, numbers: dict[FieldPath, int]) -> None:
    numbers[path] = len(numbers)
    if isinstance(value, dict):
        for key, held in value.items():
            _number(held, (*path, key), numbers)
    elif isinstance(value, list):
        for row, held in enumerate(value):
            _number(held, (*path, row), numbers)


_AS_TEXT = Text("若是文字，给它加上引号", "if it is text, put it in quotes")


class _Refused(Exception):  # noqa: N818 (a signal inside this module, never seen outside)
    def __init__(self, rule: str, message: Text, remedy: Text, line: int, column: int = 1) -> None:
        super().__init__(message.zh)
        self.rule, self.message, self.remedy, self.mark = rule, message, remedy, (line, column)


def parse(content: bytes, name: str) -> tuple[Source | None, list[Finding]]:
    """Read one YAML file. Gives the source, or None and the finding that says why it was refused.

    A source may come with findings too: a comment that cuts a value is read, and said.
    """
    try:
        text = _decode(content)
        reader = _Reader(text)
        data = reader.read()
    except _Refused as refused:
        return None, [
            Finding(refused.rule, Severity.ERROR, refused.message, refused.remedy, Place(name, *refused.mark))
        ]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_finding(error, text, name)]
    return Source(name, data, reader.marks), list(_cut_values(reader, text, name))


def _decode(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise _Refused(
            "yaml-too-large",
            Text(f"文件有 {len(content)} 字节，超过上限 {LARGEST_FILE}", f"the file has {len(content)} bytes, over the limit of {LARGEST_FILE}"),
            Text("一个文件只放一个项目", "keep one project in a file"),
            1,
        )  # fmt: skip
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Refused(
            "yaml-encoding",
            Text("文件不是 UTF-8 编码", "the file is not encoded in UTF-8"),
            Text("用编辑器把文件另存为 UTF-8", "save the file as UTF-8 in your editor"),
            line,
        ) from error
    if bad := FORBIDDEN.search(text):
        _refuse_character(bad[0], *_line_column(text, bad.start()))
    return text


class _Reader:
    """Walks the events of libyaml, which is several times faster than composing nodes."""

    def __init__(self, text: str) -> None:
        self.marks = array("I")
        self.plain_ends: list[tuple[FieldPath, int]] = []
        self._events = yaml.CSafeLoader(text)
        self._count = 0

    def read(self) -> dict[str, Node]:
        next_event = self._events.get_event
        next_event()  # the stream begins
        if isinstance(next_event(), yaml.StreamEndEvent):
            return {}
        event = next_event()
        if not isinstance(event, yaml.MappingStartEvent):
            if isinstance(event, yaml.ScalarEvent) and not event.value:
                return {}
            self._refuse(
                event,
                "yaml-not-a-mapping",
                Text("文件的最外层应是“键: 值”", "the file should hold `key: value` lines"),
                Text(
                    "检查冒号是否为半角，冒号后要有一个空格",
                    "check that each colon is ASCII and followed by a space",
                ),
            )
        data = self._node(event, ())
        next_event()  # the document ends
        event = next_event()
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(
                event,
                "yaml-several-documents",
                Text("一个文件里有几个 YAML 文档", "the file holds several YAML documents"),
                Text("每个项目一个文件，删去“---”", "one file for each project; remove `---`"),
            )
        assert isinstance(data, dict)  # noqa: S101 (the event was a mapping's)
        return data

    def _node(self, event: Any, path: FieldPath) -> Node:
        self._count += 1
        if len(path) > DEEPEST or self._count > MOST_NODES:
            self._refuse(
                event,
                "yaml-too-deep",
                Text("嵌套过深或条目过多", "the file is nested too deeply or has too many entries"),
                Text("参照 disclose new 生成的样本", "follow the sample that `disclose new` writes"),
            )
        self._refuse_tricks(event)
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        self.marks.extend(mark)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"' and (bad := FORBIDDEN.search(event.value)):  # only here by an escape
                _refuse_character(bad[0], *mark)
            if not event.style and event.value and event.end_mark:
                self.plain_ends.append((path, event.end_mark.index))
            return intern(event.value) if len(event.value) < LONG else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._node(item, (*path, row)) for row, item in enumerate(self._items())]
        return self._mapping(path)

    def _items(self) -> Iterator[Any]:
        while not isinstance(event := self._events.get_event(), yaml.SequenceEndEvent | yaml.MappingEndEvent):
            yield event

    def _mapping(self, path: FieldPath) -> dict[str, Node]:
        data: dict[str, Node] = {}
        for event in self._items():
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse_tricks(event)
                self._refuse(
                    event,
                    "yaml-key",
                    Text("键应是一个词", "a key should be a word"),
                    Text("键名见 disclose schema", "see `disclose schema` for the keys"),
                )
            self._refuse_tricks(event)
            key = intern(event.value)
            if key == "<<":
                self._refuse(
                    event,
                    "yaml-merge-key",
                    Text("不接受合并键“<<”", "the merge key `<<` is not accepted"),
                    Text("把内容完整写出", "write the content out"),
                )
            if key in data:
                self._refuse(
                    event,
                    "yaml-duplicate-key",
                    Text(f"键“{key}”写了两次", f"the key `{key}` stands twice"),
                    Text(
                        "只留一个；两个值不同时，以公开文件为准",
                        "keep one; if they differ, the published document decides",
                    ),
                )
            data[key] = self._node(self._events.get_event(), (*path, key))
        return data

    def _refuse_tricks(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            what = Text("不接受锚点和引用（& 和 *）", "anchors and aliases (& and *) are not accepted")
            self._refuse(event, "yaml-anchor", what, _AS_TEXT)
        if event.tag is not None:
            what = Text(f"不接受标签 {event.tag}", f"the tag {event.tag} is not accepted")
            self._refuse(event, "yaml-tag", what, _AS_TEXT)

    def _refuse(self, event: Any, rule: str, message: Text, remedy: Text) -> NoReturn:
        raise _Refused(rule, message, remedy, event.start_mark.line + 1, event.start_mark.column + 1)


def _refuse_character(character: str, line: int, column: int) -> NoReturn:
    raise _Refused(
        "yaml-control-character",
        Text(f"有看不见的控制字符 U+{ord(character):04X}", f"there is an invisible control character U+{ord(character):04X}"),
        Text("删去它", "remove it"),
        line,
        column,
    )  # fmt: skip


def _line_column(text: str, index: int) -> Mark:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def _cut_values(reader: _Reader, text: str, name: str) -> Iterator[Finding]:
    """Say where ` #` made a comment of what may have been meant as text (`备注 #1`)."""
    if " #" not in text:
        return
    line, counted = 1, 0
    for path, end in reader.plain_ends:  # in the order of the text
        line, counted = line + text.count("\n", counted, end), end
        stop = text.find("\n", end)
        rest = text[end : stop if stop >= 0 else len(text)]
        if rest.lstrip(" ").startswith("#") and isinstance(path[-1], str | int):
            yield Finding(
                "yaml-comment-after-value",
                Severity.WARNING,
                Text(f"“{rest.strip()}”被当作注释，没有读入", f"`{rest.strip()}` was taken for a comment and not read"),
                Text("若是文字，给整个值加上引号；若是注释，移到单独一行", "quote the whole value if it is text; move it to its own line if it is a comment"),
                Place(name, line, end - text.rfind("\n", 0, end)),
                value=rest.strip(),
            )  # fmt: skip


_REMEDIES = (
    ("\t", Text("缩进用空格，不用制表符", "indent with spaces, not tabs")),
    ("：", Text("键后面的冒号要用半角“: ”", "the colon after a key must be an ASCII one followed by a space")),
)  # fmt: skip
_QUOTE = Text(
    "值里有特殊符号（% @ * & ! > | ` : # 引号）时，给整个值加上引号；并检查缩进",
    "put the whole value in quotes when it holds a special sign (% @ * & ! > | ` : # quotes), and check the indent",
)


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, name: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    row = lines[min(line, len(lines)) - 1]
    head = row[: len(row) - len(row.lstrip())]
    remedy = next((r for sign, r in _REMEDIES if sign in (head if sign == "\t" else row)), _QUOTE)
    problem = error.problem or "syntax error"
    return Finding(
        "yaml-syntax",
        Severity.ERROR,
        Text("YAML 语法有误", f"YAML syntax: {problem}"),
        remedy,
        Place(name, line, column),
        value=row.strip(),
    )


class _Writer(yaml.CSafeDumper):
    """Writes strings so that they read back the same, several lines as a block."""


def _represent(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _represent)


def dump(data: Mapping[str, Any], header: str = "") -> str:
    """Write a record as YAML text below `header`, keys in their order, every value a string."""
    body = yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10_000, indent=2)
    return header + body
