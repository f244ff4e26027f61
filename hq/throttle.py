"""Bounded attempts: after too many wrong ones an address waits.

Each process counts for itself: with N workers a guesser has N times as many attempts, which 80 random bits can spare.
"""

from __future__ import annotations

from collections import deque
from http import HTTPStatus

from app.clock import Clock
from hq.problems import Rejection


class Throttle:
    """At most `most` failures of one address within `seconds`."""

    _ADDRESSES = 10_000

    def __init__(
        self, clock: Clock, *, most: int = 10, seconds: float = 60, says: str = "Too many wrong codes"
    ) -> None:
        self._clock = clock
        self._says = says
        self._most = most
        self._seconds = seconds
        self._failures: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """Refuse an address that failed too often of late."""
        failures = self._failures.get(address, deque())
        while failures and failures[0] <= self._clock.monotonic() - self._seconds:
            failures.popleft()
        if len(failures) >= self._most:
            wait = int(failures[0] + self._seconds - self._clock.monotonic()) + 1
            sentence = f"{self._says}: wait {wait} seconds."
            raise Rejection(HTTPStatus.TOO_MANY_REQUESTS, "attempts", sentence, retry_after=wait)

    def fail(self, address: str) -> None:
        """Count a failure."""
        if address not in self._failures and len(self._failures) >= self._ADDRESSES:
            self._failures.pop(next(iter(self._failures)))
        self._failures.setdefault(address, deque(maxlen=self._most)).append(self._clock.monotonic())

    def take(self, address: str) -> None:
        """Count an attempt whatever becomes of it, or refuse it."""
        self.check(address)
        self.fail(address)
