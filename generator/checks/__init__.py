"""What a careful auditor would ask, as small rules, one file for each family.

`check` runs them all. Valid is not the same as good, and a doubt is not a verdict.
"""

from collections.abc import Iterable, Sequence

from generator.checks import (  # noqa: F401 (importing them enters their rules)
    across,
    indicators,
    loading,
    money,
    personal,
    plan,
    scanning,
    source,
    structure,
    targets,
    text,
    wording,
)
from generator.checks.acknowledging import acknowledge
from generator.checks.engine import check_disclosure, check_facts, check_project
from generator.checks.facts import Facts, UnitFacts, facts_of
from generator.checks.registry import RULES, rule_of
from generator.finding import Finding, Severity
from generator.model import Dataset, Disclosure, Traces

__all__ = [
    "CHECK_RULES",
    "RULES",
    "check_alone",
    "check_disclosure",
    "check_project",
    "conclude",
    "fails",
    "rule_of",
]


CHECK_RULES = {id_: rule for id_, rule in RULES.items() if not id_.startswith("import-")}
"""The rules whose findings a check gives; those of an import are said when a document is imported."""


def check_alone(disclosure: Disclosure, traces: Traces) -> list[Finding]:
    """Run the rules that look at a disclosure and its projects only."""
    unit, year = disclosure.unit.code, disclosure.year
    findings = [*check_disclosure(disclosure, traces.get((unit, year, "")))]
    for project in disclosure.projects:
        findings += check_project(project, disclosure, traces.get((unit, year, project.id)))
    return findings


def conclude(
    found: Sequence[Finding], doubts: Iterable[Finding], dataset: Dataset, traces: Traces
) -> list[Finding]:
    """Add what comparing projects, years and units finds; acknowledge and sort all findings.

    They are sorted by place and rule, and carry the reason where the publisher acknowledged them.
    `found` is what the loader says: a finding of a year and no project means that its disclosure has errors.
    """
    unread = {(finding.unit, finding.year) for finding in found if finding.year and not finding.project}
    disclosures = tuple(facts_of(disclosure, traces) for disclosure in dataset.disclosures)
    units = tuple(UnitFacts(unit, unit.code) for unit in dataset.units)
    facts = Facts(disclosures, units, frozenset(unread))
    return sorted(acknowledge([*found, *doubts, *check_facts(facts)], facts), key=_order)


def fails(findings: Sequence[Finding], *, strict: bool) -> bool:
    """Whether findings stop a publication: an error does, with `strict` every other finding too.

    What the publisher has acknowledged never does.
    """
    return any(
        (strict or finding.severity is Severity.ERROR) and not finding.acknowledged for finding in findings
    )


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.rule, finding.field, finding.message.zh
