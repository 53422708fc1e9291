"""The texts of a record, laid out so that many rules can search them all at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from generator.finding import FieldPath
from generator.model import Disclosure, Indicator, Project

_COLUMNS = tuple(Indicator.model_fields)
_cells = attrgetter(*_COLUMNS)


@dataclass(frozen=True)
class Texts:
    """Every published text of one record with the way to it; amounts and percentages are not texts."""

    items: tuple[tuple[FieldPath, str], ...]

    @cached_property
    def _joined(self) -> str:
        return "\n\n".join(text for _, text in self.items)

    def matching(self, pattern: re.Pattern[str]) -> Iterator[tuple[FieldPath, str, re.Match[str]]]:
        """Give each text in which `pattern` is found, with its first match.

        The pattern is first tried on all texts at once, so `^` and `$` need `re.MULTILINE`.
        """
        if pattern.search(self._joined):
            for path, text in self.items:
                if match := pattern.search(text):
                    yield path, text, match


def texts_of(record: Project | Disclosure) -> Texts:
    """Collect the texts of a project or of part 1 of a disclosure, in their order."""
    found = _project_texts(record) if isinstance(record, Project) else _disclosure_texts(record)
    return Texts(tuple((path, text) for path, text in found if text))


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
