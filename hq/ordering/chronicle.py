"""Writes what happens to an order into its story, tells it again, and brings row, redemptions and incidents in step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from app.domain.events import stamp
from app.domain.order import AT_STORE, OPEN, Status
from hq import stores
from hq.counters import incidents
from hq.ordering import aftermath, book, numbering
from hq.ordering.book import OrderRow
from hq.ordering.story import Fact, FactKind, State, tell
from hq.schema import order_facts, redemptions
from hq.work import Work
from sync.wire import IncidentKind

_FACTS = (
    select(
        order_facts.c.no,
        order_facts.c.kind,
        order_facts.c.at,
        order_facts.c.incarnation,
        order_facts.c.seq,
        order_facts.c.attempt_id,
        order_facts.c.detail,
    )
    .where(order_facts.c.store_id == bindparam("store_id"), order_facts.c.order_number == bindparam("order_number"))
    .order_by(order_facts.c.no)
)
_REDEMPTIONS = select(redemptions).where(
    redemptions.c.store_id == bindparam("store_id"), redemptions.c.order_number == bindparam("order_number")
)
_FACTS_OF = (
    select(order_facts)
    .where(
        order_facts.c.store_id == bindparam("store_id"),
        order_facts.c.order_number.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(order_facts.c.no)
)
_REDEMPTION_KEY = ("store_id", "order_number", "attempt_id")
_SET_STANDING = (
    update(redemptions)
    .where(*(redemptions.c[name] == bindparam(f"of_{name}") for name in _REDEMPTION_KEY))
    .values(standing=bindparam("standing"))
)
_INSERT_FACT = insert(order_facts)
_INSERT_REDEMPTION = insert(redemptions)
_DERIVED = (IncidentKind.HANDED_OVER_AFTER_CANCELLATION, IncidentKind.HANDED_OVER_TWICE)

Redemptions = dict[str, Row[Any]]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Everything that is told about one hand-over."""

    attempt_id: str
    terminal_id: str
    terminal: str
    at: datetime
    by: str
    verdict: str = ""
    manager: str = ""
    reason: str = ""
    unguarded: bool = False
    scan_seconds: float | None = None
    collector: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The story before and after a fact, and the order as it now is."""

    before: State
    after: State
    order: OrderRow


def facts_of(work: Work, order: OrderRow) -> list[Fact]:
    """Return everything that happened to an order."""
    rows = work.conn.execute(_FACTS, {"store_id": order.store_id, "order_number": order.number})
    return [Fact(row.no, FactKind(row.kind), *row[2:]) for row in rows]


def facts_of_several(work: Work, store_id: str, numbers: Collection[int]) -> dict[int, list[Fact]]:
    """Return everything that happened to these orders of a store."""
    found: dict[int, list[Fact]] = {number: [] for number in numbers}
    for row in work.conn.execute(_FACTS_OF, {"store_id": store_id, "numbers": sorted(numbers)}):
        fact = Fact(row.no, FactKind(row.kind), row.at, row.incarnation, row.seq, row.attempt_id, row.detail)
        found[row.order_number].append(fact)
    return found


def add(work: Work, order: OrderRow, fact: Fact, *, by: str, hand_over: HandOver | None = None) -> Told:
    """Add a fact to an order's story (its `no` is given here) and bring everything in step with it."""
    known = facts_of(work, order)
    fact = replace(fact, no=len(known) + 1)
    work.conn.execute(_INSERT_FACT, _fact_row(order, fact, by))
    if hand_over and all(other.attempt_id != hand_over.attempt_id or other.kind is not fact.kind for other in known):
        work.conn.execute(_INSERT_REDEMPTION, _redemption_row(order, hand_over))
    before, after = tell(known), tell([*known, fact])
    attempts = _attempts(work, order)
    _set_standings(work, attempts, after)
    told = _in_step(work, order, after, attempts)
    if before.twice or before.after_cancellation or after.twice or after.after_cancellation:
        _match_incidents(work, told, after, attempts)
    return Told(before, after, told)


def in_state(order: OrderRow, state: State, redemption: HandOver | Row[Any] | None, now: datetime) -> OrderRow:
    """Return an order as its story leaves it; `redemption` is the hand-over that counts."""
    return replace(
        order,
        status=state.status.value,
        cancel_requested=state.cancel_requested,
        shelf=state.shelf,
        preparing_at=state.preparing_at,
        prepared_at=state.prepared_at,
        completed_at=state.completed_at,
        cancelled_at=state.cancelled_at,
        put_back_at=state.put_back_at,
        assigned_at=order.assigned_at or (now if state.status in AT_STORE - {Status.SHORTAGE} else None),
        redemption_attempt=redemption.attempt_id if redemption else None,
        redemption_at=redemption.at if redemption else None,
        redemption_by=redemption.by if redemption else "",
        redemption_terminal=redemption.terminal if redemption else "",
    )


