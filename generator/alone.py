"""One build at a time: the second waits, because both write the same folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.errors import GeneratorError

PATIENCE = 600  # seconds; a city's whole build takes less


@contextmanager
def alone(lock: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the file `lock` while the block runs; a process that dies lets go of it.

    GeneratorError when another process has held it for `patience` seconds.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=patience):
            yield
    except Timeout as error:
        raise GeneratorError(
            lock,
            "另一个 disclose 正在生成网站；等它结束再试",
            "another `disclose` is building the site; try again when it is done",
        ) from error
