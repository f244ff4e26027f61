"""The prep board's moves: begin, finish, undo; each tells HQ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.changes import Changes
from app.domain.events import EventKind
from app.domain.order import ON_SHELF, Order, Status, may_move, move
from app.errors import BegunBefore, MoveNotAllowed, NeedsManager, NotFound, Refused, TooSoon
from app.storage import orders
from app.storage.work import Work, millis
from app.usecases.board import pack_from

LONGEST_REASON = 200
_UNDONE = {
    Status.PREPARING: Status.ASSIGNED,
    Status.PREPARED: Status.PREPARING,
    Status.AWAITING_PICKUP: Status.PREPARING,
}


def start_preparing(work: Work, numbers: Iterable[int], *, by: str) -> Changes:
    """Mark orders as being prepared; those that already are stay as they are."""
    return _each(work, numbers, lambda order: _start(work, order, by=by))


def mark_prepared(
    work: Work, numbers: Iterable[int], *, by: str, shelf: str = "", manager: str = "", reason: str = ""
) -> Changes:
    """Mark orders as packed and on the shelf; raise `TooSoon` before the time of the packing rule.

    A manager may allow it all the same, with a reason.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if manager and not reason:
        raise NeedsManager("A manager may allow this, and must say why.")
    allowed = {"manager": manager, "reason": reason} if manager else {}
    return _each(work, numbers, lambda order: _finish(work, order, by=by, shelf=shelf, allowed=allowed))


def undo_preparation(work: Work, numbers: Iterable[int], *, by: str) -> Changes:
    """Take the last prep move back: on the shelf → preparing → to prepare."""
    return _each(work, numbers, lambda order: _undo(work, order, by=by))


def advance(work: Work, number: int, *, by: str) -> Changes:
    """Move one order to its next prep state, as a tap on its card does; an order on the shelf stays."""
    order = _find(work, number)
    if order.status in ON_SHELF:
        return Changes()
    step = start_preparing if may_move(order.status, Status.PREPARING) else mark_prepared
    return step(work, [number], by=by)


def _each(work: Work, numbers: Iterable[int], step: Any) -> Changes:
    changed = frozenset(number for number in numbers if step(_find(work, number)))
    return Changes(orders=changed, outbox=bool(changed))


def _start(work: Work, order: Order, *, by: str) -> bool:
    if order.status is Status.PREPARING:
        return False
    _move(work, order, Status.PREPARING, preparing_at=millis(work.now))
    work.record(EventKind.PREPARATION_STARTED, order.number, by=by, body={})
    return True


def _finish(work: Work, order: Order, *, by: str, shelf: str, allowed: dict[str, str]) -> bool:
    if order.status in ON_SHELF and shelf in ("", order.shelf):
        return False
    if order.status not in ON_SHELF:
        if not allowed:
            _not_too_soon(work, order)
        _move(work, order, Status.PREPARED, prepared_at=millis(work.now))
    orders.update(work.conn, order.number, shelf=shelf or order.shelf)
    work.record(EventKind.PREPARED, order.number, by=by, body={"shelf": shelf or order.shelf} | allowed)
    return True


def put_back(work: Work, numbers: Iterable[int], *, by: str, reason: str) -> Changes:
    """Take goods that nobody came for off the shelf; the order stays open, to be packed again or paid back by HQ.

    The pieces can be sold again: nothing is promised of them any more (`app.usecases.stock`).
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Refused("A reason is missing: why do these goods go back?")
    return _each(work, numbers, lambda order: _put_back(work, order, by=by, reason=reason))


def _put_back(work: Work, order: Order, *, by: str, reason: str) -> bool:
    if order.status is Status.PUT_BACK:
        return False
    if order.granted_attempt:
        raise BegunBefore("A hand-over of this order was begun: say first whether the parcel is still here.")
    _move(work, order, Status.PUT_BACK, prepared_at=None)
    orders.update(work.conn, order.number, shelf="")
    work.record(EventKind.PUT_BACK, order.number, by=by, body={"reason": reason})
    return True


def _not_too_soon(work: Work, order: Order) -> None:
    at = pack_from(work, order)
    if at and work.now < at:
        raise TooSoon(f"Order {order.label} must not be packed before {at:%H:%M} UTC: it would not be fresh.", at)


def _undo(work: Work, order: Order, *, by: str) -> bool:
    back = _UNDONE.get(order.status)
    if back is None or order.granted_attempt:
        raise MoveNotAllowed(f"There is nothing to take back for order {order.label}.")
    _move(work, order, back, prepared_at=None)
    work.record(EventKind.PREPARATION_UNDONE, order.number, by=by, body={"to": back.value})
    return True


def _move(work: Work, order: Order, new: Status, **stamps: int | None) -> None:
    orders.update(work.conn, order.number, status=move(order.status, new), **stamps)


def _find(work: Work, number: int) -> Order:
    order = orders.find(work.conn, work.known, number)
    if order is None:
        raise NotFound("There is no such order here.")
    return order
