"""A real HQ for tests: a process of its own on a loopback port, and who talks to it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
from fastapi import FastAPI
from uvicorn import Config

from app.domain.events import GENESIS, EventKind, chain
from app.domain.events import Event as StoreEvent
from hq.serve import Server, listening
from hq.settings import Settings
from sync.wire import PROTOCOL, PROTOCOL_HEADER, EnrolAnswer, FeedPage, PushAnswer, WireEvent

TOKEN = "operator-token-of-the-tests"
RUN = (
    "import sys; from pathlib import Path; from hq.serve import run; "
    "sys.exit(run(Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2]), workers=int(sys.argv[3])))"
)


_STORES = count(101)


def next_store() -> int:
    """Return a number that no other test's store has."""
    return next(_STORES)


def settings_in(data: Path, database_url: str = "") -> Settings:
    """Return settings for a data folder that exists; without a URL the database is a file in it."""
    url = database_url or f"sqlite:///{data / 'hq.sqlite3'}"
    return Settings(data=data, operator_token=TOKEN, database_url=url)


@dataclass(frozen=True)
class Running:
    """An HQ that serves; `operator` is a client with the operator's token."""

    url: str
    data: Path
    operator: httpx.Client
    process: subprocess.Popen[str]
    database_url: str = ""
    said: str = ""


@contextlib.contextmanager
def running(data: Path, port: int = 0, database_url: str = "", workers: int = 1) -> Iterator[Running]:
    """Serve HQ from a process of its own until the block ends; without a URL its database is a file in `data`."""
    command = [sys.executable, "-W", "error", "-c", RUN, str(data), str(port), str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(database_url)) as process:
        assert process.stdout
        said = process.stdout.readline()
        url = said.removeprefix("HQ ready on ").split(" ")[0].strip()
        try:
            with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30) as operator:
                yield Running(url, data, operator, process, database_url, said)
        finally:
            process.kill()


@contextlib.contextmanager
def in_thread(app: FastAPI) -> Iterator[httpx.Client]:
    """Serve an application of the test's own from a thread; yield a client with the operator's token."""
    with listening("127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server, ready = Server(Config(app, log_level="warning", access_log=False), app.state.desk, address), Event()
        server.on_ready = ready.set
        thread = Thread(target=server.run, args=([listener],), name="test-hq")
        thread.start()
        try:
            assert ready.wait(20)
            with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(20)


def environment(database_url: str = "") -> dict[str, str]:
    """Return this process's environment with the tests' operator token and database in it."""
    return {**os.environ, "ZITI_HQ_OPERATOR_TOKEN": TOKEN, "ZITI_HQ_DATABASE_URL": database_url}


def window(*, in_hours: float = -1, hours: float = 6) -> dict[str, str]:
    """Return a pickup window around now, in whole minutes."""
    opens = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=in_hours)
    return {"opens": opens.isoformat(), "closes": (opens + timedelta(hours=hours)).isoformat()}


def wish(store: int, **changed: Any) -> dict[str, Any]:
    """Return the body of an order."""
    customer = {"name": "王小明", "phone": "13812345678"}
    lines = [{"product_number": 7, "quantity": 2}]
    return {"store_number": store, **window(), "customer": customer, "lines": lines, **changed}


