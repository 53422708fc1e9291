"""A release: what tells one edition of the published data from another.

Owns the data version and the file `data/release.json`, which the site, its bundle and the next
comparison read. What a bundle holds besides is for `manifest` to say.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime

from pydantic import ValidationError

from generator.errors import GeneratorError
from generator.model import Dataset, Disclosure, Record, Unit

PATH = "data/release.json"
SHORT = 12  # hexadecimal digits of the data version that pages show


class Release(Record):
    """An edition: who publishes it, when it was built, and a fingerprint of its data."""

    format: int = 1
    portal: str
    publisher: str
    address: str = ""
    """Where a newer one is found, or the empty string."""
    date: date
    """Of the build, in Beijing."""
    data_version: str
    """SHA-256 over the published data, as `data_version` computes it."""

    @property
    def short_version(self) -> str:
        """The data version as pages show it."""
        return self.data_version[:SHORT]


def release_of(dataset: Dataset, built: datetime, digests: Iterable[str]) -> Release:
    """Describe the edition that is made of `dataset` at the time `built`; `digests` as in `data_version`."""
    site = dataset.site
    return Release(
        portal=site.name,
        publisher=site.publisher,
        address=site.base_url,
        date=built.date(),
        data_version=data_version(dataset.units, digests),
    )


def data_version(units: Iterable[Unit], digests: Iterable[str]) -> str:
    """Give a fingerprint of what is published: the same values give the same, wherever they stand.

    It covers units, disclosures and projects with their corrections and the hashes of the source
    documents; not the portal's own name, comments in YAML, or the order of its keys. `digests` are the
    `digests_of` all disclosures.
    """
    lines = [*(f"units/{unit.code} {digest(unit)}" for unit in units), *digests]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def digests_of(disclosure: Disclosure) -> list[str]:
    """Give a fingerprint of what the disclosure and each of its projects states, with their paths."""
    return [
        f"{disclosure.path} {digest(disclosure, 'unit', 'projects', 'source', 'unread', 'absent')}",
        *(f"{project.path} {digest(project, 'source')}" for project in disclosure.projects),
    ]


def digest(record: Record, *without: str) -> str:
    """Give the SHA-256 of what a record states; absent and default values do not count."""
    stated = record.model_dump(mode="json", exclude_defaults=True, exclude=set(without))
    text = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(release: Release) -> bytes:
    """Write the release as `data/release.json`."""
    return (json.dumps(release.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n").encode()


def from_json(content: bytes, place: str) -> Release:
    """Read `data/release.json`; GeneratorError naming `place` where it is not one."""
    try:
        return Release.model_validate_json(content)
    except ValidationError as error:
        raise GeneratorError(
            place,
            "不是 disclose build 写的版本说明；先运行 disclose build",
            "is not what `disclose build` writes; run `disclose build` first",
        ) from error
