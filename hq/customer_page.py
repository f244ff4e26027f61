"""What the customer's page says, in Chinese first: state, window in the store's own time, and the way it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.order import Status
from hq import spelling
from hq.views import OrderView

_BEING_MADE = ("门店正在备货", "The store is preparing your order")
_SAYS: dict[Status, tuple[str, str]] = {
    Status.PREPARED: ("已备好，请在自提时段到店", "Packed: come when the pickup window opens"),
    Status.AWAITING_PICKUP: ("可以来取了", "Ready to collect"),
    Status.COMPLETED: ("已取货，谢谢光临", "Collected, thank you"),
    Status.CANCELLED: ("订单已取消", "This order was cancelled"),
}
_STEPS = (
    ("已付款", "Paid"),
    ("已分配门店", "At the store"),
    ("已备好", "Packed"),
    ("待自提", "Ready to collect"),
    ("已完成", "Collected"),
)
_REACHED = {Status.PREPARED: 3, Status.AWAITING_PICKUP: 4, Status.COMPLETED: 5}


@dataclass(frozen=True, slots=True)
class Step:
    """One state on the way; `at` is empty for one that has no moment of its own."""

    zh: str
    en: str
    reached: bool
    at: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template shows."""

    state: str
    tone: str
    says_zh: str
    says_en: str
    window_zh: str
    window_en: str
    overdue: bool
    shows_code: bool
    short_code: str
    steps: tuple[Step, ...]


def describe(view: OrderView, now: datetime) -> Page:
    """Return what the page of an order says at a moment."""
    zone = ZoneInfo(view.store.time_zone)
    open_now = view.status not in {Status.COMPLETED, Status.CANCELLED}
    zh, en = _words(view)
    return Page(
        state=state_of(view),
        tone=_tone(view),
        says_zh=zh,
        says_en=en,
        window_zh=spelling.window(view.row.window, zone, "zh"),
        window_en=spelling.window(view.row.window, zone, "en"),
        overdue=open_now and now >= view.row.window.closes + timedelta(minutes=view.store.late_minutes),
        shows_code=open_now and not view.row.cancel_requested,
        short_code=f"{view.short_code[:4]} {view.short_code[4:]}",
        steps=_steps(view, zone),
    )


def state_of(view: OrderView) -> str:
    """Return what differs when the page must be drawn again."""
    return f"{view.row.version}-{view.status}"


def _words(view: OrderView) -> tuple[str, str]:
    if view.row.cancel_requested:
        return "正在取消订单", "The cancellation is under way"
    return _SAYS.get(view.status, _BEING_MADE)


def _tone(view: OrderView) -> str:
    if view.status is Status.CANCELLED or view.row.cancel_requested:
        return "off"
    return "go" if view.status in {Status.AWAITING_PICKUP, Status.COMPLETED} else "wait"


def _steps(view: OrderView, zone: ZoneInfo) -> tuple[Step, ...]:
    row = view.row
    waiting = max(row.prepared_at, row.window.opens) if row.prepared_at else None
    times = (row.paid_at, row.assigned_at, row.prepared_at, waiting, row.completed_at)
    reached = _REACHED.get(view.status, 2)
    return tuple(
        Step(zh, en, at < reached, f"{moment.astimezone(zone):%m-%d %H:%M}" if moment and at < reached else "")
        for at, ((zh, en), moment) in enumerate(zip(_STEPS, times, strict=True))
    )
