"""Reminders by the clock: the day before a window closes, and what a session's rules do about an overdue order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, bindparam, select, text

from app.domain.money import format_fen
from app.domain.order import ON_SHELF, Status
from app.domain.policies import OverdueStep
from hq import alerts
from hq.mall import sessions
from hq.mall.sessions import Rules
from hq.messages.kinds import Kind
from hq.office import Office
from hq.ordering import orders, telling
from hq.ordering.book import OrderRow
from hq.schema import messages
from hq.schema import orders as order_table
from hq.work import Work

DAY_BEFORE = timedelta(hours=24)
# Nobody is reminded of what was ordered for the same afternoon, nor in the last hours, when it says nothing new.
_LATEST = timedelta(hours=3)
# After so long nobody is written to any more: what lies about longer is an operator's business.
_OVERDUE_FOR = timedelta(days=14)
_PAGE = 500

# A window is at most a week long, so one that closes now opened within it.
_WAITING = (
    select(order_table)
    .where(
        text("status NOT IN ('completed', 'cancelled')"),
        order_table.c.opens >= bindparam("from_minute"),
        order_table.c.opens < bindparam("to_minute"),
        order_table.c.number > bindparam("after"),
    )
    .order_by(order_table.c.number)
    .limit(_PAGE)
)
_SAID = select(messages.c.dedup).where(messages.c.dedup.in_(bindparam("dedups", expanding=True)))
_WEEK = timedelta(days=7)


def remind_due(office: Office) -> int:
    """Post what is due now; what was posted before is passed over. Return how many orders were spoken of."""
    now = office.now()
    spoken = 0
    for page in _pages(office, now):
        due = [(order, step) for order in page for step in _due(office, order, now)]
        said = office.read(partial(_said, dedups=[_dedup(order, step) for order, step in due]))
        fresh = [(order, step) for order, step in due if _dedup(order, step) not in said]
        for order, step in fresh:
            office.write(partial(_take, number=order.number, step=step))
        spoken += len(fresh)
    return spoken


def _pages(office: Office, now: datetime) -> Iterator[list[OrderRow]]:
    first, last = now - _OVERDUE_FOR - _WEEK, now + DAY_BEFORE
    after = -1
    while True:
        asked = {"from_minute": _minute(first), "to_minute": _minute(last), "after": after}
        page = office.read(partial(_page, asked=asked))
        if page:
            yield page
        if len(page) < _PAGE:
            return
        after = page[-1].number


def _page(conn: Connection, asked: dict[str, int]) -> list[OrderRow]:
    return [OrderRow(*row) for row in conn.execute(_WAITING, asked)]


def _due(office: Office, order: OrderRow, now: datetime) -> list[str]:
    closes = order.window.closes
    if now < closes:
        soon = closes - DAY_BEFORE <= now <= closes - _LATEST and order.placed_at <= closes - DAY_BEFORE
        return [Kind.DAY_BEFORE.value] if soon and Status(order.status) is not Status.SHORTAGE else []
    if now > closes + _OVERDUE_FOR or Status(order.status) in {Status.AWAITING_GROUP, Status.SHORTAGE}:
        return []
    rules = office.read(lambda conn: sessions.rules_of(conn, order.session_id))
    return [step.value for step in rules.overdue.due_steps(order.window, now)]


def _take(work: Work, number: int, step: str) -> None:
    order = orders.locked(work, number)
    if order.status in {Status.COMPLETED, Status.CANCELLED}:
        return
    if step == Kind.DAY_BEFORE:
        telling.remind(work, order, Kind.DAY_BEFORE, step)
        return
    rules = sessions.rules_of(work.conn, order.session_id)
    _step(work, order, OverdueStep(step), rules)


def _step(work: Work, order: OrderRow, step: OverdueStep, rules: Rules) -> None:
    match step:
        case OverdueStep.REMIND:
            telling.remind(work, order, Kind.OVERDUE, step.value)
        case OverdueStep.COUPON:
            coupon = format_fen(rules.overdue.coupon_fen)
            telling.remind(work, order, Kind.OVERDUE_COUPON, step.value, {"coupon": coupon})
        case OverdueStep.PUT_BACK:
            if Status(order.status) in ON_SHELF:
                facts = {"label": order.label, "since": order.window.closes.isoformat()}
                alerts.record(work, order.store_id, "put_back_due", str(order.number), facts, order_number=order.number)
        case OverdueStep.REFUND:
            orders.cancel(work, order.number, "overdue")


def _said(conn: Connection, dedups: list[str]) -> set[str]:
    return set(conn.execute(_SAID, {"dedups": dedups}).scalars()) if dedups else set()


def _dedup(order: OrderRow, step: str) -> str:
    return f"{order.number}:{step}"


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
