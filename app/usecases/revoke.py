"""Take a hand-over back within the store's deadline, by a manager with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.changes import Changes
from app.domain.events import EventKind
from app.domain.order import Status, move
from app.errors import AtAnotherTerminal, NeedsManager, NotFound, Refused, TooLate
from app.storage import orders
from app.storage.work import Work, from_millis, millis
from app.usecases.hand_over import gone_with, move_stock


@dataclass(frozen=True, slots=True)
class RecentHandOver:
    """A line of the counter's list of last hand-overs."""

    order_number: int
    label: str
    at: datetime
    by: str
    terminal: str
    customer: str
    revocable: bool


def revoke(work: Work, order_number: int, *, manager: str, reason: str, by: str) -> Changes:
    """Return a completed order to the shelf: `completed → awaiting_pickup`.

    Raises `NeedsManager` without a manager or reason, `Refused` past the deadline or for another terminal's hand-over.
    """
    if not manager or not reason.strip():
        raise NeedsManager("Only a manager may take a hand-over back, and must say why.")
    order = orders.find(work.conn, work.known, order_number)
    if order is None:
        raise NotFound("There is no such order here.")
    if order.redemption is None or order.status is not Status.COMPLETED:
        raise Refused("This order has not been handed over.")
    if not _is_ours(work, order.redemption.attempt_id):
        raise AtAnotherTerminal(f"Take it back at the terminal that handed it over: {order.redemption.terminal}.")
    if work.now > _deadline(work, order.redemption.at):
        raise TooLate(f"Too late: a hand-over can be taken back for {_minutes(work)} minutes.")
    attempt_id = order.redemption.attempt_id
    work.conn.execute("UPDATE claims SET state = 'revoked' WHERE attempt_id = ?", (attempt_id,))
    work.conn.execute(
        "UPDATE redemptions SET revoked_at = ?, revoked_by = ?, revoke_reason = ? WHERE attempt_id = ?",
        (millis(work.now), manager, reason, attempt_id),
    )
    orders.update(work.conn, order_number, status=move(order.status, Status.AWAITING_PICKUP), completed_at=None)
    body = {"attempt_id": attempt_id, "manager": manager, "reason": reason}
    event = work.record(EventKind.HAND_OVER_REVOKED, order_number, by=by, body=body)
    move_stock(work, gone_with(work, order, attempt_id), attempt_id, sign=1, cause="revoked", event_seq=event.seq)
    return Changes(orders=frozenset({order_number}), outbox=True)


def recent_hand_overs(work: Work, limit: int = 5) -> tuple[RecentHandOver, ...]:
    """List the last hand-overs that stand, newest first."""
    rows = work.conn.execute(
        "SELECT r.order_number, r.at, r.by, r.terminal, r.local, coalesce(o.customer, '') FROM redemptions r"
        " LEFT JOIN orders o ON o.number = r.order_number WHERE r.revoked_at IS NULL ORDER BY r.at DESC LIMIT ?",
        (limit,),
    ).fetchall()
    return tuple(
        RecentHandOver(
            order_number=number,
            label=f"#{number % 10_000:04d}",
            at=from_millis(at),
            by=by,
            terminal=terminal,
            customer=customer,
            revocable=bool(local) and work.now <= _deadline(work, from_millis(at)),
        )
        for number, at, by, terminal, local, customer in rows
    )


def _is_ours(work: Work, attempt_id: str) -> bool:
    row = work.conn.execute("SELECT local FROM redemptions WHERE attempt_id = ?", (attempt_id,)).fetchone()
    return bool(row and row[0])


def _minutes(work: Work) -> int:
    return work.known.store.revoke_minutes if work.known.store else 0


def _deadline(work: Work, at: datetime) -> datetime:
    return at + timedelta(minutes=_minutes(work))
