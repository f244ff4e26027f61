"""HQ's tables; everything on an order's path has `store_id` first in its key, so that it can be spread by store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Utc(TypeDecorator[datetime]):
    """An aware UTC time, also on a database that keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC, and drop the zone where the database has none."""
        if value is None:
            return None
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _id(name: str, *, primary: bool = False) -> Column[str]:
    return Column(name, String(36), primary_key=primary, nullable=False)


def _store() -> Column[str]:
    return _id("store_id", primary=True)


def _text(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=False, default=default)


def _number(name: str, *, primary: bool = False, **more: Any) -> Column[int]:
    return Column(name, BigInteger, primary_key=primary, autoincrement=False, nullable=False, **more)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def _when(name: str, *, known: bool = False) -> Column[datetime]:
    return Column(name, Utc, nullable=not known)


# ── small tables that every store's part may read ──────────────────────────────────────────────────────────

stores = Table(
    "stores",
    metadata,
    _id("id", primary=True),
    _number("number", unique=True),
    _text("name"),
    _text("address"),
    _text("time_zone"),
    Column("early_minutes", Integer, nullable=False),
    Column("late_minutes", Integer, nullable=False),
    Column("revoke_minutes", Integer, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("lookup_key", LargeBinary, nullable=False),
    Column("lead_terminal", String(36)),
    Column("lead_epoch", Integer, nullable=False, default=0),
    _when("created_at", known=True),
)

products = Table(
    "products",
    metadata,
    _number("number", primary=True),
    _text("sku"),
    _text("name"),
    _text("zone"),
    Column("lead_minutes", Integer, nullable=False),
    _number("price_fen"),
    _flag("active"),
    CheckConstraint("price_fen >= 0", name="price"),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    _number("key_id", primary=True),
    Column("public_key", LargeBinary, nullable=False),
    _when("made_at", known=True),
    _when("signs_from", known=True),
    _when("retired_at"),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    _id("store_id"),
    _when("expires_at", known=True),
    _when("used_at"),
)

# ── one store's things ─────────────────────────────────────────────────────────────────────────────────────

staff = Table(
    "staff",
    metadata,
    _store(),
    Column("id", String(64), primary_key=True),
    _text("name"),
    _text("role"),
    _text("pin_hash"),
    _flag("active"),
)

terminals = Table(
    "terminals",
    metadata,
    _store(),
    _id("id", primary=True),
    _text("name"),
    Column("public_key", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False),
    _when("enrolled_at", known=True),
    _when("revoked_at"),
    Index(None, "store_id", "token_hash", unique=True),
)

lead_changes = Table(
    "lead_changes",
    metadata,
    _store(),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    _id("terminal_id"),
    _when("at", known=True),
    _text("by"),
)

feed_heads = Table("feed_heads", metadata, _store(), _id("generation"), _number("seq"))

feed = Table(
    "feed",
    metadata,
    _store(),
    Column("kind", String(16), primary_key=True),
    Column("key", String(64), primary_key=True),
    _number("seq"),
    _text("body"),
    Index(None, "store_id", "seq", unique=True),
)

orders = Table(
    "orders",
    metadata,
    _store(),
    _number("number", primary=True),
    _id("id"),
    Column("client_key", String(200), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("payment", String(16), nullable=False),
    Column("issue", Integer, nullable=False),
    Column("opens", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    _text("customer_name"),
    _text("customer_phone"),
    _text("note"),
    _text("shelf"),
    _number("total_fen"),
    Column("short_code_attempt", Integer, nullable=False),
    Column("short_code_hash", String(32), nullable=False),
    Column("phone_tail_hash", String(32), nullable=False),
    _flag("cancel_requested"),
    _text("cancel_reason"),
    _when("placed_at", known=True),
    _when("paid_at"),
    _when("assigned_at"),
    _when("preparing_at"),
    _when("prepared_at"),
    _when("completed_at"),
    _when("cancelled_at"),
    Column("redemption_attempt", String(64)),
    _when("redemption_at"),
    _text("redemption_by"),
    _text("redemption_terminal"),
    Index(None, "store_id", "client_key", unique=True),
    Index(None, "client_key"),
    Index(None, "number"),
    Index(None, "store_id", "short_code_hash"),
    CheckConstraint("length > 0", name="length"),
    CheckConstraint("version > 0", name="version"),
)

order_lines = Table(
    "order_lines",
    metadata,
    _store(),
    _number("order_number", primary=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    _number("product_number"),
    Column("quantity", Integer, nullable=False),
    _text("name"),
    _number("price_fen"),
    ForeignKeyConstraint(["store_id", "order_number"], ["orders.store_id", "orders.number"]),
    CheckConstraint("quantity > 0", name="quantity"),
)

order_facts = Table(
    "order_facts",
    metadata,
    _store(),
    _number("order_number", primary=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("incarnation", String(64), nullable=False),
    _number("seq"),
    _when("at", known=True),
    _text("by"),
    Column("attempt_id", String(64), nullable=False),
    _text("detail"),
    ForeignKeyConstraint(["store_id", "order_number"], ["orders.store_id", "orders.number"]),
)

redemptions = Table(
    "redemptions",
    metadata,
    _store(),
    _number("order_number", primary=True),
    Column("attempt_id", String(64), primary_key=True),
    Column("standing", String(32), nullable=False),
    _id("terminal_id"),
    _text("terminal"),
    _when("at", known=True),
    _text("by"),
    _text("verdict"),
    _text("manager"),
    _text("reason"),
    _flag("unguarded"),
    ForeignKeyConstraint(["store_id", "order_number"], ["orders.store_id", "orders.number"]),
)

inbox = Table(
    "inbox",
    metadata,
    _store(),
    Column("event_id", String(64), primary_key=True),
    _id("terminal_id"),
    Column("incarnation", String(64), nullable=False),
    _number("seq"),
    Column("kind", String(32), nullable=False),
    Column("order_number", BigInteger),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    _text("raw"),
    _when("received_at", known=True),
    Column("outcome", String(16), nullable=False),
    _text("reason"),
    Index(None, "store_id", "incarnation", "seq"),
    Index(None, "store_id", "hash"),
)

incarnations = Table(
    "incarnations",
    metadata,
    _store(),
    Column("incarnation", String(64), primary_key=True),
    _id("terminal_id"),
)

quarantine = Table(
    "quarantine",
    metadata,
    _store(),
    Column("fingerprint", String(64), primary_key=True),
    _id("terminal_id"),
    _text("event_id"),
    _text("raw"),
    _text("reason"),
    _when("received_at", known=True),
)

incidents = Table(
    "incidents",
    metadata,
    _store(),
    _id("id", primary=True),
    Column("incident", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("order_number", BigInteger),
    _text("facts"),
    _when("opened_at", known=True),
    _when("closed_at"),
    _text("closed_by"),
    _text("reason"),
    _flag("withdrawn"),
    Index(None, "store_id", "incident", "subject", unique=True),
)
