"""The spending plan as a staircase of cumulative percentages: a table whose cells hold its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model import PlanStep
from generator.render.views.notices import Notice, NoticesByField

WIDTH, HEIGHT, FULL_Y = 100, 60, 6
"""The drawing of one step; the line of 100 % is at `FULL_Y`, zero at the bottom."""

FULL = Decimal(100)  # %, where the drawing ends


@dataclass(frozen=True)
class Step:
    """A step: `height` in drawing units; `clipped` where the figure leaves the picture."""

    date: str
    text: str
    height: int
    clipped: bool
    known: bool

    @property
    def y(self) -> int:
        """Where the top of the step is."""
        return HEIGHT - self.height


@dataclass(frozen=True)
class PlanView:
    """The staircase, the sentence above it and what is doubtful about it."""

    sentence: str
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    full_y: int = FULL_Y

    @property
    def clipped(self) -> bool:
        """Whether a figure is drawn shorter than it is."""
        return any(step.clipped for step in self.steps)


def plan_view(plan: Sequence[PlanStep], notices: NoticesByField | None = None) -> PlanView:
    """Draw a plan of at least one step.

    The drawing ends at 100 %: what is above is cut off there and marked, so that one misprint does not
    crush the other steps.
    """
    steps = []
    for step in plan:
        value = step.cumulative.value
        share = min(max(value or Decimal(0), Decimal(0)), FULL)
        steps.append(
            Step(
                step.date,
                step.cumulative.text,
                round((HEIGHT - FULL_Y) * share / FULL),
                clipped=value is not None and value > FULL,
                known=value is not None,
            )
        )
    said = [
        notice
        for field, some in (notices or {}).items()
        if field.startswith("spending_plan")
        for notice in some
    ]
    return PlanView(_sentence(plan), tuple(steps), tuple(said))


def _sentence(plan: Sequence[PlanStep]) -> str:
    last = plan[-1]
    first = plan[0]
    if len(plan) == 1:
        return f"计划到{last.date}累计支出预算的 {last.cumulative}。"
    return f"计划到{first.date}累计支出预算的 {first.cumulative}，到{last.date}累计 {last.cumulative}。"
