"""The texts of a record: every published one with the way to it; amounts and percentages are not texts."""

from collections.abc import Iterator
from operator import attrgetter

from generator.finding import FieldPath
from generator.model import Disclosure, Indicator, Project

_COLUMNS = tuple(Indicator.model_fields)
_cells = attrgetter(*_COLUMNS)


def texts_of(record: Project | Disclosure) -> Iterator[tuple[FieldPath, str | None]]:
    """Give the texts of a project or of part 1 of a disclosure, in their order; None where one is absent."""
    return _project_texts(record) if isinstance(record, Project) else _disclosure_texts(record)


def _project_texts(project: Project) -> Iterator[tuple[FieldPath, str | None]]:
    yield ("code",), project.code
    yield ("name",), project.name
    yield ("unit_name",), project.unit_name
    yield ("purpose",), project.purpose
    for row, step in enumerate(project.spending_plan):
        yield ("spending_plan", row, "date"), step.date
    for row, goal in enumerate(project.goals):
        yield ("goals", row), goal
    for row, indicator in enumerate(project.indicators):
        for field, text in zip(_COLUMNS, _cells(indicator), strict=True):
            yield ("indicators", row, field), text


def _disclosure_texts(disclosure: Disclosure) -> Iterator[tuple[FieldPath, str | None]]:
    yield ("overall_goal",), disclosure.overall_goal
    for row, goal in enumerate(disclosure.itemised_goals):
        yield ("itemised_goals", row), goal
    yield ("safeguard_measures",), disclosure.safeguard_measures
