"""What changes rarely and is asked at every scan: the store, its keys and products, read once and kept."""

from __future__ import annotations

import sqlite3
from functools import cached_property

from app.domain.code import KeyRing
from app.domain.records import NeighbourRecord, ProductRecord, StoreRecord


class Known:
    """A snapshot over one connection; whoever writes one of these tables makes a new one (`Work.forget`)."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    @cached_property
    def store(self) -> StoreRecord | None:
        """The store's profile, or `None` before the first contact."""
        row = self._conn.execute(
            "SELECT number, name, address, time_zone, early_minutes, late_minutes, revoke_minutes, lead_terminal,"
            " lead_epoch, capacity, pack_minutes, share_url FROM store"
        ).fetchone()
        return StoreRecord(*row) if row else None

    @cached_property
    def keyring(self) -> KeyRing:
        """The public keys that are not retired."""
        keys: dict[int, list[bytes]] = {}
        for key_id, raw in self._conn.execute("SELECT key_id, public_key FROM signing_keys WHERE NOT retired"):
            keys.setdefault(key_id, []).append(raw)
        return KeyRing(keys)

    @cached_property
    def products(self) -> dict[int, ProductRecord]:
        """The catalogue by product number."""
        rows = self._conn.execute(
            "SELECT number, sku, name, zone, lead_minutes, price_fen, active, barcode, pack_minutes FROM products"
        )
        return {
            number: ProductRecord(number, sku, name, zone, lead_minutes, price_fen, bool(active), barcode, pack_minutes)
            for number, sku, name, zone, lead_minutes, price_fen, active, barcode, pack_minutes in rows
        }

    @cached_property
    def neighbours(self) -> dict[int, NeighbourRecord]:
        """The other stores by number."""
        rows = self._conn.execute("SELECT number, name, address, distance_m FROM neighbours")
        return {row[0]: NeighbourRecord(*row) for row in rows}
