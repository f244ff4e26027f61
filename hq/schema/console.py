"""The console: operators, their sessions, and who did what."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from hq.schema.columns import flag, metadata, moment, uuid, words

operators = Table(
    "operators",
    metadata,
    uuid("id", primary=True),
    Column("login", String(64), nullable=False, unique=True),
    words("name"),
    words("password_hash"),
    # "viewer", "operator" or "admin"
    Column("role", String(16), nullable=False),
    flag("active"),
    Column("failures", Integer, nullable=False),
    moment("locked_until"),
    moment("created_at", known=True),
)

operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    uuid("operator_id"),
    moment("created_at", known=True),
    moment("seen_at", known=True),
    moment("expires_at", known=True),
    words("address"),
    Index(None, "operator_id"),
)

audit = Table(
    "audit",
    metadata,
    uuid("id", primary=True),
    moment("at", known=True),
    words("by"),
    Column("action", String(64), nullable=False),
    words("subject"),
    words("detail"),
    Index(None, "at"),
)
