"""Takes in a run of plain hand-overs as one set: most of what stores upload, for a fraction of the price of each alone.

Plain is a hand-over that needs no judgement: of an order that waits for it, told once, in an unbroken chain. In a run
that holds anything else nothing is written here, and the inbox takes its events one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import bindparam, or_, select

from app.domain.events import GENESIS, Event, EventKind, is_intact
from app.domain.order import Status
from hq import bulk
from hq.counters import feed
from hq.counters.bodies import HandedOver
from hq.counters.terminals import Terminal
from hq.ordering import aftermath, book, chronicle
from hq.ordering.book import OrderRow
from hq.ordering.chronicle import HandOver
from hq.ordering.story import Fact, FactKind, State, tell
from hq.schema import inbox, incarnations, incidents, order_facts, redemptions
from hq.work import Work
from sync.wire import EventResult, IncidentKind, Outcome

Run = Sequence[tuple[dict[str, Any], Event | None]]

_IN_INBOX = (
    select(inbox.c.event_id)
    .where(
        inbox.c.store_id == bindparam("store_id"),
        or_(
            inbox.c.event_id.in_(bindparam("ids", expanding=True)),
            (inbox.c.incarnation == bindparam("incarnation")) & inbox.c.seq.in_(bindparam("seqs", expanding=True)),
        ),
    )
    .limit(1)
)
_BY_HASH = select(inbox.c.seq).where(inbox.c.store_id == bindparam("store_id"), inbox.c.hash == bindparam("hash"))
_OWNER = select(incarnations.c.terminal_id).where(
    incarnations.c.store_id == bindparam("store_id"), incarnations.c.incarnation == bindparam("incarnation")
)
_GAPS = (
    select(incidents.c.id)
    .where(
        incidents.c.store_id == bindparam("store_id"),
        incidents.c.incident == IncidentKind.EVENTS_MISSING.value,
        incidents.c.subject.in_(bindparam("hashes", expanding=True)),
    )
    .limit(1)
)
_REDEEMED = (
    select(redemptions.c.order_number)
    .where(
        redemptions.c.store_id == bindparam("store_id"),
        redemptions.c.order_number.in_(bindparam("numbers", expanding=True)),
    )
    .limit(1)
)
_CHANGED = (
    "version", "status", "completed_at",
    "redemption_attempt", "redemption_at", "redemption_by", "redemption_terminal",
)  # fmt: skip
_COMPLETE = f"UPDATE orders SET {', '.join(f'{name} = ?' for name in _CHANGED)} WHERE store_id = ? AND number = ?"  # noqa: S608 - only our own words


@dataclass(frozen=True, slots=True)
class _Step:
    event: Event
    fact: Fact
    hand_over: HandOver
    before: OrderRow
    after: OrderRow


def runs(terminal: Terminal, events: Run) -> Iterator[Run]:
    """Split what a terminal sent into runs of hand-overs that may be taken in together, and everything else singly."""
    run: list[tuple[dict[str, Any], Event | None]] = []
    numbers: set[int] = set()
    for raw, event in events:
        number = event.order_number if event and _hand_over(terminal, event) else None
        last = run[-1][1] if run else None
        if run and (number is None or number in numbers or not _follows(event, last)):
            yield run
            run, numbers = [], set()
        run.append((raw, event))
        if number is None:
            yield run
            run, numbers = [], set()
        else:
            numbers.add(number)
    if run:
        yield run


def take_in(work: Work, terminal: Terminal, run: Run) -> list[EventResult] | None:
    """Take in a run that `runs` made, or nothing of it where one of its hand-overs is not plain."""
    events = [event for _, event in run if event]
    steps = _steps(work, terminal, events) if _continues(work, terminal, events) else None
    if steps is None:
        return None
    _write(work, terminal, steps)
    _keep(work, terminal, run)
    return [
        EventResult(event_id=step.event.id, outcome=Outcome.APPLIED, reason="", order_version=step.after.version)
        for step in steps
    ]


def _hand_over(terminal: Terminal, event: Event) -> HandOver | None:
    if event.kind is not EventKind.HANDED_OVER or event.order_number is None or not is_intact(event):
        return None
    try:
        body = HandedOver.model_validate(event.body)
    except ValidationError:
        return None
    if body.unguarded or body.short or body.photo:
        return None
    return HandOver(
        attempt_id=body.attempt_id,
        terminal_id=terminal.id,
        terminal=body.terminal or terminal.name,
        at=event.at,
        by=event.by,
        verdict=body.verdict,
        manager=body.manager,
        reason=body.reason,
        scan_seconds=body.scan_seconds,
        collector=body.collector,
    )


def _follows(event: Event | None, last: Event | None) -> bool:
    return bool(event and last and event.prev == last.hash and event.incarnation == last.incarnation)


def _continues(work: Work, terminal: Terminal, events: Sequence[Event]) -> bool:
    """Tell whether the events are new and go on where this terminal's chain ended."""
    first, store_id = events[0], terminal.store_id
    chain = {"store_id": store_id, "incarnation": first.incarnation}
    same = {**chain, "ids": [event.id for event in events], "seqs": [event.seq for event in events]}
    if len(set(same["ids"])) < len(events) or len(set(same["seqs"])) < len(events):
        return False
    if work.conn.execute(_OWNER, chain).scalar() != terminal.id or work.conn.execute(_IN_INBOX, same).first():
        return False
    hashes = {event.hash for event in events}
    if work.conn.execute(_GAPS, {"store_id": store_id, "hashes": sorted(hashes)}).first():
        return False
    before = {"store_id": store_id, "hash": first.prev}
    return first.prev == GENESIS or work.conn.execute(_BY_HASH, before).first() is not None


