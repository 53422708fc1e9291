"""What an import gives: records with the place of each value, residue and findings."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.finding import Finding, Place
from generator.importers.blocks import Line, Residue
from generator.model import DisclosureFile, ProjectFile

Places = Mapping[str, Place]
"""Where each value stands in the document, by dotted field name."""


@dataclass(frozen=True)
class Hints:
    """What the user says of a document because it may not say it itself."""

    unit: str = ""
    year: str = ""
    amount_unit: str = ""
    name: str = ""


@dataclass(frozen=True)
class ImportedProject:
    """A project as a document gives it."""

    record: ProjectFile
    places: Places


@dataclass(frozen=True)
class ImportedDisclosure:
    """A unit's disclosure of one year as a document gives it; unit and year may be empty.

    `missing` names the options without which it cannot be written: `unit`, `year`, `money-unit`, `name`.
    """

    unit_code: str
    unit_name: str
    year: str
    record: DisclosureFile
    places: Places
    projects: tuple[ImportedProject, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """One document read by one form: what each of its lines became.

    `labels` are the form's own words, `values` what went into fields, both by place.
    """

    form: str
    disclosures: tuple[ImportedDisclosure, ...] = ()
    labels: tuple[Line, ...] = ()
    values: tuple[Line, ...] = ()
    residue: tuple[Residue, ...] = ()
    findings: tuple[Finding, ...] = ()
