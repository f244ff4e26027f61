"""Waiting for what another process does: for the fact itself, and with a sentence when it is too late."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0
POLL = 0.05
# A busy machine may hold the typist up in the middle of a scan, as no scanner does: such a scan is typed again.
ATTEMPTS = 8
ATTEMPT_SECONDS = 6.0


class NotAsTold(Exception):
    """The program did not do what it should; the message says what."""


class TooLate(NotAsTold):
    """It may still come."""


def until(what: str, look: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Return the first answer that is something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TooLate(f"waited {seconds:.0f} s for {what}")
        time.sleep(POLL)
    return found


def insist(what: str, act: Callable[[], object], look: Callable[[], T], seconds: float = ATTEMPT_SECONDS) -> T:
    """Act until something has come of it, and return that; each time it may take so many seconds."""
    for attempt in range(1, ATTEMPTS + 1):
        act()
        try:
            return until(what, look, seconds)
        except TooLate:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("there is no attempt after the last")
