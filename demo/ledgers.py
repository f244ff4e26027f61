"""What both sides have written down, read from their own files, and where it differs."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.order import Status, effective
from app.domain.window import Window

# Asks a database a question with a `?` for each value, and returns the rows.
Ask = Callable[..., Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A side's events by id with how often each stands there, its orders with state and standing hand-over.

    `waiting` counts what the terminal has not been able to tell HQ, or HQ has put aside.
    """

    events: Counter[str]
    orders: dict[int, tuple[str, str]]
    waiting: int


def of_terminal(conn: sqlite3.Connection) -> Ledger:
    """Read the terminal's side."""
    return _read(
        lambda sql, *which: conn.execute(sql, which).fetchall(),
        "SELECT id FROM events",
        "SELECT o.number, o.status, o.opens, o.length, coalesce(r.attempt_id, '') FROM orders o"
        " LEFT JOIN redemptions r ON r.order_number = o.number AND r.revoked_at IS NULL",
        "SELECT count(*) FROM outbox",
    )


def of_hq(database: Path, store_number: int) -> Ledger:
    """Read HQ's side for one store from its database file, without HQ's help."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
        return of_store(lambda sql, *which: conn.execute(sql, which).fetchall(), store_number)


def of_store(ask: Ask, store_number: int) -> Ledger:
    """Read HQ's side for one store from any database."""
    return _read(
        ask,
        "SELECT event_id FROM inbox WHERE store_id = ?",
        "SELECT number, status, opens, length, coalesce(redemption_attempt, '') FROM orders WHERE store_id = ?",
        "SELECT count(*) FROM quarantine WHERE store_id = ?",
        ask("SELECT id FROM stores WHERE number = ?", store_number)[0][0],
    )


def differences(terminal: Ledger, hq: Ledger) -> list[str]:
    """Say in words where the two sides differ; an empty list when they are equal and nothing stands twice."""
    twice = [id_ for side in (terminal, hq) for id_, count in side.events.items() if count > 1]
    found = [f"event {id_} stands twice" for id_ in twice]
    found += [f"event {id_} is missing at HQ" for id_ in terminal.events.keys() - hq.events.keys()]
    found += [f"event {id_} is missing at the terminal" for id_ in hq.events.keys() - terminal.events.keys()]
    for number in sorted(terminal.orders.keys() | hq.orders.keys()):
        here, there = terminal.orders.get(number), hq.orders.get(number)
        if here != there:
            found.append(f"order {number}: {here} at the terminal, {there} at HQ")
    found += [f"{terminal.waiting} events unsent"] if terminal.waiting else []
    return found + ([f"{hq.waiting} events put aside by HQ"] if hq.waiting else [])


def _read(ask: Ask, events: str, orders: str, waiting: str, *which: str) -> Ledger:
    now = datetime.now(UTC)
    return Ledger(
        Counter(id_ for (id_,) in ask(events, *which)),
        {
            number: (str(effective(Status(status), Window.of_minutes(opens, length), now)), attempt)
            for number, status, opens, length, attempt in ask(orders, *which)
        },
        ask(waiting, *which)[0][0],
    )


def told(path: Path) -> list[str]:
    """Return what HQ's local channel has said to customers: the titles of its messages, oldest first."""
    query = (
        "SELECT d.title FROM deliveries AS d JOIN messages AS m ON m.store_id = d.store_id AND m.id = d.message_id "
        "WHERE m.audience = 'customer' ORDER BY d.at, d.message_id"
    )
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        return [title for (title,) in conn.execute(query)]
