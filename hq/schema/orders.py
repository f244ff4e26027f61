"""Orders and what happened to them: lines, facts, redemptions, photos, the inbox, incidents."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    text,
)

from hq.schema.columns import big, flag, metadata, moment, store_key, uuid, words

_WAITING = text("status NOT IN ('completed', 'cancelled')")
_HAS_CUSTOMER = text("customer_id IS NOT NULL")
_KEPT = text("jpeg IS NOT NULL")

orders = Table(
    "orders",
    metadata,
    store_key(),
    big("number", primary=True),
    uuid("id"),
    Column("client_key", String(200), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("payment", String(16), nullable=False),
    Column("issue", Integer, nullable=False),
    Column("opens", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    words("customer_name"),
    words("customer_phone"),
    words("note"),
    words("shelf"),
    big("total_fen"),
    Column("short_code_attempt", Integer, nullable=False),
    Column("short_code_hash", String(32), nullable=False),
    Column("phone_tail_hash", String(32), nullable=False),
    flag("cancel_requested"),
    words("cancel_reason"),
    moment("placed_at", known=True),
    moment("paid_at"),
    moment("assigned_at"),
    moment("preparing_at"),
    moment("prepared_at"),
    moment("completed_at"),
    moment("cancelled_at"),
    Column("redemption_attempt", String(64)),
    moment("redemption_at"),
    words("redemption_by"),
    words("redemption_terminal"),
    Column("session_id", String(36)),
    Column("customer_id", String(36)),
    Column("checkout_id", String(36)),
    Column("group_id", String(36)),
    big("discount_fen", default=0),
    Column("quarter", Integer),
    words("collector_name"),
    words("collector_relation"),
    Column("language", String(8), nullable=False, default="zh"),
    # JSON: which messages the customer agreed to, by channel
    words("consents"),
    Column("reschedules", Integer, nullable=False, default=0),
    moment("arrived_at"),
    # An order that moved to another store: the one it took the place of, the one that took its place
    Column("replaces", BigInteger),
    Column("replaced_by", BigInteger),
    moment("put_back_at"),
    # The same for all orders of one phone at this store, and for nobody else's
    Column("customer_key", String(32), nullable=False, default=""),
    # What waits to be collected, for reminders across stores: what is closed does not pay for it.
    Index("ix_orders_waiting", "opens", sqlite_where=_WAITING, postgresql_where=_WAITING),
    # Only orders of the storefront have one: the others do not pay for it.
    Index(None, "customer_id", sqlite_where=_HAS_CUSTOMER, postgresql_where=_HAS_CUSTOMER),
    # The key first: who looks for one knows no store. One index instead of two is a page less to write per order.
    Index(None, "client_key", "store_id", unique=True),
    Index(None, "number"),
    Index(None, "store_id", "short_code_hash"),
    CheckConstraint("length > 0", name="length"),
    CheckConstraint("version > 0", name="version"),
)

order_lines = Table(
    "order_lines",
    metadata,
    store_key(),
    big("order_number", primary=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    big("product_number"),
    Column("quantity", Integer, nullable=False),
    words("name"),
    big("price_fen"),
    ForeignKeyConstraint(["store_id", "order_number"], ["orders.store_id", "orders.number"]),
    CheckConstraint("quantity > 0", name="quantity"),
)

order_facts = Table(
    "order_facts",
    metadata,
    store_key(),
    big("order_number", primary=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("incarnation", String(64), nullable=False),
    big("seq"),
    moment("at", known=True),
    words("by"),
    Column("attempt_id", String(64), nullable=False),
    words("detail"),
    ForeignKeyConstraint(["store_id", "order_number"], ["orders.store_id", "orders.number"]),
)

redemptions = Table(
    "redemptions",
    metadata,
    store_key(),
    big("order_number", primary=True),
    Column("attempt_id", String(64), primary_key=True),
    Column("standing", String(32), nullable=False),
    uuid("terminal_id"),
    words("terminal"),
    moment("at", known=True),
    words("by"),
    words("verdict"),
    words("manager"),
    words("reason"),
    flag("unguarded"),
    # From the clerk's first look at the code to the hand-over, where the terminal measured it
    Column("scan_seconds", Float),
    # Who came, where it was not the customer
    words("collector"),
    ForeignKeyConstraint(["store_id", "order_number"], ["orders.store_id", "orders.number"]),
)

# What stayed at the store, as the clerk photographed it: announced by the hand-over, and here once it was sent.
photos = Table(
    "photos",
    metadata,
    store_key(),
    big("order_number", primary=True),
    Column("attempt_id", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    moment("taken_at", known=True),
    # None before it is here, and after it was let go
    Column("jpeg", LargeBinary),
    moment("received_at"),
    Index("ix_photos_kept", "received_at", sqlite_where=_KEPT, postgresql_where=_KEPT),
)

inbox = Table(
    "inbox",
    metadata,
    store_key(),
    Column("event_id", String(64), primary_key=True),
    uuid("terminal_id"),
    Column("incarnation", String(64), nullable=False),
    big("seq"),
    Column("kind", String(32), nullable=False),
    Column("order_number", BigInteger),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    words("raw"),
    moment("received_at", known=True),
    Column("outcome", String(16), nullable=False),
    words("reason"),
    Index(None, "store_id", "incarnation", "seq"),
    Index(None, "store_id", "hash"),
)

incarnations = Table(
    "incarnations",
    metadata,
    store_key(),
    Column("incarnation", String(64), primary_key=True),
    uuid("terminal_id"),
)

quarantine = Table(
    "quarantine",
    metadata,
    store_key(),
    Column("fingerprint", String(64), primary_key=True),
    uuid("terminal_id"),
    words("event_id"),
    words("raw"),
    words("reason"),
    moment("received_at", known=True),
)

incidents = Table(
    "incidents",
    metadata,
    store_key(),
    uuid("id", primary=True),
    Column("incident", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("order_number", BigInteger),
    words("facts"),
    moment("opened_at", known=True),
    moment("closed_at"),
    words("closed_by"),
    words("reason"),
    flag("withdrawn"),
    Index(None, "store_id", "incident", "subject", unique=True),
)
