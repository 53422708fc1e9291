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
    indicators: Sequence[str]
    sharing: Sequence[Sequence[Key]]
    """Of each thing that it says and few others do: all projects that say it."""


@dataclass(frozen=True)
class Alike:
    """Every project with those that say the same. Built once; a look-up takes the same time at any size."""

    known: Mapping[Key, _Known] = field(default_factory=dict)
    _found: dict[Key, Sequence[Similar]] = field(default_factory=dict)

    def of(self, project: Project) -> Sequence[Similar]:
        """Give the projects of other units and years that are most like this one, the likest first."""
        key = _key(project)
        if key not in self._found:  # a build asks twice: what a page is made of, and what it says
            self._found[key] = self._likest(key)
        return self._found[key]

    def _likest(self, own_key: Key) -> list[Similar]:
        own = self.known.get(own_key)
        if own is None:
            return []
        scores: defaultdict[Key, float] = defaultdict(float)
        whole = 0.0
        for keys in own.sharing:
            weight = 1 / len(keys)
            whole += weight
            for key in keys:
                scores[key] += weight
        beside = own_key[:2]
        enough = ENOUGH * whole
        others = ((-score, key) for key, score in scores.items() if score >= enough and key[:2] != beside)
        return [_similar(own, self.known[key]) for _, key in sorted(others)[:SHOWN]]


def _similar(own: _Known, other: _Known) -> Similar:
    if other.project.name == own.project.name:
        why = "名称相同"
    elif shared := [name for name in other.indicators if name in own.indicators]:
        why = f"三级指标相同：{'、'.join(shared[:NAMED])}{'等' if len(shared) > NAMED else ''}"
    else:
        why = "名称、用途相近"
    return Similar(other.project.name, other.project.path, other.where, why)


def alike(disclosures: Sequence[Disclosure]) -> Alike:
    """Enter every project under what it says."""
    said = [(d, p, set(_features(p))) for d in disclosures for p in d.projects]
    places: defaultdict[str, list[Key]] = defaultdict(list)
    for _, project, features in said:
        key = _key(project)
        for feature in features:
            places[feature].append(key)
    few = {feature: keys for feature, keys in places.items() if len(keys) <= COMMON}
    known = {}
    for disclosure, project, features in said:
        where = f"{disclosure.unit.label} {disclosure.year} 年"
        indicators = tuple(dict.fromkeys(indicator.level3 for indicator in project.indicators))
        sharing = [few[feature] for feature in sorted(features & few.keys())]
        known[_key(project)] = _Known(project, where, indicators, sharing)
    return Alike(known)


def _key(project: Project) -> Key:
    return project.unit_code, project.year, project.id


def _features(project: Project) -> Iterator[str]:
    """Give the names of the indicators, and each two neighbouring characters of name and purpose."""
    yield from (f"三级指标 {indicator.level3}" for indicator in project.indicators)
    for text in (project.name, project.purpose or ""):
        yield from (text[place : place + 2] for place in range(len(text) - 1))
