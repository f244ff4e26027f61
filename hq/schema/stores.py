"""Stores, catalogue, keys, people, terminals and each store's feed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, Index, Integer, LargeBinary, String, Table

from hq.schema.columns import big, flag, metadata, moment, store_key, uuid, words

stores = Table(
    "stores",
    metadata,
    uuid("id", primary=True),
    big("number", unique=True),
    words("name"),
    words("address"),
    words("time_zone"),
    Column("early_minutes", Integer, nullable=False),
    Column("late_minutes", Integer, nullable=False),
    Column("revoke_minutes", Integer, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("lookup_key", LargeBinary, nullable=False),
    Column("lead_terminal", String(36)),
    Column("lead_epoch", Integer, nullable=False, default=0),
    moment("created_at", known=True),
    words("phone"),
    words("district"),
    # JSON by app.domain.window.Hours; empty: always open
    words("hours"),
    # Orders per quarter of an hour that the store can prepare and hand over; none: unbounded
    Column("capacity", Integer),
    flag("active"),
    # Nothing is packed longer than that before its window opens; 0: at any time
    Column("pack_minutes", Integer, nullable=False, default=0),
    # What its customers may pass on: the live session of the moment
    words("share_url"),
)

products = Table(
    "products",
    metadata,
    big("number", primary=True),
    words("sku"),
    words("name"),
    words("zone"),
    Column("lead_minutes", Integer, nullable=False),
    big("price_fen"),
    flag("active"),
    words("description"),
    words("picture"),
    Column("barcode", String(64), nullable=False, default=""),
    # Whether stores keep a stock of it; what is made to order is not counted
    flag("counted"),
    Column("pack_minutes", Integer, nullable=False, default=0),
    CheckConstraint("price_fen >= 0", name="price"),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    big("key_id", primary=True),
    Column("public_key", LargeBinary, nullable=False),
    moment("made_at", known=True),
    moment("signs_from", known=True),
    moment("retired_at"),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    uuid("store_id"),
    moment("expires_at", known=True),
    moment("used_at"),
)

# ── one store's things ─────────────────────────────────────────────────────────────────────────────────────

staff = Table(
    "staff",
    metadata,
    store_key(),
    Column("id", String(64), primary_key=True),
    words("name"),
    words("role"),
    words("pin_hash"),
    flag("active"),
)

terminals = Table(
    "terminals",
    metadata,
    store_key(),
    uuid("id", primary=True),
    words("name"),
    Column("public_key", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False),
    moment("enrolled_at", known=True),
    moment("revoked_at"),
    # Its last call, to a minute: what other processes than the one that it called can know
    moment("seen_at"),
    Index(None, "store_id", "token_hash", unique=True),
)

lead_changes = Table(
    "lead_changes",
    metadata,
    store_key(),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    uuid("terminal_id"),
    moment("at", known=True),
    words("by"),
)

feed_heads = Table("feed_heads", metadata, store_key(), uuid("generation"), big("seq"))

feed = Table(
    "feed",
    metadata,
    store_key(),
    Column("kind", String(16), primary_key=True),
    Column("key", String(64), primary_key=True),
    big("seq"),
    words("body"),
    Index(None, "store_id", "seq", unique=True),
)
