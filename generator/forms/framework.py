"""Frameworks of indicators: which level-1 groups and level-2 names a year's indicators have."""

from functools import cache, lru_cache

from generator.forms.described import Described, load


class Level(Described):
    """A level-2 name, e.g. 数量指标. `aka` are other printings of it, `optional` that it may be left out."""

    id: str
    name: str
    aka: tuple[str, ...] = ()
    optional: bool = False


class Group(Described):
    """A level-1 group, e.g. 产出指标, with the level-2 names that belong to it; `aka` as in `Level`."""

    id: str
    name: str
    short: str
    aka: tuple[str, ...] = ()
    levels: tuple[Level, ...]


class Framework(Described):
    """The groups in use from fiscal year `since` on; `basis` says what that rests on."""

    id: str
    since: str
    basis: str
    groups: tuple[Group, ...]


class _Frameworks(Described):
    frameworks: tuple[Framework, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Give all frameworks, the oldest first."""
    return tuple(sorted(load("frameworks.yml", _Frameworks).frameworks, key=lambda f: f.since))


def framework_of(year: str) -> Framework:
    """Give the framework in use in a fiscal year; before the first, the first."""
    known = frameworks()
    return max((f for f in known if f.since <= year), key=lambda f: f.since, default=known[0])


@lru_cache(maxsize=1024)  # every indicator asks, and the names are few
def group_of(level1: str) -> Group | None:
    """Give the group of a level-1 name in any framework, so that a name has one colour everywhere."""
    name = "".join(level1.split())
    return next((g for f in frameworks() for g in f.groups if name in (g.name, g.short, *g.aka)), None)
