"""Take in what HQ tells: rows and cursor in one transaction, and only what is newer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.changes import Changes
from app.domain.events import stamp
from app.domain.records import (
    FeedBatch,
    IncidentRecord,
    KeyRecord,
    NeighbourRecord,
    OrderRecord,
    PairRecord,
    ProductRecord,
    Record,
    StaffRecord,
    StockRecord,
    StoreRecord,
)
from app.storage.storage import TIME_FLOOR
from app.storage.work import Work, millis
from app.usecases.join import apply_orders

CURSOR, GENERATION, HEAD, LAST_CONTACT = "feed_cursor", "feed_generation", "feed_head", "last_contact"


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


def _apply_stock(work: Work, records: Sequence[StockRecord]) -> Changes:
    _upsert(work, "stock", "product_number", records)
    return Changes(stock=True)


def _apply_pairs(work: Work, records: Sequence[PairRecord]) -> Changes:
    _upsert(work, "pairs", "product_number", records)
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
    return {name: _stored(value) for name, value in values.items()}


def _stored(value: Any) -> Any:
    match value:
        case datetime():
            return millis(value)
        case tuple():
            return json.dumps(value)
        case _:
            return value


_APPLY: dict[type[Record], Callable[[Work, Any], Changes]] = {
    StoreRecord: _apply_store,
    NeighbourRecord: _apply_neighbours,
    StaffRecord: _apply_staff,
    KeyRecord: _apply_keys,
    ProductRecord: _apply_products,
    StockRecord: _apply_stock,
    PairRecord: _apply_pairs,
    OrderRecord: apply_orders,
    IncidentRecord: _apply_incidents,
}
