"""Locks that the system gives back however a process ends: one HQ per data folder, one writer per file."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from app.errors import AlreadyRunning

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _wait_for(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _wait_for(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder, or raise `AlreadyRunning`."""
    with (data / "hq.lock").open("a+", encoding="utf-8") as file:
        try:
            _take(file)
        except OSError as error:
            raise AlreadyRunning(f"Another HQ already runs on {data}.") from error
        yield


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until no other process of this HQ is inside such a block with the same lock file."""
    with path.open("a+", encoding="utf-8") as file:
        _wait_for(file)
        yield
