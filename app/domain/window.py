"""Pickup windows `[opens, closes)`, what a moment is in relation to one, and how one is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache


class Phase(StrEnum):
    """Where a moment lies: early, open, late (past the window, within the grace) or overdue."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Window:
    """A pickup window: aware UTC, whole minutes, `opens` included, `closes` not."""

    opens: datetime
    closes: datetime

    def __post_init__(self) -> None:
        if self.opens.tzinfo is None or self.closes.tzinfo is None:
            raise ValueError("a window needs aware times")
        if self.closes <= self.opens:
            raise ValueError("a window closes after it opens")

    @staticmethod
    @lru_cache(maxsize=4096)
    def of_minutes(opens: int, length: int) -> Window:
        """Return the window of minutes since the Unix epoch and a length in minutes; orders of one share it."""
        start = datetime.fromtimestamp(opens * 60, UTC)
        return Window(start, start + timedelta(minutes=length))

    @property
    def opens_minute(self) -> int:
        """Minutes since the Unix epoch."""
        return int(self.opens.timestamp()) // 60

    @property
    def length(self) -> int:
        """Minutes from opening to closing."""
        return int((self.closes - self.opens).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class WindowPolicy:
    """A store's tolerance: minutes before the opening and after the closing in which a clerk may hand over."""

    early_minutes: int = 0
    late_minutes: int = 0

    def phase(self, window: Window, now: datetime) -> Phase:
        """Place `now` (aware) in relation to the window."""
        if now < window.opens - timedelta(minutes=self.early_minutes):
            return Phase.EARLY
        if now < window.closes:
            return Phase.OPEN
        if now < window.closes + timedelta(minutes=self.late_minutes):
            return Phase.LATE
        return Phase.OVERDUE


class WhyNot(StrEnum):
    """Why a window cannot be taken; `not_offered`: it is none of the rule's."""

    FULL = "full"
    CLOSED = "closed"
    TOO_SOON = "too_soon"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class WindowOffer:
    """A window to show; `left` is None without a capacity, `why` None when it may be taken."""

    window: Window
    left: int | None = None
    why: WhyNot | None = None
