"""What a store allows around a window: a new date, what follows when nobody comes, and when work on it must begin."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from zoneinfo import ZoneInfo

from app.domain.fields import DAY, flag, integer, optional, record
from app.domain.hours import Hours
from app.domain.window import Window

_MOST_MINUTES = 30 * DAY
_MOST_TIMES = 100
_MOST_HOURS = 24 * 60
_MOST_FEN = 100_000_00


class WhyNoNewDate(StrEnum):
    """Why an order stays in its window."""

    NOT_ALLOWED = "not_allowed"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class ReschedulePolicy:
    """Whether a customer may choose another window, until how long before this one opens, and how often."""

    allowed: bool = True
    latest_minutes: int = 120
    most_times: int = 2

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the policy; what is left out stays as usual."""
        fields = record(data, "A reschedule policy", frozenset({"allowed", "latest_minutes", "most_times"}))
        return cls(
            flag(fields, "allowed", default=True),
            integer(fields, "latest_minutes", 120, high=_MOST_MINUTES),
            integer(fields, "most_times", 2, high=_MOST_TIMES),
        )

    @property
    def as_json(self) -> dict[str, Any]:
        """The form that `from_json` reads."""
        return asdict(self)

    def latest(self, window: Window) -> datetime:
        """Return until when (included) the window may be changed."""
        return window.opens - timedelta(minutes=self.latest_minutes)

    def may_reschedule(self, window: Window, now: datetime, times: int) -> WhyNoNewDate | None:
        """Tell why the order, rescheduled so many times before, cannot get another window; None if it can."""
        if not self.allowed:
            return WhyNoNewDate.NOT_ALLOWED
        if now > self.latest(window):
            return WhyNoNewDate.TOO_LATE
        return WhyNoNewDate.TOO_OFTEN if times >= self.most_times else None


class OverdueStep(StrEnum):
    """What follows, one after the other, when nobody came."""

    REMIND = "remind"
    COUPON = "coupon"
    PUT_BACK = "put_back"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class OverduePolicy:
    """Hours after a window's closing for each step, in this order; None leaves the step out.

    The coupon invites the customer to come after all; `refund_hours` without `put_back_hours` is refused, because
    goods that are paid back must leave the shelf.
    """

    remind_hours: int | None = 2
    coupon_hours: int | None = None
    coupon_fen: int = 0
    put_back_hours: int | None = 72
    refund_hours: int | None = None

    def __post_init__(self) -> None:
        given = [hours for _, hours in self._steps if hours is not None]
        if given != sorted(given):
            raise ValueError("The steps must follow one another: remind, coupon, put back, refund.")
        if (self.coupon_hours is None) != (self.coupon_fen == 0):
            raise ValueError("A coupon needs both coupon_hours and coupon_fen.")
        if self.refund_hours is not None and self.put_back_hours is None:
            raise ValueError("A refund needs put_back_hours: goods that are paid back must leave the shelf.")

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read the policy; a step that is left out or null is not taken."""
        names = frozenset({"remind_hours", "coupon_hours", "coupon_fen", "put_back_hours", "refund_hours"})
        fields = record(data, "An overdue policy", names)
        return cls(
            optional(fields, "remind_hours", high=_MOST_HOURS),
            optional(fields, "coupon_hours", high=_MOST_HOURS),
            integer(fields, "coupon_fen", 0, high=_MOST_FEN),
            optional(fields, "put_back_hours", high=_MOST_HOURS),
            optional(fields, "refund_hours", high=_MOST_HOURS),
        )

    @property
    def as_json(self) -> dict[str, Any]:
        """The form that `from_json` reads."""
        return asdict(self)

    def steps(self, window: Window) -> tuple[tuple[OverdueStep, datetime], ...]:
        """Return every step with its time, in order."""
        return tuple((step, window.closes + timedelta(hours=hours)) for step, hours in self._steps if hours is not None)

    def due_steps(self, window: Window, now: datetime) -> tuple[OverdueStep, ...]:
        """Return the steps whose time has come, in order; which of them were taken is the caller's to know."""
        return tuple(step for step, at in self.steps(window) if at <= now)

    def next_step_at(self, window: Window, now: datetime) -> datetime | None:
        """Return when the next step will be due."""
        return next((at for _, at in self.steps(window) if at > now), None)

    @property
    def _steps(self) -> tuple[tuple[OverdueStep, int | None], ...]:
        hours = (self.remind_hours, self.coupon_hours, self.put_back_hours, self.refund_hours)
        return tuple(zip(OverdueStep, hours, strict=True))


def prepare_by(window: Window, *, lead_minutes: int, pack_minutes: int, zone: ZoneInfo, hours: Hours) -> datetime:
    """Return when the store must have begun at the latest, counted back in its opening time.

    A store that is not open long enough in the month before counts back by the clock.
    """
    minutes = lead_minutes + pack_minutes
    latest = hours.before(window.opens, minutes, zone)
    return window.opens - timedelta(minutes=minutes) if latest is None else latest
