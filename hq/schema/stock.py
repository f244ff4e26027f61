"""Stock: a guarded balance per store and product, its ledger, counter sales and shifts, and booked quarters."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, String, Table, text

from hq.schema.columns import big, flag, metadata, moment, store_key, uuid, words

_UNTOLD = text("NOT told")

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
    # No: nobody counts it in this store, which only says whether it is offered; then there are no pieces to speak of.
    Column("counted", Boolean, nullable=False, default=True),
    # Whether the store's feed says so already: a chore tells what changed, so that promises pay nothing for it.
    flag("told"),
    Index(None, "product_number"),
    Index("ix_stock_untold", "store_id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
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
    Column("receipt", Integer),
    Column("shift_id", String(64), nullable=False, default=""),
    # Who allowed another price
    words("manager"),
    # JSON: [[kind, fen, reference], …]
    words("tenders"),
    Index(None, "store_id", "at"),
)

# A till's shift as it was counted and closed; the difference is `counted_fen - expected_fen`.
shifts = Table(
    "shifts",
    metadata,
    store_key(),
    Column("id", String(64), primary_key=True),
    uuid("terminal_id"),
    words("terminal"),
    moment("opened_at", known=True),
    words("opened_by"),
    moment("closed_at", known=True),
    words("closed_by"),
    big("float_fen"),
    big("counted_fen"),
    big("expected_fen"),
    words("accepted_by"),
    words("reason"),
    Column("sales", Integer, nullable=False),
    big("sales_fen"),
    big("refunds_fen"),
    big("cash_moves_fen"),
    # JSON: fen by kind
    words("tenders"),
    Index(None, "store_id", "closed_at"),
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
