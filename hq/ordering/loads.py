"""How many orders are booked into each quarter of an hour of a store, against its capacity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text

from hq import bulk
from hq.schema import window_loads
from hq.stores import StoreRow
from hq.work import Work

_BETWEEN = select(window_loads.c.quarter, window_loads.c.booked).where(
    window_loads.c.store_id == bindparam("store_id"),
    window_loads.c.quarter >= bindparam("first"),
    window_loads.c.quarter < bindparam("after"),
    window_loads.c.booked > 0,
)
_BOOK = text(
    "INSERT INTO window_loads (store_id, quarter, booked) VALUES (:store_id, :quarter, 1) "
    "ON CONFLICT (store_id, quarter) DO UPDATE SET booked = window_loads.booked + 1"
)
_RELEASE = "UPDATE window_loads SET booked = booked - 1 WHERE store_id = ? AND quarter = ? AND booked > 0"
# As far ahead as a window can be offered, in quarters of an hour.
HORIZON = 40 * 24 * 4


def load(conn: Connection, store_id: str, first: int, after: int) -> dict[int, int]:
    """Return the booked orders by quarter (epoch seconds / 900), from `first` up to but not with `after`."""
    rows = conn.execute(_BETWEEN, {"store_id": store_id, "first": first, "after": after})
    return {row.quarter: row.booked for row in rows}


def ahead(conn: Connection, store: StoreRow, now: datetime) -> dict[int, int]:
    """Return what is booked from now on, as far as windows are offered; nothing where the store counts no orders."""
    if store.capacity is None:
        return {}
    first = int(now.timestamp()) // 900
    return load(conn, store.id, first, first + HORIZON)


def book(work: Work, booked: Iterable[tuple[str, int]]) -> None:
    """Book orders: (store, quarter) for each; the caller has locked the stores and found the room."""
    rows = [{"store_id": store_id, "quarter": quarter} for store_id, quarter in booked]
    if rows:
        work.conn.execute(_BOOK, rows)


def release(work: Work, store_id: str, quarter: int | None) -> None:
    """Give an order's quarter back."""
    if quarter is not None:
        bulk.change(work.conn, _RELEASE, [(store_id, quarter)])
