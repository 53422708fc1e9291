"""What the page for English readers says: what this site is, how to read it, and the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.exports.dictionary import DICTIONARY, TABLES
from generator.exports.reading import RULES
from generator.forms.terms import sections
from generator.model import Dataset

READING = (
    "Amounts are in 万元 (10,000 yuan) or 元 (yuan), as the document states.",
    "The spending plan is cumulative: the share of the budget to be spent by the end of March, June, October and December.",
    "Indicators have three levels: output (what is done), benefit (what comes of it) and satisfaction of those served; since 2022 also cost.",
    "A target such as ≥90% is a sign, a number and a unit; 定性 marks one that is a quality, not a number.",
)


@dataclass(frozen=True)
class Vocabulary:
    """Words that belong together: (Chinese, English, meaning, column of the data files or nothing)."""

    title: str
    words: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True)
class English:
    """The page."""

    title: str
    holds: str
    vocabulary: Sequence[Vocabulary]
    reading: Sequence[str] = READING
    rules: Sequence[str] = tuple(rule.en for rule in RULES)


def english(dataset: Dataset) -> English:
    """Explain the site with the titles that the data files bear."""
    counts = ((len(dataset.units), "unit"), (len(dataset.disclosures), "disclosure"), (len(dataset.projects), "project"))  # fmt: skip
    return English(
        "In English", ", ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in counts), _vocabulary()
    )


def _vocabulary() -> list[Vocabulary]:
    columns = {
        column.title.zh: column.name
        for table in reversed(TABLES)  # the first table that has the word names it
        if table is not DICTIONARY
        for column in table.columns
    }
    return [
        Vocabulary(s.title, [(w.zh, w.en, w.meaning, columns.get(w.zh, "")) for w in s.terms])
        for s in sections()
    ]
