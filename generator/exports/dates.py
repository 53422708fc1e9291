"""When something was published or changed, from the data, else the day of the build."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from generator.model import Dataset, Disclosure


def changed(disclosure: Disclosure, built: date) -> str:
    """Give the day on which a disclosure last changed, `2021-06-30`: published, corrected, else built."""
    corrections = [*disclosure.corrections, *(c for p in disclosure.projects for c in p.corrections)]
    days = _days([disclosure.published_date or "", *(c.date for c in corrections)])
    return max(days, default=built.isoformat())


def last_changed(dataset: Dataset, built: date) -> str:
    """Give the day on which the dataset last changed."""
    return max((changed(d, built) for d in dataset.disclosures), default=built.isoformat())


def minute(published: str) -> str:
    """Give a date of publication as government sites write it, `2021-06-30 00:00` without an hour."""
    return published if ":" in published else f"{published} 00:00"


def instant(day: str) -> str:
    """Give a day, `2021-06-30` or `2021-06-30 10:30`, as RFC 3339 writes an instant, by the clock of China."""
    date_, _, hour = day.partition(" ")
    return f"{date_}T{hour or '00:00'}:00+08:00"


def _days(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        with suppress(ValueError):  # a correction may be dated in words
            yield date.fromisoformat(text[:10]).isoformat()
