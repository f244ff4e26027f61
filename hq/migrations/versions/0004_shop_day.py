"""The shop's day: balances, pairs and packing rules told to terminals, shifts, and what hand-overs and sales say more.

What stands in the feeds already gets its new fields in its place: a terminal that learnt them reads its feed anew from
the beginning, and one that did not is spared rows that say nothing new to it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BATCH = 500
_OPEN_ORDERS = sa.text(
    "SELECT o.store_id, o.number, o.customer_phone, s.lookup_key FROM orders o JOIN stores s ON s.id = o.store_id "
    "WHERE o.status NOT IN ('completed', 'cancelled')"
)
_LIMITED_STORES = sa.text("SELECT id, capacity FROM stores WHERE capacity IS NOT NULL")
_MARKED_PRODUCTS = sa.text("SELECT number, barcode FROM products WHERE barcode <> ''")
_STORES = sa.text("SELECT id FROM stores")
_BODY = sa.text("SELECT body FROM feed WHERE store_id = :store_id AND kind = :kind AND key = :key")
_SET_BODY = sa.text("UPDATE feed SET body = :body WHERE store_id = :store_id AND kind = :kind AND key = :key")
_SET_KEY = sa.text("UPDATE orders SET customer_key = :value WHERE store_id = :store_id AND number = :number")


def upgrade() -> None:
    """Add what is new; what was there stays as it is."""
    _more_of_orders()
    _more_of_products()
    _more_of_redemptions()
    _more_of_sales()
    _more_of_stock()
    _more_of_stores()
    _shifts()
    _sold_together()
    _complete_the_feeds(op.get_bind())


def downgrade() -> None:
    """Refuse: going back would throw data away."""
    raise NotImplementedError("restore a backup of the release before instead")


def _more_of_orders() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("customer_key", sa.String(length=32), server_default="", nullable=False))


def _more_of_products() -> None:
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pack_minutes", sa.Integer(), server_default="0", nullable=False))


def _more_of_redemptions() -> None:
    with op.batch_alter_table("redemptions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scan_seconds", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("collector", sa.Text(), server_default="", nullable=False))


def _more_of_sales() -> None:
    with op.batch_alter_table("sales", schema=None) as batch_op:
        batch_op.add_column(sa.Column("receipt", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shift_id", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("manager", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("tenders", sa.Text(), server_default="", nullable=False))


def _more_of_stock() -> None:
    with op.batch_alter_table("stock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(
            "ix_stock_untold",
            ["store_id"],
            unique=False,
            sqlite_where=sa.text("NOT told"),
            postgresql_where=sa.text("NOT told"),
        )


def _more_of_stores() -> None:
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pack_minutes", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("share_url", sa.Text(), server_default="", nullable=False))


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=36), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("float_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("counted_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expected_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sales", sa.Integer(), nullable=False),
        sa.Column("sales_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refunds_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cash_moves_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenders", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_shifts")),
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shifts_store_id_closed_at"), ["store_id", "closed_at"], unique=False)


def _sold_together() -> None:
    op.create_table(
        "sold_together",
        sa.Column("product_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("product_number", "other_number", name=op.f("pk_sold_together")),
    )


def _complete_the_feeds(conn: sa.Connection) -> None:
    for row in conn.execute(_LIMITED_STORES).all():
        _complete(conn, row.id, "store", [("", {"capacity": row.capacity})])
    marked = [(str(row.number), {"barcode": row.barcode}) for row in conn.execute(_MARKED_PRODUCTS)]
    for store_id in conn.execute(_STORES).scalars().all():
        _complete(conn, store_id, "product", marked)
    orders = conn.execute(_OPEN_ORDERS).all()
    for start in range(0, len(orders), _BATCH):
        _know_customers(conn, orders[start : start + _BATCH])


def _know_customers(conn: sa.Connection, orders: Iterable[sa.Row[Any]]) -> None:
    keys = [(row.store_id, row.number, _customer_key(bytes(row.lookup_key), row.customer_phone)) for row in orders]
    conn.execute(_SET_KEY, [{"store_id": store_id, "number": number, "value": key} for store_id, number, key in keys])
    for store_id, number, key in keys:
        _complete(conn, store_id, "order", [(str(number), {"customer_key": key})])


def _customer_key(lookup_key: bytes, phone: str) -> str:
    return hmac.digest(lookup_key, f"customer/{phone}".encode(), "sha256").hex()[:32] if phone else ""


def _complete(conn: sa.Connection, store_id: str, kind: str, several: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Add fields to items where they stand: an order's item is told to its store only once it was routed there."""
    for key, more in several:
        where = {"store_id": store_id, "kind": kind, "key": key}
        body = conn.execute(_BODY, where).scalar()
        if body is not None:
            told = json.dumps({**json.loads(body), **more}, ensure_ascii=False, separators=(",", ":"))
            conn.execute(_SET_BODY, {**where, "body": told})
