"""An HQ process with nothing behind it: feed pages of prepared texts, every event applied, over real HTTP.

What it serves is the terminal's work to take in; HQ's own work is measured by `benchmarks.hq`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from app.domain.events import stamp
from app.domain.records import OrderRecord
from benchmarks.shop import GENERATION, Shop
from sync.wire import FEED_PAGE


class CannedHq:
    """The process, for the one who measures: `release` lets that many more rows out."""

    def __init__(self, shop: Shop, *, rows: int, skip: int = 0) -> None:
        """Serve changes of `rows` orders, the first `skip` left out, after what the shop has been fed so far."""
        wanted = [str(shop.cursor), str(rows), str(skip), shop.now.isoformat()]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.canned_hq", *wanted],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._said()

    def release(self, rows: int) -> None:
        """Let the terminal have more rows; those who wait for news are woken."""
        stdin = self._process.stdin
        assert stdin
        stdin.write(f"{rows}\n")
        stdin.flush()
        self._said()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def _said(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


class _Feed:
    """The rows by their number: one order after the other, and again with a newer version."""

    def __init__(self, start: int, orders: Sequence[OrderRecord]) -> None:
        self._start = start
        self._texts = [json.dumps(_item(order), ensure_ascii=False)[:-1] for order in orders]
        self._head = start
        self._news = threading.Condition()

    def release(self, rows: int) -> None:
        with self._news:
            self._head += rows
            self._news.notify_all()

    def page(self, after: int, wait: float) -> str:
        """Return what follows `after`, if need be after waiting."""
        with self._news:
            self._news.wait_for(lambda: self._head > after, wait)
            head = self._head
        cursor = min(max(after, self._start) + FEED_PAGE, head)
        rows = ",".join(self._row(seq) for seq in range(after + 1, cursor + 1))
        return f'{_envelope()}, "generation": "{GENERATION}", "rows": [{rows}], "cursor": {cursor}, "head": {head}}}'

    def _row(self, seq: int) -> str:
        turn, at = divmod(seq - self._start - 1, len(self._texts))
        return f'{{"seq": {seq}, "item": {self._texts[at]}, "version": {turn + 2}}}}}'


def _item(order: OrderRecord) -> dict[str, Any]:
    fields = {**asdict(order), "kind": "order", "status": order.status.value, "placed_at": stamp(order.placed_at)}
    fields["prepared_at"] = stamp(order.prepared_at) if order.prepared_at else None
    del fields["version"]
    return fields


def _envelope() -> str:
    return json.dumps({"ziti": "hq", "protocol": 1, "hq_time": stamp(datetime.now(UTC))})[:-1]


class _Desk(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    feed: _Feed

    def do_GET(self) -> None:
        """Answer a page of the feed."""
        asked = parse_qs(urlsplit(self.path).query)
        self._answer(self.feed.page(int(asked["after"][0]), float(asked["wait"][0])))

    def do_POST(self) -> None:
        """Say of every event that it is applied."""
        events = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["events"]
        results = json.dumps([{"event_id": event["id"], "outcome": "applied"} for event in events])
        self._answer(f'{_envelope()}, "results": {results}}}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def _answer(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a terminal that ends hangs up in the middle of a long poll
            self.wfile.write(body)


def main() -> None:
    """Serve until the parent goes; each line on stdin is a number of rows to let out."""
    start, rows, skip = map(int, sys.argv[1:4])
    shop = Shop(Path(), now=datetime.fromisoformat(sys.argv[4]))
    _Desk.feed = _Feed(start, shop.orders(rows, skip=skip))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    for line in sys.stdin:
        _Desk.feed.release(int(line))
        print("released", flush=True)


if __name__ == "__main__":
    main()
