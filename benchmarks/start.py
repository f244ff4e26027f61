"""How long a start takes until the counter can be used, beside a bare window, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.canned_hq import CannedHq
from benchmarks.measure import Figure, Sizes, median
from benchmarks.shop import Shop

_PATIENCE = 60.0


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Start both in turns; the first pair only fills the caches, that of compiled modules too."""
    shop = Shop(folder / "data")
    shop.found(sizes.start_orders)
    terminal = ["benchmarks.terminal_start", "--data", str(shop.folder)]
    world = _world(folder / "compiled")
    with CannedHq(shop, rows=1) as hq:
        shop.meet(hq.url)
        pairs = [(_start(["benchmarks.bare_window"], world), _start(terminal, world)) for _ in range(sizes.starts + 1)][
            1:
        ]
    floor = median(bare["usable"] for bare, _ in pairs)
    note = f"{sizes.start_orders:,} orders, median of {len(pairs)} pairs"
    texts = {
        "usable": "start to the counter, painted and usable",
        "storage": "start to the file being open",
        "scan": "start to the camera being read",
        "sync": "start to HQ being heard",
    }
    for word, name in texts.items():
        value = median(ours[word] for _, ours in pairs)
        yield Figure(name, value, "s", floor, 2 if word == "usable" else None, note=note)


def _world(compiled: Path) -> dict[str, str]:
    """Return an environment in which modules stay compiled from one start to the next, as on a user's machine."""
    world = dict(os.environ)
    if world.pop("PYTHONDONTWRITEBYTECODE", None):
        world["PYTHONPYCACHEPREFIX"] = str(compiled)
    return world


def _start(command: list[str], world: dict[str, str]) -> dict[str, float]:
    """Start a process and return the seconds after which it said each word, until it ends by itself."""
    said: dict[str, float] = {}
    with tempfile.TemporaryFile("w+") as noise:
        started = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=noise, text=True, env=world
        ) as process:
            guard = threading.Timer(_PATIENCE, process.kill)
            guard.start()
            assert process.stdout
            for line in process.stdout:
                said.setdefault(line.strip(), time.perf_counter() - started)
            guard.cancel()
        noise.seek(0)
        assert process.returncode == 0, f"{command[0]} ended after {sorted(said)}: {noise.read()[-2_000:]}"
    return said
