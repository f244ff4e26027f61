"""One HQ per data folder: a lock that the system gives back however the process ends."""

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

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder, or raise `AlreadyRunning`."""
    with (data / "hq.lock").open("a+", encoding="utf-8") as file:
        try:
            _take(file)
        except OSError as error:
            raise AlreadyRunning(f"Another HQ already runs on {data}.") from error
        yield
