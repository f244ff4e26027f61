"""How much HQ takes, and how soon an order that is placed there stands on a terminal's board."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from app.changes import Changes
from app.clock import SystemClock, TrustedClock
from app.ids import id_maker
from app.keystore import Keystore
from app.storage.storage import Storage
from app.storage.thread import StorageThread
from app.usecases.work import Submit
from benchmarks.measure import Figure, Sizes, median, millis, percentile, seconds
from sync.client import HqClient
from sync.engine import Engine
from sync.enrolment import enrol
from sync.loops import SyncLoops
from sync.wire import FEED_PAGE, PROTOCOL, PROTOCOL_HEADER

_STORE = 7
_CLIENTS = 8
_PATIENCE = 30.0
TOKEN = "benchmark"  # noqa: S105 - of a process that lives for this minute


def run(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """Start HQ as a process with its embedded database, and speak HTTP with it."""
    with Headquarters(folder / "hq") as hq:
        hq.stock_a_store()
        yield from _arrivals(hq, folder / "terminal", sizes.arrivals)
        yield from _posting(hq, sizes.placed)
        yield from _pages(hq, folder / "reader", sizes.pages)


class Headquarters:
    """The process, and what an operator and a mall ask of it."""

    def __init__(self, data: Path, *, database_url: str = "", workers: int = 1) -> None:
        environment = {**os.environ, "ZITI_HQ_OPERATOR_TOKEN": TOKEN, "ZITI_HQ_DATABASE_URL": database_url}
        command = [sys.executable, "main.py", "hq", "--data", str(data), "--port", "0", "--workers", str(workers)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self._process.stdout
        said = self._process.stdout.readline()
        self.url = said.removeprefix("HQ ready on ").split(" ")[0].strip()
        self._here = threading.local()
        self._lines: list[http.client.HTTPConnection] = []

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """Send one request on this thread's own connection and return the answer's JSON."""
        if not hasattr(self._here, "line"):
            self._here.line = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=_PATIENCE)
            self._lines.append(self._here.line)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        self._here.line.request(
            method, path, json.dumps(body) if body else None, headers | ({"Idempotency-Key": key} if key else {})
        )
        answer = self._here.line.getresponse()
        content = answer.read()
        assert answer.status < 300, content
        return json.loads(content)

    def hang_up(self) -> None:
        """Drop this thread's connection, which HQ closes when it has been idle."""
        self._here.line.close()

    def stock_a_store(self) -> None:
        """Open store 7 and give it two products."""
        self.ask("PUT", f"/v1/stores/{_STORE}", {"name": "江畔店"})
        for number in (1001, 1002):
            self.ask("PUT", f"/v1/products/{number}", {"name": f"红烧肉 {number}", "price_fen": 1200})

    def place(self, key: str) -> int:
        """Place an order of two lines and return its number."""
        opens = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        order = {
            "store_number": _STORE,
            "opens": opens.isoformat(),
            "closes": (opens + timedelta(hours=4)).isoformat(),
            "customer": {"name": "张伟", "phone": "13800005600"},
            "lines": [{"product_number": 1001, "quantity": 2}, {"product_number": 1002, "quantity": 1}],
        }
        return int(self.ask("POST", "/v1/orders", order, key)["number"])

    def enrol(self, submit: Submit, folder: Path, store: int = _STORE) -> HqClient:
        """Enrol a terminal and return its line to HQ."""
        code = self.ask("POST", f"/v1/stores/{store}/enrolment-codes")["code"]
        keystore = Keystore(folder)
        enrol(self.url, code, "Counter 1", submit, keystore)
        secrets = keystore.load()
        assert secrets
        return HqClient(self.url, secrets.token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines:
            line.close()
        self._process.terminate()
        self._process.communicate()


def _posting(hq: Headquarters, count: int) -> Iterator[Figure]:
    """Place orders one by one from several clients at once, beside the smallest question that HQ answers."""
    with ThreadPoolExecutor(_CLIENTS) as pool:
        list(pool.map(lambda number: hq.place(f"warm-{number}"), range(_CLIENTS * 2)))
        asking, placing = [], []
        for part in range(4):
            numbers = range(part * count // 4, (part + 1) * count // 4)
            asking.append(_rate(pool, lambda _: hq.ask("GET", "/v1/time"), numbers))
            placing.append(_rate(pool, lambda number: hq.place(f"order-{number}"), numbers))
    note = f"{count:,} orders posted singly, {_CLIENTS} clients, SQLite; beside the time of GET /v1/time"
    yield Figure("HQ's time for an order", 1_000 / median(placing), "ms", 1_000 / median(asking), note=note)
    yield Figure("orders placed at HQ", median(placing), "/s", median(asking), note="the floor is GET /v1/time")


def _rate(pool: ThreadPoolExecutor, act: Callable[[int], object], numbers: range) -> float:
    return len(numbers) / seconds(lambda: list(pool.map(act, numbers)))


def _pages(hq: Headquarters, folder: Path, count: int) -> Iterator[Figure]:
    """Read the store's first page again and again: on the wire, and as the terminal's client does."""
    hq.hang_up()
    terminal = Terminal(folder)
    client = hq.enrol(terminal.thread.submit, folder)
    generation = client.feed(0, "").generation
    secrets = Keystore(folder).load()
    assert secrets
    line = http.client.HTTPConnection(urlsplit(hq.url).netloc, timeout=_PATIENCE)
    headers = {"Authorization": f"Bearer {secrets.token}", PROTOCOL_HEADER: str(PROTOCOL)}
    path = f"/v1/terminal/feed?after=0&generation={generation}&wait=0&limit={FEED_PAGE}"

    def read() -> bytes:
        line.request("GET", path, headers=headers)
        return line.getresponse().read()

    rows = len(json.loads(read())["rows"])
    samples = [seconds(read) for _ in range(count)]
    line.close()
    client.close()
    terminal.thread.stop()
    for part in (50, 99):
        yield Figure(f"HQ's feed page, p{part}", millis(percentile(samples, part)), "ms", note=f"{rows} rows, as bytes")


def _arrivals(hq: Headquarters, folder: Path, count: int) -> Iterator[Figure]:
    """Place an order at a time and wait until the terminal's screens are told of it."""
    terminal = Terminal(folder)
    client = hq.enrol(terminal.thread.submit, folder)
    engine = Engine(client, terminal.thread.submit_background, lambda *_: None)
    loops = SyncLoops(engine, client, clock=SystemClock(), on_link=lambda _: None)
    loops.start()
    hq.place("first")
    terminal.wait_for_news()
    delays = []
    for number in range(count):
        terminal.told.clear()
        started = time.perf_counter()
        hq.place(f"arrival-{number}")
        delays.append(terminal.wait_for_news() - started)
    loops.stop()
    terminal.thread.stop()
    note = f"{count} orders, long poll; from the first byte of the POST to the terminal's commit"
    for part in (50, 99):
        yield Figure(
            f"order placed to told at the terminal, p{part}", millis(percentile(delays, part)), "ms", note=note
        )


class Terminal:
    """A terminal without a window, which tells when orders have come in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        clock = TrustedClock(SystemClock())
        self.told = threading.Event()
        self._at = 0.0
        self.thread = StorageThread(
            lambda: Storage(folder, clock, id_maker(clock), on_changes=self._hear, ballast_bytes=0)
        )
        self.thread.start()

    def wait_for_news(self) -> float:
        """Return when orders came in, on the clock of `perf_counter`."""
        assert self.told.wait(_PATIENCE), "no order came in"
        return self._at

    def _hear(self, changes: Changes) -> None:
        if changes.orders or changes.all_orders:
            self._at = time.perf_counter()
            self.told.set()
