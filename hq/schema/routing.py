"""Routing: every decision with its reasons, the shortages that customers are asked about, and alerts to work off."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from hq.schema.columns import big, metadata, moment, store_key, uuid, words

routing_decisions = Table(
    "routing_decisions",
    metadata,
    store_key(),
    big("order_number", primary=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    moment("at", known=True),
    Column("outcome", String(16), nullable=False),
    # JSON by hq.routing
    words("reasons"),
    words("inputs"),
    sqlite_with_rowid=False,
)

shortages = Table(
    "shortages",
    metadata,
    store_key(),
    big("order_number", primary=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("cause", String(16), nullable=False),
    words("detail"),
    # JSON by hq.routing: [[product number, wanted, there], …] and the alternatives that were offered
    words("missing"),
    words("alternatives"),
    moment("opened_at", known=True),
    moment("deadline_at", known=True),
    Column("answer", String(16), nullable=False),
    moment("answered_at"),
    words("chosen"),
    moment("settled_at"),
    Index(None, "settled_at", "deadline_at"),
)

alerts = Table(
    "alerts",
    metadata,
    store_key(),
    uuid("id", primary=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("order_number", BigInteger),
    words("facts"),
    moment("opened_at", known=True),
    moment("closed_at"),
    words("closed_by"),
    words("reason"),
    Index(None, "store_id", "kind", "subject", unique=True),
    Index(None, "closed_at", "opened_at"),
)
