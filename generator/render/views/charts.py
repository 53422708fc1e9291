"""Pictures of figures: bars in a table, so that picture and table are one, and sentences about them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator import money
from generator.number import grouped, share

SCALE = 1000  # drawing units of the longest bar


@dataclass(frozen=True)
class Measured:
    """Something with a figure, before it is drawn; `more` stands in quiet letters after its name.

    `yuan` is the figure in 元 where it is an amount.
    """

    name: str
    value: Decimal
    figure: str
    url: str = ""
    more: str = ""
    yuan: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a chart: `length` in drawing units of the longest, `share` of the sum in %."""

    name: str
    url: str
    more: str
    figure: str
    length: int
    share: str
    yuan: str


@dataclass(frozen=True)
class Bars:
    """A chart of bars. `sentence` says in words and figures what it shows, `left_out` what it does not."""

    caption: str
    name_title: str
    figure_title: str
    sentence: str
    bars: Sequence[Bar]
    left_out: str = ""
    scale: int = SCALE


def bars(
    caption: str, titles: tuple[str, str], sentence: str, measured: Sequence[Measured], most: int = 0
) -> Bars:
    """Draw the largest first, at most `most` of them; shares are of the sum of all."""
    ordered = sorted(measured, key=lambda m: -m.value)
    whole = series(caption, titles, sentence, ordered)
    if not most or len(ordered) <= most:
        return whole
    left_out = f"图中是最多的 {most} 项，共有 {len(ordered)} 项。"
    return replace(whole, bars=whole.bars[:most], left_out=left_out)


def series(caption: str, titles: tuple[str, str], sentence: str, measured: Sequence[Measured]) -> Bars:
    """Draw all in their order; shares are of their sum."""
    whole = money.add(m.value for m in measured)
    longest = max((m.value for m in measured), default=Decimal(0))
    return Bars(
        caption,
        *titles,
        sentence,
        [
            Bar(
                m.name,
                m.url,
                m.more,
                m.figure,
                round(m.value * SCALE / longest) if longest > 0 else 0,
                share(m.value, whole) if whole > 0 else "",
                m.yuan,
            )
            for m in measured
        ],
    )


def largest_sentence(measured: Sequence[Measured], unit: str) -> str:
    """Say which is the largest and what the three largest make together."""
    ordered = sorted(measured, key=lambda m: -m.value)
    whole = money.add(m.value for m in measured)
    if not ordered or whole <= 0:
        return ""
    first = ordered[0]
    said = f"最多的是“{first.name}”，{first.figure} {unit}，占 {share(first.value, whole)}"
    three = ordered[:3]
    if len(ordered) <= len(three):
        return f"{said}。"
    together = money.add(m.value for m in three)
    return f"{said}；最多的三项合计 {grouped(together)} {unit}，占 {share(together, whole)}。"


def series_sentence(measured: Sequence[Measured], unit: str) -> str:
    """Say one after the other what each is, and how the last differs from the one before it."""
    said = "，".join(f"{m.name} {m.figure} {unit}" for m in measured)
    if len(measured) < 2:  # noqa: PLR2004 (a difference needs two)
        return f"{said}。" if said else ""
    before, last = measured[-2], measured[-1]
    difference = last.value - before.value
    if not difference:
        return f"{said}；{last.name}与 {before.name}相同。"
    word = "多" if difference > 0 else "少"
    return f"{said}；{last.name}比 {before.name}{word} {grouped(abs(difference))} {unit}。"
