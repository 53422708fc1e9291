"""Projects that resemble one another across units and years: the same words in name and purpose, the same indicators."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model import Disclosure, Project

COMMON = 50  # what stands in more projects than this says nothing about any of them
SHOWN = 5
NAMED = 3  # shared indicators that are named
ENOUGH = 0.2  # of a project's own weight that another must share

Key = tuple[str, str, str]
"""Unit, year and project id."""


@dataclass(frozen=True)
class Similar:
    """A project that resembles the page's; `why` says in what."""

    name: str
    path: str
    where: str
    why: str


@dataclass(frozen=True)
class _Known:
    project: Project
    where: str
    features: frozenset[str]


@dataclass(frozen=True)
class Alike:
    """Every project by what it shares with others. Built once; a look-up takes the same time at any size."""

    known: Mapping[Key, _Known] = field(default_factory=dict)
    places: Mapping[str, Sequence[Key]] = field(default_factory=dict)

    def of(self, project: Project) -> list[Similar]:
        """Give the projects of other units and years that are most like this one, the likest first."""
        own = self.known.get(_key(project))
        if own is None:
            return []
        scores: defaultdict[Key, float] = defaultdict(float)
        whole = 0.0
        for feature in sorted(own.features):
            keys = self.places[feature]
            if len(keys) > COMMON:
                continue
            whole += 1 / len(keys)
            for key in keys:
                if key[:2] != (project.unit_code, project.year):
                    scores[key] += 1 / len(keys)
        likest = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
        return [self._similar(own, self.known[key]) for key, score in likest if score >= ENOUGH * whole]

    @staticmethod
    def _similar(own: _Known, other: _Known) -> Similar:
        mine = {indicator.level3 for indicator in own.project.indicators}
        shared = list(dict.fromkeys(i.level3 for i in other.project.indicators if i.level3 in mine))
        if other.project.name == own.project.name:
            why = "名称相同"
        elif shared:
            why = f"三级指标相同：{'、'.join(shared[:NAMED])}{'等' if len(shared) > NAMED else ''}"
        else:
            why = "名称、用途相近"
        return Similar(other.project.name, other.project.path, other.where, why)


def alike(disclosures: Sequence[Disclosure]) -> Alike:
    """Enter every project under what it says."""
    known: dict[Key, _Known] = {}
    places: defaultdict[str, list[Key]] = defaultdict(list)
    for disclosure in disclosures:
        where = f"{disclosure.unit.label} {disclosure.year} 年"
        for project in disclosure.projects:
            entered = _Known(project, where, frozenset(_features(project)))
            known[_key(project)] = entered
            for feature in entered.features:
                places[feature].append(_key(project))
    return Alike(known, dict(places))


def _key(project: Project) -> Key:
    return project.unit_code, project.year, project.id


def _features(project: Project) -> Iterator[str]:
    """Give the names of the indicators, and each two neighbouring characters of name and purpose."""
    yield from (f"三级指标 {indicator.level3}" for indicator in project.indicators)
    for text in (project.name, project.purpose or ""):
        yield from (text[place : place + 2] for place in range(len(text) - 1))
