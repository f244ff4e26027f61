"""The mall: live sessions and what they sell where, groups, checkouts with their reservation, payments, customers."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, String, Table

from hq.schema.columns import big, flag, metadata, moment, store_key, uuid, words

# ── small tables that every store's part may read ──────────────────────────────────────────────────────────

live_sessions = Table(
    "live_sessions",
    metadata,
    uuid("id", primary=True),
    Column("slug", String(64), nullable=False, unique=True),
    words("title"),
    words("host"),
    moment("starts_at", known=True),
    moment("ends_at", known=True),
    # JSON by app.domain.window: {"window": rule, "reschedule": policy, "overdue": policy}
    words("rules"),
    Column("discount_percent", Integer, nullable=False),
    flag("every_store"),
    flag("published"),
    moment("created_at", known=True),
    CheckConstraint("discount_percent BETWEEN 0 AND 90", name="discount"),
)

session_products = Table(
    "session_products",
    metadata,
    uuid("session_id", primary=True),
    big("product_number", primary=True),
    big("price_fen"),
    Column("position", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    CheckConstraint("price_fen >= 0", name="price"),
)

session_stores = Table("session_stores", metadata, uuid("session_id", primary=True), uuid("store_id", primary=True))

# What goes well with a product, or stands in for one that is gone; the heavier the better.
product_pairs = Table(
    "product_pairs",
    metadata,
    big("product_number", primary=True),
    big("other_number", primary=True),
    Column("weight", Integer, nullable=False),
)

# What was bought together, as often; the most frequent others of each product (a chore counts them anew).
sold_together = Table(
    "sold_together",
    metadata,
    big("product_number", primary=True),
    big("other_number", primary=True),
    Column("times", Integer, nullable=False),
)

customers = Table(
    "customers",
    metadata,
    uuid("id", primary=True),
    words("name"),
    words("phone"),
    Column("language", String(8), nullable=False),
    Column("openid", String(128), nullable=False),
    Column("wecom_id", String(128), nullable=False),
    # JSON: channels that the customer agreed to, {"sms": true, "wecom": true}
    words("consents"),
    moment("created_at", known=True),
)

# ── one store's things ─────────────────────────────────────────────────────────────────────────────────────

groups = Table(
    "groups",
    metadata,
    store_key(),
    uuid("id", primary=True),
    uuid("session_id"),
    Column("wanted", Integer, nullable=False),
    Column("joined", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    moment("opened_at", known=True),
    moment("deadline_at", known=True),
    moment("closed_at"),
    Index(None, "status", "deadline_at"),
    CheckConstraint("joined <= wanted", name="joined"),
)

checkouts = Table(
    "checkouts",
    metadata,
    store_key(),
    uuid("id", primary=True),
    Column("client_key", String(200), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("session_id", String(36)),
    uuid("customer_id"),
    # JSON as app/domain and hq.mall.checkout write it: what was wished, at which prices, for whom
    words("wish"),
    Column("opens", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("quarter", Integer),
    Column("group_id", String(36)),
    big("total_fen"),
    big("discount_fen"),
    moment("created_at", known=True),
    moment("expires_at", known=True),
    Column("order_number", BigInteger),
    Index(None, "client_key", "store_id", unique=True),
    Index(None, "status", "expires_at"),
    CheckConstraint("total_fen >= 0", name="total"),
)

payments = Table(
    "payments",
    metadata,
    store_key(),
    uuid("id", primary=True),
    uuid("checkout_id"),
    Column("order_number", BigInteger),
    Column("provider", String(16), nullable=False),
    Column("provider_ref", String(64), nullable=False),
    big("amount_fen"),
    big("refunded_fen"),
    Column("status", String(16), nullable=False),
    moment("asked_at", known=True),
    moment("paid_at"),
    Index(None, "id"),
    Index(None, "store_id", "checkout_id"),
    Index(None, "store_id", "order_number"),
    CheckConstraint("refunded_fen BETWEEN 0 AND amount_fen", name="refunded"),
)

refunds = Table(
    "refunds",
    metadata,
    store_key(),
    uuid("id", primary=True),
    uuid("payment_id"),
    Column("order_number", BigInteger),
    Column("cause", String(100), nullable=False),
    big("amount_fen"),
    words("reason"),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    moment("next_at", known=True),
    moment("created_at", known=True),
    moment("done_at"),
    words("error"),
    ForeignKeyConstraint(["store_id", "payment_id"], ["payments.store_id", "payments.id"]),
    Index(None, "store_id", "payment_id", "cause", unique=True),
    Index(None, "status", "next_at"),
    CheckConstraint("amount_fen > 0", name="amount"),
)
