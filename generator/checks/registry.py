"""The register of rules: the decorators that enter a function, and what a function may yield.

A rule is a small generator named for its id (`plan_over_100` is `plan-over-100`). It states the way
to the value, what is wrong and what to do; file, line, unit, year and project are added by `engine`.
Its docstring is the public catalogue's text: English, Chinese, then `Bad:`, `Good:`, `Basis:`.
"""

import inspect
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from generator.checks.facts import AnyFacts, Facts
from generator.finding import FieldPath, Severity, Text
from generator.model import Disclosure, Project, Trace
from generator.rule import Family, Rule

COMPARE = Text(
    "核对公开文件；原文如此的，照录并写明已知悉（acknowledged）",
    "compare with the published document; where it says so, keep it and acknowledge it",
)

AGREES = Text(
    "与公开文件一致，不要改数据；写明已知悉（acknowledged），并请编制单位核实",
    "the published document says so too: leave it, acknowledge it, and have the office look at it",
)
"""What to do instead where the kept document was compared and has the same value."""


class Doubt(NamedTuple):
    """What a rule yields. `value` is the text as printed; None takes what stands at `path`."""

    path: FieldPath
    message: Text
    remedy: Text = COMPARE
    value: str | None = None


class DoubtAbout(NamedTuple):
    """What a rule over facts yields: a doubt, and what it is about."""

    about: AnyFacts
    doubt: Doubt


Doubts = Iterable[Doubt]
ProjectRule = Callable[[Project, Disclosure], Doubts]
DisclosureRule = Callable[[Disclosure], Doubts]
TextRule = Callable[[str, re.Match[str]], Doubts]
TraceRule = Callable[[Project | Disclosure, Trace], Doubts]
FactRule = Callable[[Facts], Iterable[DoubtAbout]]

RULES: dict[str, Rule] = {}
"""Every rule by its id, those of the loader too."""

PROJECT_RULES: list[tuple[Rule, ProjectRule]] = []
DISCLOSURE_RULES: list[tuple[Rule, DisclosureRule]] = []
TEXT_RULES: list[tuple[Rule, re.Pattern[str], TextRule]] = []
TRACE_RULES: list[tuple[Rule, TraceRule]] = []
FACT_RULES: list[tuple[Rule, FactRule]] = []

F = TypeVar("F", bound=Callable[..., object])
_SECTION = re.compile(r"^(Bad|Good|Basis): (.*?)(?=^(?:Bad|Good|Basis): |\Z)", re.DOTALL | re.MULTILINE)


def project_rule(
    severity: Severity, family: Family, zh: str, en: str
) -> Callable[[ProjectRule], ProjectRule]:
    """Enter a rule of one project. It gets the disclosure too, for unit, year and money unit only."""
    return _entering(PROJECT_RULES, severity, family, Text(zh, en))


def disclosure_rule(
    severity: Severity, family: Family, zh: str, en: str
) -> Callable[[DisclosureRule], DisclosureRule]:
    """Enter a rule of part 1 of a disclosure. What needs its projects is a rule over facts."""
    return _entering(DISCLOSURE_RULES, severity, family, Text(zh, en))


def text_rule(
    pattern: re.Pattern[str], severity: Severity, family: Family, zh: str, en: str
) -> Callable[[TextRule], TextRule]:
    """Enter a rule of texts. It gets each in which `pattern` is found, with the first match.

    What it says depends on the text alone, and its paths are empty: equal texts are looked at once.
    """

    def enter(function: TextRule) -> TextRule:
        TEXT_RULES.append((_declare(function, severity, family, Text(zh, en)), pattern, function))
        return function

    return enter


def trace_rule(severity: Severity, family: Family, zh: str, en: str) -> Callable[[TraceRule], TraceRule]:
    """Enter a rule of a record and what its kept source document says."""
    return _entering(TRACE_RULES, severity, family, Text(zh, en))


def fact_rule(severity: Severity, family: Family, zh: str, en: str) -> Callable[[FactRule], FactRule]:
    """Enter a rule that compares projects, years or units."""
    return _entering(FACT_RULES, severity, family, Text(zh, en))


def declare(rule_id: str, severity: Severity, family: Family, title: Text, doc: str) -> Rule:
    """Enter a rule whose findings another step makes, such as the loader."""
    if rule_id in RULES:
        raise ValueError(f"the rule {rule_id} is there already")
    doc = inspect.cleandoc(doc)
    head = _SECTION.split(doc, maxsplit=1)[0].strip()
    meaning_en, _, meaning_zh = head.partition("\n\n")
    sections = {name.lower(): _joined(text) for name, text in _SECTION.findall(doc)}
    rule = Rule(
        rule_id, severity, family, title, Text(_joined(meaning_zh), " ".join(meaning_en.split())), **sections
    )
    RULES[rule_id] = rule
    return rule


def rule_of(rule_id: str) -> Rule:
    """Give the rule with this id; KeyError where there is none."""
    return RULES[rule_id]


def _entering(
    rules: list[tuple[Rule, F]], severity: Severity, family: Family, title: Text
) -> Callable[[F], F]:
    def enter(function: F) -> F:
        rules.append((_declare(function, severity, family, title), function))
        return function

    return enter


def _declare(function: Callable[..., object], severity: Severity, family: Family, title: Text) -> Rule:
    rule_id = function.__name__.replace("_", "-")
    return declare(rule_id, severity, family, title, function.__doc__ or "")


def _joined(chinese: str) -> str:
    return "".join(line.strip() for line in chinese.splitlines())
