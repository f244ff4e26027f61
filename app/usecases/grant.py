"""First commit of a hand-over: this terminal claims the order before the goods move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.domain.code import CodeFlaw, PickupCode
from app.domain.verdict import Kind, Role, Verdict, judge_order
from app.errors import BegunBefore, DiskFull, NeedsManager, Refused
from app.storage import orders
from app.storage.work import Work, millis
from app.usecases.check import facts, judge_verified, verified

# Below this no new claim is taken, so that there is always room to record a hand-over that happened.
LEAST_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GrantRequest:
    """A clerk's intent to hand an order over; `attempt_id` was born with it, so a repeat is the same grant.

    `text` is the scanned code (empty for an order chosen by number); `manager` and `reason` say who allowed what
    the verdict alone does not. `scanned_at`: when the clerk first saw the code, for an order that was scanned.
    """

    attempt_id: str
    order_number: int
    by: str
    text: str = ""
    manager: str = ""
    reason: str = ""
    scanned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """The claim stands: the goods may be fetched and given."""

    attempt_id: str
    order_number: int
    verdict: Verdict
    changes: Changes


def grant(work: Work, request: GrantRequest) -> Granted:
    """Claim the order durably; judge it again inside the same transaction.

    Raises `Refused` or `NeedsManager` with a sentence, `DiskFull` when a hand-over might not be recordable.
    """
    code = _code_of(work, request)
    again = _same_attempt(work, request)
    if again:
        return again
    if work.free_bytes < LEAST_FREE_BYTES:
        raise DiskFull("There is almost no disk space left: hand over nothing new until some is freed.")
    verdict = _judge(work, request, code)
    _allow(verdict, request)
    if verdict.order is None and code:
        orders.insert_from_code(
            work.conn,
            code.order_number,
            issue=code.issue,
            opens=code.window.opens_minute,
            length=code.window.length,
            lines=code.lines,
            at=millis(work.now),
        )
    unguarded = not verdict.leads
    work.conn.execute(
        "INSERT INTO claims (attempt_id, order_number, granted_at, granted_by, verdict, manager, reason, unguarded,"
        " scanned_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'granted')",
        (
            request.attempt_id,
            request.order_number,
            millis(work.now),
            request.by,
            verdict.kind,
            request.manager,
            request.reason,
            unguarded,
            millis(request.scanned_at) if request.scanned_at else None,
        ),
    )
    work.mirrored.append(_journal_line(work, request, verdict, code))
    return Granted(request.attempt_id, request.order_number, verdict, Changes(orders=frozenset({request.order_number})))


@dataclass(frozen=True, slots=True)
class GrantedTogether:
    """The claims of several orders stand."""

    granted: tuple[Granted, ...]
    changes: Changes


def grant_together(work: Work, requests: Sequence[GrantRequest]) -> GrantedTogether:
    """Claim several orders of one customer, all or none: each keeps an attempt and a claim of its own."""
    granted = tuple(grant(work, request) for request in requests)
    changes = Changes()
    for each in granted:
        changes |= each.changes
    return GrantedTogether(granted, changes)


def _journal_line(work: Work, request: GrantRequest, verdict: Verdict, code: PickupCode | None) -> dict[str, object]:
    """Return what the salvage file keeps of a claim: enough to ask about it when the database is gone."""
    lines = [[line.product_number, line.quantity] for line in verdict.lines]
    known = code or verdict.order
    return {
        "grant": request.attempt_id,
        "order": request.order_number,
        "at": millis(work.now),
        "issue": known.issue if known else 0,
        "lines": lines,
    }


def _code_of(work: Work, request: GrantRequest) -> PickupCode | None:
    if not request.text:
        return None
    try:
        code = verified(work, request.text)
    except CodeFlaw:
        return None  # found by short code, phone or number: the order itself is judged
    if code.order_number != request.order_number:
        raise Refused("The code belongs to another order: scan it again.")
    return code


def _same_attempt(work: Work, request: GrantRequest) -> Granted | None:
    row = work.conn.execute(
        "SELECT order_number, state FROM claims WHERE attempt_id = ?", (request.attempt_id,)
    ).fetchone()
    if row is None:
        return None
    if row != (request.order_number, "granted"):
        raise Refused("This attempt is already finished: scan the code again.")
    order = orders.find(work.conn, work.known, request.order_number)
    if order is None:
        raise Refused("There is no such order here.")
    verdict = judge_order(order, facts(work, order), work.now)
    return Granted(request.attempt_id, request.order_number, verdict, Changes())


def _judge(work: Work, request: GrantRequest, code: PickupCode | None) -> Verdict:
    if code:
        return judge_verified(work, code)
    order = orders.find(work.conn, work.known, request.order_number)
    if order is None:
        raise Refused("There is no such order here.")
    return judge_order(order, facts(work, order), work.now)


def _allow(verdict: Verdict, request: GrantRequest) -> None:
    if verdict.unfinished_attempt:
        raise BegunBefore(
            "A hand-over of this order was begun and not finished: say first whether the parcel is still here."
        )
    role = verdict.hand_over_by
    if role is None:
        raise Refused(_REFUSALS.get(verdict.kind, "This order must not be handed over."))
    if role is Role.MANAGER and not (request.manager and request.reason.strip()):
        raise NeedsManager("A manager must allow this and say why.")


_REFUSALS = {
    Kind.ALREADY_HANDED_OVER: "This order has already been handed over.",
    Kind.CANCELLED: "This order is cancelled.",
    Kind.SUPERSEDED: "This code has been replaced by a newer one.",
    Kind.WRONG_STORE: "This order is for another store.",
}
