"""What the page for English readers says: what this site is, how to read it, and the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.exports.dictionary import DICTIONARY, TABLES
from generator.forms.framework import frameworks
from generator.model import Dataset

READING = (
    "Amounts are in 万元 (10,000 yuan) or 元 (yuan), as the document states.",
    "The spending plan is cumulative: the share of the budget to be spent by the end of March, June, October and December.",
    "Indicators have three levels: output (what is done), benefit (what comes of it) and satisfaction of those served; since 2022 also cost.",
    "A target such as ≥90% is a sign, a number and a unit; 定性 marks one that is a quality, not a number.",
)


@dataclass(frozen=True)
class English:
    """The page. Amounts are in 万元, 10,000 yuan; the vocabulary is (Chinese, English, meaning)."""

    title: str
    projects: int
    disclosures: int
    units: int
    vocabulary: Sequence[tuple[str, str, str]]
    reading: Sequence[str] = READING


def english(dataset: Dataset) -> English:
    """Explain the site with the titles that the data files bear."""
    return English(
        "In English",
        len(dataset.projects),
        len(dataset.disclosures),
        len(dataset.units),
        _vocabulary(),
    )


def _vocabulary() -> list[tuple[str, str, str]]:
    """Give the words of the forms: the columns that a form prints, then the names of indicators."""
    columns = [c for table in TABLES if table is not DICTIONARY for c in table.columns if c.origin]
    words = {c.title.zh: (c.title.en, c.meaning.en) for c in columns}
    names = {g.name: g.id for f in frameworks() for g in f.groups}
    names |= {level.name: level.id for f in frameworks() for g in f.groups for level in g.levels}
    words |= {zh: (f"{id_.replace('_', ' ').capitalize()} indicators", "") for zh, id_ in names.items()}
    return [(zh, en, meaning) for zh, (en, meaning) in words.items()]
