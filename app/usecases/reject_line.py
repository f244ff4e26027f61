"""The store cannot serve an order after all: what is missing of it, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.changes import Changes
from app.domain.events import EventKind
from app.domain.order import AT_STORE, Order, Status, move
from app.errors import BegunBefore, MoveNotAllowed, NotFound, Refused
from app.storage import orders, stock_moves
from app.storage.work import Work

LONGEST_REASON = 200


def reject_lines(work: Work, number: int, lacking: Mapping[int, int], *, by: str, reason: str) -> Changes:
    """Say how many of which products an order lacks; HQ then asks the customer what there shall be instead.

    `lacking`: product number → pieces. Raises `Refused` with a sentence when the order is not one to reject.
    """
    order = orders.find(work.conn, work.known, number)
    if order is None:
        raise NotFound("There is no such order here.")
    reason = reason.strip()[:LONGEST_REASON]
    _allow(order, lacking, reason)
    orders.update(
        work.conn,
        number,
        status=move(order.status, Status.SHORTAGE),
        shelf="",
        preparing_at=None,
        prepared_at=None,
    )
    lines = [{"product_number": product, "quantity": lacking[product]} for product in sorted(lacking)]
    event = work.record(EventKind.LINE_REJECTED, number, by=by, body={"lines": lines, "reason": reason})
    lost = [(product, -lacking[product]) for product in sorted(lacking)]
    stock_moves.move(work, lost, cause="line_rejected", of=event.id, event_seq=event.seq)
    return Changes(orders=frozenset({number}), outbox=True)


def _allow(order: Order, lacking: Mapping[int, int], reason: str) -> None:
    if order.granted_attempt:
        raise BegunBefore("A hand-over of this order was begun: say first whether the parcel is still here.")
    if order.status not in AT_STORE or order.redemption or order.cancel_requested:
        raise MoveNotAllowed(f"Order {order.label} is closed: there is nothing to reject.")
    if not reason:
        raise Refused("A reason is missing: why can this order not be served?")
    ordered = Counter[int]()
    for line in order.lines:
        ordered[line.product_number] += line.quantity
    if not lacking or any(not 1 <= lack <= ordered[product] for product, lack in lacking.items()):
        raise Refused(f"What is missing must be a part of order {order.label}.")
