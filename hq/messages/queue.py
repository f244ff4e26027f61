"""The rows of the outbox: claimed under a lease, settled under the number of the try, so a late worker is harmless."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from hq.messages.channels.port import Contact
from hq.messages.kinds import Standing
from hq.schema import customers, deliveries, messages, orders, stores
from hq.work import Work

# Longer than a whole batch can take on a bad day; after it another worker takes the message up.
LEASE = timedelta(minutes=10)
_DUE = (
    select(messages)
    .where(messages.c.status == bindparam("standing"), messages.c.next_at <= bindparam("now"))
    .order_by(messages.c.next_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_THIS = update(messages).where(messages.c.store_id == bindparam("of_store"), messages.c.id == bindparam("of_id"))
_CLAIM = _THIS.values(status=Standing.SENDING.value, next_at=bindparam("lease_end"), attempts=messages.c.attempts + 1)
_SETTLE = _THIS.where(
    messages.c.status == Standing.SENDING.value, messages.c.attempts == bindparam("of_attempt")
).values({name: bindparam(name) for name in ("status", "plan", "channel", "attempts", "next_at", "done_at", "error")})
_TRIED = insert(deliveries)
_ZONES = select(stores.c.id, stores.c.time_zone).where(stores.c.id.in_(bindparam("ids", expanding=True)))
_ORDERS = select(orders.c.store_id, orders.c.number, orders.c.customer_phone).where(
    orders.c.store_id.in_(bindparam("ids", expanding=True)), orders.c.number.in_(bindparam("numbers", expanding=True))
)
_CUSTOMERS = select(
    customers.c.id, customers.c.phone, customers.c.openid, customers.c.wecom_id, customers.c.consents
).where(customers.c.id.in_(bindparam("ids", expanding=True)))
_NOWHERE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as the outbox keeps it."""

    store_id: str
    id: str
    order_number: int | None
    kind: str
    dedup: str
    audience: str
    customer_id: str | None
    language: str
    facts: str
    plan: str
    status: str
    channel: str
    attempts: int
    next_at: datetime
    created_at: datetime
    done_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """A claimed message with what is looked up when it is sent: whom to reach, what they agree to now, where it is."""

    row: MessageRow
    contact: Contact
    now_agreed: str
    zone: str


@dataclass(frozen=True, slots=True)
class Try:
    """What one try on one channel came to; `title` and `text` where the channel keeps the words."""

    channel: str
    outcome: str
    detail: str = ""
    provider_ref: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a claimed message goes next."""

    row: MessageRow
    status: Standing
    plan: str
    next_at: datetime
    channel: str = ""
    error: str = ""
    tried: Try | None = None


def claim(work: Work, most: int) -> list[MessageRow]:
    """Take due messages for this worker; a lease that ran out was somebody's who is gone."""
    rows = _due(work, Standing.SENDING, most)
    rows += _due(work, Standing.QUEUED, most - len(rows))
    if rows:
        told = [{"of_store": row.store_id, "of_id": row.id, "lease_end": work.now + LEASE} for row in rows]
        work.conn.execute(_CLAIM, told)
    return rows


def addressed(conn: Connection, rows: list[MessageRow]) -> list[Addressed]:
    """Look up whom the messages are for."""
    store_ids = sorted({row.store_id for row in rows})
    numbers = sorted({row.order_number for row in rows if row.order_number is not None})
    people = sorted({row.customer_id for row in rows if row.customer_id is not None})
    zones = {row.id: row.time_zone for row in conn.execute(_ZONES, {"ids": store_ids})}
    told = conn.execute(_ORDERS, {"ids": store_ids, "numbers": numbers})
    phones = {(row.store_id, row.number): row.customer_phone for row in told}
    known = {row.id: row for row in conn.execute(_CUSTOMERS, {"ids": people})}
    return [_addressed(row, zones, phones, known) for row in rows]


def settle(work: Work, settled: Settled) -> None:
    """Write down what a try came to; when another worker has taken the message since, only the try."""
    row, tried = settled.row, settled.tried
    attempt = row.attempts + 1
    ended = settled.status not in {Standing.QUEUED, Standing.SENDING}
    if tried:
        key = {"store_id": row.store_id, "message_id": row.id, "no": attempt, "at": work.now}
        said = {"title": tried.title, "text": tried.text, "detail": tried.detail, "provider_ref": tried.provider_ref}
        work.conn.execute(_TRIED, {**key, **said, "channel": tried.channel, "outcome": tried.outcome})
    told = {
        "of_store": row.store_id,
        "of_id": row.id,
        "of_attempt": attempt,
        "status": settled.status.value,
        "plan": settled.plan,
        "channel": settled.channel or row.channel,
        "attempts": attempt if tried else row.attempts,
        "next_at": settled.next_at,
        "done_at": work.now if ended else None,
        "error": settled.error,
    }
    work.conn.execute(_SETTLE, told)


def _due(work: Work, standing: Standing, most: int) -> list[MessageRow]:
    # One standing at a time: so the index gives the oldest without sorting all that wait.
    told = {"standing": standing.value, "now": work.now, "at_most": most}
    return [MessageRow(*row) for row in work.conn.execute(_DUE, told)]


def _addressed(
    row: MessageRow, zones: Mapping[str, str], phones: Mapping[tuple[str, int], str], known: Mapping[str, Any]
) -> Addressed:
    customer = known.get(row.customer_id or "")
    phone = phones.get((row.store_id, row.order_number or 0), "")
    if customer is None:
        return Addressed(row, Contact(phone), "", zones.get(row.store_id, _NOWHERE))
    contact = Contact(phone or customer.phone, customer.openid, customer.wecom_id)
    return Addressed(row, contact, customer.consents, zones.get(row.store_id, _NOWHERE))
