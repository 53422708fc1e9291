"""What rules that compare projects, years and units may know of each.

Most of it is what the records say; what few rules ask for is worked out when they ask.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generator.finding import FieldPath, Place, field_name
from generator.model import Disclosure, Indicator, Project, Traces, Unit
from generator.money import Amount, AmountUnit, convert


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A target that can be compared with another year's: the row's field, sign, number, unit.

    `lower_is_better` says that a smaller number asks for more, as with a cost.
    """

    field: str
    text: str
    operator: str
    number: Decimal
    unit: str
    lower_is_better: bool


@dataclass(frozen=True)
class ProjectFacts:
    """One project. Amounts are in the disclosure's unit."""

    record: Project
    amount_unit: AmountUnit
    traced: bool
    unit: str
    year: str
    project: str
    code: str
    name: str

    def place(self, path: FieldPath) -> Place:
        """Give the place of a field in its file."""
        return self.record.source.place(path)

    @cached_property
    def amounts(self) -> tuple[tuple[str, Amount], ...]:
        """The amounts of its budget, each under its field name."""
        budget = self.record.budget
        amounts = (
            ("budget.total", budget.total),
            ("budget.fiscal", budget.fiscal),
            ("budget.other", budget.other),
        )
        return tuple((field, amount) for field, amount in amounts if amount)

    @property
    def yuan(self) -> Decimal | None:
        """The total in 元, or None where no number is stated."""
        total = self.record.budget.total
        value = total.value if total else None
        return None if value is None else convert(value, self.amount_unit, AmountUnit.YUAN)

    @cached_property
    def targets(self) -> Mapping[tuple[str, str], TargetFact]:
        """The targets that have a number, by level 2 and name."""
        return dict(_targets(self.record))


@dataclass(frozen=True)
class DisclosureFacts:
    """One disclosure with its projects."""

    record: Disclosure
    traced: bool
    unit: str
    year: str
    projects: tuple[ProjectFacts, ...]
    project: str = ""

    def place(self, path: FieldPath) -> Place:
        """Give the place of a field in its file."""
        return self.record.source.place(path)


@dataclass(frozen=True)
class UnitFacts:
    """One unit."""

    record: Unit
    unit: str
    year: str = ""
    project: str = ""

    def place(self, _: FieldPath) -> Place:
        """Give the place of a field: the begin of its file, because a unit's record keeps no lines."""
        return Place(f"units/{self.unit}/unit.yml", 1, 1)


AnyFacts = ProjectFacts | DisclosureFacts | UnitFacts


@dataclass(frozen=True)
class Facts:
    """All disclosures by unit and year, and all units; `unread` are those whose file has errors."""

    disclosures: tuple[DisclosureFacts, ...]
    units: tuple[UnitFacts, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()

    @property
    def records(self) -> Iterator[AnyFacts]:
        """Every unit, and every disclosure followed by its projects."""
        yield from self.units
        for disclosure in self.disclosures:
            yield disclosure
            yield from disclosure.projects


def facts_of(disclosure: Disclosure, traces: Traces) -> DisclosureFacts:
    """Give the facts of a disclosure and its projects."""
    unit, year = disclosure.unit.code, disclosure.year
    projects = (
        ProjectFacts(
            record=project,
            amount_unit=disclosure.amount_unit,
            traced=(unit, year, project.id) in traces,
            unit=unit,
            year=year,
            project=project.id,
            code=project.code or "",
            name=project.name,
        )
        for project in disclosure.projects
    )
    return DisclosureFacts(disclosure, (unit, year, "") in traces, unit, year, tuple(projects))


def _targets(project: Project) -> Iterator[tuple[tuple[str, str], TargetFact]]:
    for row, indicator in enumerate(project.indicators):
        target = indicator.target_value
        if target.number is not None:
            yield (
                (indicator.level2, indicator.level3),
                TargetFact(
                    field_name(("indicators", row, "target")),
                    target.text,
                    target.operator,
                    target.number,
                    target.unit,
                    lower_is_better=_lower_is_better(indicator),
                ),
            )


def _lower_is_better(indicator: Indicator) -> bool:
    operator = indicator.target_value.operator
    if operator in {"≤", "<", "≥", ">"}:
        return operator in {"≤", "<"}
    if indicator.direction:
        return "反" in indicator.direction or "逆" in indicator.direction
    return "成本" in indicator.level1 + indicator.level2