def _in_step(work: Work, order: OrderRow, state: State, attempts: Redemptions) -> OrderRow:
    told = in_state(order, state, attempts.get(state.redemption or ""), work.now)
    if told == order:
        return order
    if Status(order.status) not in OPEN and state.status in OPEN:
        # While the order was closed, a newer one may have been given the same short code.
        store = stores.by_id(work.conn, order.store_id)
        attempt, hashed = numbering.free_short_code(work, store, order.number, order.short_code_attempt)
        told = replace(told, short_code_attempt=attempt, short_code_hash=hashed)
    told = book.save(work, told)
    aftermath.follow(work, order, told)
    return told


def _set_standings(work: Work, attempts: Redemptions, state: State) -> None:
    for attempt_id, row in attempts.items():
        standing = _standing(state, attempt_id)
        if row.standing != standing:
            key = {f"of_{name}": getattr(row, name) for name in _REDEMPTION_KEY}
            work.conn.execute(_SET_STANDING, {**key, "standing": standing})


def _standing(state: State, attempt_id: str) -> str:
    if attempt_id in state.revoked:
        return "revoked"
    if attempt_id == state.redemption:
        return "stands"
    return "twice" if attempt_id in state.live else "after_cancellation"


def _match_incidents(work: Work, order: OrderRow, state: State, attempts: Redemptions) -> None:
    wanted = _wanted(order, state)
    found = incidents.of_order(work.conn, order.store_id, order.number)
    known = {(row.incident, row.subject): row for row in found if row.incident in _DERIVED}
    for key, row in known.items():
        if key not in wanted and row.closed_at is None:
            incidents.withdraw(work, order.store_id, row.id, "Events that arrived later tell another story.")
    for (kind, subject), (attempt, first) in wanted.items():
        facts = _story("", attempts[attempt])
        facts |= _story("first_", attempts[first]) if first else _cancellation(work, order, state)
        incidents.record(work, order.store_id, IncidentKind(kind), subject, facts, order_number=order.number)
        if (kind, subject) in known:
            incidents.revise(work, order.store_id, known[kind, subject], facts)


def _wanted(order: OrderRow, state: State) -> dict[tuple[str, str], tuple[str, str]]:
    """Return which incidents the story holds: (kind, subject) → the attempt, and the one that it collided with."""
    twice, late = IncidentKind.HANDED_OVER_TWICE.value, IncidentKind.HANDED_OVER_AFTER_CANCELLATION.value
    pairs = [(twice, attempt, first) for attempt, first in state.twice]
    pairs += [(late, attempt, "") for attempt in state.after_cancellation]
    return {(kind, incidents.about(order.number, attempt)): (attempt, first) for kind, attempt, first in pairs}


def _story(prefix: str, row: Row[Any]) -> dict[str, str]:
    return {
        f"{prefix}attempt_id": row.attempt_id,
        f"{prefix}at": stamp(row.at),
        f"{prefix}by": row.by,
        f"{prefix}terminal": row.terminal,
        f"{prefix}verdict": row.verdict,
        f"{prefix}manager": row.manager,
    }


def _cancellation(work: Work, order: OrderRow, state: State) -> dict[str, str]:
    """Tell the cancellation's side, and which of the two counts: money goes back only if the cancellation does."""
    kinds = {FactKind.CANCELLED, FactKind.CANCELLATION_REQUESTED, FactKind.CANCELLATION_ACCEPTED}
    at = next(fact.at for fact in facts_of(work, order) if fact.kind in kinds)
    counts = "cancellation" if state.status is Status.CANCELLED else "hand_over"
    return {"cancelled_at": stamp(at), "cancel_reason": order.cancel_reason, "counts": counts}


def _attempts(work: Work, order: OrderRow) -> Redemptions:
    rows = work.conn.execute(_REDEMPTIONS, {"store_id": order.store_id, "order_number": order.number})
    return {row.attempt_id: row for row in rows}


def _fact_row(order: OrderRow, fact: Fact, by: str) -> dict[str, Any]:
    return {
        "store_id": order.store_id,
        "order_number": order.number,
        "no": fact.no,
        "kind": fact.kind.value,
        "incarnation": fact.incarnation,
        "seq": fact.seq,
        "at": fact.at,
        "by": by,
        "attempt_id": fact.attempt_id,
        "detail": fact.detail,
    }


def _redemption_row(order: OrderRow, hand_over: HandOver) -> dict[str, Any]:
    return {
        "store_id": order.store_id,
        "order_number": order.number,
        "standing": "",
        "terminal_id": hand_over.terminal_id,
        "terminal": hand_over.terminal,
        "attempt_id": hand_over.attempt_id,
        "at": hand_over.at,
        "by": hand_over.by,
        "verdict": hand_over.verdict,
        "manager": hand_over.manager,
        "reason": hand_over.reason,
        "unguarded": hand_over.unguarded,
        "scan_seconds": hand_over.scan_seconds,
        "collector": hand_over.collector,
    }
