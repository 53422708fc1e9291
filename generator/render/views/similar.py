"""Projects that resemble one another across units and years: the same words in name and purpose, the same indicators."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

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
    sharing: Sequence[Sequence[Key]]
    """Of each thing that it says and few others do: all projects that say it."""


@dataclass(frozen=True)
class Alike:
    """Every project with those that say the same. Built once; a look-up takes the same time at any size."""

    known: Mapping[Key, _Known] = field(default_factory=dict)

    def of(self, project: Project) -> list[Similar]:
        """Give the projects of other units and years that are most like this one, the likest first."""
        own = self.known.get(_key(project))
        if own is None:
            return []
        scores: defaultdict[Key, float] = defaultdict(float)
        whole = 0.0
        for keys in own.sharing:
            weight = 1 / len(keys)
            whole += weight
            for key in keys:
                scores[key] += weight
        beside = (project.unit_code, project.year)
        enough = ENOUGH * whole
        others = ((-score, key) for key, score in scores.items() if score >= enough and key[:2] != beside)
        return [self._similar(own, self.known[key]) for _, key in sorted(others)[:SHOWN]]

    @staticmethod
    def _similar(own: _Known, other: _Known) -> Similar:
        if other.project.name == own.project.name:
            why = "名称相同"
        elif shared := _shared_indicators(own.project, other.project):
            why = f"三级指标相同：{'、'.join(shared[:NAMED])}{'等' if len(shared) > NAMED else ''}"
        else:
            why = "名称、用途相近"
        return Similar(other.project.name, other.project.path, other.where, why)


def alike(disclosures: Sequence[Disclosure]) -> Alike:
    """Enter every project under what it says."""
    places: defaultdict[str, list[Key]] = defaultdict(list)
    for project in (p for d in disclosures for p in d.projects):
        key = _key(project)
        for feature in set(_features(project)):
            places[feature].append(key)
    known = {}
    for disclosure in disclosures:
        where = f"{disclosure.unit.label} {disclosure.year} 年"
        for project in disclosure.projects:
            sharing = [places[feature] for feature in sorted(set(_features(project)))]
            known[_key(project)] = _Known(project, where, [keys for keys in sharing if len(keys) <= COMMON])
    return Alike(known)


def _key(project: Project) -> Key:
    return project.unit_code, project.year, project.id


def _shared_indicators(own: Project, other: Project) -> list[str]:
    """Name indicators that both have: one more than are named, so that it shows whether there are others."""
    mine = {indicator.level3 for indicator in own.indicators}
    both = dict.fromkeys(i.level3 for i in other.indicators if i.level3 in mine)
    return list(islice(both, NAMED + 1))


def _features(project: Project) -> Iterator[str]:
    """Give the names of the indicators, and each two neighbouring characters of name and purpose."""
    yield from (f"三级指标 {indicator.level3}" for indicator in project.indicators)
    for text in (project.name, project.purpose or ""):
        yield from (text[place : place + 2] for place in range(len(text) - 1))
