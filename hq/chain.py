"""Each terminal's numbering and hash chain: shows a gap, a clone, an altered event, a restored backup."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from app.domain.events import Event
from hq import incidents
from hq.schema import inbox, incarnations, terminals
from hq.terminals import Terminal
from hq.work import Work
from sync.wire import IncidentKind

_INCARNATION = select(incarnations).where(
    incarnations.c.store_id == bindparam("store_id"), incarnations.c.incarnation == bindparam("incarnation")
)
_ADVANCE = (
    update(incarnations)
    .where(incarnations.c.store_id == bindparam("of_store"), incarnations.c.incarnation == bindparam("of_incarnation"))
    .values(last_seq=bindparam("last_seq"), last_hash=bindparam("last_hash"), terminal_id=bindparam("terminal_id"))
)
_INSERT = insert(incarnations)
_BETWEEN = (
    inbox.c.store_id == bindparam("store_id"),
    inbox.c.incarnation == bindparam("incarnation"),
    inbox.c.seq.between(bindparam("first"), bindparam("last")),
)
_NEAR = select(inbox.c.event_id, inbox.c.seq, inbox.c.prev, inbox.c.hash).where(*_BETWEEN)
_COUNT = select(func.count(inbox.c.seq.distinct())).where(*_BETWEEN)
_REVOKED = select(terminals.c.revoked_at).where(
    terminals.c.store_id == bindparam("store_id"), terminals.c.id == bindparam("id")
)


def altered(work: Work, terminal: Terminal, event: Event, finding: str) -> None:
    """Record that an event is not what the terminal first made it."""
    facts = {
        "terminal": terminal.name,
        "event_id": event.id,
        "seq": event.seq,
        "by": event.by,
        "kind": event.kind.value,
        "finding": finding,
    }
    number, subject = event.order_number, f"{event.id}:{event.hash}"
    incidents.record(work, terminal.store_id, IncidentKind.EVENT_ALTERED, subject, facts, order_number=number)


def link(work: Work, terminal: Terminal, event: Event) -> None:
    """Put a new event (already in the inbox) into its incarnation's chain and record what does not fit."""
    where = {"store_id": terminal.store_id, "incarnation": event.incarnation}
    known = work.conn.execute(_INCARNATION, where).first()
    if known is None:
        row = {"terminal_id": terminal.id, "last_seq": event.seq, "last_hash": event.hash}
        work.conn.execute(_INSERT, {**where, **row})
        _note_gap(work, terminal, event, after=0)
        return
    if known.terminal_id != terminal.id:
        _check_owner(work, terminal, event, known)
    if event.seq == known.last_seq + 1:
        _check_prev(work, terminal, event, known.last_hash)
    elif event.seq <= known.last_seq:
        _fit_in(work, terminal, event)
        return
    _note_gap(work, terminal, event, after=known.last_seq)
    row = {"terminal_id": terminal.id, "last_seq": event.seq, "last_hash": event.hash}
    work.conn.execute(_ADVANCE, {"of_store": terminal.store_id, "of_incarnation": event.incarnation, **row})


def _check_owner(work: Work, terminal: Terminal, event: Event, known: Row[Any]) -> None:
    """Let a machine that was enrolled anew go on with its numbers; two at once are clones of one data folder."""
    owner = {"store_id": terminal.store_id, "id": known.terminal_id}
    if work.conn.execute(_REVOKED, owner).scalar() is None:
        altered(work, terminal, event, "Another terminal of the store numbers its events from the same data.")


def _check_prev(work: Work, terminal: Terminal, event: Event, prev: str) -> None:
    if event.prev != prev:
        altered(work, terminal, event, "It does not follow the event that HQ has before it.")


def _note_gap(work: Work, terminal: Terminal, event: Event, *, after: int) -> None:
    if event.seq == after + 1:
        return
    facts = {
        "terminal": terminal.name,
        "incarnation": event.incarnation,
        "first_missing": after + 1,
        "last_missing": event.seq - 1,
    }
    subject = f"{event.incarnation}:{after + 1}"
    incidents.record(work, terminal.store_id, IncidentKind.EVENTS_MISSING, subject, facts)


def _fit_in(work: Work, terminal: Terminal, event: Event) -> None:
    around = {"first": event.seq - 1, "last": event.seq + 1}
    where = {"store_id": terminal.store_id, "incarnation": event.incarnation}
    for near in work.conn.execute(_NEAR, {**where, **around}).all():
        if near.seq == event.seq - 1:
            _check_prev(work, terminal, event, near.hash)
        elif near.seq == event.seq + 1 and near.prev != event.hash:
            altered(work, terminal, event, "The event that HQ has after it does not follow it.")
        elif near.seq == event.seq and near.event_id != event.id:
            altered(work, terminal, event, "HQ has another event with the same number.")
    _close_filled_gaps(work, terminal, event)


def _close_filled_gaps(work: Work, terminal: Terminal, event: Event) -> None:
    for incident in incidents.open_of_kind(work.conn, terminal.store_id, IncidentKind.EVENTS_MISSING):
        gap = json.loads(incident.facts)
        first, last = gap["first_missing"], gap["last_missing"]
        if gap["incarnation"] != event.incarnation or not first <= event.seq <= last:
            continue
        where = {"store_id": terminal.store_id, "incarnation": event.incarnation, "first": first, "last": last}
        if work.conn.execute(_COUNT, where).scalar() == last - first + 1:
            incidents.withdraw(work, terminal.store_id, incident.id, "The missing events arrived.")
