"""PostgreSQL is restarted under load: clients see success or what may be tried again, and nothing else."""

from __future__ import annotations

import threading
from collections import Counter as Tally
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import httpx
import pytest

from sync.wire import FeedPage, OrderItem, Problem
from tests.hq.postgres import Cluster, cluster
from tests.hq.server import Counter, Mall, Running, running

PLACERS, POLLERS, BETWEEN = 4, 2, 15

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster(durable=True) as one:
        yield one


class Load:
    """Customers and terminals that go on through every outage, and write down what they were told."""

    def __init__(self, hq: Running, mall: Mall, counter: Counter) -> None:
        self.hq, self.mall, self.counter = hq, mall, counter
        self.placed: dict[str, int] = {}
        self.troubles: Tally[str] = Tally()
        self.polled: set[int] = set()
        self.over = threading.Event()
        self.all_placed = threading.Event()
        self._up = threading.Event()
        self._news = threading.Condition()
        self._up.set()

    def customer(self, who: int) -> None:
        """Place order after order, each under its key until it is acknowledged."""
        with httpx.Client(base_url=self.hq.url, headers=self.hq.operator.headers, timeout=30) as client:
            number = 0
            while not self.over.is_set():
                number += 1
                self._place(Mall(client, self.mall.store), f"{who}-{number}")

    def _place(self, mall: Mall, key: str) -> None:
        wish = {**self.mall.wish(), **WINDOW}
        while (answer := self._try(lambda: mall.try_to_place(wish, key))) is None:
            self._up.wait(60)
        # Asked again as if the answer had been lost.
        again = self._try(lambda: mall.try_to_place(wish, key))
        assert again is None or again["number"] == answer["number"]
        with self._news:
            self.placed[key] = answer["number"]
            self._news.notify_all()

    def terminal(self) -> None:
        """Poll the feed from its beginning to its end."""
        client = Counter(self.counter.enrolled, self.hq.url).client
        cursor, generation = 0, ""
        while True:
            last = self.all_placed.is_set()
            params: dict[str, Any] = {"after": cursor, "generation": generation, "wait": 0 if last else 1}
            told = self._try(lambda: client.get("/v1/terminal/feed", params=params))  # noqa: B023 - called at once
            if told is None:
                self._up.wait(60)
                continue
            page = FeedPage.model_validate(told)
            self.polled |= {row.item.number for row in page.rows if isinstance(row.item, OrderItem)}
            cursor, generation = page.cursor, page.generation
            if last and not page.rows:
                break
        client.close()

    def _try(self, ask: Any) -> dict[str, Any] | None:
        """Return the answer; `None` for trouble that may be tried again, which is all the trouble there may be."""
        try:
            answer: httpx.Response = ask()
        except httpx.TransportError as error:
            self.troubles[type(error).__name__] += 1
            return None
        if answer.is_success:
            body: dict[str, Any] = answer.json()
            return body
        assert answer.status_code == 503, answer.text
        assert int(answer.headers["retry-after"]) > 0
        self.troubles[Problem.model_validate_json(answer.content).code] += 1
        return None

    def go_on(self, orders: int) -> None:
        """Wait until so many more orders have been acknowledged."""
        wanted = len(self.placed) + orders
        with self._news:
            assert self._news.wait_for(lambda: len(self.placed) >= wanted, 60)

    def outage(self, server: Cluster, how: str) -> None:
        """Stop PostgreSQL, see what a customer and a terminal are told meanwhile, and start it."""
        self._up.clear()
        server.stop(how)
        for path in ("/v1/keys", f"/v1/stores/{self.mall.store}/orders"):
            assert self._try(lambda path=path: self.mall.client.get(path)) is None
        assert self._try(lambda: self.mall.try_to_place(self.mall.wish(), "in the dark")) is None
        assert self.mall.client.get("/v1/time").is_success
        server.start()
        self._up.set()


WINDOW = Mall(httpx.Client()).wish()
WINDOW = {"opens": WINDOW["opens"], "closes": WINDOW["closes"]}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_restart_of_the_database_costs_patience_and_nothing_else(
    server: Cluster, tmp_path: Path, workers: int
) -> None:
    with running(tmp_path, database_url=server.database(), workers=workers) as hq:
        mall = Mall(hq.operator)
        mall.open_store()
        mall.add_product()
        load = Load(hq, mall, mall.enrol())
        with ThreadPoolExecutor(PLACERS + POLLERS) as pool:
            customers = [pool.submit(load.customer, who) for who in range(PLACERS)]
            terminals = [pool.submit(load.terminal) for _ in range(POLLERS)]
            try:
                load.go_on(BETWEEN)
                for how in ("fast", "immediate"):
                    load.outage(server, how)
                    load.go_on(BETWEEN)
            finally:
                load.over.set()
                wait(customers)
                load.all_placed.set()
        for each in customers + terminals:
            each.result()
        orders = mall.all_orders()
        mall.close()
    assert load.troubles["storage"]
    assert {order["number"] for order in orders} == set(load.placed.values()) == load.polled
    assert len(set(load.placed.values())) == len(load.placed)
