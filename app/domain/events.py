"""What a store says happened: facts in the past tense, numbered and chained so that none can vanish unseen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

GENESIS = "0" * 64


class EventKind(StrEnum):
    """Facts that the store owns."""

    PREPARATION_STARTED = "preparation_started"
    PREPARED = "prepared"
    PREPARATION_UNDONE = "preparation_undone"
    HANDED_OVER = "handed_over"
    HAND_OVER_REVOKED = "hand_over_revoked"
    CANCELLATION_ACCEPTED = "cancellation_accepted"
    REFUSED = "refused"
    INCIDENT_CLOSED = "incident_closed"
    LINE_REJECTED = "line_rejected"
    PUT_BACK = "put_back"
    STOCK_COUNTED = "stock_counted"
    OFFER_CHANGED = "offer_changed"
    SOLD = "sold"
    SALE_REFUNDED = "sale_refunded"
    SHIFT_CLOSED = "shift_closed"


# What moves an order on; the others only tell of it, or of the store.
PROGRESS = frozenset(EventKind) - {
    EventKind.REFUSED,
    EventKind.INCIDENT_CLOSED,
    EventKind.STOCK_COUNTED,
    EventKind.OFFER_CHANGED,
    EventKind.SOLD,
    EventKind.SALE_REFUNDED,
    EventKind.SHIFT_CLOSED,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `id` (UUIDv7) is made once, with the fact; `seq` counts from 1 within the terminal's `incarnation`.

    `at` is aware UTC, trusted time. `body` holds only JSON scalars, lists and dicts.
    `prev` and `hash` are hex SHA-256: each event's hash covers the one before, so a gap or a restored backup shows.
    """

    id: str
    incarnation: str
    seq: int
    kind: EventKind
    order_number: int | None
    at: datetime
    by: str
    body: dict[str, Any]
    prev: str
    hash: str


def chain(
    prev: str,
    *,
    id: str,
    incarnation: str,
    seq: int,
    kind: EventKind,
    order_number: int | None,
    at: datetime,
    by: str,
    body: dict[str, Any],
) -> Event:
    """Return the event that follows the one whose hash is `prev` (`GENESIS` for the first)."""
    fields = [prev, id, incarnation, seq, kind.value, order_number, stamp(at), by, body]
    digest = hashlib.sha256(canonical(fields)).hexdigest()
    return Event(id, incarnation, seq, kind, order_number, at, by, body, prev, digest)


def is_intact(event: Event) -> bool:
    """Tell whether the event's hash covers what it says."""
    again = chain(
        event.prev,
        id=event.id,
        incarnation=event.incarnation,
        seq=event.seq,
        kind=event.kind,
        order_number=event.order_number,
        at=event.at,
        by=event.by,
        body=event.body,
    )
    return again.hash == event.hash


def canonical(value: Any) -> bytes:
    """Return the one JSON spelling that hashes are taken of: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def stamp(at: datetime) -> str:
    """Return an aware time as `2026-08-01T12:00:00.000000Z`, which sorts as text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_stamp(text: str) -> datetime:
    """Read what `stamp` wrote; raise `ValueError` for anything without a zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone")
    return at.astimezone(UTC)