class Mall:
    """An operator and a mall around one store: sets it up and places orders."""

    def __init__(self, client: httpx.Client, store: int = 101) -> None:
        self.client = client
        self.store = store
        self._keys = count(1)
        self._counters: list[Counter] = []

    def close(self) -> None:
        for counter in self._counters:
            counter.client.close()

    def open_store(self, number: int = 0, **changed: Any) -> dict[str, Any]:
        number = number or self.store
        return self._ok(self.client.put(f"/v1/stores/{number}", json={"name": f"{number} 号店", **changed}))

    def add_product(self, number: int = 7, **changed: Any) -> dict[str, Any]:
        body = {"name": "草莓蛋糕", "sku": "CAKE-7", "price_fen": 12_800, **changed}
        return self._ok(self.client.put(f"/v1/products/{number}", json=body))

    def wish(self, **changed: Any) -> dict[str, Any]:
        return wish(self.store, **changed)

    def place(self, **changed: Any) -> dict[str, Any]:
        return self._ok(self.try_to_place(self.wish(**changed)))

    def try_to_place(self, body: dict[str, Any], key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": f"{self.store}-{key or next(self._keys)}"}
        return self.client.post("/v1/orders", json=body, headers=headers)

    def order(self, number: int) -> dict[str, Any]:
        return self._ok(self.client.get(f"/v1/orders/{number}"))

    def orders(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ok(self.client.get(f"/v1/stores/{self.store}/orders"))["orders"]
        return found

    def all_orders(self) -> list[dict[str, Any]]:
        """Return the store's orders, page after page."""
        found: list[dict[str, Any]] = []
        before = 2**62
        while True:
            params = {"before": before, "limit": 500}
            page = self._ok(self.client.get(f"/v1/stores/{self.store}/orders", params=params))["orders"]
            if not page:
                return found
            found += page
            before = page[-1]["number"]

    def cancel(self, number: int) -> httpx.Response:
        return self.cancel_because(number, "changed my mind")

    def cancel_because(self, number: int, reason: str) -> httpx.Response:
        return self.client.post(f"/v1/orders/{number}/cancel", json={"reason": reason})

    def incidents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ok(self.client.get(f"/v1/stores/{self.store}/incidents"))["incidents"]
        return found

    def enrolment_code(self) -> str:
        return str(self._ok(self.client.post(f"/v1/stores/{self.store}/enrolment-codes"))["code"])

    def try_to_enrol(self, code: str, name: str = "Counter 1") -> httpx.Response:
        body = {"code": code, "terminal_name": name, "public_key": "ab" * 32}
        return self.client.post("/v1/enrol", json=body, headers={PROTOCOL_HEADER: str(PROTOCOL)})

    def enrol(self, name: str = "Counter 1") -> Counter:
        answer = self.try_to_enrol(self.enrolment_code(), name)
        enrolled = EnrolAnswer.model_validate_json(answer.raise_for_status().content)
        self._counters.append(Counter(enrolled, str(self.client.base_url)))
        return self._counters[-1]

    @staticmethod
    def _ok(answer: httpx.Response) -> dict[str, Any]:
        assert answer.is_success, answer.text
        body: dict[str, Any] = answer.json()
        return body


class Counter:
    """A store's terminal as HQ sees it: pulls the feed and says what happened."""

    def __init__(self, enrolled: EnrolAnswer, url: str) -> None:
        self.enrolled = enrolled
        headers = {"Authorization": f"Bearer {enrolled.token}", PROTOCOL_HEADER: str(PROTOCOL)}
        self.client = httpx.Client(base_url=url, headers=headers, timeout=30)
        self.teller = Teller()

    def pull(self, after: int = 0, generation: str = "", **more: Any) -> FeedPage:
        params = {"after": after, "generation": generation, **more}
        answer = self.client.get("/v1/terminal/feed", params=params)
        return FeedPage.model_validate_json(answer.raise_for_status().content)

    def push(self, *events: StoreEvent | dict[str, Any]) -> PushAnswer:
        return PushAnswer.model_validate_json(self.try_to_push(*events).raise_for_status().content)

    def try_to_push(self, *events: StoreEvent | dict[str, Any]) -> httpx.Response:
        raw = [as_wire(event) if isinstance(event, StoreEvent) else event for event in events]
        return self.client.post("/v1/terminal/events", json={"events": raw})

    def hand_over(self, number: int, attempt: str = "a-1", **body: Any) -> PushAnswer:
        return self.push(self.teller.hand_over(number, attempt, **body))


def _now() -> datetime:
    return datetime.now(UTC)


class Teller:
    """Makes one incarnation's events, numbered and chained as a terminal does."""

    def __init__(self, incarnation: str = "inc-1", name: str = "Li", now: Callable[[], datetime] = _now) -> None:
        self.incarnation = incarnation
        self.name = name
        self._now = now
        self._seq = 0
        self._prev = GENESIS

    def tell(self, kind: EventKind, number: int | None, **body: Any) -> StoreEvent:
        self._seq += 1
        event = chain(
            self._prev,
            id=f"{self.incarnation}-event-{self._seq}",
            incarnation=self.incarnation,
            seq=self._seq,
            kind=kind,
            order_number=number,
            at=self._now(),
            by=self.name,
            body=body,
        )
        self._prev = event.hash
        return event

    def hand_over(self, number: int, attempt: str = "a-1", **body: Any) -> StoreEvent:
        told = {"attempt_id": attempt, "terminal": "Counter 1", "verdict": "ready", "unguarded": False, **body}
        return self.tell(EventKind.HANDED_OVER, number, **told)


def as_wire(event: StoreEvent) -> dict[str, Any]:
    """Return an event as JSON carries it."""
    raw: dict[str, Any] = json.loads(WireEvent.of(event).model_dump_json())
    return raw
