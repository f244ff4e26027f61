"""Whether the terminal's memory stays flat over an hour of scans, without and with its window."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, Sizes, slope
from benchmarks.shop import Shop

# One customer every five seconds.
SCANS_PER_HOUR = 720
# An hour's growth that a shop open for 16 hours would not notice, and that the fit can tell from noise.
_FLAT_MB = 2.0


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Work the hour in a process of its own, and fit a line through the second half of it."""
    shop = Shop(folder / "data")
    shop.found(sizes.orders)
    for way, scans in (("counter", sizes.scans), ("window", sizes.window_scans)):
        points = _hour(way, Path(shutil.copytree(shop.folder, folder / way)), scans)
        where = "with the window" if way == "window" else "storage and sync"
        note = f"{scans:,} hand-overs, {sizes.orders:,} orders; {points[0][1]:.0f} MB at the start"
        late = points[len(points) // 2 :]
        growth = slope(late) * SCANS_PER_HOUR if len(late) > 1 else 0.0
        yield Figure(f"memory's growth in an hour, {where}", growth, "MB", limit=_FLAT_MB, note=note)
        yield Figure(f"memory in use (RSS), {where}", points[-1][1], "MB", note=note)


def _hour(way: str, folder: Path, scans: int) -> list[tuple[float, float]]:
    command = [sys.executable, "-m", "benchmarks.hour", way, str(folder), str(scans)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    points = [(float(count), float(megabytes)) for count, megabytes in map(str.split, done.stdout.splitlines())]
    assert done.returncode == 0, done.stderr[-2_000:]
    assert len(points) == scans // 10, f"the {way} stopped after {len(points) * 10} scans: {done.stderr[-2_000:]}"
    return points
