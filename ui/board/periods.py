"""The whiles that the pick list and the load look at, in the store's own time."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from ui.words import Times


class Period(StrEnum):
    """A while to pick for; of `NEXT` the orders tell which it is, of `CHOSEN` the person."""

    NEXT = "next"
    SOON = "soon"
    TODAY = "today"
    TOMORROW = "tomorrow"
    CHOSEN = "chosen"


Span = tuple[datetime, datetime]
SOON = timedelta(hours=2)
_STEP = timedelta(minutes=30)


def midnight(times: Times, days: int = 0) -> datetime:
    """Return when today begins, or a day after it."""
    local = times.local(times.now()) + timedelta(days=days)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def span(period: Period, times: Times) -> Span:
    """Return the windows' openings that a period covers, [from, until): what is late today belongs to it."""
    if period is Period.TOMORROW:
        return midnight(times, 1), midnight(times, 2)
    if period is Period.SOON:
        return midnight(times), times.now() + SOON
    return midnight(times), midnight(times, 1)


def steps(times: Times) -> list[datetime]:
    """Return every half hour of today and tomorrow, the last midnight too: what can be chosen."""
    start, end = midnight(times), midnight(times, 2)
    count = round((end - start) / _STEP)
    return [start + number * _STEP for number in range(count + 1)]


def near(at: datetime, choices: list[datetime]) -> int:
    """Return the place of the last choice that is not after a moment."""
    return max((place for place, each in enumerate(choices) if each <= at), default=0)