def _steps(work: Work, terminal: Terminal, events: Sequence[Event]) -> list[_Step] | None:
    numbers = [event.order_number for event in events if event.order_number is not None]
    orders = book.several_in_store(work.conn, terminal.store_id, numbers)
    told = {"store_id": terminal.store_id, "numbers": numbers}
    if len(orders) < len(numbers) or work.conn.execute(_REDEEMED, told).first():
        return None
    facts = chronicle.facts_of_several(work, terminal.store_id, numbers)
    steps = [_step(work, terminal, event, orders, facts) for event in events]
    plain = [step for step in steps if step]
    return plain if len(plain) == len(steps) else None


def _step(
    work: Work, terminal: Terminal, event: Event, orders: Mapping[int, OrderRow], facts: Mapping[int, list[Fact]]
) -> _Step | None:
    hand_over = _hand_over(terminal, event)
    if hand_over is None or event.order_number is None:
        return None
    order, known = orders[event.order_number], facts[event.order_number]
    fact = Fact(len(known) + 1, FactKind.HANDED_OVER, event.at, event.incarnation, event.seq, hand_over.attempt_id)
    state = tell([*known, fact])
    after = chronicle.in_state(order, state, hand_over, work.now)
    after = replace(after, version=order.version + 1)
    if not _is_plain(order, after, state, hand_over):
        return None
    return _Step(event, fact, hand_over, order, after)


def _is_plain(order: OrderRow, after: OrderRow, state: State, hand_over: HandOver) -> bool:
    """Tell whether the order becomes a completed one and nothing else about it changes."""
    alone = state.live == (hand_over.attempt_id,) and not (state.twice or state.after_cancellation or state.revoked)
    only = replace(after, **{name: getattr(order, name) for name in _CHANGED}) == order
    return alone and only and state.status is Status.COMPLETED and aftermath.position(Status(order.status)) == (0, 1)


def _write(work: Work, terminal: Terminal, steps: Sequence[_Step]) -> None:
    conn, store_id = work.conn, terminal.store_id
    at = {step.after.number: bulk.moment(conn, step.event.at) for step in steps}
    rows = [
        (store_id, step.after.number, step.fact.no, step.fact.kind.value, step.fact.incarnation, step.fact.seq,
         at[step.after.number], step.event.by, step.fact.attempt_id, "")
        for step in steps
    ]  # fmt: skip
    bulk.add(conn, order_facts, rows)
    bulk.add(conn, redemptions, [_redemption(step, at[step.after.number]) for step in steps])
    changed = [
        (*(at[step.after.number] if name.endswith("_at") else getattr(step.after, name) for name in _CHANGED), store_id,
         step.after.number)
        for step in steps
    ]  # fmt: skip
    bulk.change(conn, _COMPLETE, changed)
    lines = book.lines_of(conn, store_id, at)
    feed.publish_several(work, store_id, [book.item(step.after, lines[step.after.number]) for step in steps])
    after = {step.after.number: (step.after, lines[step.after.number]) for step in steps}
    aftermath.collected(work, store_id, {step.before.number: step.before for step in steps}, after)


def _redemption(step: _Step, at: Any) -> tuple[Any, ...]:
    told = step.hand_over
    return (
        step.after.store_id, step.after.number, told.attempt_id, "stands", told.terminal_id, told.terminal, at, told.by,
        told.verdict, told.manager, told.reason, told.unguarded, told.scan_seconds, told.collector,
    )  # fmt: skip


def _keep(work: Work, terminal: Terminal, run: Run) -> None:
    now = bulk.moment(work.conn, work.now)
    rows = [
        (terminal.store_id, event.id, terminal.id, event.incarnation, event.seq, event.kind.value, event.order_number,
         event.prev, event.hash, json.dumps(raw, sort_keys=True), now, Outcome.APPLIED.value, "")
        for raw, event in run
        if event
    ]  # fmt: skip
    bulk.add(work.conn, inbox, rows)
