"""Many rows in one go through the driver itself: SQLAlchemy's own executemany costs as much as the rest of an order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Dialect

_POSITIONAL: dict[str, Dialect] = {
    "sqlite": SQLiteDialect(paramstyle="qmark"),
    "postgresql": PGDialect(paramstyle="format"),  # type: ignore[no-untyped-call] # as SQLAlchemy ships it
}


def add(conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]], *, once: bool = False) -> int:
    """Insert rows that have a value for every column, in the table's order; return how many were new.

    With `once` a row whose key is there already is passed over. Times go through `moment`.
    """
    if not rows:
        return 0
    return conn.exec_driver_sql(_insert(conn.dialect.name, table, once), list(rows)).rowcount


def add_rows(conn: Connection, table: Table, rows: Sequence[Any]) -> int:
    """Insert dataclasses whose fields are the table's columns, in its order."""
    return add(conn, table, [values(conn, (getattr(row, name) for name in row.__slots__)) for row in rows])


def change(conn: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Run an UPDATE written with `?` for each row; return how many rows it changed."""
    if not rows:
        return 0
    if conn.dialect.name != "sqlite":
        sql = sql.replace("?", "%s")
    return conn.exec_driver_sql(sql, list(rows)).rowcount


def moment(conn: Connection, at: datetime) -> Any:
    """Return a time as the driver takes it and `hq.schema.Utc` reads it."""
    if conn.dialect.name == "sqlite":
        return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return at


def values(conn: Connection, told: Iterable[Any]) -> tuple[Any, ...]:
    """Return a row's values as the driver takes them."""
    if conn.dialect.name != "sqlite":
        return tuple(told)
    return tuple(moment(conn, value) if isinstance(value, datetime) else value for value in told)


@cache
def _insert(dialect: str, table: Table, once: bool) -> str:
    sql = str(insert(table).compile(dialect=_POSITIONAL[dialect]))
    return f"{sql} ON CONFLICT DO NOTHING" if once else sql
