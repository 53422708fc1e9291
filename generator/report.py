"""What a build says of itself at its end: how much there is, what was found, what was written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from generator.finding import Finding, Place, Severity, Text


@dataclass(frozen=True)
class Written:
    """How many files were written, left as they were, and removed."""

    written: int = 0
    same: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Report:
    """The figures of a build, and the findings that are errors."""

    units: int
    disclosures: int
    projects: int
    counts: Mapping[str, int]
    """The number of findings of each severity."""
    errors: Sequence[Finding]
    files: Written = field(default_factory=Written)

    @property
    def fails(self) -> bool:
        """Whether an error is there that the publisher has not acknowledged."""
        return any(not finding.acknowledged for finding in self.errors)

    def as_json(self) -> dict[str, Any]:
        """Give it as values that JSON can hold."""
        return asdict(self)


def report_from(values: Mapping[str, Any]) -> Report:
    """Read what `as_json` gave."""
    errors = [
        Finding(
            **{
                **error,
                "severity": Severity(error["severity"]),
                "message": Text(*error["message"]),
                "remedy": Text(*error["remedy"]),
                "place": Place(**error["place"]),
            }
        )
        for error in values["errors"]
    ]
    return Report(**{**values, "errors": errors, "files": Written(**values["files"])})
