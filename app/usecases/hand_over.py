"""Second commit of a hand-over, and what to do when it never came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.domain.events import EventKind, stamp
from app.domain.order import Line, Order, Redemption, Status, may_move, move
from app.errors import NotFound, Refused
from app.storage import orders, stock_moves
from app.storage.work import Work, from_millis, millis


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The goods are with the customer, durably."""

    order_number: int
    redemption: Redemption
    changes: Changes


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A claim without its second commit: only a look at the shelf tells what happened."""

    attempt_id: str
    order_number: int
    label: str
    granted_at: datetime
    by: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    attempt_id: str
    order_number: int
    granted_at: int
    granted_by: str
    verdict: str
    manager: str
    reason: str
    unguarded: int
    state: str


def hand_over(work: Work, attempt_id: str, *, by: str) -> HandedOver:
    """Record that the goods went out: claim, order, redemption, stock and event in one transaction.

    The same attempt again answers the same. What has happened is never refused: not for want of space, and not
    when HQ closed the order between the two commits (it will keep both stories as an incident).
    """
    claim = _claim(work, attempt_id)
    if claim.state == "handed_over":
        return HandedOver(claim.order_number, _redemption(work, attempt_id), Changes())
    if claim.state != "granted":
        raise Refused("This hand-over was called off: scan the code again.")
    order = _order(work, claim.order_number)
    redemption = Redemption(attempt_id, work.now, by, work.me.terminal_name)
    work.conn.execute("UPDATE claims SET state = 'handed_over' WHERE attempt_id = ?", (attempt_id,))
    work.conn.execute(
        "INSERT INTO redemptions (attempt_id, order_number, at, by, terminal, local) VALUES (?, ?, ?, ?, ?, 1)",
        (attempt_id, order.number, millis(work.now), by, redemption.terminal),
    )
    if may_move(order.status, Status.COMPLETED):
        orders.update(work.conn, order.number, status=Status.COMPLETED, completed_at=millis(work.now))
    event = work.record(EventKind.HANDED_OVER, order.number, by=by, body=_body(claim, order, work.me.terminal_name))
    move_stock(work, order, attempt_id, sign=-1, cause="hand_over", event_seq=event.seq)
    return HandedOver(order.number, redemption, Changes(orders=frozenset({order.number}), outbox=True))


def release(work: Work, attempt_id: str, *, by: str, reason: str) -> Changes:
    """Call a granted hand-over off: the parcel is still here. A cancellation that waited for it takes effect."""
    claim = _claim(work, attempt_id)
    if claim.state == "released":
        return Changes()
    if claim.state != "granted":
        raise Refused("This order has already been handed over.")
    work.conn.execute(
        "UPDATE claims SET state = 'released', reason = ? WHERE attempt_id = ?", (reason or claim.reason, attempt_id)
    )
    work.mirrored.append({"release": attempt_id})
    changes = Changes(orders=frozenset({claim.order_number}))
    order = _order(work, claim.order_number)
    return changes | accept_cancellation(work, order, by=by) if order.cancel_requested else changes


def unfinished(work: Work) -> tuple[Unfinished, ...]:
    """List the claims that were granted and neither confirmed nor called off, oldest first."""
    rows = work.conn.execute(
        "SELECT attempt_id, order_number, granted_at, granted_by FROM claims WHERE state = 'granted'"
        " ORDER BY granted_at, attempt_id"
    ).fetchall()
    found = []
    for attempt_id, number, granted_at, by in rows:
        order = _order(work, number)
        found.append(Unfinished(attempt_id, number, order.label, from_millis(granted_at), by, order.lines))
    return tuple(found)


def accept_cancellation(work: Work, order: Order, *, by: str) -> Changes:
    """Let HQ's cancellation take effect here; only the lead's word makes it final at HQ."""
    orders.update(
        work.conn,
        order.number,
        status=move(order.status, Status.CANCELLED),
        cancelled_at=millis(work.now),
        cancel_requested=0,
    )
    if work.leads:
        work.record(EventKind.CANCELLATION_ACCEPTED, order.number, by=by, body={})
    return Changes(orders=frozenset({order.number}), outbox=work.leads)


def move_stock(work: Work, order: Order, attempt_id: str, *, sign: int, cause: str, event_seq: int) -> None:
    """Write the ledger's moves for an order's lines: -1 out of the store, +1 back."""
    pieces = [(line.product_number, sign * line.quantity) for line in order.lines]
    stock_moves.move(work, pieces, cause=cause, of=attempt_id, event_seq=event_seq)


def _claim(work: Work, attempt_id: str) -> _Claim:
    row = work.conn.execute(
        "SELECT attempt_id, order_number, granted_at, granted_by, verdict, manager, reason, unguarded, state"
        " FROM claims WHERE attempt_id = ?",
        (attempt_id,),
    ).fetchone()
    if row is None:
        raise NotFound("This hand-over was never begun: scan the code again.")
    return _Claim(*row)


def _order(work: Work, number: int) -> Order:
    order = orders.find(work.conn, work.known, number)
    if order is None:
        raise NotFound("There is no such order here.")
    return order


def _redemption(work: Work, attempt_id: str) -> Redemption:
    at, by, terminal = work.conn.execute(
        "SELECT at, by, terminal FROM redemptions WHERE attempt_id = ?", (attempt_id,)
    ).fetchone()
    return Redemption(attempt_id, from_millis(at), by, terminal)


def _body(claim: _Claim, order: Order, terminal: str) -> dict[str, object]:
    return {
        "attempt_id": claim.attempt_id,
        "granted_at": stamp(from_millis(claim.granted_at)),
        "terminal": terminal,
        "verdict": claim.verdict,
        "manager": claim.manager,
        "reason": claim.reason,
        "unguarded": bool(claim.unguarded),
        "issue": order.issue,
        "lines": [[line.product_number, line.quantity] for line in order.lines],
    }
