"""The time of day, behind a port so that tests and the simulation own it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time (aware UTC) and monotonic seconds."""

    def now(self) -> datetime:
        """Return the wall time, aware UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that only go forward."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        """Return the machine's wall time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()


class TrustedClock:
    """HQ's time carried on by the monotonic clock; the wall clock only until HQ has been heard.

    `floor` is the latest time ever trusted (kept in the database): a dead battery that throws the machine back
    to 2000 can then not reopen yesterday's windows.
    """

    TOLERANCE = timedelta(minutes=2)

    def __init__(self, clock: Clock, floor: datetime | None = None) -> None:
        self._clock = clock
        self._floor = floor
        self._anchor: tuple[datetime, float] | None = None
        self._start = (floor or clock.now(), clock.monotonic())

    def monotonic(self) -> float:
        """Return the underlying clock's monotonic seconds."""
        return self._clock.monotonic()

    def now(self) -> datetime:
        """Return the trusted time, aware UTC."""
        if self._anchor:
            heard, mono = self._anchor
            return heard + timedelta(seconds=self._clock.monotonic() - mono)
        wall = self._clock.now()
        return max(wall, self._floor) if self._floor else wall

    def steady(self) -> datetime:
        """Return a time that moving the machine's clock does not move: pauses are counted by it.

        It is HQ's; before HQ has been heard it may be behind the time of day, and never ahead of what passed since the
        start.
        """
        since, mono = self._anchor or self._start
        return since + timedelta(seconds=self._clock.monotonic() - mono)

    def count_from(self, moment: datetime) -> None:
        """Let the steady time of a start without HQ begin here: no earlier than what the file was last told by it."""
        self._start = (moment, self._clock.monotonic())

    def learn(self, hq_time: datetime, *, round_trip: float = 0.0) -> None:
        """Take HQ's time from an answer that was under way for `round_trip` seconds."""
        heard = hq_time + timedelta(seconds=round_trip / 2)
        self._anchor = (heard, self._clock.monotonic())
        self.raise_floor(heard)

    def raise_floor(self, floor: datetime) -> None:
        """Never again tell a time before `floor` while HQ has not been heard."""
        self._floor = max(floor, self._floor) if self._floor else floor

    def offset(self) -> timedelta:
        """Return how far the machine's clock is ahead of the trusted time."""
        return self._clock.now() - self.now()

    def is_off(self) -> bool:
        """Tell whether the machine's clock deserves a warning."""
        return abs(self.offset()) > self.TOLERANCE
