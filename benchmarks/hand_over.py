"""How long a hand-over's commit takes, beside the same statements written by hand to a bare connection."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain.events import GENESIS
from app.domain.records import OrderRecord
from app.storage import orders
from app.storage.database import open_database
from app.storage.storage import Storage
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over
from benchmarks.measure import Figure, Sizes, in_turns, median, millis, percentile, seconds
from benchmarks.shop import CLERK, Shop

_MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - a place without a disk, not a temporary file


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Measure on the disk, and where a sync costs nothing: there every microsecond of ours shows."""
    on_disk = _hand_over_all(sizes, folder)
    yield from _beside("grant commit", on_disk.grants)
    yield from _beside("hand-over commit", on_disk.hand_overs, factor=2)
    yield Figure("salvage lines after the answer", millis(median(on_disk.finishes)), "ms", note="nobody waits for them")
    if os.access(_MEMORY_DISK, os.W_OK):
        with tempfile.TemporaryDirectory(prefix="ziti-bench-", dir=_MEMORY_DISK) as memory:
            in_memory = _hand_over_all(sizes, Path(memory))
        yield next(_beside("hand-over commit on a memory disk", in_memory.hand_overs))


@dataclass(frozen=True, slots=True)
class _Samples:
    """Seconds, the floor's first."""

    grants: list[list[float]]
    hand_overs: list[list[float]]
    finishes: list[float]


def _hand_over_all(sizes: Sizes, folder: Path) -> _Samples:
    """Hand the same orders over on two copies of one file: by hand, and through the use-cases."""
    shop = Shop(folder / "data")
    placed = shop.found(min(10_000, sizes.orders))
    given = placed[: sizes.hand_overs]
    shutil.copy(folder / "data" / "terminal.sqlite3", folder / "bare.sqlite3")
    bare, storage = open_database(folder / "bare.sqlite3"), shop.open()
    attempts = [shop.new_id() for _ in given]
    claim_by_hand = partial(_claim_by_hand, bare, given, attempts)
    grants = in_turns(claim_by_hand, _granting(storage, shop, given, attempts), times=len(given))
    storage.finish()
    by_hand = partial(_hand_over_by_hand, bare, shop, given, attempts)
    finishes: list[float] = []
    hand_overs = in_turns(
        by_hand,
        _handing_over(storage, attempts),
        times=len(given),
        between=lambda: finishes.append(seconds(storage.finish)),
    )
    bare.close()
    storage.close()
    return _Samples(grants, hand_overs, finishes)


def _beside(name: str, samples: list[list[float]], factor: float | None = None) -> Iterator[Figure]:
    floor, value = samples
    note = f"{len(value):,} pairs, WAL + EXTRA"
    yield Figure(f"{name}, p50", millis(median(value)), "ms", millis(median(floor)), factor, note=note)
    yield Figure(f"{name}, p99", millis(percentile(value, 99)), "ms", millis(percentile(floor, 99)), note=note)


def _granting(storage: Storage, shop: Shop, given: list[OrderRecord], attempts: list[str]) -> Callable[[int], object]:
    codes = [shop.code(order) for order in given]

    def act(number: int) -> object:
        request = GrantRequest(attempts[number], given[number].number, CLERK, codes[number])
        return storage.run(lambda work: grant(work, request))

    return act


def _handing_over(storage: Storage, attempts: list[str]) -> Callable[[int], object]:
    return lambda number: storage.run(lambda work: hand_over(work, attempts[number], by=CLERK))


# ── the floor: the statements of the two use-cases, with values that cost nothing to make ──────────────────


def _claim_by_hand(conn: sqlite3.Connection, given: list[OrderRecord], attempts: list[str], number: int) -> None:
    order, attempt = given[number].number, attempts[number]
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("SELECT order_number, state FROM claims WHERE attempt_id = ?", (attempt,)).fetchone()
    conn.execute(orders.BY_NUMBER, (order,)).fetchone()
    conn.execute(
        "INSERT INTO claims (attempt_id, order_number, granted_at, granted_by, verdict, manager, reason, unguarded,"
        " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'granted')",
        (attempt, order, 1, CLERK, "ready", "", "", 0),
    )
    conn.execute("COMMIT")


def _hand_over_by_hand(
    conn: sqlite3.Connection, shop: Shop, given: list[OrderRecord], attempts: list[str], number: int
) -> None:
    order, attempt = given[number].number, attempts[number]
    event, moves = shop.new_id(), [(shop.new_id(), 1, 1001, -1, "hand_over", attempt) for _ in range(2)]
    conn.execute("BEGIN IMMEDIATE")
    conn.execute(
        "SELECT attempt_id, order_number, granted_at, granted_by, verdict, manager, reason, unguarded, state"
        " FROM claims WHERE attempt_id = ?",
        (attempt,),
    ).fetchone()
    conn.execute(orders.BY_NUMBER, (order,)).fetchone()
    conn.execute("UPDATE claims SET state = 'handed_over' WHERE attempt_id = ?", (attempt,))
    conn.execute(
        "INSERT INTO redemptions (attempt_id, order_number, at, by, terminal, local) VALUES (?, ?, ?, ?, ?, 1)",
        (attempt, order, 1, CLERK, "Counter 1"),
    )
    conn.execute("UPDATE orders SET status = ?, completed_at = ? WHERE number = ?", ("completed", 1, order))
    conn.execute(
        "SELECT number, id, status, issue, opens, length, cancel_requested, lines FROM orders WHERE number = ?",
        (order,),
    ).fetchone()
    conn.execute("UPDATE orders SET checksum = ? WHERE number = ?", (b"checksum", order))
    conn.executemany(
        "INSERT INTO stock_moves (id, at, product_number, quantity, cause, attempt_id) VALUES (?, ?, ?, ?, ?, ?)", moves
    )
    seq, prev = conn.execute(
        "SELECT seq + 1, hash FROM events WHERE seq = (SELECT max(seq) FROM events)"
    ).fetchone() or (1, GENESIS)
    conn.execute(
        "INSERT INTO events (seq, id, incarnation, kind, order_number, at, by, body, prev, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, event, attempt, "handed_over", order, _STAMP, CLERK, _BODY, prev, GENESIS),
    )
    conn.execute("INSERT INTO outbox (seq, event_id, order_number) VALUES (?, ?, ?)", (seq, event, order))
    conn.execute("COMMIT")


_STAMP = "2026-08-01T12:00:00.000000Z"
_BODY = json.dumps(
    {
        "attempt_id": "0198f000-0000-7000-8000-000000000000",
        "granted_at": _STAMP,
        "issue": 0,
        "lines": [[1001, 2], [1002, 1]],
        "manager": "",
        "reason": "",
        "terminal": "Counter 1",
        "unguarded": False,
        "verdict": "ready",
    },
    separators=(",", ":"),
)
