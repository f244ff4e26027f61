"""Take in what HQ tells: rows and cursor in one transaction, and only what is newer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.changes import Changes
from app.domain.events import stamp
from app.domain.order import Order, Status
from app.domain.records import (
    FeedBatch,
    IncidentRecord,
    KeyRecord,
    NeighbourRecord,
    OrderRecord,
    ProductRecord,
    Record,
    StaffRecord,
    StoreRecord,
)
from app.storage import orders
from app.storage.storage import TIME_FLOOR
from app.storage.work import Work, millis
from app.usecases.hand_over import accept_cancellation

CURSOR, GENERATION, HEAD, LAST_CONTACT = "feed_cursor", "feed_generation", "feed_head", "last_contact"
# More changed orders than this and a screen does better to read its page anew.
_MANY = 50
_SYSTEM = "HQ"


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """Where this terminal stands in HQ's history; generation "" before the first contact."""

    cursor: int
    generation: str


def feed_position(work: Work) -> FeedPosition:
    """Return the position that is true for what this file holds."""
    return FeedPosition(int(work.get_meta(CURSOR, "0")), work.get_meta(GENERATION))


def apply_feed(work: Work, batch: FeedBatch) -> Changes:
    """Apply a run of changes and move the cursor with them; at most 200 records, the counter is waiting.

    A batch of another generation, or one that this file is already past, changes nothing.
    """
    position = feed_position(work)
    if position.generation != batch.generation or batch.cursor < position.cursor:
        return Changes()
    changes = Changes()
    for kind, apply in _APPLY.items():
        records = [record for record in batch.records if type(record) is kind]
        if records:
            changes |= apply(work, records)
    work.set_meta(CURSOR, str(batch.cursor))
    work.set_meta(HEAD, str(batch.head))
    return changes


def reset_feed(work: Work, generation: str) -> Changes:
    """Begin HQ's history anew (HQ was restored, or this terminal is new); the outbox stays."""
    # -1: whatever the new history says of an order is newer than what the old one said. 0 stays: known by code only.
    work.conn.execute("UPDATE orders SET version = -1, acked_version = 0 WHERE version > 0")
    work.set_meta(GENERATION, generation)
    work.set_meta(CURSOR, "0")
    return Changes()


def note_contact(work: Work, hq_time: datetime) -> None:
    """Keep when HQ was last heard; the trusted clock never falls behind it, whatever the battery does."""
    work.set_meta(LAST_CONTACT, stamp(hq_time))
    work.set_meta(TIME_FLOOR, stamp(max(hq_time, work.now)))


def _apply_store(work: Work, records: Sequence[StoreRecord]) -> Changes:
    work.conn.execute("DELETE FROM store")
    _insert(work, "store", [_fields(record) for record in records[-1:]])
    work.forget()
    return Changes(profile=True)


def _apply_neighbours(work: Work, records: Sequence[NeighbourRecord]) -> Changes:
    _upsert(work, "neighbours", "number", records)
    work.forget()
    return Changes(profile=True)


def _apply_staff(work: Work, records: Sequence[StaffRecord]) -> Changes:
    _upsert(work, "staff", "id", records)
    return Changes(profile=True)


def _apply_keys(work: Work, records: Sequence[KeyRecord]) -> Changes:
    _upsert(work, "signing_keys", "key_id, public_key", records)
    work.forget()
    return Changes()


def _apply_products(work: Work, records: Sequence[ProductRecord]) -> Changes:
    _upsert(work, "products", "number", records)
    work.forget()
    return Changes(catalogue=True)


def _apply_incidents(work: Work, records: Sequence[IncidentRecord]) -> Changes:
    _upsert(work, "incidents", "id", records)
    return Changes(incidents=True)


def _upsert(work: Work, table: str, key: str, records: Sequence[Any]) -> None:
    columns = records[0].__slots__
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    action = f"DO UPDATE SET {changed}" if changed else "DO NOTHING"
    _insert(work, table, [_fields(record) for record in records], f" ON CONFLICT ({key}) {action}")


def _insert(work: Work, table: str, rows: Sequence[dict[str, Any]], on_conflict: str = "") -> None:
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    work.conn.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}){on_conflict}",  # noqa: S608 - our own names
        [tuple(row.values()) for row in rows],
    )


def _fields(record: Any) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in record.__slots__}
    return {name: millis(value) if isinstance(value, datetime) else value for name, value in values.items()}


# ── orders ─────────────────────────────────────────────────────────────────────────────────────────────────

_UPSERT_ORDER = """
INSERT INTO orders (number, id, status, issue, opens, length, cancel_requested, lines, version, placed_at, prepared_at,
    customer, phone, phone_tail_hash, short_code_hash, note, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET id = excluded.id, status = excluded.status, issue = excluded.issue,
    opens = excluded.opens, length = excluded.length, cancel_requested = excluded.cancel_requested,
    lines = excluded.lines, version = excluded.version, placed_at = excluded.placed_at,
    prepared_at = excluded.prepared_at, customer = excluded.customer, phone = excluded.phone,
    phone_tail_hash = excluded.phone_tail_hash, short_code_hash = excluded.short_code_hash, note = excluded.note,
    checksum = excluded.checksum
"""


