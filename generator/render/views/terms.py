"""Terms explained where they stand: the first time that a page uses one, it links to its meaning."""

import re
from collections.abc import Callable, Sequence
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


class Vocabulary:
    """The terms of a portal, and where they stand in a text."""

    def __init__(self, terms: Sequence[Term] = ()) -> None:
        explained = {t.term: Explained(n, t.term, t.explanation) for n, t in enumerate(terms, 1) if t.term}
        longest_first = sorted(explained, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

        @lru_cache(maxsize=16_384)  # labels and common words come back on every page
        def found(text: str) -> Sequence[tuple[int, Explained]]:
            return [(match.start(), explained[match[0]]) for match in pattern.finditer(text)]

        self.found: Callable[[str], Sequence[tuple[int, Explained]]] = found
        """Gives the places of terms in a text, the longest where several begin, with their meaning."""


class Explainer:
    """Finds the terms of one page. The pieces of a text, joined, are always the text itself."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._found = vocabulary.found
        self._used: dict[int, Explained] = {}

    def pieces(self, text: str) -> Said:
        """Cut a text at the terms that the page has not used yet."""
        found = self._found(text)
        if not found:
            return text
        pieces: list[Piece] = []
        end = 0
        for start, explained in found:
            if explained.number in self._used:
                continue
            self._used[explained.number] = explained
            if start > end:
                pieces.append(Piece(text[end:start]))
            pieces.append(Piece(explained.term, explained.number))
            end = start + len(explained.term)
        if end < len(text) and pieces:
            pieces.append(Piece(text[end:]))
        return pieces or text

    @property
    def used(self) -> tuple[Explained, ...]:
        """The terms that the page has used so far, in the order of their first places."""
        return tuple(self._used.values())
