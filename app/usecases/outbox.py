"""What HQ has not had the last word on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.domain.events import Event, EventKind, from_stamp
from app.domain.records import Settled
from app.errors import NotFound
from app.storage.work import EVENT_COLUMNS, Work, event_of, millis
from app.usecases.join import catch_up

_EVENT = ", ".join(f"e.{name}" for name in EVENT_COLUMNS.split(", "))
_PENDING = f"SELECT {_EVENT} FROM outbox x JOIN events e ON e.seq = x.seq WHERE NOT x.parked ORDER BY x.seq LIMIT ?"  # noqa: S608 - our own constant
QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Parked:
    """An event that HQ could not take: kept here until a person has looked."""

    event_id: str
    kind: EventKind
    order_number: int | None
    at: datetime
    by: str
    reason: str


def pending_events(work: Work, limit: int) -> tuple[Event, ...]:
    """Return the oldest unsent events, in the order of their `seq`."""
    return tuple(event_of(row) for row in work.conn.execute(_PENDING, (limit,)))


def settle(work: Work, results: Sequence[Settled]) -> Changes:
    """Take HQ's final words: what it quarantined is parked, everything else leaves the outbox."""
    numbers: list[int] = []
    for result in results:
        row = work.conn.execute("SELECT order_number FROM outbox WHERE event_id = ?", (result.event_id,)).fetchone()
        if row is None:
            continue
        if result.outcome == QUARANTINED:
            work.conn.execute(
                "UPDATE outbox SET parked = 1, reason = ? WHERE event_id = ?", (result.reason, result.event_id)
            )
        else:
            work.conn.execute("DELETE FROM outbox WHERE event_id = ?", (result.event_id,))
        _note_outcome(work, result, order_number=row[0])
        numbers += [row[0]] if row[0] is not None else []
    return Changes(outbox=bool(results)) | catch_up(work, numbers)


def parked(work: Work) -> tuple[Parked, ...]:
    """List the events that wait for a person, oldest first."""
    rows = work.conn.execute(
        "SELECT e.id, e.kind, e.order_number, e.at, e.by, x.reason FROM outbox x JOIN events e ON e.seq = x.seq"
        " WHERE x.parked ORDER BY x.seq"
    )
    return tuple(
        Parked(id_, EventKind(kind), number, from_stamp(at), by, reason) for id_, kind, number, at, by, reason in rows
    )


def retry_parked(work: Work, event_id: str) -> Changes:
    """Send a parked event again with the next push."""
    done = work.conn.execute("UPDATE outbox SET parked = 0, reason = '' WHERE event_id = ? AND parked", (event_id,))
    if done.rowcount == 0:
        raise NotFound("This entry is no longer waiting.")
    return Changes(outbox=True)


def _note_outcome(work: Work, result: Settled, *, order_number: int | None) -> None:
    work.conn.execute(
        "INSERT INTO outcomes (event_id, outcome, reason, at) VALUES (?, ?, ?, ?) ON CONFLICT (event_id)"
        " DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, at = excluded.at",
        (result.event_id, result.outcome, result.reason, millis(work.now)),
    )
    if result.order_version is not None and order_number is not None:
        # A page that HQ made before it had this event must not be taken for newer.
        work.conn.execute(
            "UPDATE orders SET acked_version = max(acked_version, ?) WHERE number = ?",
            (result.order_version, order_number),
        )
