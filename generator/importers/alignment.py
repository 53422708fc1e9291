"""Gives cells their columns where a text has lost them: only if there is one way to do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.forms.form import Cell as FormCell
from generator.importers.blocks import Cell
from generator.importers.vocabulary import Vocabulary, looks

_TELLING = ("sign", "unit", "direction")
"""Kinds of values that belong into no other column than their own."""
_NEEDED = ("level3", "target")
_MOST = 24  # columns


@dataclass(frozen=True)
class Alignment:
    """The column of each cell, in order, and how much tells that they stand there."""

    columns: tuple[int, ...]
    score: int


def align(vocabulary: Vocabulary, cells: Sequence[Cell], columns: Sequence[FormCell]) -> Alignment | None:
    """Give for each of `cells` (none blank) the index of its column, in order.

    Names of the framework, signs and units go to their own columns as far as can be; numbers stand
    where numbers may. None where nothing fits, or where two ways fit equally well.
    """
    if len(cells) > len(columns) or len(columns) > _MOST:
        return None
    texts = [cell.text for cell in cells]
    needed = [bool(c.each) and c.field in _NEEDED for c in columns]

    def fits(cell: int, column: FormCell) -> bool:
        if column.known:
            # some offices print 满意度指标 at both levels
            again = column.known == "level2" and cell > 0 and texts[cell] == texts[cell - 1]
            return again or vocabulary.level(texts[cell], column.known)
        return looks(column.like, texts[cell])

    def telling(column: int, following: tuple[int, ...]) -> int:
        """Weigh a cell's column: level 1 tells little without level 2, for 成本指标 is a name of both."""
        if columns[column].known == "level1":
            return 2 * any(columns[other].known == "level2" for other in following)
        return 1 if columns[column].known or columns[column].like in _TELLING else 0

    @cache
    def best(cell: int, column: int) -> tuple[int, int, tuple[int, ...]]:
        """Give score, number of ways and one way for the cells from `cell` in the columns from `column`."""
        if cell == len(texts):
            return (0, 0, ()) if any(needed[column:]) else (0, 1, ())
        if column == len(columns):
            return 0, 0, ()
        ways = [] if needed[column] else [best(cell, column + 1)]
        if fits(cell, columns[column]):
            score, count, way = best(cell + 1, column + 1)
            ways.append((score + telling(column, way), count, (column, *way)))
        possible = [way for way in ways if way[1]]
        top = max((score for score, _, _ in possible), default=0)
        tops = [way for way in possible if way[0] == top]
        return (top, sum(way[1] for way in tops), tops[0][2]) if tops else (0, 0, ())

    score, count, way = best(0, 0)
    return Alignment(way, score) if count == 1 else None
