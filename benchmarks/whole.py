"""The whole program with every page open: its memory beside a bare window, and how soon a scan has its colour."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, Sizes, percentile
from benchmarks.shop import Shop


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Open everything in a process of its own."""
    shop = Shop(folder / "data")
    shop.found(sizes.orders, still_open=sizes.board_tasks)
    bare = _told("bare_memory")["rss"][-1]
    told = _told("all_pages", str(shop.folder), str(sizes.verdicts // 10))
    assert len(told["colour"]) == sizes.verdicts // 10
    note = f"{len(told['colour']):,} scans, {sizes.orders:,} orders, every page opened"
    yield Figure("scan → colour and sound, p99", percentile(told["colour"], 99), "ms", limit=100, note=note)
    note = f"{sizes.orders:,} orders, {sizes.board_tasks:,} on the board, every page opened; a bare window and OpenCV"
    yield Figure("memory of the whole (RSS)", told["rss"][-1], "MB", bare, factor=2, note=note)


def _told(process: str, *wanted: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", f"benchmarks.{process}", *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    told: dict[str, list[float]] = {"rss": [], "colour": []}
    for name, number in map(str.split, done.stdout.splitlines()):
        told[name].append(float(number))
    return told
