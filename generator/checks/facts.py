"""What rules that compare projects, years and units may know: small, and free of the YAML's marks.

Facts of a record can be made in another process than the one that compares them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.finding import FieldPath, Place, field_name
from generator.model import Acknowledgement, Disclosure, Indicator, Project, Traces, Unit
from generator.money import Amount, AmountUnit, convert
from generator.yaml_source import Mark


@dataclass(frozen=True, slots=True)
class Places:
    """Where the few values stand that rules over facts may name."""

    file: str
    marks: Mapping[str, Mark]

    def __getitem__(self, field: str) -> Place:
        """Give the place of a field by its dotted name."""
        return Place(self.file, *self.marks[field])


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
    """One project. Amounts are in the disclosure's unit, `yuan` is its total in 元."""

    unit: str
    year: str
    project: str
    code: str
    name: str
    amounts: tuple[tuple[str, Amount], ...]
    yuan: Decimal | None
    targets: Mapping[tuple[str, str], TargetFact]
    traced: bool
    places: Places
    acknowledged: tuple[Acknowledgement, ...]


@dataclass(frozen=True)
class DisclosureFacts:
    """One disclosure with its projects."""

    unit: str
    year: str
    amount_unit: AmountUnit
    published_total: Amount | None
    documents: tuple[str, ...]
    traced: bool
    complete: bool
    """Whether every project file could be read."""
    places: Places
    acknowledged: tuple[Acknowledgement, ...]
    projects: tuple[ProjectFacts, ...] = ()
    project: str = ""

    @property
    def amounts(self) -> tuple[tuple[str, Amount], ...]:
        """The total that the document states, under its field name."""
        return (("published_total", self.published_total),) if self.published_total else ()


@dataclass(frozen=True)
class UnitFacts:
    """One unit."""

    unit: str
    places: Places
    acknowledged: tuple[Acknowledgement, ...] = ()
    year: str = ""
    project: str = ""


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


_PLACED: tuple[FieldPath, ...] = (
    (),
    ("code",),
    ("name",),
    ("budget", "total"),
    ("budget", "fiscal"),
    ("budget", "other"),
)
"""What of a project rules over facts may name, beside its targets."""


def unit_facts(unit: Unit) -> UnitFacts:
    """Collect the facts of a unit."""
    fields = ["", *(field_name(("acknowledged", row)) for row in range(len(unit.acknowledged)))]
    marks = dict.fromkeys(fields, (1, 1))  # a unit's record keeps no marks
    return UnitFacts(unit.code, Places(f"units/{unit.code}/unit.yml", marks), unit.acknowledged)


def facts_of(disclosure: Disclosure, traces: Traces) -> DisclosureFacts:
    """Collect the facts of a disclosure and its projects."""

    def traced(project: str) -> bool:
        return (disclosure.unit.code, disclosure.year, project) in traces

    return DisclosureFacts(
        unit=disclosure.unit.code,
        year=disclosure.year,
        amount_unit=disclosure.amount_unit,
        published_total=disclosure.published_total,
        documents=tuple(d.file for d in disclosure.source_documents),
        traced=traced(""),
        complete=not disclosure.unread,
        places=_places(disclosure, [(), ("published_total",), ("source_documents",)]),
        acknowledged=disclosure.acknowledged,
        projects=tuple(_project_facts(p, disclosure, traced=traced(p.id)) for p in disclosure.projects),
    )


def _project_facts(project: Project, disclosure: Disclosure, *, traced: bool) -> ProjectFacts:
    """Collect the facts of one project; `disclosure` gives the money unit."""
    budget = project.budget
    amounts = (
        ("budget.total", budget.total),
        ("budget.fiscal", budget.fiscal),
        ("budget.other", budget.other),
    )
    total = budget.total.value if budget.total else None
    return ProjectFacts(
        unit=project.unit_code,
        year=project.year,
        project=project.id,
        code=project.code or "",
        name=project.name,
        amounts=tuple((field, amount) for field, amount in amounts if amount),
        yuan=None if total is None else convert(total, disclosure.amount_unit, AmountUnit.YUAN),
        targets=dict(_targets(project)),
        traced=traced,
        places=_places(project, [*_PLACED, *_target_paths(project)]),
        acknowledged=project.acknowledged,
    )


def _targets(project: Project) -> Iterator[tuple[tuple[str, str], TargetFact]]:
    for indicator, path in zip(project.indicators, _target_paths(project), strict=True):
        target = indicator.target_value
        if target.number is not None:
            yield (
                (indicator.level2, indicator.level3),
                TargetFact(
                    field_name(path),
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


def _target_paths(project: Project) -> Iterator[FieldPath]:
    return (("indicators", row, "target") for row in range(len(project.indicators)))


def _places(record: Project | Disclosure, paths: Iterable[FieldPath]) -> Places:
    entries = [("acknowledged", row) for row in range(len(record.acknowledged))]
    marks = {field_name(path): record.source.mark(path) for path in [*paths, *entries]}
    return Places(record.source.name, marks)
