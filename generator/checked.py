"""What the first half of the pipe gives: the data, what was found in it, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.changes import ReleaseFile
from generator.finding import Finding
from generator.model import Dataset, Traces


@dataclass(frozen=True)
class Checked:
    """The dataset with everything that was found in it and where its values come from."""

    dataset: Dataset
    traces: Traces
    findings: Sequence[Finding]
    digests: Sequence[str]
    """What the data version is made of, as `release.digests_of` gives it for each disclosure."""
    releases: Sequence[ReleaseFile] = ()
