"""Real terminals without a window, at several stores at once, that remember when each order reached their board."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from app.changes import Changes
from app.clock import SystemClock
from benchmarks.hq import Headquarters, Terminal
from sync.client import HqClient
from sync.engine import Engine
from sync.loops import SyncLoops

_PATIENCE = 30.0
_LOOK = 0.05


class Board(Terminal):
    """A terminal that keeps the moment of each order's commit, on the clock of `perf_counter`."""

    def __init__(self, folder: Path) -> None:
        self.seen: dict[int, float] = {}
        self._file = folder / "terminal.sqlite3"
        super().__init__(folder)

    def _hear(self, changes: Changes) -> None:
        now = time.perf_counter()
        # After many at once the screens read their page anew, and so does this.
        numbers = self._all() if changes.all_orders else changes.orders
        for number in numbers:
            self.seen.setdefault(number, now)

    def _all(self) -> list[int]:
        connection = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)
        numbers = [number for (number,) in connection.execute("SELECT number FROM orders")]
        connection.close()
        return numbers


class Boards:
    """The terminals of several stores, enrolled and listening."""

    def __init__(self, hq: Headquarters, folder: Path, stores: Sequence[int]) -> None:
        self._boards = [Board(folder / str(store)) for store in stores]
        self._loops: list[SyncLoops] = []
        for board, store in zip(self._boards, stores, strict=True):
            client = hq.enrol(board.thread.submit, folder / str(store), store)
            self._loops.append(_listening(board, client))

    def delays(self, sent: dict[int, float]) -> list[float]:
        """Return how long each order took to its board, of those that were sent at these moments."""
        end = time.perf_counter() + _PATIENCE
        while time.perf_counter() < end:
            seen = {number: at for board in self._boards for number, at in dict(board.seen).items()}
            if sent.keys() <= seen.keys():
                return [seen[number] - at for number, at in sent.items()]
            time.sleep(_LOOK)
        raise AssertionError("an order never reached its board")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for loops in self._loops:
            loops.stop()
        for board in self._boards:
            board.thread.stop()


def _listening(board: Board, client: HqClient) -> SyncLoops:
    engine = Engine(client, board.thread.submit_background, lambda *_: None)
    loops = SyncLoops(engine, client, clock=SystemClock(), on_link=lambda _: None)
    loops.start()
    return loops
