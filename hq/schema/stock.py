"""Stock: a guarded balance per store and product, the ledger of moves behind it, counter sales, and booked quarters."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table

from hq.schema.columns import big, flag, metadata, moment, store_key, words

# What HQ promises is guarded by `on_hand - reserved >= n`. There is no such CHECK: a count or a sale at the counter is
# a fact and may take `on_hand` below what is reserved, which is then a shortage and not an error.
stock = Table(
    "stock",
    metadata,
    store_key(),
    big("product_number", primary=True),
    Column("on_hand", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    flag("listed"),
    moment("changed_at", known=True),
    Index(None, "product_number"),
    CheckConstraint("reserved >= 0", name="reserved"),
)

stock_moves = Table(
    "stock_moves",
    metadata,
    store_key(),
    # Before the cause: so the key itself finds a product's ledger, and every move is spared a second index.
    big("product_number", primary=True),
    # What caused the move, once for ever: "checkout:…", "order:…", "handed_over:…", "event:…"
    Column("cause", String(100), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("on_hand", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    Column("order_number", BigInteger),
    moment("at", known=True),
    words("by"),
    sqlite_with_rowid=False,
)

sales = Table(
    "sales",
    metadata,
    store_key(),
    Column("id", String(64), primary_key=True),
    moment("at", known=True),
    words("by"),
    words("terminal"),
    Column("order_number", BigInteger),
    Column("attempt_id", String(64), nullable=False),
    Column("tender", String(16), nullable=False),
    big("total_fen"),
    big("refunded_fen"),
    # JSON: [[product number, quantity, price in fen], …]
    words("lines"),
    Index(None, "store_id", "at"),
)

# How many orders are booked into a quarter of an hour (epoch seconds / 900), against the store's capacity.
window_loads = Table(
    "window_loads",
    metadata,
    store_key(),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column("booked", Integer, nullable=False),
    CheckConstraint("booked >= 0", name="booked"),
)