@dataclass(frozen=True, slots=True)
class _Local:
    """What this terminal has on an order that HQ's record must be joined with."""

    version: int
    acked_version: int
    status: Status
    unsent: bool
    granted: bool
    handed_over: bool


def _apply_orders(work: Work, records: Sequence[OrderRecord]) -> Changes:
    known = _local_orders(work, [record.number for record in records])
    rows, touched = [], []
    for record in records:
        local = known.get(record.number)
        if local and (record.version <= local.version or record.version < local.acked_version):
            continue
        rows.append(_row(record, _joined_status(record, local)))
        touched.append((record, local))
    work.conn.executemany(_UPSERT_ORDER, rows)
    changes = Changes()
    for record, local in touched:
        if local or record.redemption or record.cancel_requested:
            changes |= _join_rest(work, record, local)
    numbers = frozenset(record.number for record, _ in touched)
    return changes | (Changes(all_orders=True) if len(numbers) > _MANY else Changes(orders=numbers))


def _local_orders(work: Work, numbers: Sequence[int]) -> dict[int, _Local]:
    rows = work.conn.execute(
        "SELECT o.number, o.version, o.acked_version, o.status,"
        " EXISTS (SELECT 1 FROM outbox x WHERE x.order_number = o.number AND NOT x.parked),"
        " (SELECT c.state FROM claims c WHERE c.order_number = o.number AND c.state IN ('granted', 'handed_over'))"
        " FROM orders o WHERE o.number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {
        number: _Local(version, acked, Status(status), bool(unsent), claim == "granted", claim == "handed_over")
        for number, version, acked, status, unsent, claim in rows
    }


def _joined_status(record: OrderRecord, local: _Local | None) -> Status:
    """HQ's word, unless this terminal knows of progress that HQ has not acknowledged."""
    if local is None or not local.unsent:
        return record.status
    if record.status is Status.CANCELLED and not local.handed_over:
        return Status.CANCELLED
    return local.status


def _row(record: OrderRecord, status: Status) -> tuple[Any, ...]:
    lines = json.dumps([[line.product_number, line.quantity, line.name] for line in record.lines], ensure_ascii=False)
    sealed = (
        record.number,
        record.id,
        str(status),
        record.issue,
        record.opens,
        record.length,
        int(record.cancel_requested),
        lines,
    )
    return (
        *sealed,
        record.version,
        millis(record.placed_at),
        millis(record.prepared_at) if record.prepared_at else None,
        record.customer,
        record.phone,
        record.phone_tail_hash,
        record.short_code_hash,
        record.note,
        orders.checksum(sealed),
    )


def _join_rest(work: Work, record: OrderRecord, local: _Local | None) -> Changes:
    if record.redemption:
        _keep_redemption(work, record)
    elif local and local.handed_over and not local.unsent and record.status is not Status.CANCELLED:
        _drop_redemption(work, record.number)
    if not record.redemption:
        _drop_foreign_redemption(work, record.number)
    if record.cancel_requested and not (local and (local.granted or local.handed_over)):
        return _cancel(work, record.number)
    return Changes()


def _keep_redemption(work: Work, record: OrderRecord) -> None:
    fact = record.redemption
    if fact is None:
        return
    work.conn.execute(
        "INSERT INTO redemptions (attempt_id, order_number, at, by, terminal, local) VALUES (?, ?, ?, ?, ?, 0)"
        " ON CONFLICT (attempt_id) DO NOTHING",
        (fact.attempt_id, record.number, millis(fact.at), fact.by, fact.terminal),
    )


def _drop_redemption(work: Work, number: int) -> None:
    # Revoked at another terminal: the claim here no longer stands.
    work.conn.execute("UPDATE claims SET state = 'revoked' WHERE order_number = ? AND state = 'handed_over'", (number,))
    _mark_revoked(work, number, local=1)


def _drop_foreign_redemption(work: Work, number: int) -> None:
    _mark_revoked(work, number, local=0)


def _mark_revoked(work: Work, number: int, *, local: int) -> None:
    work.conn.execute(
        "UPDATE redemptions SET revoked_at = ?, revoked_by = ? WHERE order_number = ? AND local = ?"
        " AND revoked_at IS NULL",
        (millis(work.now), _SYSTEM, number, local),
    )


def _cancel(work: Work, number: int) -> Changes:
    # Only the lead's word is final at HQ; another terminal merely stops handing the order over.
    order = orders.find(work.conn, work.known, number)
    if order is None or not work.leads or not _may_cancel(order):
        return Changes()
    return accept_cancellation(work, order, by=_SYSTEM)


def _may_cancel(order: Order) -> bool:
    return order.status not in (Status.CANCELLED, Status.COMPLETED)


_APPLY: dict[type[Record], Callable[[Work, Any], Changes]] = {
    StoreRecord: _apply_store,
    NeighbourRecord: _apply_neighbours,
    StaffRecord: _apply_staff,
    KeyRecord: _apply_keys,
    ProductRecord: _apply_products,
    OrderRecord: _apply_orders,
    IncidentRecord: _apply_incidents,
}
