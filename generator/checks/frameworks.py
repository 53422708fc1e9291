"""How the rows of a project fit the framework of indicators of its year."""

from collections.abc import Sequence
from functools import cache, lru_cache
from operator import attrgetter

from generator.forms.framework import Framework, Group, Level, framework_of, frameworks
from generator.model import Project

_level_names = attrgetter("level1", "level2")


@lru_cache(maxsize=10_000)
def short(name: str) -> str:
    """Give a level-1 or level-2 name without white space and the word 指标."""
    return "".join(name.split()).removesuffix("指标")


@cache
def _usual() -> dict[str, str]:
    """Map each printing of a level-1 or level-2 name of any framework to the usual one, both short."""
    groups = [group for framework in frameworks() for group in framework.groups]
    named: list[Group | Level] = [*groups, *(level for group in groups for level in group.levels)]
    return {short(name): short(item.name) for item in named for name in (item.name, *item.aka)}


@lru_cache(maxsize=10_000)
def usual(name: str) -> str:
    """Give a name as the framework has it, short: 项目完成指标 is 产出, any other name is itself."""
    return _usual().get(short(name), short(name))


@cache
def groups_of_level2() -> dict[str, frozenset[str]]:
    """Map each level-2 name of any framework to the level-1 groups it stands in, all short."""
    groups: dict[str, frozenset[str]] = {}
    for framework in frameworks():
        for group in framework.groups:
            for level in group.levels:
                name = short(level.name)
                groups[name] = groups.get(name, frozenset()) | {short(group.name)}
    return groups


@cache
def level1_names() -> frozenset[str]:
    """Give the short level-1 names of all frameworks."""
    return frozenset(short(group.name) for f in frameworks() for group in f.groups)


@cache
def level2_names() -> frozenset[str]:
    """Give the short names that may stand at level 2 in any framework: those of level 1 too."""
    return level1_names() | groups_of_level2().keys()


Levels = tuple[tuple[str, str], ...]
"""The level-1 and level-2 names of a project's rows.

Most projects have the same, so what is found in them is kept.
"""


def levels_of(project: Project) -> Levels:
    """Give the level-1 and level-2 name of each row."""
    return tuple(map(_level_names, project.indicators))


@lru_cache(maxsize=1_000)
def missing_groups(year: str, levels: Levels) -> Sequence[Group]:
    """Give the groups of the fitting framework of which there is no row."""
    used = {usual(level1) for level1, _ in levels}
    return [group for group in _fitting_framework(year, levels).groups if short(group.name) not in used]


@lru_cache(maxsize=1_000)
def missing_levels(year: str, levels: Levels) -> Sequence[str]:
    """Give the level-2 names of the fitting framework without a row, of the groups that have one."""
    groups = {usual(level1) for level1, _ in levels}
    used = {usual(level2) for _, level2 in levels}
    return [
        level.name
        for group in _fitting_framework(year, levels).groups
        if short(group.name) in groups
        for level in group.levels
        if not level.optional and short(level.name) not in used
    ]


@lru_cache(maxsize=1_000)
def unknown_names(levels: Levels) -> Sequence[tuple[int, str, str]]:
    """Give row, field and name of the level-1 and level-2 names that no framework has, each name once."""
    known = {"level1": level1_names(), "level2": level2_names()}
    first: dict[tuple[str, str], int] = {}
    for row, names in enumerate(levels):
        for field, name in zip(known, names, strict=True):
            if short(name) and usual(name) not in known[field]:
                first.setdefault((field, name), row)
    return [(row, field, name) for (field, name), row in first.items()]


@lru_cache(maxsize=1_000)
def misplaced_rows(levels: Levels) -> Sequence[tuple[int, frozenset[str]]]:
    """Give the rows whose level-2 name belongs to other level-1 groups, and those groups."""
    rows = []
    for row, (level1, level2) in enumerate(levels):
        groups = groups_of_level2().get(usual(level2), frozenset())
        if groups and usual(level1) in level1_names() and usual(level1) not in groups:
            rows.append((row, groups))
    return rows


def _fitting_framework(year: str, levels: Levels) -> Framework:
    """Give the framework that knows most rows of a project; in doubt, that of its year.

    The year from which offices use a framework is inferred, so a document is never held to one that
    it does not follow.
    """
    pairs = {(usual(level1), usual(level2)) for level1, level2 in levels}
    own = framework_of(year)
    return max(frameworks(), key=lambda f: (len(pairs & _pairs(f.id)), f is own))


@cache
def _pairs(framework_id: str) -> frozenset[tuple[str, str]]:
    framework = next(f for f in frameworks() if f.id == framework_id)
    return frozenset((short(g.name), short(level.name)) for g in framework.groups for level in g.levels)
