"""How long the Qt thread stands still at most while a whole store's rows come in and the camera is on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, Sizes, median
from benchmarks.shop import Shop


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Open the real window in a process of its own and let the rows in, on the counter and on the board."""
    shop = Shop(folder / "data")
    shop.found(sizes.feed_rows)
    wanted = [shop.folder, sizes.feed_rows, sizes.stall_rounds, sizes.stall_peace, sizes.stall_frames]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.busy_window", *map(str, wanted)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    phases: dict[str, list[list[float]]] = {}
    for line in done.stdout.splitlines():
        name, *numbers = line.split()
        phases.setdefault(name, []).append([float(number) for number in numbers])
    peace = phases.pop("peace")[0]
    for page, seen in phases.items():
        longest, p99, took = (median(column) for column in zip(*seen, strict=True))
        note = f"{sizes.feed_rows:,} rows in {took:.1f} s, camera on, median of {len(seen)}; in peace beside it"
        yield Figure(f"longest stall on the {page}", longest, "ms", peace[0], limit=50, note=note)
        yield Figure(f"stall on the {page}, p99", p99, "ms", peace[1], note=note)
