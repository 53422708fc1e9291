"""Terms explained where they stand: the first time that a page uses one, it links to its meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.model import Term


@dataclass(frozen=True)
class Piece:
    """A part of a text; `term` is the number of the term that it is, from 1, or 0 for other text."""

    text: str
    term: int = 0


@dataclass(frozen=True)
class Explained:
    """A term that the page uses, with the number that its places link to."""

    number: int
    term: str
    explanation: str


Said = str | Sequence[Piece]
"""A text as a page says it: cut at the terms in it, or as it is where it has none."""


def length(said: Said) -> int:
    """Give the number of characters of a text."""
    return len(said) if isinstance(said, str) else sum(len(piece.text) for piece in said)


class Explainer:
    """Finds the terms of one page. The pieces of a text, joined, are always the text itself."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = {term.term: (number, term) for number, term in enumerate(terms, 1) if term.term}
        longest_first = sorted(self._terms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._used: dict[int, Explained] = {}

    def pieces(self, text: str) -> Said:
        """Cut a text at the terms that the page has not used yet."""
        pieces: list[Piece] = []
        end = 0
        for start, word in _found(self._pattern, text):
            number, term = self._terms[word]
            if number in self._used:
                continue
            self._used[number] = Explained(number, term.term, term.explanation)
            if start > end:
                pieces.append(Piece(text[end:start]))
            pieces.append(Piece(word, number))
            end = start + len(word)
        if end < len(text) and pieces:
            pieces.append(Piece(text[end:]))
        return pieces or text

    @property
    def used(self) -> tuple[Explained, ...]:
        """The terms that the page has used so far, in the order of their first places."""
        return tuple(self._used.values())


@lru_cache(maxsize=16_384)  # labels and common words come back on every page
def _found(pattern: re.Pattern[str], text: str) -> Sequence[tuple[int, str]]:
    return [(match.start(), match[0]) for match in pattern.finditer(text)]
