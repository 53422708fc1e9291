"""The tables of a build, put together of what each disclosure adds; that is kept for the next build."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator import exports
from generator.exports import FORMATS, Portion
from generator.exports.files import ExportFile
from generator.exports.table import Contents
from generator.kept import Kept


@dataclass(frozen=True)
class OpenData:
    """The tables of everything, and where the portions of disclosures are kept; else they stay in memory.

    `own` has the contents of each disclosure by its path, and `keys` the fingerprint of all that its
    portions are made of.
    """

    contents: Contents
    own: Mapping[str, Contents]
    built: date
    kept: Kept | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    _written: dict[str, Mapping[str, Portion]] = field(default_factory=dict)

    def write(self, path: str) -> Mapping[str, Portion]:
        """Write what a disclosure adds to the tables, in all formats."""
        written = exports.portions(self.own[path], FORMATS)
        if self.kept is None:
            self._written[path] = written
            return written
        for name, portion in written.items():
            content = pickle.dumps(portion, pickle.HIGHEST_PROTOCOL)
            self.kept.put(_name(path, name), self.keys[path], content)
        return written

    def forget_others(self) -> None:
        """Remove what is kept of disclosures that are no more."""
        if self.kept:
            self.kept.drop_all_but({_name(path, name) for path in self.own for name in FORMATS})

    def files(self, name: str) -> Iterator[ExportFile]:
        """Give the files of a format."""
        portions = [self._portion(path, name) for path in self.own]
        yield from exports.table_files(name, portions, self.contents, self.built)

    def _portion(self, path: str, name: str) -> Portion:
        if self.kept and (content := self.kept.get(_name(path, name), self.keys[path])):
            portion: Portion = pickle.loads(content)  # noqa: S301 (the program's own, sealed with the key)
            return portion
        return (self._written.get(path) or self.write(path))[name]


def _name(path: str, format_name: str) -> str:
    _, unit, year = path.split("/")
    return f"{unit}-{year}.{format_name}"
