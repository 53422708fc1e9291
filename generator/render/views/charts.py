"""Pictures of figures: bars in a table, so that picture and table are one, and sentences about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator import money
from generator.number import percent, plain

SCALE = 1000  # drawing units of the longest bar


@dataclass(frozen=True)
class Measured:
    """Something with a figure, before it is drawn; `more` stands in quiet letters after its name."""

    name: str
    value: Decimal
    figure: str
    url: str = ""
    more: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a chart: `length` in drawing units of the longest, `share` of the sum in %."""

    name: str
    url: str
    more: str
    figure: str
    length: int
    share: str


@dataclass(frozen=True)
class Bars:
    """A chart of sorted bars. `sentence` says in words and figures what it shows."""

    caption: str
    name_title: str
    figure_title: str
    sentence: str
    bars: Sequence[Bar]
    scale: int = SCALE


def bars(
    caption: str, titles: tuple[str, str], sentence: str, measured: Sequence[Measured], most: int = 0
) -> Bars:
    """Draw the largest first, at most `most` of them; shares are of the sum of all."""
    whole = money.add(m.value for m in measured)
    ordered = sorted(measured, key=lambda m: -m.value)
    longest = ordered[0].value if ordered else Decimal(0)
    shown = ordered[:most] if most else ordered
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
                percent(m.value, whole) if whole > 0 else "",
            )
            for m in shown
        ],
    )


def largest_sentence(measured: Sequence[Measured], unit: str) -> str:
    """Say which is the largest and what the three largest make together."""
    ordered = sorted(measured, key=lambda m: -m.value)
    whole = money.add(m.value for m in measured)
    if not ordered or whole <= 0:
        return ""
    first = ordered[0]
    said = f"最多的是“{first.name}”，{first.figure} {unit}，占 {percent(first.value, whole)}"
    three = ordered[:3]
    if len(ordered) <= len(three):
        return f"{said}。"
    together = money.add(m.value for m in three)
    return f"{said}；最多的三项合计 {plain(together)} {unit}，占 {percent(together, whole)}。"
