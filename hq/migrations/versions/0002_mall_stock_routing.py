"""The mall, stock, routing and payments; stores, products, orders and terminals know more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; what was there stays as it is."""
    _more_of_orders()
    _more_of_products()
    _more_of_stores()
    _more_of_terminals()
    _alerts()
    _checkouts()
    _customers()
    _groups()
    _live_sessions()
    _payments()
    _product_pairs()
    _routing_decisions()
    _sales()
    _session_products()
    _session_stores()
    _shortages()
    _stock()
    _stock_moves()
    _window_loads()
    _refunds()


def downgrade() -> None:
    """Refuse: going back would throw data away."""
    raise NotImplementedError("restore a backup of the release before instead")


def _more_of_orders() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("session_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("customer_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("checkout_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("group_id", sa.String(length=36), nullable=True))
        batch_op.add_column(
            sa.Column("discount_fen", sa.BigInteger(), server_default="0", autoincrement=False, nullable=False)
        )
        batch_op.add_column(sa.Column("quarter", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("collector_name", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("collector_relation", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("language", sa.String(length=8), server_default="zh", nullable=False))
        batch_op.add_column(sa.Column("consents", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reschedules", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("replaces", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("replaced_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("put_back_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_orders_client_key"))
        batch_op.drop_index(batch_op.f("ix_orders_store_id_client_key"))
        batch_op.create_index(batch_op.f("ix_orders_client_key_store_id"), ["client_key", "store_id"], unique=True)
        batch_op.create_index(
            batch_op.f("ix_orders_customer_id"),
            ["customer_id"],
            unique=False,
            sqlite_where=sa.text("customer_id IS NOT NULL"),
            postgresql_where=sa.text("customer_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_orders_waiting",
            ["opens"],
            unique=False,
            sqlite_where=sa.text("status NOT IN ('completed', 'cancelled')"),
            postgresql_where=sa.text("status NOT IN ('completed', 'cancelled')"),
        )


def _more_of_products() -> None:
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.add_column(sa.Column("description", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("picture", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("barcode", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False))


def _more_of_stores() -> None:
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("district", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("hours", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False))


def _more_of_terminals() -> None:
    with op.batch_alter_table("terminals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_closed_at_opened_at"), ["closed_at", "opened_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_alerts_store_id_kind_subject"), ["store_id", "kind", "subject"], unique=True
        )


def _checkouts() -> None:
    op.create_table(
        "checkouts",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("total_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("total_fen >= 0", name=op.f("ck_checkouts_total")),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_checkouts")),
    )
    with op.batch_alter_table("checkouts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkouts_client_key_store_id"), ["client_key", "store_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_checkouts_status_expires_at"), ["status", "expires_at"], unique=False)


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("openid", sa.String(length=128), nullable=False),
        sa.Column("wecom_id", sa.String(length=128), nullable=False),
        sa.Column("consents", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("joined <= wanted", name=op.f("ck_groups_joined")),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_groups")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_status_deadline_at"), ["status", "deadline_at"], unique=False)


def _live_sessions() -> None:
    op.create_table(
        "live_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("discount_percent", sa.Integer(), nullable=False),
        sa.Column("every_store", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("discount_percent BETWEEN 0 AND 90", name=op.f("ck_live_sessions_discount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_sessions")),
        sa.UniqueConstraint("slug", name=op.f("uq_live_sessions_slug")),
    )


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("checkout_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("provider_ref", sa.String(length=64), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("refunded_fen BETWEEN 0 AND amount_fen", name=op.f("ck_payments_refunded")),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_payments")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_id"), ["id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payments_store_id_checkout_id"), ["store_id", "checkout_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_payments_store_id_order_number"), ["store_id", "order_number"], unique=False
        )


def _product_pairs() -> None:
    op.create_table(
        "product_pairs",
        sa.Column("product_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("product_number", "other_number", name=op.f("pk_product_pairs")),
    )


def _routing_decisions() -> None:
    op.create_table(
        "routing_decisions",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "order_number", "no", name=op.f("pk_routing_decisions")),
        sqlite_with_rowid=False,
    )


def _sales() -> None:
    op.create_table(
        "sales",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("tender", sa.String(length=16), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_sales")),
    )
    with op.batch_alter_table("sales", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_store_id_at"), ["store_id", "at"], unique=False)


def _session_products() -> None:
    op.create_table(
        "session_products",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("product_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("price_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("price_fen >= 0", name=op.f("ck_session_products_price")),
        sa.PrimaryKeyConstraint("session_id", "product_number", name=op.f("pk_session_products")),
    )


def _session_stores() -> None:
    op.create_table(
        "session_stores",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "store_id", name=op.f("pk_session_stores")),
    )


def _shortages() -> None:
    op.create_table(
        "shortages",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "order_number", "no", name=op.f("pk_shortages")),
    )
    with op.batch_alter_table("shortages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shortages_settled_at_deadline_at"), ["settled_at", "deadline_at"], unique=False
        )


def _stock() -> None:
    op.create_table(
        "stock",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("product_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_stock_reserved")),
        sa.PrimaryKeyConstraint("store_id", "product_number", name=op.f("pk_stock")),
    )
    with op.batch_alter_table("stock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_product_number"), ["product_number"], unique=False)


def _stock_moves() -> None:
    op.create_table(
        "stock_moves",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("product_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "product_number", "cause", name=op.f("pk_stock_moves")),
        sqlite_with_rowid=False,
    )


def _window_loads() -> None:
    op.create_table(
        "window_loads",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("quarter", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("booked", sa.Integer(), nullable=False),
        sa.CheckConstraint("booked >= 0", name=op.f("ck_window_loads_booked")),
        sa.PrimaryKeyConstraint("store_id", "quarter", name=op.f("pk_window_loads")),
    )


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("payment_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.String(length=100), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(
            ["store_id", "payment_id"], ["payments.store_id", "payments.id"], name=op.f("fk_refunds_payments")
        ),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_refunds")),
    )
    with op.batch_alter_table("refunds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refunds_status_next_at"), ["status", "next_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_refunds_store_id_payment_id_cause"), ["store_id", "payment_id", "cause"], unique=True
        )
