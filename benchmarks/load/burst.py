"""The burst: hot products fought for in one store each, terminals listening, and the books read afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from benchmarks.hq import Headquarters
from benchmarks.load.boards import Boards
from benchmarks.load.books import Kept, audit
from benchmarks.load.market import Market
from benchmarks.load.wire import Crowd, Drive
from benchmarks.measure import Figure, millis, percentile

_LONGEST_WAY = 2_000


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a load is put on: a database by name and URL (none: SQLite in HQ's folder), and how many workers serve."""

    name: str
    database_url: str
    workers: int
    market: Market
    data: Path

    @property
    def url(self) -> str:
        """Return the database's URL."""
        return self.database_url or f"sqlite:///{self.data / 'hq.sqlite3'}"

    def open(self) -> Headquarters:
        """Start HQ on it."""
        return Headquarters(self.data, database_url=self.database_url, workers=self.workers)


def run(stage: Stage, crowd: Crowd, count: int, clients: int) -> Iterator[Figure]:
    """Send the burst once, and yield what the boards saw and what the books say."""
    wishes = stage.market.burst(count)
    with (
        stage.open() as hq,
        Boards(hq, stage.data.with_name(f"{stage.data.name}-boards"), _listening(stage.market)) as boards,
    ):
        drive = crowd.send(hq.url, [stage.market.as_request(wish) for wish in wishes], clients)
        delays = boards.delays(_placed_at(drive, _listening(stage.market)))
    named = (
        f"{len(delays):,} orders, {len(_listening(stage.market))} terminals; from the POST's first byte to the commit"
    )
    yield Figure("order placed → on the board, p50", millis(percentile(delays, 50)), "ms", note=named)
    yield Figure(
        "order placed → on the board, p99", millis(percentile(delays, 99)), "ms", limit=_LONGEST_WAY, note=named
    )
    waits = [answer.seconds for answer in drive.answers]
    note = f"{clients} clients"
    yield Figure("answers in the burst", len(waits) / drive.seconds, "/s", note=note)
    yield Figure("accepted in the burst", drive.count(HTTPStatus.CREATED) / drive.seconds, "/s", note=note)
    for part in (50, 99):
        yield Figure(f"answer to an order in the burst, p{part}", millis(percentile(waits, part)), "ms", note=note)
    yield from audit(stage.market, wishes, drive.answers, Kept.read(stage.url))


def _listening(market: Market) -> list[int]:
    """Return the stores with a terminal that is watched: some of the hot ones, and some of the others."""
    hot = [market.home(at) for at in range(min(4, market.hot))]
    return [*hot, *(number for number in (2, 3) if number not in hot)]


def _placed_at(drive: Drive, stores: list[int]) -> dict[int, float]:
    sent: dict[int, float] = {}
    for answer in drive.answers:
        if answer.status == HTTPStatus.CREATED:
            order = json.loads(answer.body)
            if order["store_number"] in stores:
                sent[order["number"]] = answer.sent
    return sent
