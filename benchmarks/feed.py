"""How long HQ's rows take to get in, beside a bare executemany, and what the counter notices meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from app.domain.records import OrderRecord
from app.storage.database import open_database
from app.storage.thread import StorageThread

# The floor is the very statement and the very rows; what is left out is everything around them.
from app.usecases.join import _UPSERT_ORDER, _row
from benchmarks.canned_hq import CannedHq
from benchmarks.measure import Figure, Sizes, in_turns, median, millis, percentile, seconds
from benchmarks.shop import Shop, batches
from benchmarks.verdict import ask
from sync.client import HqClient
from sync.engine import Engine

_FILE = "terminal.sqlite3"
# Between two questions of the counter: longer than an answer, shorter than a batch.
_PAUSE = 0.007
_ENDLESS = 10**9


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Measure new orders, changed orders, and the counter while the engine takes in page after page."""
    yield from _applied(sizes, folder)
    yield from _counter(sizes, folder / "counter")


# ── apply ──────────────────────────────────────────────────────────────────────────────────────────────────


def _applied(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    totals: dict[str, list[tuple[float, float, float]]] = {"new": [], "changed": []}
    for number in range(sizes.feed_rounds):
        place = folder / f"apply-{number}"
        shop = Shop(place)
        shop.found(0)
        for copy in ("batches", "once"):
            shutil.copy(place / _FILE, place / copy)
        for version, kind in enumerate(totals, 1):
            totals[kind].append(_apply_all(shop, shop.orders(sizes.feed_rows, version=version)))
    for kind, taken in totals.items():
        ours, by_batch, at_once = (median(column) for column in zip(*taken, strict=True))
        note = f"{sizes.feed_rows:,} rows by 200, median of {len(taken)}"
        yield Figure(f"apply {kind} orders", millis(ours), "ms", millis(by_batch), 3, note=note)
        yield Figure(
            f"apply {kind} orders, floor in one go", millis(ours), "ms", millis(at_once), note="for information"
        )


def _apply_all(shop: Shop, records: Sequence[OrderRecord]) -> tuple[float, float, float]:
    """Return the seconds through the use-case, by hand in the same batches, and by hand in one transaction."""
    storage, by_batch, at_once = (
        shop.open(),
        open_database(shop.folder / "batches"),
        open_database(shop.folder / "once"),
    )
    pieces = list(batches(records))
    rows = [[_row(order, order.status) for order in piece] for piece in pieces]
    usecases = [shop.feed(piece) for piece in pieces]
    ours, floor = in_turns(
        lambda number: storage.run(usecases[number]),
        lambda number: _by_hand(by_batch, rows[number]),
        times=len(pieces),
    )
    everything = [row for piece in rows for row in piece]
    once = seconds(partial(_by_hand, at_once, everything))
    for each in (storage, by_batch, at_once):
        each.close()
    return sum(ours), sum(floor), once


def _by_hand(conn: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany(_UPSERT_ORDER, rows)
    conn.execute("COMMIT")


# ── the counter meanwhile ──────────────────────────────────────────────────────────────────────────────────


def _counter(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Ask through the thread's urgent lane, first in peace, then while the real engine pulls on the other lane."""
    shop = Shop(folder)
    placed = shop.found(sizes.feed_rows)
    codes = [shop.code(order) for order in placed[:: max(1, len(placed) // sizes.counter_checks)]]
    thread = StorageThread(shop.open)
    thread.start()
    count = sizes.counter_checks
    with CannedHq(shop, rows=sizes.feed_rows) as hq:
        client = HqClient(hq.url, "token")
        puller = _Puller(Engine(client, thread.submit_background, _ignore_time))
        in_peace = [_asked(thread, codes, number) for number in range(count // 4)]
        hq.release(_ENDLESS)
        puller.start()
        busy = [_asked(thread, codes, number) for number in range(count)]
        rows, took = puller.stop()
        client.close()
    thread.stop()
    note = f"{count:,} checks while {rows:,} rows came in; in peace beside it"
    for part, limit in ((50, None), (99, 25.0), (100, None)):
        name = "longest" if part == 100 else f"p{part}"
        floor = millis(percentile(in_peace, part))
        yield Figure(
            f"counter's wait during a sync, {name}", millis(percentile(busy, part)), "ms", floor, limit=limit, note=note
        )
    yield Figure(
        "page of the feed: decode, translate, apply",
        millis(took / rows * sizes.feed_rows),
        "ms",
        note=f"per {sizes.feed_rows:,} rows, counter busy",
    )


def _asked(thread: StorageThread, codes: Sequence[str], number: int) -> float:
    time.sleep(_PAUSE)
    return seconds(lambda: thread.submit(ask(codes[number % len(codes)])).result())


def _ignore_time(hq_time: datetime, round_trip: float) -> None:
    """Let the machine's clock be."""


class _Puller:
    """Pulls page after page on a thread of its own, as the network thread does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._pull, name="pull")
        self._rows = 0
        self._took = 0.0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> tuple[int, float]:
        """Return how many rows came in, and in how many seconds."""
        self._stopping.set()
        self._thread.join()
        return self._rows, self._took

    def _pull(self) -> None:
        started = time.perf_counter()
        while not self._stopping.is_set() or not self._rows:
            self._rows += self._engine.pull_once().rows
        self._took = time.perf_counter() - started
