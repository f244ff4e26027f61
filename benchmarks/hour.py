"""An hour at the counter, compressed: a process that scans, hands over, pushes and pulls, and tells its memory.

`python -m benchmarks.hour counter|window FOLDER SCANS`; a line for each tenth scan: scans so far, resident MB.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from app.storage.thread import StorageThread
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over
from benchmarks.canned_hq import CannedHq
from benchmarks.shop import CLERK, Shop
from benchmarks.verdict import ask

# What HQ tells a busy store while one customer is served.
ROWS_PER_SCAN = 4
_EVERY = 10


def main() -> int:
    """Work the hour."""
    way, folder, scans = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    shop = Shop.again(folder)
    # A new order for every row, as a shop has it; the terminal's file grows with them.
    with CannedHq(shop, rows=ROWS_PER_SCAN * scans, skip=1_000_000) as hq:
        shop.meet(hq.url)
        codes = [shop.code(order) for order in shop.orders(scans)]
        _WAYS[way](shop, codes, _Teller(hq))
    return 0


class _Teller:
    """After each scan: a few more rows from HQ, and now and then the memory."""

    def __init__(self, hq: CannedHq) -> None:
        self._hq = hq
        self._process = psutil.Process()

    def __call__(self, scans: int) -> None:
        self._hq.release(ROWS_PER_SCAN)
        if scans % _EVERY == 0:
            print(scans, self._process.memory_info().rss / 1e6, flush=True)


def at_the_counter(shop: Shop, codes: Sequence[str], told: Callable[[int], object]) -> None:
    """Work without a window: the storage thread, the network threads, and a clerk who never waits."""
    from app.clock import SystemClock
    from app.usecases.enrol import enrolment
    from sync.client import HqClient
    from sync.engine import Engine
    from sync.loops import SyncLoops

    thread = StorageThread(shop.open)
    thread.start()
    me = thread.submit(enrolment).result()
    assert me
    client = HqClient(me.hq_url, "token")
    engine = Engine(client, thread.submit_background, lambda *_: None)
    loops = SyncLoops(engine, client, clock=SystemClock(), on_link=lambda _: None)
    loops.start()
    for number, code in enumerate(codes, 1):
        checked = thread.submit(ask(code)).result()
        assert checked.verdict.order_number
        request = GrantRequest(shop.new_id(), checked.verdict.order_number, CLERK, code)
        granted = thread.submit(lambda work, request=request: grant(work, request)).result()  # type: ignore[misc]
        thread.submit(lambda work, attempt=granted.attempt_id: hand_over(work, attempt, by=CLERK)).result()  # type: ignore[misc]
        loops.nudge()
        told(number)
    loops.stop()
    thread.stop()


def in_the_window(shop: Shop, codes: Sequence[str], told: Callable[[int], object]) -> None:
    """Work in the real window, with the camera on."""
    from app.paths import find_paths
    from benchmarks.clerk import Clerk
    from benchmarks.terminal_start import grey_camera
    from main import Terminal

    terminal = Terminal(find_paths(shop.folder), make_camera=grey_camera)
    app = terminal.open()
    Clerk(terminal, codes, told, app.quit)
    # A hand-over that is refused would stop the clerk: then the parent must not wait for ever.
    guard = threading.Timer(600, app.quit)
    guard.start()
    app.exec()
    guard.cancel()
    terminal.close()


_WAYS = {"counter": at_the_counter, "window": in_the_window}

if __name__ == "__main__":
    sys.exit(main())
