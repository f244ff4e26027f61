"""What leaves HQ: messages to customers and operators with their deliveries, and webhooks to the customer profile."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from hq.schema.columns import metadata, moment, store_key, uuid, words

messages = Table(
    "messages",
    metadata,
    store_key(),
    uuid("id", primary=True),
    Column("order_number", BigInteger),
    Column("kind", String(32), nullable=False),
    # One message per subject for ever: "4711:paid", "4711:overdue:2"
    Column("dedup", String(120), nullable=False),
    # "customer" or "operators"
    Column("audience", String(16), nullable=False),
    Column("customer_id", String(36)),
    Column("language", String(8), nullable=False),
    # JSON: what the template needs; which channels are left to try, the first one next
    words("facts"),
    words("plan"),
    Column("status", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    moment("next_at", known=True),
    moment("created_at", known=True),
    moment("done_at"),
    words("error"),
    Index(None, "store_id", "dedup", unique=True),
    Index(None, "store_id", "order_number"),
    Index(None, "status", "next_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    store_key(),
    uuid("message_id", primary=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("channel", String(16), nullable=False),
    moment("at", known=True),
    Column("outcome", String(16), nullable=False),
    Column("provider_ref", String(128), nullable=False),
    words("detail"),
    # What was really said, where the channel keeps it (the local outbox shows it)
    words("title"),
    words("text"),
)

webhooks = Table(
    "webhooks",
    metadata,
    store_key(),
    uuid("id", primary=True),
    Column("kind", String(32), nullable=False),
    Column("dedup", String(120), nullable=False),
    words("body"),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    moment("next_at", known=True),
    moment("created_at", known=True),
    moment("done_at"),
    words("error"),
    Index(None, "store_id", "dedup", unique=True),
    Index(None, "status", "next_at"),
)
