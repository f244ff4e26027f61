"""The floor of the database: an order's transaction through psycopg, one at a time per client, without a web layer."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import astuple
from datetime import UTC, datetime
from itertools import count
from typing import Any, Self

import psycopg
from sqlalchemy import Table, insert
from sqlalchemy.dialects.postgresql.base import PGDialect

from benchmarks.load.market import STAND_IN, Wish
from hq.ordering.book import OrderRow
from hq.schema import feed, order_lines, orders, routing_decisions, stock_moves

_DIALECT: Any = PGDialect(paramstyle="format")  # type: ignore[no-untyped-call] # as SQLAlchemy ships it
_PROCESSES = 2
_COUNTED = 4000  # what is made to order has a number above it, what stands in one between
_ITEM = "x" * 560  # as long as an order's item in the feed is

_NEXT = "UPDATE feed_heads SET seq = seq + 1 WHERE store_id = %s RETURNING seq"
_GUARD = (
    "UPDATE stock SET reserved = reserved + %s, changed_at = %s "
    "WHERE store_id = %s AND product_number = %s AND on_hand - reserved >= %s"
)


def _insert(table: Table) -> str:
    return str(insert(table).compile(dialect=_DIALECT))


_ORDER, _LINE, _MOVE = _insert(orders), _insert(order_lines), _insert(stock_moves)
_FEED, _DECISION = _insert(feed), _insert(routing_decisions)


class Direct:
    """Processes with a thread and a connection for each client."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        self._pool = ProcessPoolExecutor(_PROCESSES, multiprocessing.get_context("spawn"))

    def rate(self, wishes: Sequence[Wish], clients: int) -> float:
        """Place orders and return how many there were per second."""
        jobs = [(next(self._numbers), wish) for wish in wishes]
        several = max(1, clients // _PROCESSES)
        parts = [(self._url, jobs[at::_PROCESSES], several) for at in range(_PROCESSES)]
        spans = list(self._pool.map(_place_all, *zip(*parts, strict=True)))
        return len(wishes) / (max(end for _, end in spans) - min(start for start, _ in spans))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()


def _place_all(url: str, jobs: Sequence[tuple[int, Wish]], clients: int) -> tuple[float, float]:
    with psycopg.connect(url) as connection:
        stores: dict[int, str] = dict(connection.execute("SELECT number, id FROM stores").fetchall())
    taken = iter(jobs)

    def client(connection: psycopg.Connection) -> int:
        placed = 0
        for number, wish in taken:
            _place(connection, number, wish, stores)
            placed += 1
        return placed

    with ExitStack() as stack:
        connections = [stack.enter_context(psycopg.connect(url)) for _ in range(clients)]
        pool = stack.enter_context(ThreadPoolExecutor(clients))
        started = time.perf_counter()
        placed = sum(pool.map(client, connections))
        ended = time.perf_counter()
    # A floor that gave up half-way would be a low one.
    assert placed == len(jobs)
    return started, ended


def _place(connection: psycopg.Connection, number: int, wish: Wish, stores: Mapping[int, str]) -> None:
    store, now = stores[wish.store], datetime.now(UTC)
    counted = [line for line in wish.lines if line[0] < _COUNTED and line[0] // 1000 != STAND_IN // 1000]
    with connection.transaction(), connection.cursor() as cursor:
        head = cursor.execute(_NEXT, (store,)).fetchone()
        assert head
        for product, quantity in sorted(counted):
            cursor.execute(_GUARD, (quantity, now, store, product, quantity))
            assert cursor.rowcount == 1
        cursor.execute(_ORDER, astuple(_row(store, number, wish.key, now)))
        _put(cursor, _LINE, ((store, number, at, *line, "商品", 800) for at, line in enumerate(wish.lines, 1)))
        cause = f"order:{number}"
        _put(cursor, _MOVE, ((store, line[0], cause, "promise", 0, line[1], number, now, "HQ") for line in counted))
        cursor.execute(_FEED, (store, "order", str(number), head[0], _ITEM))
        why = json.dumps(wish.lines)
        cursor.execute(_DECISION, (store, number, 1, now, "assigned", why, why))


def _put(cursor: psycopg.Cursor, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        cursor.execute(statement, row)


def _row(store_id: str, number: int, key: str, now: datetime) -> OrderRow:
    return OrderRow(
        store_id=store_id,
        number=number,
        id=f"{number:036d}",
        client_key=key,
        fingerprint="f" * 64,
        version=1,
        status="assigned",
        payment="paid",
        issue=0,
        opens=30_000_000,
        length=240,
        customer_name="王小明",
        customer_phone="13800000000",
        note="",
        shelf="",
        total_fen=2000,
        short_code_attempt=0,
        short_code_hash=f"{number:032x}",
        phone_tail_hash=f"{number:032x}",
        cancel_requested=False,
        cancel_reason="",
        placed_at=now,
        paid_at=now,
        assigned_at=now,
    )
