"""Terms explained where they stand: the first time that a page uses one, it links to its meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


class Explainer:
    """Finds the terms of one page. The pieces of a text, joined, are always the text itself."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = {term.term: (number, term) for number, term in enumerate(terms, 1) if term.term}
        longest_first = sorted(self._terms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._used: list[Explained] = []

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Cut a text at the terms that the page has not used yet."""
        pieces: list[Piece] = []
        end = 0
        for match in self._pattern.finditer(text):
            number, term = self._terms[match[0]]
            if any(used.number == number for used in self._used):
                continue
            self._used.append(Explained(number, term.term, term.explanation))
            if match.start() > end:
                pieces.append(Piece(text[end : match.start()]))
            pieces.append(Piece(match[0], number))
            end = match.end()
        if end < len(text) or not pieces:
            pieces.append(Piece(text[end:]))
        return tuple(pieces)

    @property
    def used(self) -> tuple[Explained, ...]:
        """The terms that the page has used so far, in the order of their first places."""
        return tuple(self._used)
