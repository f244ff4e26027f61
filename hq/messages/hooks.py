"""Tells the customer profile what customers did: events kept with the fact, sent as signed webhooks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from hq.messages.kinds import Standing
from hq.schema import webhooks
from hq.work import Work

_INSERT = {
    "sqlite": sqlite.insert(webhooks).on_conflict_do_nothing(index_elements=["store_id", "dedup"]),
    "postgresql": postgresql.insert(webhooks).on_conflict_do_nothing(index_elements=["store_id", "dedup"]),
}


class ProfileKind(StrEnum):
    """What a customer did, or what was done for them."""

    PAID = "order.paid"
    RESCHEDULED = "order.rescheduled"
    MOVED = "order.moved"
    CANCELLED = "order.cancelled"
    REFUNDED = "order.refunded"
    READY = "order.ready"
    REDEEMED = "order.redeemed"
    REVOKED = "order.revoked"
    PUT_BACK = "order.put_back"
    SALE = "sale.added"


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A product, how many, and the price of one."""

    product: int
    quantity: int
    price_fen: int


@dataclass(frozen=True, slots=True)
class ProfileEvent:
    """One event, told once per `dedup`; the customer is an id, never a phone or a name."""

    store_id: str
    store_number: int
    kind: ProfileKind
    dedup: str
    at: datetime
    order_number: int | None = None
    customer_id: str | None = None
    lines: tuple[ProfileLine, ...] = ()
    amounts: Mapping[str, int] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)


def post_profile_events(work: Work, events: Sequence[ProfileEvent]) -> None:
    """Queue events for the customer profile; nothing where HQ has none to tell."""
    if events and work.profile_hooks:
        work.conn.execute(_INSERT[work.conn.dialect.name], [_row(work, event) for event in events])


def _row(work: Work, event: ProfileEvent) -> dict[str, Any]:
    event_id = work.new_id()
    return {
        "store_id": event.store_id,
        "id": event_id,
        "kind": event.kind.value,
        "dedup": event.dedup,
        "body": json.dumps(_body(event_id, event), ensure_ascii=False, separators=(",", ":")),
        "status": Standing.QUEUED.value,
        "attempts": 0,
        "next_at": work.now,
        "created_at": work.now,
        "error": "",
    }


def _body(event_id: str, event: ProfileEvent) -> dict[str, Any]:
    return {
        "id": event_id,
        "kind": event.kind.value,
        "at": _stamp(event.at),
        "store": event.store_number,
        "order": event.order_number,
        "customer": event.customer_id,
        "lines": [asdict(line) for line in event.lines],
        "amounts": dict(event.amounts),
        "times": {name: _stamp(at) for name, at in event.times.items()},
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
