"""Second commit of a hand-over, and what to do when it never came."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.changes import Changes
from app.domain.events import EventKind, stamp
from app.domain.order import Line, Order, Redemption, Status, may_move, move
from app.domain.photo import digest
from app.errors import NotFound, Refused
from app.storage import orders, stock_moves
from app.storage.work import Work, from_millis, millis
from app.usecases import photos

# A code that was scanned an hour ago was scanned for somebody else.
LONGEST_SCAN_SECONDS = 3600
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Short:
    """Pieces of an order that stay here although the rest goes out, and why."""

    product_number: int
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The goods are with the customer, durably; `photo_dropped`: there was a photo, and it could not be kept."""

    order_number: int
    redemption: Redemption
    changes: Changes
    photo_dropped: bool = False


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
    scanned_at: int | None


def hand_over(
    work: Work,
    attempt_id: str,
    *,
    by: str,
    short: Sequence[Short] = (),
    collector: str = "",
    photo: bytes | None = None,
) -> HandedOver:
    """Record that the goods went out: claim, order, redemption, stock and event in one transaction.

    The same attempt again answers the same. What has happened is never refused: not for want of space, and not
    when HQ closed the order between the two commits (it will keep both stories as an incident). `short` is what of the
    order stayed here: HQ pays it back. `collector`: who came, where that was not who is written down. `photo`: a JPEG
    of what stayed; one that cannot be kept is left out.
    """
    claim = _claim(work, attempt_id)
    if claim.state == "handed_over":
        return HandedOver(claim.order_number, _redemption(work, attempt_id), Changes())
    if claim.state != "granted":
        raise Refused("This hand-over was called off: scan the code again.")
    order = _order(work, claim.order_number)
    gone = _without(order, short)
    redemption = Redemption(attempt_id, work.now, by, work.me.terminal_name)
    seconds = _seconds_since_scan(work, claim)
    collector = collector.strip()[:LONGEST_NAME]
    work.conn.execute("UPDATE claims SET state = 'handed_over' WHERE attempt_id = ?", (attempt_id,))
    _insert_redemption(work, order.number, redemption, seconds, short, collector)
    if may_move(order.status, Status.COMPLETED):
        orders.update(work.conn, order.number, status=Status.COMPLETED, completed_at=millis(work.now))
    kept = photos.fit_to_keep(work, attempt_id, photo)
    body = _body(claim, order, gone, work.me.terminal_name) | _details(seconds, short, collector, kept)
    event = work.record(EventKind.HANDED_OVER, order.number, by=by, body=body)
    if kept:
        photos.keep(work, event, attempt_id, kept)
    move_stock(work, gone, attempt_id, sign=-1, cause="hand_over", event_seq=event.seq)
    changes = Changes(orders=frozenset({order.number}), outbox=True)
    return HandedOver(order.number, redemption, changes, photo_dropped=photo is not kept)


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


def hand_over_together(work: Work, attempt_ids: Sequence[str], *, by: str) -> HandedOver:
    """Record that several orders of one customer went out, all in one transaction; answer for the first of them."""
    done = [hand_over(work, attempt_id, by=by) for attempt_id in attempt_ids]
    changes = Changes()
    for each in done:
        changes |= each.changes
    return replace(done[0], changes=changes)


def move_stock(work: Work, lines: Iterable[Line], attempt_id: str, *, sign: int, cause: str, event_seq: int) -> None:
    """Write the ledger's moves for lines that were handed over: -1 out of the store, +1 back."""
    pieces = [(line.product_number, sign * line.quantity) for line in lines]
    stock_moves.move(work, pieces, cause=cause, of=attempt_id, event_seq=event_seq)


def gone_with(work: Work, order: Order, attempt_id: str) -> tuple[Line, ...]:
    """Return what of an order went out with a hand-over: all of it, less what stayed here."""
    row = work.conn.execute("SELECT short FROM redemptions WHERE attempt_id = ?", (attempt_id,)).fetchone()
    return _without(order, [Short(*each) for each in json.loads(row[0])] if row and row[0] else ())


def _claim(work: Work, attempt_id: str) -> _Claim:
    row = work.conn.execute(
        "SELECT attempt_id, order_number, granted_at, granted_by, verdict, manager, reason, unguarded, state,"
        " scanned_at FROM claims WHERE attempt_id = ?",
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


def _insert_redemption(
    work: Work, number: int, made: Redemption, seconds: float | None, short: Sequence[Short], collector: str
) -> None:
    work.conn.execute(
        "INSERT INTO redemptions (attempt_id, order_number, at, by, terminal, local, scan_ms, short, collector)"
        " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)",
        (
            made.attempt_id,
            number,
            millis(made.at),
            made.by,
            made.terminal,
            None if seconds is None else round(seconds * 1000),
            json.dumps([[each.product_number, each.quantity, each.reason] for each in short]) if short else "",
            collector,
        ),
    )


def _redemption(work: Work, attempt_id: str) -> Redemption:
    at, by, terminal = work.conn.execute(
        "SELECT at, by, terminal FROM redemptions WHERE attempt_id = ?", (attempt_id,)
    ).fetchone()
    return Redemption(attempt_id, from_millis(at), by, terminal)


def _without(order: Order, short: Sequence[Short]) -> tuple[Line, ...]:
    """Return the lines that go out; raise `Refused` for what was never ordered, or when nothing would go out."""
    stays = Counter[int]()
    for each in short:
        stays[each.product_number] += each.quantity
        if each.quantity < 1 or not each.reason.strip():
            raise Refused("Say how many pieces stay here, and why.")
    gone = []
    for line in order.lines:
        kept = min(line.quantity, stays[line.product_number])
        stays[line.product_number] -= kept
        if line.quantity > kept:
            gone.append(replace(line, quantity=line.quantity - kept))
    if +stays:
        raise Refused(f"What stays here must be a part of order {order.label}.")
    if short and not gone:
        raise Refused("Nothing would be handed over: say that the order cannot be served instead.")
    return tuple(gone)


def _seconds_since_scan(work: Work, claim: _Claim) -> float | None:
    if claim.scanned_at is None:
        return None
    seconds = (millis(work.now) - claim.scanned_at) / 1000
    return round(seconds, 1) if 0 <= seconds <= LONGEST_SCAN_SECONDS else None


def _details(seconds: float | None, short: Sequence[Short], collector: str, photo: bytes | None) -> dict[str, object]:
    """Return what an event tells only where there is something to tell."""
    found: dict[str, object] = {}
    if seconds is not None:
        found["scan_seconds"] = seconds
    if short:
        found["short"] = [
            {"product_number": each.product_number, "quantity": each.quantity, "reason": each.reason.strip()[:200]}
            for each in short
        ]
    if collector:
        found["collector"] = collector
    if photo:
        found["photo"] = digest(photo)
    return found


def _body(claim: _Claim, order: Order, gone: Iterable[Line], terminal: str) -> dict[str, object]:
    return {
        "attempt_id": claim.attempt_id,
        "granted_at": stamp(from_millis(claim.granted_at)),
        "terminal": terminal,
        "verdict": claim.verdict,
        "manager": claim.manager,
        "reason": claim.reason,
        "unguarded": bool(claim.unguarded),
        "issue": order.issue,
        "lines": [[line.product_number, line.quantity] for line in gone],
    }
