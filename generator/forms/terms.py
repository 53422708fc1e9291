"""The words of the forms in English, for headings and for readers."""

from functools import cache

from generator.finding import Text
from generator.forms.described import Described, load


class Word(Described):
    """A word as the forms print it, in English, and what it means to an English reader."""

    zh: str
    en: str
    meaning: str


class Section(Described):
    """Words that belong together."""

    title: str
    terms: tuple[Word, ...]


class _Sections(Described):
    sections: tuple[Section, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Give all words, in the order in which a reader meets them."""
    return load("terms.yml", _Sections).sections


def title(zh: str) -> Text:
    """Give a word of the forms as a heading in both languages. KeyError where there is no such word."""
    en = _english()[zh]
    return Text(zh, f"{en[0].upper()}{en[1:]}")


@cache
def _english() -> dict[str, str]:
    return {word.zh: word.en for section in sections() for word in section.terms}
