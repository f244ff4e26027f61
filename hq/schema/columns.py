"""What HQ's tables are made of: columns by purpose, and times that stay aware on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Dialect, MetaData, String, Text, TypeDecorator


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


def uuid(name: str, *, primary: bool = False) -> Column[str]:
    """Return a column for an id that HQ gives."""
    return Column(name, String(36), primary_key=primary, nullable=False)


def store_key() -> Column[str]:
    """Return the first column of the key of everything that belongs to one store."""
    return uuid("store_id", primary=True)


def words(name: str, default: str | None = "") -> Column[str]:
    """Return a text column."""
    return Column(name, Text, nullable=False, default=default)


def big(name: str, *, primary: bool = False, **more: Any) -> Column[int]:
    """Return a column for a 64-bit number."""
    return Column(name, BigInteger, primary_key=primary, autoincrement=False, nullable=False, **more)


def flag(name: str) -> Column[bool]:
    """Return a yes-or-no column."""
    return Column(name, Boolean, nullable=False, default=False)


def moment(name: str, *, known: bool = False) -> Column[datetime]:
    """Return a column for a time; `known` when there always is one."""
    return Column(name, Utc, nullable=not known)
