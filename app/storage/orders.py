"""Orders as rows: reading them whole, and a checksum that tells a flipped bit from an order."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Any

from app.domain.order import Line, Order, Redemption, Status
from app.domain.window import Window
from app.errors import CorruptData
from app.storage.known import Known
from app.storage.work import from_millis

# What the checksum covers comes first, in its order.
_SEALED = 8
COLUMNS = (
    "o.number, o.id, o.status, o.issue, o.opens, o.length, o.cancel_requested, o.lines, o.version, o.customer,"
    " o.phone, o.note, o.shelf, o.prepared_at, o.arrived_at, o.collector, o.collector_relation, o.customer_key,"
    " o.parcels, o.checksum"
)
_FROM = (
    f"SELECT {COLUMNS}, c.attempt_id, r.attempt_id, r.at, r.by, r.terminal FROM orders o"  # noqa: S608 - our own constant
    # Spelt as the index's own condition, or it is not used.
    " LEFT JOIN claims c ON c.order_number = o.number AND c.state IN ('granted', 'handed_over') AND c.state = 'granted'"
    " LEFT JOIN redemptions r ON r.attempt_id = (SELECT f.attempt_id FROM redemptions f"
    " WHERE f.order_number = o.number AND f.revoked_at IS NULL ORDER BY f.at LIMIT 1)"
)
BY_NUMBER = f"{_FROM} WHERE o.number = ?"
_OPEN = "o.status NOT IN ('completed', 'cancelled')"
# The plus keeps SQLite from walking through all open orders in their order to find a handful.
BY_PHONE = f"{_FROM} WHERE o.phone_tail_hash = ? AND {_OPEN} ORDER BY +o.opens, +o.number"
BY_CUSTOMER = f"{_FROM} WHERE o.customer_key = ? AND o.customer_key <> '' AND {_OPEN} ORDER BY +o.opens, +o.number"
# A short code is unique among the open orders; a closed one that had it is still worth an answer.
BY_SHORT_CODE = f"{_FROM} WHERE o.short_code_hash = ? ORDER BY {_OPEN} DESC, o.placed_at DESC LIMIT 1"
OPEN_PAGE = f"{_FROM} WHERE {_OPEN} AND (o.opens, o.number) > (?, ?) ORDER BY o.opens, o.number LIMIT ?"
NEXT = f"{_FROM} WHERE {_OPEN} AND o.opens + o.length > ? ORDER BY o.opens, o.number LIMIT ?"
ARRIVED = f"{_FROM} WHERE o.arrived_at > ? AND {_OPEN} ORDER BY o.arrived_at, o.number LIMIT ?"
NOT_BEGUN = f"{_FROM} WHERE {_OPEN} AND o.status = 'assigned' AND o.opens <= ? ORDER BY o.opens, o.number"
SLICE = f"{_FROM} WHERE o.number > ? ORDER BY o.number LIMIT ?"
AMONG = f"{_FROM} WHERE o.number IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own constant

# Numbers alone, from an index that holds all it takes: reading every row would take ten times as long.
NAMED = (
    f"SELECT number FROM orders o WHERE o.customer = ?1 AND {_OPEN}"  # noqa: S608 - our constant
    " ORDER BY o.opens, o.number LIMIT ?2"
)
NOTED = (
    f"SELECT number FROM orders o INDEXED BY orders_noted WHERE o.note <> '' AND {_OPEN}"  # noqa: S608 - our constant
    " AND o.note LIKE ?1 ESCAPE '\\' ORDER BY o.opens, o.number LIMIT ?2"
)
WITH_PRODUCT = (
    f"SELECT number FROM orders o INDEXED BY orders_open WHERE {_OPEN}"  # noqa: S608 - our constant
    " AND instr(o.lines, ?1) ORDER BY o.opens, o.number LIMIT ?2"
)

_INSERT_FROM_CODE = (
    "INSERT INTO orders (number, id, version, status, issue, opens, length, placed_at, customer, phone,"
    " phone_tail_hash, short_code_hash, note, cancel_requested, lines, checksum)"
    " VALUES (?, '', 0, 'assigned', ?, ?, ?, ?, '', '', '', '', '', 0, ?, x'') ON CONFLICT (number) DO NOTHING"
)

Row = tuple[Any, ...]


def checksum(fields: Iterable[Any]) -> bytes:
    """Return 8 bytes over number, id, status, issue, opens, length, cancel_requested and lines, in this order."""
    return hashlib.blake2b(repr(tuple(fields)).encode(), digest_size=8).digest()


def find(conn: sqlite3.Connection, known: Known, number: int) -> Order | None:
    """Return an order by its number, or `None`."""
    row = conn.execute(BY_NUMBER, (number,)).fetchone()
    return order_of(row, known) if row else None


def order_of(row: Row, known: Known) -> Order:
    """Build an order from its row; raise `CorruptData` when the row is not what was written."""
    (number, _, status, issue, opens, length, cancel_requested, lines, version, customer, phone, note, shelf) = row[:13]
    prepared_at, arrived_at, collector, collector_relation, customer_key, parcels = row[13:19]
    stored, granted, attempt_id, at, by, terminal = row[19:]
    if checksum(row[:_SEALED]) != stored:
        raise CorruptData(f"Order #{number % 10_000:04d} is damaged in the local database: find it by its code at HQ.")
    products = known.products
    made_to_order, order_lines = False, []
    for product_number, quantity, name in json.loads(lines):
        product = products.get(product_number)
        made_to_order = made_to_order or bool(product and product.lead_minutes)
        zone = product.zone if product else "ambient"
        # One text for all orders of a product: a board keeps ten thousand of them.
        called = intern(name) if name else product.name if product else ""
        order_lines.append(Line(product_number, quantity, called, zone))
    return Order(
        number=number,
        status=Status(status),
        issue=issue,
        window=Window.of_minutes(opens, length),
        lines=tuple(order_lines),
        customer=customer,
        phone=phone,
        note=note,
        shelf=shelf,
        prepared_at=from_millis(prepared_at) if prepared_at is not None else None,
        made_to_order=made_to_order,
        cancel_requested=bool(cancel_requested),
        from_code=version == 0,
        granted_attempt=granted,
        redemption=Redemption(attempt_id, from_millis(at), by, terminal) if attempt_id else None,
        arrived_at=from_millis(arrived_at) if arrived_at is not None else None,
        collector=collector,
        collector_relation=collector_relation,
        customer_key=customer_key,
        parcels=parcels,
    )


def insert_from_code(
    conn: sqlite3.Connection,
    number: int,
    *,
    issue: int,
    opens: int,
    length: int,
    lines: Iterable[Sequence[int]],
    at: int,
) -> None:
    """Keep what a code (or an event) says of an order until HQ's own record arrives; one that is here stays as it is.

    `opens` in epoch minutes, `length` in minutes, `lines` (product number, quantity), `at` in milliseconds.
    """
    packed = json.dumps([[product, quantity, ""] for product, quantity in lines])
    inserted = conn.execute(_INSERT_FROM_CODE, (number, issue, opens, length, at, packed))
    if inserted.rowcount:
        seal(conn, number)


def update(conn: sqlite3.Connection, number: int, **fields: Any) -> None:
    """Change some columns of an order and seal the row again."""
    names = ", ".join(f"{name} = ?" for name in fields)
    conn.execute(f"UPDATE orders SET {names} WHERE number = ?", (*fields.values(), number))  # noqa: S608 - our own names
    seal(conn, number)


def seal(conn: sqlite3.Connection, number: int) -> None:
    """Write the checksum that belongs to the row as it now is."""
    row = conn.execute(
        "SELECT number, id, status, issue, opens, length, cancel_requested, lines FROM orders WHERE number = ?",
        (number,),
    ).fetchone()
    conn.execute("UPDATE orders SET checksum = ? WHERE number = ?", (checksum(row), number))
