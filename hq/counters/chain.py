"""Each terminal's hash chain: shows an event that is missing, altered or told by two machines with the same data."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select

from app.domain.events import GENESIS, Event
from hq.counters import incidents
from hq.counters.terminals import Terminal
from hq.schema import inbox, incarnations
from hq.work import Work
from sync.wire import IncidentKind

_OWNER = select(incarnations.c.terminal_id).where(
    incarnations.c.store_id == bindparam("store_id"), incarnations.c.incarnation == bindparam("incarnation")
)
_ADD_OWNER = insert(incarnations)
_BY_HASH = select(inbox.c.seq).where(inbox.c.store_id == bindparam("store_id"), inbox.c.hash == bindparam("hash"))
_SAME_NUMBER = select(inbox.c.event_id).where(
    inbox.c.store_id == bindparam("store_id"),
    inbox.c.incarnation == bindparam("incarnation"),
    inbox.c.seq == bindparam("seq"),
    inbox.c.event_id != bindparam("event_id"),
)


def altered(work: Work, terminal: Terminal, event: Event, finding: str, *, subject: str = "") -> None:
    """Record that an event is not what a terminal made once; one incident for each subject."""
    facts = {
        "terminal": terminal.name,
        "event_id": event.id,
        "seq": event.seq,
        "by": event.by,
        "kind": event.kind.value,
        "finding": finding,
    }
    subject = subject or f"{event.id}:{event.hash}"
    number = event.order_number
    incidents.record(work, terminal.store_id, IncidentKind.EVENT_ALTERED, subject, facts, order_number=number)


def link(work: Work, terminal: Terminal, event: Event) -> None:
    """Put a new event (already in the inbox) into its chain, and record what does not fit."""
    _check_owner(work, terminal, event)
    number = {"incarnation": event.incarnation, "seq": event.seq, "event_id": event.id}
    if work.conn.execute(_SAME_NUMBER, {"store_id": terminal.store_id, **number}).first():
        finding = "Two machines tell events from copies of one data folder."
        altered(work, terminal, event, finding, subject=f"copy:{event.incarnation}")
    missing = IncidentKind.EVENTS_MISSING
    incidents.withdraw_about(work, terminal.store_id, missing, event.hash, "The missing event arrived.")
    before = {"store_id": terminal.store_id, "hash": event.prev}
    if event.prev != GENESIS and work.conn.execute(_BY_HASH, before).first() is None:
        facts = {"terminal": terminal.name, "incarnation": event.incarnation, "missing_before": event.seq}
        incidents.record(work, terminal.store_id, missing, event.prev, facts)


def _check_owner(work: Work, terminal: Terminal, event: Event) -> None:
    where = {"store_id": terminal.store_id, "incarnation": event.incarnation}
    owner = work.conn.execute(_OWNER, where).scalar()
    if owner is None:
        work.conn.execute(_ADD_OWNER, {**where, "terminal_id": terminal.id})
    elif owner != terminal.id:
        finding = "Another terminal of the store tells events from the same data."
        altered(work, terminal, event, finding, subject=f"{terminal.id}:{event.incarnation}")
