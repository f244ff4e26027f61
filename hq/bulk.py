"""Many rows in one go through the driver itself: SQLAlchemy's own executemany costs as much as the rest of an order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Dialect

from hq.schema import Utc

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
    return add(conn, table, [values(conn, table, row) for row in rows])


def change(conn: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Run an UPDATE written with `?` for each row; return how many rows it changed."""
    if not rows:
        return 0
    if conn.dialect.name != "sqlite":
        sql = sql.replace("?", "%s")
    return conn.exec_driver_sql(sql, list(rows)).rowcount


def find_pairs(conn: Connection, sql: str, kinds: tuple[str, str], pairs: Collection[tuple[Any, Any]]) -> Sequence[Any]:
    """Run a SELECT that joins `wanted(one, other)`, pairs of PostgreSQL's `kinds`; return its rows.

    Two lists, each with its IN, would look each value of one up with each of the other.
    """
    if not pairs:
        return []
    if conn.dialect.name == "sqlite":
        told: tuple[Any, ...] = tuple(value for pair in pairs for value in pair)
        wanted = "VALUES " + ",".join(["(?,?)"] * len(pairs))
    else:
        told = tuple(map(list, zip(*pairs, strict=True)))
        wanted = "SELECT * FROM unnest(%s::{}[], %s::{}[])".format(*kinds)  # noqa: S608 - only our own words
    return conn.exec_driver_sql(f"WITH wanted(one, other) AS ({wanted}) {sql}", told).all()


def moment(conn: Connection, at: datetime) -> Any:
    """Return a time as the driver takes it and `hq.schema.Utc` reads it."""
    return _spelled(at) if conn.dialect.name == "sqlite" else at


def values(conn: Connection, table: Table, row: Any) -> tuple[Any, ...]:
    """Return a dataclass whose fields are the table's columns, in its order, as the driver takes it."""
    told: tuple[Any, ...] = _fields_of(cast("Hashable", type(row)))(row)
    if conn.dialect.name != "sqlite":
        return told
    spelled = list(told)
    for at in _moments_of(table):
        if spelled[at] is not None:
            spelled[at] = _spelled(spelled[at])
    return tuple(spelled)


@cache
def _fields_of(kind: Hashable) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(each.name for each in fields(cast("Any", kind))))


@cache
def _moments_of(table: Table) -> tuple[int, ...]:
    return tuple(at for at, column in enumerate(table.columns) if isinstance(column.type, Utc))


# What is written together mostly happened at the same moment.
@lru_cache(maxsize=64)
def _spelled(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@cache
def _insert(dialect: str, table: Table, once: bool) -> str:
    sql = str(insert(table).compile(dialect=_POSITIONAL[dialect]))
    return f"{sql} ON CONFLICT DO NOTHING" if once else sql
