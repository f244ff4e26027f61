"""One transaction under way: its connection, its moment, and who this terminal is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from app.changes import Changes
from app.domain.events import GENESIS, PROGRESS, Event, EventKind, canonical, chain, from_stamp, stamp
from app.errors import NotEnrolled
from app.storage.known import Known

T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this terminal is; `incarnation` is new for each database file that begins or is restored."""

    terminal_id: str
    terminal_name: str
    store_id: str
    store_number: int
    hq_url: str
    incarnation: str


@dataclass(slots=True)
class Work:
    """What a use-case is given: it reads and writes through `conn`, and never commits.

    `now` is trusted time, aware UTC, in whole milliseconds; `steady` the time that pauses are counted by, which nobody
    can move on by the machine's clock. `after` holds follow-ups: each runs in a transaction of
    its own once this one's answer is out. `mirrored` holds what the salvage file gets. `scarce`: the disk has just
    refused the same work for want of room, so that what can be left out is left out.
    """

    conn: sqlite3.Connection
    now: datetime
    steady: datetime
    new_id: Callable[[], str]
    known: Known
    identity: Identity | None
    lookup_key: bytes
    free_bytes: int = 2**62
    scarce: bool = False
    after: list[Callable[[Work], Changes]] = field(default_factory=list)
    mirrored: list[dict[str, Any]] = field(default_factory=list)
    forgotten: bool = False

    @property
    def me(self) -> Identity:
        """This terminal, or `NotEnrolled`."""
        if self.identity is None:
            raise NotEnrolled("This terminal does not belong to a store yet: enter the code from HQ first.")
        return self.identity

    @property
    def leads(self) -> bool:
        """Whether this terminal holds the store's claims; not before HQ has said so."""
        store = self.known.store
        return bool(store and self.identity and store.lead_terminal == self.identity.terminal_id)

    def forget(self) -> None:
        """Read the rarely changing facts anew, here and in the transactions to come."""
        self.known = Known(self.conn)
        self.forgotten = True

    def get_meta(self, key: str, default: str = "") -> str:
        """Return one of the file's own small facts."""
        row = self.conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Keep one of the file's own small facts."""
        self.conn.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def record(self, kind: EventKind, order_number: int | None, *, by: str, body: dict[str, Any]) -> Event:
        """Append a fact to the chain and put it into the outbox, in this transaction."""
        seq, prev = self.conn.execute(
            "SELECT seq + 1, hash FROM events WHERE seq = (SELECT max(seq) FROM events)"
        ).fetchone() or (1, GENESIS)
        event = chain(
            prev,
            id=self.new_id(),
            incarnation=self.me.incarnation,
            seq=seq,
            kind=kind,
            order_number=order_number,
            at=self.now,
            by=by,
            body=body,
        )
        insert_event(self.conn, event)
        self.conn.execute(
            "INSERT INTO outbox (seq, event_id, order_number) VALUES (?, ?, ?)",
            (seq, event.id, order_number if kind in PROGRESS else None),
        )
        self.mirrored.append(event_fields(event))
        return event


def insert_event(conn: sqlite3.Connection, event: Event) -> None:
    """Write an event as it is."""
    conn.execute(
        "INSERT INTO events (seq, id, incarnation, kind, order_number, at, by, body, prev, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.seq,
            event.id,
            event.incarnation,
            event.kind,
            event.order_number,
            stamp(event.at),
            event.by,
            canonical(event.body).decode(),
            event.prev,
            event.hash,
        ),
    )


EVENT_COLUMNS = "id, incarnation, seq, kind, order_number, at, by, body, prev, hash"


def event_of(row: tuple[Any, ...]) -> Event:
    """Read an event from its `EVENT_COLUMNS`."""
    id_, incarnation, seq, kind, order_number, at, by, body, prev, digest = row
    return Event(
        id_, incarnation, seq, EventKind(kind), order_number, from_stamp(at), by, json.loads(body), prev, digest
    )


def event_fields(event: Event) -> dict[str, Any]:
    """Return an event as JSON-ready fields for the salvage file."""
    return {
        "id": event.id,
        "incarnation": event.incarnation,
        "seq": event.seq,
        "kind": event.kind.value,
        "order_number": event.order_number,
        "at": stamp(event.at),
        "by": event.by,
        "body": event.body,
        "prev": event.prev,
        "hash": event.hash,
    }


def event_from_fields(fields: dict[str, Any]) -> Event:
    """Read what `event_fields` returned; raise `KeyError` or `ValueError` for anything else."""
    row = tuple(fields[name] for name in EVENT_COLUMNS.split(", "))
    return event_of((*row[:7], json.dumps(row[7]), *row[8:]))


def millis(at: datetime) -> int:
    """Return an aware time as whole milliseconds since the Unix epoch, as the tables keep it."""
    return (at - _EPOCH) // _MILLISECOND


def from_millis(value: int) -> datetime:
    """Return the aware UTC time of a table's milliseconds, exactly."""
    return _EPOCH + value * _MILLISECOND
