"""How far a long run is: what the steps tell, and how it is shown on a terminal."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from generator.finding import Text

Tell = Callable[[Text, int, int], None]
"""Tells that of a step, by its name, so many things of so many are done."""


def silent(_step: Text, _done: int, _total: int) -> None:
    """Tell nobody."""


class Steps:
    """Shows a bar with rate and remaining time, and keeps how long each step took."""

    def __init__(self, console: Console, lang: str) -> None:
        self.seconds: dict[str, float] = {}
        self._lang = lang
        self._begun = self._last = time.monotonic()
        rate = TextColumn("{task.fields[rate]}")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())  # fmt: skip
        # no thread that refreshes: the processes that make pages are forked while the bar is shown
        self._bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._task: TaskID | None = None
        self._step = ""

    def tell(self, step: Text, done: int, total: int) -> None:
        """Take the news of a step; the time since the last news is the step's."""
        name, now = getattr(step, self._lang), time.monotonic()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._last
        self._last = now
        if name != self._step:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task, self._step, self._begun = self._bar.add_task(name, total=total, rate=""), name, now
        if self._task is not None:
            per_second = f"{done / (now - self._begun):.0f}/s" if now > self._begun else ""
            self._bar.update(self._task, completed=done, total=total, rate=per_second)
            self._bar.refresh()

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()
