"""What the customer's page says, in Chinese first: state, window in the store's own time, and the way it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.order import Status
from hq import spelling
from hq.ordering.views import OrderView

_BEING_MADE = ("门店正在备货", "The store is preparing your order")
_SAYS: dict[Status, tuple[str, str]] = {
    Status.PREPARED: ("已备好，请在自提时段到店", "Packed: come when the pickup window opens"),
    Status.AWAITING_PICKUP: ("可以来取了", "Ready to collect"),
    Status.COMPLETED: ("已取货，谢谢光临", "Collected, thank you"),
    Status.CANCELLED: ("订单已取消", "This order was cancelled"),
    Status.AWAITING_GROUP: ("等待成团", "Waiting for the group"),
    Status.SHORTAGE: ("抱歉，有商品缺货", "Sorry, something is missing"),
    Status.PUT_BACK: ("商品已回库，请联系门店", "Put back on the shelf: please call the store"),
}
_NEXT: dict[Status, tuple[str, str]] = {
    Status.AWAITING_GROUP: (
        "人齐后门店开始备货，并通知您自提日期；到期未成团自动退款。",
        "When the group is complete the store starts, and we tell you the day; if it does not fill, you are refunded.",
    ),
    Status.PREPARED: ("到自提时段后，凭提货码到店取货。", "Come in your pickup time and show the code."),
    Status.AWAITING_PICKUP: ("到店出示提货码，店员扫码后即可取走。", "Show the code at the counter and take your bag."),
    Status.SHORTAGE: (
        "请在下面选一个替代方案，或全额退款。",
        "Choose below what shall be instead, or your money back.",
    ),
    Status.COMPLETED: ("欢迎再次光临。", "See you again."),
}
_NEXT_USUALLY = ("备好后会通知您，无需等待。", "We tell you as soon as it is packed.")
_NO_CODE = frozenset({Status.COMPLETED, Status.CANCELLED, Status.AWAITING_GROUP, Status.SHORTAGE})
_STEPS = (
    ("已付款", "Paid"),
    ("已分配门店", "At the store"),
    ("已备好", "Packed"),
    ("待自提", "Ready to collect"),
    ("已完成", "Collected"),
)
_REACHED = {Status.AWAITING_GROUP: 1, Status.PREPARED: 3, Status.AWAITING_PICKUP: 4, Status.COMPLETED: 5}


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

    tone: str
    says_zh: str
    says_en: str
    window_zh: str
    window_en: str
    overdue: bool
    shows_code: bool
    short_code: str
    steps: tuple[Step, ...]
    next_zh: str = ""
    next_en: str = ""


def describe(view: OrderView, now: datetime) -> Page:
    """Return what the page of an order says at a moment."""
    zone = ZoneInfo(view.store.time_zone)
    open_now = view.status not in {Status.COMPLETED, Status.CANCELLED}
    zh, en = _words(view)
    next_zh, next_en = _next(view)
    return Page(
        tone=_tone(view),
        says_zh=zh,
        says_en=en,
        window_zh=spelling.window(view.row.window, zone, "zh"),
        window_en=spelling.window(view.row.window, zone, "en"),
        overdue=open_now and now >= view.row.window.closes + timedelta(minutes=view.store.late_minutes),
        shows_code=view.status not in _NO_CODE and not view.row.cancel_requested,
        short_code=f"{view.short_code[:4]} {view.short_code[4:]}",
        steps=_steps(view, zone),
        next_zh=next_zh,
        next_en=next_en,
    )


def short_words(status: Status, language: str) -> str:
    """Return what a state is called in a list."""
    return _SAYS.get(status, _BEING_MADE)[language == "en"]


def _words(view: OrderView) -> tuple[str, str]:
    if view.row.cancel_requested:
        return "正在取消订单", "The cancellation is under way"
    return _SAYS.get(view.status, _BEING_MADE)


def _next(view: OrderView) -> tuple[str, str]:
    if view.row.cancel_requested:
        return ("门店确认后为您退款。", "The money goes back when the store has confirmed.")
    if view.status is Status.CANCELLED:
        return ("", "")
    return _NEXT.get(view.status, _NEXT_USUALLY)


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
