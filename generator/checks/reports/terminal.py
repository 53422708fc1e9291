"""Findings for people at a terminal: by file, each with its line of the file and a caret."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.text import Text as Styled

from generator.checks.personal import mask
from generator.checks.registry import rule_of
from generator.finding import SEVERITY_NAMES, Finding, Severity, Text, visible
from generator.model import Dataset
from generator.rule import FAMILY_NAMES, Family

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "bright_black"}
_MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.NOTE: "●"}
_COLON = Text("：", ": ")
_COMMA = Text("，", ", ")
_YEAR = Text("年", "")
_PART1 = Text("第一部分", "part 1")
_ACKNOWLEDGED = Text("已知悉", "acknowledged")
_NOTHING = Text("没有发现问题", "nothing was found")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*")
_WIDEST = 88  # cells of a shown line of the file

Lines = Callable[[str], Sequence[str]]
"""Gives the lines of a file of the data, none where it cannot be read."""


def to_terminal(
    findings: Sequence[Finding], dataset: Dataset, folder: str, lines: Lines, lang: str
) -> Iterator[Styled]:
    """Give the lines to print: the findings of each file, then how many there are."""
    names = _names(dataset, lang)
    for file, group in groupby(findings, lambda f: f.place.file):
        of_file = list(group)
        first = of_file[0]
        name = names.get((first.unit, first.year, first.project), "")
        yield Styled.assemble((visible(name or file), "bold"), (f"  {_count(of_file, lang)}", "dim"))
        text = lines(file)
        for finding in of_file:
            yield from _shown(finding, folder, text, lang)
        yield Styled()
    yield from _summary(findings, lang)


def _shown(finding: Finding, folder: str, text: Sequence[str], lang: str) -> Iterator[Styled]:
    style = "dim" if finding.acknowledged else _STYLES[finding.severity]
    word = SEVERITY_NAMES[finding.severity] if lang == "zh" else finding.severity.value
    said = finding.message.said(lang)
    yield Styled.assemble(
        (visible(f"{folder}/{finding.place}"), "cyan"),
        "  ",
        (f"{_MARKS[finding.severity]} {word}", style),
        f"  {finding.rule}",
    )
    where = f"{finding.field}{_COLON.said(lang)}" if finding.field else ""
    yield Styled.assemble("    ", (where, "dim"), visible(said))
    if finding.acknowledged:
        yield Styled(
            f"    {_ACKNOWLEDGED.said(lang)}{_COLON.said(lang)}{visible(finding.acknowledged)}", "dim"
        )
        return
    if 0 < finding.place.line <= len(text):
        yield from _excerpt(*_where(finding, text), finding.value, style)
    yield Styled(f"    → {visible(finding.remedy.said(lang))}", "dim")


def _where(finding: Finding, text: Sequence[str]) -> tuple[int, int, str]:
    """Give number, column and content of the line to show: a block's text begins below its `|` or `>`."""
    number, column = finding.place.line, max(finding.place.column, 1) - 1
    line = mask(text[number - 1])
    if _BLOCK.fullmatch(line, column) and number < len(text):
        below = mask(text[number])
        return number + 1, len(below) - len(below.lstrip()), below
    return number, column, line


def _excerpt(number: int, column: int, line: str, value: str, style: str) -> Iterator[Styled]:
    """Show a line of the file and mark the value in it; a long line is cut around the value."""
    value = value.partition("\n")[0]
    at = line.find(value, column) if value else -1
    rest = line[column:].rstrip()
    folded = at < 0 and rest and value.startswith(rest)  # the value goes on in the next line
    end = at + len(value) if at >= 0 else column + (len(rest) if folded else 1)
    before, marked, after = map(visible, (line[:column], line[column:end], line[end:]))
    if cell_len(before) > _WIDEST // 2:
        before = "…" + before[-_WIDEST // 4 :]
    room = max(_WIDEST - cell_len(before), _WIDEST // 2)
    marked = _cut(marked, room)
    after = _cut(after, max(room - cell_len(marked), 0))
    yield Styled.assemble((f"    {number} │ ", "dim"), before, (marked, style), after)
    gutter = " " * (len(str(number)) + 4)
    yield Styled.assemble(
        (f"{gutter} │ ", "dim"),
        " " * cell_len(before),
        ("^" * max(cell_len(marked), 1), style),
    )


def _summary(findings: Sequence[Finding], lang: str) -> Iterator[Styled]:
    if not findings:
        yield Styled(_NOTHING.said(lang), "green")
        return
    yield Styled(_count(findings, lang), "bold")
    open_ = [f for f in findings if not f.acknowledged]
    by_family = Counter(rule_of(f.rule).family for f in open_)
    for family in Family:
        if by_family[family]:
            rules = Counter(f.rule for f in open_ if rule_of(f.rule).family is family)
            said = "  ".join(f"{rule} {count}" for rule, count in rules.most_common())
            name = set_cell_size(FAMILY_NAMES[family].said(lang), 22)
            yield Styled.assemble(f"  {name} {by_family[family]:>4}  ", (said, "dim"))


def _count(findings: Iterable[Finding], lang: str) -> str:
    counts = Counter("acknowledged" if f.acknowledged else f.severity.value for f in findings)
    words = {s.value: SEVERITY_NAMES[s] if lang == "zh" else s.value for s in Severity}
    words["acknowledged"] = _ACKNOWLEDGED.said(lang)
    parts = [f"{word} {counts[key]}" for key, word in words.items() if counts[key]]
    return _COMMA.said(lang).join(parts)


def _names(dataset: Dataset, lang: str) -> Mapping[tuple[str, str, str], str]:
    names = {}
    for disclosure in dataset.disclosures:
        unit, year = disclosure.unit, disclosure.year
        whole = f"{unit.label} {year}{_YEAR.said(lang)}"
        names[unit.code, year, ""] = f"{whole} {_PART1.said(lang)}"
        for project in disclosure.projects:
            names[unit.code, year, project.id] = f"{whole} {project.name}"
    return names


def _cut(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)) + "…"
