"""Work that processes share: every result arrives, and what goes wrong in one is said."""

from __future__ import annotations

import os
import signal

import pytest

from generator.errors import GeneratorError
from generator.workers import share


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_thing_is_worked_on_once(jobs: int) -> None:
    assert sorted(share(lambda n: n * n, range(20), jobs)) == [(n, n * n) for n in range(20)]


def test_no_work_is_no_process() -> None:
    nothing: list[int] = []
    assert list(share(abs, nothing, 2)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_a_process_is_raised_here(jobs: int) -> None:
    def work(number: int) -> int:
        if number == 3:
            raise GeneratorError("here", "坏了", "broken")
        return number

    with pytest.raises(GeneratorError, match="坏了"):
        list(share(work, range(9), jobs))


def test_a_lost_process_is_said() -> None:
    def work(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(GeneratorError, match="内存不足"):
        list(share(work, range(9), 2))
