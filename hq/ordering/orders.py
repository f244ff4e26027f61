"""Orders: placed once per client key, cancelled, rescheduled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.order import AT_STORE, Status
from app.domain.window import Window
from hq import stores
from hq.counters import feed
from hq.ordering import book, chronicle, holds, loads, telling
from hq.ordering.book import OrderRow
from hq.ordering.placing import Place
from hq.ordering.story import Fact, FactKind
from hq.ordering.views import OrderView
from hq.ordering.wishes import NewOrder, checked_window
from hq.problems import conflict, missing
from hq.work import Work


def place(work: Work, client_key: str, wish: NewOrder) -> tuple[OrderView, bool]:
    """Place an order, paid and assigned to its store; the same key again returns the same order and `False`."""
    placed = Place(client_key, wish)(work)
    return placed.view, placed.is_new


def cancel(work: Work, number: int, reason: str) -> OrderRow:
    """Cancel an order, or ask its store to: where a lead terminal holds the claims, only that may say yes."""
    order = locked(work, number)
    if order.status == Status.CANCELLED or order.cancel_requested:
        return order
    if order.status == Status.COMPLETED:
        raise conflict("completed", f"Order {order.label} was handed over already.")
    store = stores.by_id(work.conn, order.store_id)
    asks = store.lead_terminal is not None and Status(order.status) in AT_STORE
    kind = FactKind.CANCELLATION_REQUESTED if asks else FactKind.CANCELLED
    order = replace(order, cancel_reason=reason)
    return chronicle.add(work, order, Fact(0, kind, work.now), by="HQ").order


def reschedule(work: Work, number: int, opens: datetime, closes: datetime) -> OrderRow:
    """Move an order to another window under its next issue; codes of older issues are worth nothing then."""
    order = locked(work, number)
    window = checked_window(opens, closes, work.now)
    if order.window == window:
        return order
    if order.status in {Status.COMPLETED, Status.CANCELLED} or order.cancel_requested:
        raise conflict("closed", f"Order {order.label} is closed: its window cannot be moved.")
    # An operator who moves an order knows why, and may overbook a quarter of an hour.
    _, quarter = holds.room_in(work, stores.by_id(work.conn, order.store_id), window)
    return move_to(work, order, window, quarter)


def move_to(work: Work, order: OrderRow, window: Window, quarter: int | None) -> OrderRow:
    """Give an order another window under its next issue, and its place in the day with it."""
    loads.release(work, order.store_id, order.quarter)
    holds.book_room(work, order.store_id, quarter)
    wanted = replace(order, issue=order.issue + 1, quarter=quarter, opens=window.opens_minute, length=window.length)
    # Who was here for the old time goes home.
    moved = book.save(work, replace(wanted, arrived_at=None))
    telling.rescheduled(work, moved)
    return moved


def get(conn: Connection, number: int) -> OrderRow:
    """Return an order, or refuse."""
    # What no column can hold is no order either.
    order = book.find(conn, number) if 0 <= number < 2**63 else None
    if order is None:
        raise missing("order", f"There is no order {number}.")
    return order


def locked(work: Work, number: int) -> OrderRow:
    """Return an order and let no other transaction change its store until ours is over, or refuse."""
    feed.lock(work, get(work.conn, number).store_id)
    return get(work.conn, number)
