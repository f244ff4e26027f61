"""Turns what HQ's feed says into the records that the terminal keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from app.domain.events import canonical
from app.domain.order import Line, Redemption
from app.domain.records import (
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
from sync.wire import (
    FeedRow,
    IncidentItem,
    KeyItem,
    LaterItem,
    NeighbourItem,
    OrderItem,
    PairItem,
    ProductItem,
    RedemptionFact,
    StaffItem,
    StockItem,
    StoreItem,
)


def records(rows: Iterable[FeedRow]) -> tuple[Record, ...]:
    """Return one record for each row, in the same order; what only a later release knows has none."""
    return tuple(_BY_CLASS[type(row.item)](row.item) for row in rows if not isinstance(row.item, LaterItem))


def _store(item: StoreItem) -> StoreRecord:
    return StoreRecord(
        item.number,
        item.name,
        item.address,
        item.time_zone,
        item.early_minutes,
        item.late_minutes,
        item.revoke_minutes,
        item.lead_terminal,
        item.lead_epoch,
        item.capacity,
        item.pack_minutes,
        item.share_url,
    )


def _neighbour(item: NeighbourItem) -> NeighbourRecord:
    return NeighbourRecord(item.number, item.name, item.address, item.distance_m)


def _staff(item: StaffItem) -> StaffRecord:
    return StaffRecord(item.id, item.name, item.role, item.pin_hash, item.active)


def _key(item: KeyItem) -> KeyRecord:
    return KeyRecord(item.key_id, bytes.fromhex(item.public_key), item.retired)


def _product(item: ProductItem) -> ProductRecord:
    return ProductRecord(
        item.number,
        item.sku,
        item.name,
        item.zone,
        item.lead_minutes,
        item.price_fen,
        item.active,
        item.barcode,
        item.pack_minutes,
    )


def _stock(item: StockItem) -> StockRecord:
    return StockRecord(item.product_number, item.on_hand, item.reserved, item.listed)


def _pair(item: PairItem) -> PairRecord:
    return PairRecord(item.product_number, item.goes_with, item.sold_with)


def _order(item: OrderItem) -> OrderRecord:
    return OrderRecord(
        number=item.number,
        id=item.id,
        version=item.version,
        status=item.status,
        issue=item.issue,
        opens=item.opens,
        length=item.length,
        placed_at=_utc(item.placed_at),
        prepared_at=_utc_or_none(item.prepared_at),
        lines=tuple(Line(line.product_number, line.quantity, line.name) for line in item.lines),
        customer=item.customer,
        phone=item.phone,
        phone_tail_hash=item.phone_tail_hash,
        short_code_hash=item.short_code_hash,
        note=item.note,
        cancel_requested=item.cancel_requested,
        redemption=_redemption(item.redemption),
        arrived_at=_utc_or_none(item.arrived_at),
        collector=item.collector,
        collector_relation=item.collector_relation,
        customer_key=item.customer_key,
    )


def _redemption(fact: RedemptionFact | None) -> Redemption | None:
    return Redemption(fact.attempt_id, _utc(fact.at), fact.by, fact.terminal) if fact else None


def _incident(item: IncidentItem) -> IncidentRecord:
    return IncidentRecord(
        item.id,
        item.incident.value,
        item.order_number,
        _utc(item.opened_at),
        canonical(item.facts).decode(),
        _utc_or_none(item.closed_at),
        item.closed_by,
        item.reason,
    )


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _utc_or_none(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


_BY_CLASS: dict[type[Any], Callable[[Any], Record]] = {
    StoreItem: _store,
    NeighbourItem: _neighbour,
    StaffItem: _staff,
    KeyItem: _key,
    ProductItem: _product,
    StockItem: _stock,
    PairItem: _pair,
    OrderItem: _order,
    IncidentItem: _incident,
}
