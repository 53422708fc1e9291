"""What the browser searches: a script with every name and code, and one with each disclosure's texts.

They are classic scripts that hand data to a function, because a page opened from a disk may load
nothing else. `docs/assets/catalogue.js` reads them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from generator import money
from generator.finding import SEVERITY_NAMES, Finding
from generator.forms.framework import group_of
from generator.model import Dataset, Disclosure, Indicator, Project
from generator.money import Amount, AmountUnit
from generator.rule import Rule

FIELDS = (
    ("项目名称", ""),
    ("项目编码", ""),
    ("单位", ""),
    ("资金用途", ""),
    ("绩效目标", "goals"),
    ("绩效指标", "table"),
    ("预算数", ""),
    ("财政资金", ""),
    ("其他资金", ""),
    ("资金支出计划", "spending-plan"),
    ("总体绩效目标", "overall-goal"),
    ("分项绩效目标", "itemised-goals"),
    ("工作保障措施", "safeguard-measures"),
    ("解释", ""),
)
"""What can be found, the weightiest first, each with its heading on the page that holds it."""

_NUMBER = {label: number for number, (label, _) in enumerate(FIELDS)}
_cells = attrgetter(*(name for name in Indicator.model_fields if name not in ("operator", "target", "unit")))

Texts = list[tuple[int, str]]
"""Texts with the number of their field; the values of one text stand on lines of their own."""


def texts(disclosure: Disclosure) -> tuple[str, bytes]:
    """Give the script with the texts of a disclosure, and before it its path."""
    script = _script("texts", f"{disclosure.unit.code}/{disclosure.year}", _texts(disclosure))
    return _text_path(disclosure), script


def address(path: str, script: bytes) -> str:
    """Say where the catalogue asks for a script: elsewhere for other bytes, as browsers keep what they have."""
    return f"{path}?{hashlib.sha256(script).hexdigest()[:8]}"


def catalogue(
    dataset: Dataset, findings: Sequence[Finding], rules: Mapping[str, Rule], addresses: Mapping[str, str]
) -> tuple[str, bytes]:
    """Give the script with all names; `addresses` are those of the texts, by path."""
    return "search/catalogue.js", _script("names", _names(dataset, findings, rules, addresses))


def _text_path(disclosure: Disclosure) -> str:
    return f"search/texts/{disclosure.unit.code}/{disclosure.year}.js"


def _names(
    dataset: Dataset,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    addresses: Mapping[str, str],
) -> dict[str, Any]:
    doubts: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        doubts.setdefault((finding.unit, finding.year, finding.project), []).append(finding.rule)
    used = sorted({rule for (*_, project), some in doubts.items() if project for rule in some})
    newest_first = sorted(dataset.disclosures, key=lambda d: (-int(d.year), d.unit.code))
    return {
        "fields": FIELDS,
        "groups": _groups(dataset),
        "rules": [(rule, rules[rule].title.zh, SEVERITY_NAMES[rules[rule].severity]) for rule in used],
        "disclosures": [
            {
                "unit": d.unit.code,
                "year": d.year,
                "label": d.unit.label,
                "names": "\n".join(_unit_names(d)),
                "title": f"{d.unit.label} {d.year} 年预算绩效目标",
                "amount_unit": d.amount_unit.value,
                "texts": addresses[_text_path(d)],
                "projects": [
                    _project(d, p, [used.index(r) for r in sorted(doubts.get((d.unit.code, d.year, p.id), ()))])
                    for p in d.projects
                ],
            }
            for d in newest_first
        ],
        "terms": [(t.term, t.explanation) for t in dataset.terms],
    }  # fmt: skip


def _groups(dataset: Dataset) -> dict[str, str]:
    """Give the group of each level-1 name in use, for its colour."""
    names = dict.fromkeys(i.level1 for p in dataset.projects for i in p.indicators)
    return {name: group.id for name in names if (group := group_of(name))}


def _unit_names(disclosure: Disclosure) -> Iterator[str]:
    unit = disclosure.unit
    short = () if unit.label in unit.name else (unit.label,)
    yield from (unit.name, *short, unit.code, disclosure.year, *unit.former_names, *unit.former_codes)


def _project(disclosure: Disclosure, project: Project, doubts: Sequence[int]) -> tuple[Any, ...]:
    total = project.budget.total
    return (
        project.id,
        project.code or "",
        project.name,
        total.text if total else "",
        _fen(total, disclosure.amount_unit),
        len(project.indicators),
        doubts,
    )


def _fen(amount: Amount | None, unit: AmountUnit) -> int | None:
    """Give an amount in whole 分, which a browser adds exactly; None where no number is published."""
    if amount is None or amount.value is None:
        return None
    return int((money.convert(amount.value, unit, AmountUnit.YUAN) * 100).to_integral_value())


def _texts(disclosure: Disclosure) -> dict[str, Texts]:
    """Give the texts of part 1 under the empty string, and of each project under its id."""
    part1 = [
        ("总体绩效目标", disclosure.overall_goal),
        *(("分项绩效目标", goal) for goal in disclosure.itemised_goals),
        ("工作保障措施", disclosure.safeguard_measures),
    ]
    return {"": _numbered(part1)} | {
        p.id: _numbered(_project_texts(p, disclosure.amount_unit)) for p in disclosure.projects
    }


def _project_texts(project: Project, unit: AmountUnit) -> Iterator[tuple[str, str | None]]:
    yield "单位", project.unit_name
    yield "资金用途", project.purpose
    yield from (("绩效目标", goal) for goal in project.goals)
    yield from (("绩效指标", _row(indicator)) for indicator in project.indicators)
    budget = project.budget
    for label, amount in (("预算数", budget.total), ("财政资金", budget.fiscal), ("其他资金", budget.other)):
        yield label, f"{amount}{unit}" if amount else None
    yield "资金支出计划", "\n".join(f"{step.date} {step.cumulative}" for step in project.spending_plan)


def _row(indicator: Indicator) -> str:
    """Give the cells of a row as lines, each once; sign, target and unit make one: ≥90%."""
    target = f"{indicator.operator or ''}{indicator.target}{indicator.unit or ''}"
    *cells, basis = _cells(indicator)
    return "\n".join(dict.fromkeys(filter(None, (*cells, target, basis))))


def _numbered(texts: Iterator[tuple[str, str | None]] | list[tuple[str, str | None]]) -> Texts:
    return [(_NUMBER[label], text) for label, text in texts if text]


def _script(function: str, *values: object) -> bytes:
    """Write a call that no reader of the file can take for anything but data."""
    data = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    for sign in "<>&\u2028\u2029":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return f"disclose.catalogue.{function}({data});\n".encode()
