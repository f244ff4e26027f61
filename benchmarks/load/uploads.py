"""Redemptions that a terminal uploads: a hundred in a request, and one in a request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from app.domain.events import GENESIS, Event, EventKind, chain
from benchmarks.hq import Headquarters
from benchmarks.load.burst import Stage
from benchmarks.load.market import MADE_TO_ORDER, Market, Wish
from benchmarks.load.wire import Crowd, request
from benchmarks.measure import Figure, median
from sync.wire import PROTOCOL, PROTOCOL_HEADER, WireEvent

_STORE = 1
_BATCH = 100
_TIMES = 10


class Counter:
    """A store's terminal that hands over whatever it is told to, and says so in chained events."""

    def __init__(self, hq: Headquarters) -> None:
        code = hq.ask("POST", f"/v1/stores/{_STORE}/enrolment-codes")["code"]
        body = json.dumps({"code": code, "terminal_name": "Counter 1", "public_key": "ab" * 32}).encode()
        with Crowd() as crowd:
            headers = {"Content-Type": "application/json", PROTOCOL_HEADER: str(PROTOCOL)}
            answer = crowd.send(hq.url, [request("POST", "/v1/enrol", headers, body)], 1).answers[0]
        token = json.loads(answer.body)["token"]
        self._headers = {**headers, "Authorization": f"Bearer {token}"}
        self._seq, self._last = 0, GENESIS

    def uploads(self, numbers: Sequence[int], size: int) -> list[bytes]:
        """Return the requests that tell of these orders' hand-overs."""
        events = [json.loads(WireEvent.of(self._hand_over(number)).model_dump_json()) for number in numbers]
        parts = [events[at : at + size] for at in range(0, len(events), size)]
        return [
            request("POST", "/v1/terminal/events", self._headers, json.dumps({"events": part}).encode())
            for part in parts
        ]

    def _hand_over(self, number: int) -> Event:
        self._seq += 1
        event = chain(
            self._last,
            id=f"upload-{self._seq}",
            incarnation="upload",
            seq=self._seq,
            kind=EventKind.HANDED_OVER,
            order_number=number,
            at=datetime.now(UTC),
            by="Li",
            body={"attempt_id": f"a-{number}", "terminal": "Counter 1", "verdict": "ready", "unguarded": False},
        )
        self._last = event.hash
        return event


def run(stage: Stage, crowd: Crowd, batches: int, rounds: int, clients: int) -> Iterator[Figure]:
    """Upload in turns, one request after the other, as a terminal does."""
    singly, together = [], []
    with stage.open() as hq:
        counter = Counter(hq)
        for at in range(rounds):
            numbers = _placed(stage.market, crowd, hq, f"{stage.name}-upload-{at}", (batches + 1) * _BATCH, clients)
            singly.append(_rate(crowd, hq, counter.uploads(numbers[:_BATCH], 1), 1))
            together.append(_rate(crowd, hq, counter.uploads(numbers[_BATCH:], _BATCH), _BATCH))
    ratios = ", ".join(f"{many / one:.1f}" for many, one in zip(together, singly, strict=True))
    note = f"floor: one per request; ratios by round {ratios}"
    name = f"redemptions uploaded, {_BATCH} per request"
    yield Figure(name, median(together), "/s", median(singly), factor=_TIMES, more_is_better=True, note=note)


def _placed(market: Market, crowd: Crowd, hq: Headquarters, name: str, count: int, clients: int) -> list[int]:
    wishes = [Wish(f"{name}-{at}", _STORE, ((MADE_TO_ORDER, 1),)) for at in range(count)]
    drive = crowd.send(hq.url, [market.as_request(wish) for wish in wishes], clients)
    return [json.loads(answer.body)["number"] for answer in drive.answers]


def _rate(crowd: Crowd, hq: Headquarters, uploads: Sequence[bytes], size: int) -> float:
    drive = crowd.send(hq.url, uploads, 1)
    assert drive.count(HTTPStatus.OK) == len(uploads)
    taken = [result["outcome"] for answer in drive.answers for result in json.loads(answer.body)["results"]]
    assert set(taken) == {"applied"}, set(taken)
    return len(uploads) * size / drive.seconds
