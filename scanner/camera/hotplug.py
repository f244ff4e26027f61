"""Waits between two attempts to open a camera, and no longer than until one comes or goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scanner.camera.listing import plugged_in

LOOK_EVERY = 1.0


class Roster:
    """Tells when the cameras that are plugged in are not those of the last look."""

    def __init__(self, present: Callable[[], Any] = plugged_in) -> None:
        self._present = present
        self._seen = present()

    def changed(self) -> bool:
        """Look again; tell whether a camera came or went since the last look."""
        before, self._seen = self._seen, self._present()
        return bool(self._seen != before)


class AttentivePause:
    """A pause that ends early: when `wait` says that it is over for good, or when a camera comes or goes."""

    def __init__(self, wait: Callable[[float], bool], present: Callable[[], Any] = plugged_in) -> None:
        self._wait = wait
        self._present = present
        self._roster: Roster | None = None

    def __call__(self, seconds: float) -> bool:
        """Wait up to that long; tell whether a camera came or went, also while one was in use."""
        # Here, not before: where the listing takes time it must not hold up whoever makes the pause.
        self._roster = self._roster or Roster(self._present)
        left = seconds
        while left > 0 and not self._wait(min(left, LOOK_EVERY)):
            left -= LOOK_EVERY
            if self._roster.changed():
                return True
        return False
