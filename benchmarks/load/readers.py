"""The pages that customers read, by many at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from benchmarks.hq import Headquarters
from benchmarks.load.burst import Stage
from benchmarks.load.wire import Crowd, request
from benchmarks.measure import Figure, millis, percentile

_READERS = 200
_LONGEST = 250
_WHAT_IT_LOADS = re.compile(r'(?:src|href)="(/[^"]+)"')
_SESSION = "evening"


def run(stage: Stage, crowd: Crowd, count: int) -> Iterator[Figure]:
    """Read each page `count` times, always as many at once as there are readers."""
    with stage.open() as hq:
        wishes = stage.market.calm(_READERS, f"{stage.name}-readers")
        placed = crowd.send(hq.url, [stage.market.as_request(wish) for wish in wishes], 8).answers
        tokens = [urlsplit(json.loads(answer.body)["page_url"]).path.rsplit("/", 1)[1] for answer in placed]
        _open_session(hq, [number for wish in wishes[:20] for number, _ in wish.lines])
        yield from _read(hq, crowd, "an order's page", [f"/o/{tokens[at % len(tokens)]}" for at in range(count)])
        yield from _read(hq, crowd, "a live session's page", [f"/live/{_SESSION}"] * count)


def _open_session(hq: Headquarters, products: list[int]) -> None:
    """Sell some products of the chain for an hour."""
    now = datetime.now(UTC)
    offers = [{"product_number": number, "price_fen": 1_900} for number in dict.fromkeys(products)]
    span = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=1)).isoformat()}
    hq.ask("PUT", f"/v1/live-sessions/{_SESSION}", {"title": "今晚", **span, "offers": offers})


def _read(hq: Headquarters, crowd: Crowd, name: str, paths: list[str]) -> Iterator[Figure]:
    reads = [request("GET", path, {}) for path in paths]
    # What is loaded and compiled for the first reader is not what many readers wait for.
    crowd.send(hq.url, reads[:_READERS], _READERS)
    drive = crowd.send(hq.url, reads, _READERS)
    assert drive.count(HTTPStatus.OK) == len(paths)
    waits = [answer.seconds for answer in drive.answers]
    page = drive.answers[0]
    parts = _parts(page.body.decode(), paths[page.number])
    loaded = crowd.send(hq.url, [request("GET", part, {}) for part in parts], 1).answers if parts else ()
    size = sum(len(answer.body) for answer in loaded)
    note = f"{_READERS} readers without a pause, {len(paths) / drive.seconds:,.0f} pages/s"
    yield Figure(f"{name}, p50", millis(percentile(waits, 50)), "ms", note=note)
    yield Figure(f"{name}, p99", millis(percentile(waits, 99)), "ms", limit=_LONGEST, note=note)
    note = f"{len(page.body):,} of HTML and {size:,} in {len(parts)} more requests"
    yield Figure(f"{name}, loaded for the first time", len(page.body) + size, "bytes", note=note)


def _parts(html: str, path: str) -> list[str]:
    return [urljoin(path, part) for part in dict.fromkeys(_WHAT_IT_LOADS.findall(html))]
