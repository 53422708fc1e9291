"""What changed between two releases: projects added, removed and renamed, and every value before and after.

Compares published texts, nothing else. Where the older release comes from is for `previous` to know,
how the record is kept for `store`, how it is shown for `render`.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from generator.finding import FieldPath, field_name
from generator.model import Correction, Dataset, Disclosure, DisclosureFile, Project, ProjectFile, Record
from generator.release import Release

Values = Mapping[str, Any]
"""The published texts of a record by the model's keys: texts, and lists and mappings of texts."""

Key = tuple[str, str, str]
"""Unit, year and project id; the id is empty for the disclosure itself."""

COMPARED: dict[type[Record], frozenset[str]] = {
    record: frozenset(record.model_fields) - {"unit_name", "published_date", "corrections", "acknowledged"}
    for record in (DisclosureFile, ProjectFile)
}
"""The fields that a published document states; what the publisher says about it is no change of it."""

REMOVED_PROJECT = "projects."
"""Begins the field of a correction in `disclosure.yml` that says why a project is gone: `projects.<id>`."""


class ChangeKind(StrEnum):
    """What happened to a disclosure, a project or a value."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


class Change(Record):
    """One change. Without `project` it is of the disclosure itself, without `field` of the whole."""

    kind: ChangeKind = Field(title="变更")
    unit: str = Field(title="单位代码")
    year: str = Field(title="年度")
    project: str = Field(default="", title="项目标识")
    name: str = Field(default="", title="名称")
    field: str = Field(default="", title="字段")
    before: str = Field(default="", title="变更前")
    after: str = Field(default="", title="变更后")
    reason: str = Field(default="", title="理由")

    @property
    def unexplained(self) -> bool:
        """Whether something that had been published is different or gone, and nobody says why."""
        return self.kind is not ChangeKind.ADDED and not self.reason


class ReleaseFile(Record):
    """What a file `releases/<date>-<version>.yml` holds: how a release differs from the one before."""

    title: ClassVar[str] = "变更记录"
    date: str = Field(title="版本日期", pattern=r"^\d{4}-\d{2}-\d{2}$")
    data_version: str = Field(title="数据版本", pattern=r"^[0-9a-f]{64}$")
    previous_date: str = Field(title="上一版日期", pattern=r"^\d{4}-\d{2}-\d{2}$")
    previous_version: str = Field(title="上一版数据版本", pattern=r"^[0-9a-f]{64}$")
    changes: tuple[Change, ...] = Field(default=(), title="变更")


def compare(before: Release, old: Mapping[Key, Values], now: Release, dataset: Dataset) -> ReleaseFile:
    """Give the record of what `dataset` changes against the older release."""
    return ReleaseFile(
        date=now.date.isoformat(),
        data_version=now.data_version,
        previous_date=before.date.isoformat(),
        previous_version=before.data_version,
        changes=tuple(_changes(old, dataset)),
    )


def values_of(record: Project | Disclosure) -> Values:
    """Give the published texts of a record."""
    kind = ProjectFile if isinstance(record, Project) else DisclosureFile
    return record.model_dump(mode="json", include=set(COMPARED[kind]))


def _changes(old: Mapping[Key, Values], dataset: Dataset) -> Iterator[Change]:
    present: set[Key] = set()
    for disclosure in dataset.disclosures:
        whole = (disclosure.unit.code, disclosure.year, "")
        keys = {project: (*whole[:2], project) for project in (p.id for p in disclosure.projects)}
        unread = {(*whole[:2], project) for project in disclosure.unread}
        present |= {whole, *keys.values(), *unread}  # an unreadable file is announced as such, not as gone
        if whole not in old:
            yield _change(whole, ChangeKind.ADDED, disclosure.unit.label)
            continue
        yield from _record_changes(whole, disclosure.unit.label, old[whole], disclosure)
        for project in disclosure.projects:
            key = keys[project.id]
            if key in old:
                yield from _record_changes(key, project.name, old[key], project)
            else:
                yield _change(key, ChangeKind.ADDED, project.name)
    gone = old.keys() - present
    corrections = {(d.unit.code, d.year): d.corrections for d in dataset.disclosures}
    for key in sorted(gone):
        if not key[2] or (*key[:2], "") not in gone:  # of a removed disclosure, not each project
            reason = _reason(corrections.get(key[:2], ()), f"{REMOVED_PROJECT}{key[2]}", "")
            yield _change(key, ChangeKind.REMOVED, str(old[key].get("name") or key[0]), reason=reason)


def _record_changes(key: Key, name: str, old: Values, record: Project | Disclosure) -> Iterator[Change]:
    for path, before, after in _differences((), old, values_of(record)):
        field = field_name(path)
        kind = ChangeKind.RENAMED if field == "name" else ChangeKind.CHANGED
        reason = _reason(record.corrections, field, after)
        yield _change(key, kind, name, field=field, before=before, after=after, reason=reason)


def _change(key: Key, kind: ChangeKind, name: str, **more: str) -> Change:
    return Change(kind=kind, unit=key[0], year=key[1], project=key[2], name=name, **more)


def _reason(corrections: Sequence[Correction], field: str, after: str) -> str:
    return next((c.reason for c in corrections if c.field == field and c.corrected == after), "")


def _differences(path: FieldPath, old: Any, new: Any) -> Iterator[tuple[FieldPath, str, str]]:
    """Give the place, the old and the new text of each difference; absent and empty are the same."""
    if isinstance(old, dict) or isinstance(new, dict):
        old, new = old or {}, new or {}
        for key in dict.fromkeys([*new, *old]):
            yield from _differences((*path, key), old.get(key), new.get(key))
    elif isinstance(old, list) or isinstance(new, list):
        yield from _row_differences(path, old or [], new or [])
    elif (old or "") != (new or ""):
        yield path, old or "", new or ""


def _row_differences(
    path: FieldPath, old: Sequence[Any], new: Sequence[Any]
) -> Iterator[tuple[FieldPath, str, str]]:
    """Compare lists row by row, so that a row put in does not make all below it look changed."""
    before, after = [_text(row) for row in old], [_text(row) for row in new]
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs = min(j - i, m - k)
        for step in range(pairs):
            yield from _differences((*path, k + step), old[i + step], new[k + step])
        for row in range(i + pairs, j):
            yield (*path, row), before[row], ""
        for row in range(k + pairs, m):
            yield (*path, row), "", after[row]


def _text(row: Any) -> str:
    return " ｜ ".join(text for text in row.values() if text) if isinstance(row, dict) else str(row)
