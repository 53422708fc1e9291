"""What the page of changes says: release by release, what was added, removed, renamed and changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.changes import Change, ChangeKind, ReleaseFile
from generator.exports.changes import anchor, summary
from generator.model import Dataset, DisclosureFile, ProjectFile, title_of
from generator.release import SHORT

MOST = 500  # changes of a release on the page; the rest is in the list of all
WORDS = {
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "删除",
    ChangeKind.RENAMED: "更名",
    ChangeKind.CHANGED: "改动",
}


@dataclass(frozen=True)
class ChangeRow:
    """A change: the project or disclosure with its address where it still has one, and the values."""

    kind: str
    name: str
    url: str
    place: str
    field: str
    before: str
    after: str
    reason: str
    unexplained: bool


@dataclass(frozen=True)
class ReleaseView:
    """A release and its changes; `more` are those beyond what a page can hold."""

    id: str
    date: str
    version: str
    previous_date: str
    previous_version: str
    summary: str
    unexplained: int
    rows: Sequence[ChangeRow]
    more: int


@dataclass(frozen=True)
class ChangesView:
    """All releases on record, the newest first."""

    title: str
    releases: Sequence[ReleaseView]


def changes_view(dataset: Dataset, releases: Sequence[ReleaseFile]) -> ChangesView:
    """Work out the page. `releases` come with the oldest first."""
    present = {p.path for p in dataset.projects} | {d.path for d in dataset.disclosures}
    return ChangesView("变更记录", [_release(release, present) for release in reversed(releases)])


def _release(release: ReleaseFile, present: set[str]) -> ReleaseView:
    return ReleaseView(
        anchor(release),
        release.date,
        release.data_version[:SHORT],
        release.previous_date,
        release.previous_version[:SHORT],
        summary(release),
        sum(c.unexplained for c in release.changes),
        [_row(change, present) for change in release.changes[:MOST]],
        max(len(release.changes) - MOST, 0),
    )


def _row(change: Change, present: set[str]) -> ChangeRow:
    path = "/".join(part for part in ("units", change.unit, change.year, change.project) if part)
    return ChangeRow(
        WORDS[change.kind],
        change.name,
        f"../{path}/index.html" if path in present else "",
        f"{change.unit} {change.year}",
        title_of(ProjectFile if change.project else DisclosureFile, change.field) if change.field else "",
        change.before,
        change.after,
        change.reason,
        change.unexplained,
    )
