"""The message log for operators: what was sent, what waits, what died and why; and putting a dead one back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from hq.messages.kinds import Kind, Standing
from hq.messages.plan import Plan
from hq.messages.queue import MessageRow
from hq.problems import conflict, missing
from hq.schema import deliveries, messages, webhooks
from hq.work import Work

MOST = 200
_FORGOTTEN = "{}"
_ONE = select(messages).where(messages.c.store_id == bindparam("of_store"), messages.c.id == bindparam("of_id"))
_DELIVERIES = (
    select(deliveries)
    .where(deliveries.c.store_id == bindparam("of_store"), deliveries.c.message_id == bindparam("of_id"))
    .order_by(deliveries.c.no)
)
_COUNTS = select(messages.c.status, func.count()).group_by(messages.c.status)
_REVIVE = (
    update(messages)
    .where(messages.c.store_id == bindparam("of_store"), messages.c.id == bindparam("of_id"))
    .values(status=Standing.QUEUED.value, plan=bindparam("plan"), next_at=bindparam("now"), done_at=None, error="")
)
# What was sent long ago needs no words any more: they name short codes, which are kept nowhere else in the clear.
_FORGET_FACTS = (
    update(messages)
    .where(
        messages.c.status == Standing.SENT.value,
        messages.c.next_at < bindparam("before"),
        messages.c.facts != _FORGOTTEN,
    )
    .values(facts=_FORGOTTEN)
)
_FORGET_WORDS = (
    update(deliveries).where(deliveries.c.at < bindparam("before"), deliveries.c.text != "").values(title="", text="")
)
_DEAD_HOOKS = (
    select(webhooks).where(webhooks.c.status == Standing.DEAD.value).order_by(webhooks.c.id.desc()).limit(MOST)
)
_REVIVE_HOOK = (
    update(webhooks)
    .where(
        webhooks.c.store_id == bindparam("of_store"),
        webhooks.c.id == bindparam("of_id"),
        webhooks.c.status == Standing.DEAD.value,
    )
    .values(status=Standing.QUEUED.value, attempts=0, next_at=bindparam("now"), done_at=None, error="")
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which messages to show; what is `None` does not matter."""

    store_id: str | None = None
    status: Standing | None = None
    kind: Kind | None = None
    order_number: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One try; `title` and `text` only where the channel keeps the words."""

    store_id: str
    message_id: str
    no: int
    channel: str
    at: datetime
    outcome: str
    provider_ref: str
    detail: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class HookRow:
    """A webhook to the customer profile."""

    store_id: str
    id: str
    kind: str
    dedup: str
    body: str
    status: str
    attempts: int
    next_at: datetime
    created_at: datetime
    done_at: datetime | None
    error: str


def page(conn: Connection, only: Filter, *, before: str | None = None, limit: int = 50) -> list[MessageRow]:
    """Return messages, the newest first; `before` is the id of the last one on the page before."""
    query = select(messages).order_by(messages.c.id.desc()).limit(max(1, min(limit, MOST)))
    for field in fields(only):
        value = getattr(only, field.name)
        if value is not None:
            query = query.where(messages.c[field.name] == value)
    if before is not None:
        query = query.where(messages.c.id < before)
    return [MessageRow(*row) for row in conn.execute(query)]


def deliveries_of(conn: Connection, store_id: str, message_id: str) -> list[DeliveryRow]:
    """Return the tries of a message in their order."""
    found = conn.execute(_DELIVERIES, {"of_store": store_id, "of_id": message_id})
    return [DeliveryRow(*row) for row in found]


def counts(conn: Connection) -> dict[Standing, int]:
    """Return how many messages there are of each standing."""
    found = {row[0]: row[1] for row in conn.execute(_COUNTS)}
    return {standing: found.get(standing.value, 0) for standing in Standing}


def dead_hooks(conn: Connection) -> list[HookRow]:
    """Return the newest webhooks that were given up."""
    return [HookRow(*row) for row in conn.execute(_DEAD_HOOKS)]


def forget(work: Work, before: datetime) -> int:
    """Drop the words of messages that were sent before a time; return of how many."""
    work.conn.execute(_FORGET_WORDS, {"before": before})
    return work.conn.execute(_FORGET_FACTS, {"before": before}).rowcount


def revive(work: Work, store_id: str, message_id: str) -> None:
    """Put a dead or skipped message back into the queue, with all channels to try anew."""
    key = {"of_store": store_id, "of_id": message_id}
    row: Any = work.conn.execute(_ONE, key).first()
    if row is None:
        raise missing("message", "There is no such message.")
    if row.status not in {Standing.DEAD, Standing.SKIPPED}:
        raise conflict("message_alive", "Only a message that was given up or skipped can be sent anew.")
    # The number of attempts stays: the log counts its tries on.
    work.conn.execute(_REVIVE, {**key, "plan": Plan(Plan.parse(row.plan).consents).text(), "now": work.now})


def revive_hook(work: Work, store_id: str, hook_id: str) -> None:
    """Put a webhook that was given up back into the queue."""
    if not work.conn.execute(_REVIVE_HOOK, {"of_store": store_id, "of_id": hook_id, "now": work.now}).rowcount:
        raise missing("webhook", "There is no such webhook that was given up.")
