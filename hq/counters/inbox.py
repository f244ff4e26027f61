"""The inbox: what terminals say happened, taken in once each, with its effect in the same transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import DBAPIError

from app.domain.events import Event, EventKind, is_intact
from hq import db
from hq.counters import chain, effects, feed, redeeming
from hq.counters.effects import Effect
from hq.counters.terminals import Terminal
from hq.goods import telling
from hq.ordering import book
from hq.schema import inbox, quarantine
from hq.work import Work
from sync.wire import EventResult, Outcome, WireEvent

_LONGEST_ID = 64
_LONGEST_NAME = 200
_LARGEST_SEQ = 2**53
_MOVES_STOCK = frozenset(
    kind.value
    for kind in (
        EventKind.LINE_REJECTED,
        EventKind.STOCK_COUNTED,
        EventKind.OFFER_CHANGED,
        EventKind.SOLD,
        EventKind.SALE_REFUNDED,
    )
)
_KNOWN = select(inbox.c.hash, inbox.c.outcome, inbox.c.reason, inbox.c.order_number).where(
    inbox.c.store_id == bindparam("store_id"), inbox.c.event_id == bindparam("event_id")
)
_SET_ASIDE = select(quarantine.c.fingerprint).where(
    quarantine.c.store_id == bindparam("store_id"), quarantine.c.fingerprint == bindparam("fingerprint")
)
_QUARANTINE = (
    select(quarantine).where(quarantine.c.store_id == bindparam("store_id")).order_by(quarantine.c.received_at)
)
_INSERT = insert(inbox)
_INSERT_QUARANTINE = insert(quarantine)


def receive(work: Work, terminal: Terminal, events: Sequence[dict[str, Any]]) -> tuple[EventResult, ...]:
    """Take in a terminal's events, each on its own: one that cannot be read never costs the others."""
    feed.lock(work, terminal.store_id)
    results: list[EventResult] = []
    for run in redeeming.runs(terminal, [(raw, _read_or_none(raw)) for raw in events]):
        results += _receive_together(work, terminal, run) or [_receive_one(work, terminal, raw) for raw, _ in run]
    if any(raw.get("kind") in _MOVES_STOCK for raw in events):
        # At once: the terminal takes its own word for a balance no longer than until HQ has it.
        telling.tell_store(work, terminal.store_id)
    return tuple(results)


def quarantined(conn: Connection, store_id: str) -> list[dict[str, Any]]:
    """Return the events of a store that HQ keeps but cannot take, oldest first."""
    return [dict(row) for row in conn.execute(_QUARANTINE, {"store_id": store_id}).mappings()]


def _receive_together(work: Work, terminal: Terminal, run: redeeming.Run) -> list[EventResult] | None:
    if len(run) == 1:
        return None
    try:
        with work.savepoint():
            return redeeming.take_in(work, terminal, run)
    except DBAPIError as error:
        if db.is_storage(error):
            raise
        # One by one, the event that the database cannot hold is found and set aside.
        return None


def _read_or_none(raw: dict[str, Any]) -> Event | None:
    try:
        return _read(raw)
    except (ValueError, OverflowError, RecursionError):
        return None


def _receive_one(work: Work, terminal: Terminal, raw: dict[str, Any]) -> EventResult:
    try:
        with work.savepoint():
            return _take_in(work, terminal, _read(raw), raw)
    except DBAPIError as error:
        if db.is_storage(error):
            raise
        reason = "The database cannot hold what this event says."
    except effects.Unreadable as error:
        reason = str(error)
    except (ValueError, OverflowError, RecursionError):
        reason = "This does not have the form of an event."
    return _set_aside(work, terminal, raw, reason)


def _read(raw: dict[str, Any]) -> Event:
    event = WireEvent.model_validate(raw).event()
    if not (1 <= len(event.id) <= _LONGEST_ID and 1 <= len(event.incarnation) <= _LONGEST_ID):
        raise effects.Unreadable("The event's id or incarnation is empty or too long.")
    if len(event.by) > _LONGEST_NAME or event.seq >= _LARGEST_SEQ:
        raise effects.Unreadable("The event's clerk or number is too long.")
    return event


def _take_in(work: Work, terminal: Terminal, event: Event, raw: dict[str, Any]) -> EventResult:
    known = work.conn.execute(_KNOWN, {"store_id": terminal.store_id, "event_id": event.id}).first()
    if known:
        return _again(work, terminal, event, known)
    if not is_intact(event):
        chain.altered(work, terminal, event, "What it says does not match its own hash.")
        return _set_aside(work, terminal, raw, "The event's hash does not cover what it says.")
    effect = effects.apply(work, terminal, event)
    _keep(work, terminal, event, raw, effect)
    chain.link(work, terminal, event)
    return EventResult(event_id=event.id, outcome=effect.outcome, reason=effect.reason, order_version=effect.version)


def _again(work: Work, terminal: Terminal, event: Event, known: Any) -> EventResult:
    if known.hash != event.hash or not is_intact(event):
        chain.altered(work, terminal, event, "HQ has another event under the same id.")
        reason = "HQ has another event under this id."
        return EventResult(event_id=event.id, outcome=Outcome.CONFLICT, reason=reason)
    outcome = Outcome.DUPLICATE if known.outcome == Outcome.APPLIED else Outcome(known.outcome)
    version = None
    if known.order_number is not None:
        order = book.find_in_store(work.conn, terminal.store_id, known.order_number)
        version = order.version if order else None
    return EventResult(event_id=event.id, outcome=outcome, reason=known.reason, order_version=version)


def _keep(work: Work, terminal: Terminal, event: Event, raw: dict[str, Any], effect: Effect) -> None:
    row = {
        "store_id": terminal.store_id,
        "event_id": event.id,
        "terminal_id": terminal.id,
        "incarnation": event.incarnation,
        "seq": event.seq,
        "kind": event.kind.value,
        "order_number": event.order_number,
        "prev": event.prev,
        "hash": event.hash,
        "raw": json.dumps(raw, sort_keys=True),
        "received_at": work.now,
        "outcome": effect.outcome.value,
        "reason": effect.reason,
    }
    work.conn.execute(_INSERT, row)


def _set_aside(work: Work, terminal: Terminal, raw: dict[str, Any], reason: str) -> EventResult:
    # ASCII, so that what no database encoding can hold (half a surrogate pair, a NUL) is kept all the same.
    text = json.dumps(raw, sort_keys=True)
    event_id = str(raw.get("id", ""))[:_LONGEST_ID].encode("utf-8", "replace").decode().replace("\0", "?")
    key = {"store_id": terminal.store_id, "fingerprint": hashlib.sha256(text.encode()).hexdigest()}
    if work.conn.execute(_SET_ASIDE, key).first() is None:
        row = {"terminal_id": terminal.id, "event_id": event_id, "raw": text, "reason": reason}
        work.conn.execute(_INSERT_QUARANTINE, {**key, **row, "received_at": work.now})
    return EventResult(event_id=event_id, outcome=Outcome.QUARANTINED, reason=reason)
