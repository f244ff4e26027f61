"""The whiles that the pick list and the timeline look at, in the store's own time."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from ui.words import Times


class Period(StrEnum):
    """A while to pick for."""

    SOON = "soon"
    TODAY = "today"
    TOMORROW = "tomorrow"


SOON = timedelta(hours=2)


def span(period: Period, times: Times) -> tuple[datetime, datetime]:
    """Return the windows' openings that a period covers, [from, until): what is late belongs to it."""
    local = times.local(times.now())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if period is Period.TOMORROW:
        return midnight + timedelta(days=1), midnight + timedelta(days=2)
    if period is Period.TODAY:
        return midnight, midnight + timedelta(days=1)
    quarter = local.replace(minute=local.minute // 15 * 15, second=0, microsecond=0)
    return midnight, quarter + SOON
