"""Keeps answers that are dear for a while: a page is looked at every two seconds, a month's figures are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Connection

from app.clock import Clock

T = TypeVar("T")
_REST = 9


class Slowly(Generic[T]):
    """A query that is asked again once its answer is `seconds` old, or when what is asked differs.

    What took long to answer is asked more seldom still, so that open pages take a tenth of HQ's time at most.
    """

    def __init__(
        self, clock: Clock, query: Callable[[Connection], T], key: Callable[[], object], seconds: float
    ) -> None:
        self._clock = clock
        self._query = query
        self._key = key
        self._seconds = seconds
        self._kept: tuple[object, float, T] | None = None

    def __call__(self, conn: Connection) -> T:
        """Return the answer."""
        key, asked = self._key(), self._clock.monotonic()
        if self._kept and self._kept[0] == key and asked < self._kept[1]:
            return self._kept[2]
        answer = self._query(conn)
        answered = self._clock.monotonic()
        self._kept = (key, answered + max(self._seconds, _REST * (answered - asked)), answer)
        return answer
