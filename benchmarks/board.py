"""The board with a large store's tasks, beside a bare QListView over the same rows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from app.domain.order import Status
from benchmarks.measure import Figure, Sizes
from benchmarks.shop import Shop, batches

_STATES = (Status.ASSIGNED, Status.ASSIGNED, Status.PREPARING, Status.PREPARED)
_ACTS = {
    "open": "board opened anew",
    "filter": "board filtered",
    "scroll": "board scrolled by a page",
}
_STALLS = {
    "stall": "longest stall while filtered and scrolled",
    "reading-stall": "longest stall while the board is read",
}


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Open the real page in a process of its own."""
    shop = Shop(folder / "data")
    _fill(shop, sizes.board_tasks)
    wanted = [shop.folder, sizes.board_tasks, sizes.board_rounds, sizes.stall_peace]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.board_window", *map(str, wanted)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    told = {name: (float(ours), float(bare)) for name, ours, bare in map(str.split, done.stdout.splitlines())}
    note = f"{sizes.board_tasks:,} tasks, median of {sizes.board_rounds} rounds; a bare QListView beside it"
    for act, name in _ACTS.items():
        ours, bare = told[act]
        yield Figure(name, ours, "ms", bare, factor=2, note=note)
    stalls = f"the longest of each round, median of {sizes.board_rounds}; in peace beside it"
    for act, name in _STALLS.items():
        longest, peace = told[act]
        yield Figure(name, longest, "ms", peace, limit=50, note=stalls)
    yield Figure("board read from the file", told["read"][0], "ms", note=f"{sizes.board_tasks:,} tasks, in pages")


def _fill(shop: Shop, count: int) -> None:
    """Give the store orders in every state that the board shows."""
    shop.found(1)
    storage = shop.open()
    states = cycle(_STATES)
    for records in batches([replace(order, status=next(states)) for order in shop.orders(count - 1, skip=1)]):
        storage.run(shop.feed(records))
    storage.finish()
    storage.close()
