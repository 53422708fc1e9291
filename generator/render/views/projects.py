"""What the list of all projects says, cut into pages that stay light where there are thousands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.render.views.overview import Overview, ProjectLine

ROWS = 200
"""How many projects a page holds; with them it stays below 150 KB."""


@dataclass(frozen=True)
class ProjectsView:
    """A page of the list, the newest year first. `amount_unit` is empty where it differs by row.

    `total` is in 万元. `pages` are the number and path of every page, `path` is the page's own.
    """

    path: str
    number: int
    lines: Sequence[ProjectLine]
    amount_unit: str
    count: int
    total: str
    pages: Sequence[tuple[int, str]]


def projects_views(whole: Overview) -> Iterator[ProjectsView]:
    """Cut the list of all projects into pages; an empty list makes one page."""
    lines = sorted(whole.projects, key=lambda line: -int(line.year))
    units = {line.amount_unit for line in lines}
    amount_unit = units.pop() if len(units) == 1 else ""
    starts = range(0, max(len(lines), 1), ROWS)
    pages = [(n, f"projects/{n}/index.md" if n > 1 else "projects/index.md") for n, _ in enumerate(starts, 1)]
    for (number, path), start in zip(pages, starts, strict=True):
        yield ProjectsView(
            path,
            number,
            lines[start : start + ROWS],
            amount_unit,
            len(lines),
            whole.total,
            pages,
        )
