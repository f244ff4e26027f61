"""The first schema: stores, catalogue, keys, feeds, orders, inbox, incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    _shared()
    _people()
    _feed()
    _orders()
    _order_lines()
    _redemptions()
    _inbox()
    _incidents()


def downgrade() -> None:
    """There is nothing before this revision."""
    raise NotImplementedError("the first revision cannot be taken back")


def _shared() -> None:
    op.create_table(
        "stores",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("early_minutes", sa.Integer(), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("revoke_minutes", sa.Integer(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lookup_key", sa.LargeBinary(), nullable=False),
        sa.Column("lead_terminal", sa.String(length=36), nullable=True),
        sa.Column("lead_epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sa.UniqueConstraint("number", name="uq_stores_number"),
    )
    op.create_table(
        "products",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price_fen >= 0", name="ck_products_price"),
        sa.PrimaryKeyConstraint("number", name="pk_products"),
    )
    op.create_table(
        "signing_keys",
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key_id", name="pk_signing_keys"),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name="pk_enrolment_codes"),
    )


def _people() -> None:
    op.create_table(
        "staff",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name="pk_staff"),
    )
    op.create_table(
        "terminals",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name="pk_terminals"),
    )
    op.create_index("ix_terminals_store_id_token_hash", "terminals", ["store_id", "token_hash"], unique=True)
    op.create_table(
        "lead_changes",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "epoch", name="pk_lead_changes"),
    )


def _feed() -> None:
    op.create_table(
        "feed_heads",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("generation", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", name="pk_feed_heads"),
    )
    op.create_table(
        "feed",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "kind", "key", name="pk_feed"),
    )
    op.create_index("ix_feed_store_id_seq", "feed", ["store_id", "seq"], unique=True)


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("client_key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("payment", sa.String(length=16), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("customer_phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("short_code_attempt", sa.Integer(), nullable=False),
        sa.Column("short_code_hash", sa.String(length=32), nullable=False),
        sa.Column("phone_tail_hash", sa.String(length=32), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("preparing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redemption_attempt", sa.String(length=64), nullable=True),
        sa.Column("redemption_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redemption_by", sa.Text(), nullable=False),
        sa.Column("redemption_terminal", sa.Text(), nullable=False),
        sa.CheckConstraint("length > 0", name="ck_orders_length"),
        sa.CheckConstraint("version > 0", name="ck_orders_version"),
        sa.PrimaryKeyConstraint("store_id", "number", name="pk_orders"),
    )
    op.create_index("ix_orders_client_key", "orders", ["client_key"], unique=False)
    op.create_index("ix_orders_number", "orders", ["number"], unique=False)
    op.create_index("ix_orders_store_id_client_key", "orders", ["store_id", "client_key"], unique=True)
    op.create_index("ix_orders_store_id_short_code_hash", "orders", ["store_id", "short_code_hash"], unique=False)


def _order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_number", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_order_lines_quantity"),
        sa.ForeignKeyConstraint(
            ["store_id", "order_number"], ["orders.store_id", "orders.number"], name="fk_order_lines_orders"
        ),
        sa.PrimaryKeyConstraint("store_id", "order_number", "line", name="pk_order_lines"),
    )
    op.create_table(
        "order_facts",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["store_id", "order_number"], ["orders.store_id", "orders.number"], name="fk_order_facts_orders"
        ),
        sa.PrimaryKeyConstraint("store_id", "order_number", "no", name="pk_order_facts"),
    )


def _redemptions() -> None:
    op.create_table(
        "redemptions",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("terminal_id", sa.String(length=36), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("manager", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("unguarded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["store_id", "order_number"], ["orders.store_id", "orders.number"], name="fk_redemptions_orders"
        ),
        sa.PrimaryKeyConstraint("store_id", "order_number", "attempt_id", name="pk_redemptions"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=36), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "event_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_store_id_hash", "inbox", ["store_id", "hash"], unique=False)
    op.create_index("ix_inbox_store_id_incarnation_seq", "inbox", ["store_id", "incarnation", "seq"], unique=False)
    op.create_table(
        "incarnations",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "incarnation", name="pk_incarnations"),
    )


def _incidents() -> None:
    op.create_table(
        "quarantine",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "fingerprint", name="pk_quarantine"),
    )
    op.create_table(
        "incidents",
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("incident", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name="pk_incidents"),
    )
    op.create_index(
        "ix_incidents_store_id_incident_subject", "incidents", ["store_id", "incident", "subject"], unique=True
    )
