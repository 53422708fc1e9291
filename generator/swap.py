"""Puts a whole folder in the place of another, so that nobody ever sees a half-written one."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS sys/stdio.h


def swap(fresh: Path, place: Path) -> None:
    """Make `fresh` stand at `place`; what stood there is deleted afterwards.

    Where the system can exchange two names in one step (Linux, macOS), no moment is without a site.
    Elsewhere there is one between two renames, and `recover` mends what a crash leaves there.
    """
    if place.exists():
        if not _exchange(fresh, place):
            old = _old(place)
            shutil.rmtree(old, ignore_errors=True)
            place.rename(old)
            fresh.rename(place)
            fresh = old
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        fresh.rename(place)


def recover(place: Path) -> None:
    """Put the old folder back if a crash came between the two renames of `swap`."""
    if _old(place).exists() and not place.exists():
        _old(place).rename(place)


def _old(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or its file system cannot."""
    names = (os.fsencode(one), os.fsencode(other))
    if sys.platform == "linux":
        function, arguments = (
            "renameat2",
            (_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE),
        )
    elif sys.platform == "darwin":
        function, arguments = "renamex_np", (names[0], names[1], _RENAME_SWAP)
    else:
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), function, None)
    return call is not None and call(*arguments) == 0
