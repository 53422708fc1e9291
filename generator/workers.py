"""Several processes that share work on things which all of them have.

They are forked, so that what the parent holds need not be sent to them; what they give back is. Where
the system cannot fork, one process does it all.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar

from generator.errors import GeneratorError

T = TypeVar("T")
R = TypeVar("R")


def share(work: Callable[[T], R], things: Sequence[T], jobs: int) -> Iterator[tuple[T, R]]:
    """Do `work` on each thing in `jobs` processes; give thing and result, in whatever order they end.

    GeneratorError where the system ends a process; what `work` raises is raised here.
    """
    if jobs == 1 or len(things) <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        for thing in things:
            yield thing, work(thing)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _Worker.begin, (work, things))
    try:
        futures = {pool.submit(_Worker.run, number): number for number in range(len(things))}
        for future in as_completed(futures):
            yield things[futures.pop(future)], future.result()
    except BrokenProcessPool as error:
        raise GeneratorError(
            "disclose",
            "系统结束了一个工作进程，多半是内存不足；用 --jobs 1 再试",
            "the system ended a working process, likely for want of memory; try --jobs 1",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


class _Worker:
    """What a forked process holds. It ends with its parent, lest it write into the next build's folder."""

    work: Callable[[Any], Any]
    things: Sequence[Any]

    @classmethod
    def begin(cls, work: Callable[[Any], Any], things: Sequence[Any]) -> None:
        cls.work, cls.things = work, things
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends its children
        threading.Thread(target=_end_with_parent, daemon=True).start()

    @classmethod
    def run(cls, number: int) -> Any:
        return cls.work(cls.things[number])


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)
