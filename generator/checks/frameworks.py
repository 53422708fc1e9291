"""How the rows of a project fit the framework of indicators of its year."""

from collections.abc import Iterator
from functools import cache, lru_cache

from generator.forms.framework import Framework, Group, Level, framework_of, frameworks
from generator.model import Project


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


def fitting_framework(project: Project) -> Framework:
    """Give the framework that knows most rows of the project; in doubt, that of its year.

    The year from which offices use a framework is inferred, so a document is never held to one that
    it does not follow.
    """
    pairs = {(usual(i.level1), usual(i.level2)) for i in project.indicators}
    own = framework_of(project.year)
    return max(frameworks(), key=lambda f: (len(pairs & _pairs(f.id)), f is own))


def missing_groups(framework: Framework, project: Project) -> Iterator[Group]:
    """Give the groups of which the project has no row."""
    used = {usual(indicator.level1) for indicator in project.indicators}
    yield from (group for group in framework.groups if short(group.name) not in used)


def missing_levels(framework: Framework, project: Project) -> Iterator[str]:
    """Give the level-2 names without a row, of the groups that the project has."""
    groups = {usual(indicator.level1) for indicator in project.indicators}
    used = {usual(indicator.level2) for indicator in project.indicators}
    for group in framework.groups:
        if short(group.name) in groups:
            yield from (
                level.name for level in group.levels if not level.optional and short(level.name) not in used
            )


@cache
def _pairs(framework_id: str) -> frozenset[tuple[str, str]]:
    framework = next(f for f in frameworks() if f.id == framework_id)
    return frozenset((short(g.name), short(level.name)) for g in framework.groups for level in g.levels)
