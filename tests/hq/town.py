"""HQ without HTTP, on a clock and dice of the test's own: the same seed gives the same trace."""

from __future__ import annotations

import functools
import random
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app.domain.events import Event
from hq import stores
from hq.counters import enrolment, feed, inbox, incidents
from hq.counters.terminals import Terminal
from hq.goods import catalogue, stock
from hq.goods.catalogue import Product
from hq.office import Office
from hq.ordering import book, orders, shortages
from hq.ordering.book import OrderRow
from hq.ordering.shortages import Shortage
from hq.ordering.views import OrderView
from hq.ordering.wishes import NewOrder
from hq.routing import Balance
from hq.schema import redemptions, sales
from hq.stores import Profile, StoreRow
from sync.wire import EventResult, FeedPage, IncidentItem, Outcome
from tests.hq.server import as_wire, settings_in

START = datetime(2026, 8, 1, 6, 0, tzinfo=UTC)


class HandClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - START).total_seconds()

    def pass_time(self, **span: float) -> None:
        self.at += timedelta(**span)


class Town:
    """One HQ with store 101, product 7 and as many terminals as are enrolled."""

    def __init__(self, data: Path, seed: int = 1, database_url: str = "") -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.clock = HandClock()
        self.office = Office.open(settings_in(data, database_url), self.clock, random.Random(seed).getrandbits)
        self._keys = count(1)
        self.store = self.open_store(101)
        self.add_product(7)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _tb: TracebackType | None) -> None:
        self.office.close()

    def open_store(self, number: int, **profile: Any) -> StoreRow:
        told = Profile(**{"name": f"{number} 号店", **profile})
        return self.office.write(lambda work: stores.put(work, number, told))

    def add_product(self, number: int, **changed: Any) -> Product:
        product = Product(**{"number": number, "sku": f"S-{number}", "name": f"蛋糕 {number}", **changed})
        return self.office.write(lambda work: catalogue.put(work, product))

    def enrol(self, store: int = 101, name: str = "Counter 1") -> Terminal:
        code, _ = self.office.write(lambda work: enrolment.issue_code(work, store))
        return self.office.write(lambda work: enrolment.enrol(work, code, name, "ab" * 32)).terminal

    @functools.cached_property
    def lead(self) -> Terminal:
        return self.enrol()

    def wish(self, **changed: Any) -> NewOrder:
        now = self.clock.now().replace(second=0)
        told = {
            "store_number": 101,
            "opens": now,
            "closes": now + timedelta(hours=6),
            "customer_name": "王小明",
            "customer_phone": "13812345678",
            "lines": ((7, 2),),
        }
        return NewOrder(**{**told, **changed})

    def place(self, **changed: Any) -> OrderView:
        return self.try_to_place(self.wish(**changed), f"key-{next(self._keys)}")[0]

    def try_to_place(self, wish: NewOrder, key: str) -> tuple[OrderView, bool]:
        return self.office.write(lambda work: orders.place(work, key, wish))

    def cancel(self, number: int) -> OrderRow:
        return self.office.write(lambda work: orders.cancel(work, number, "changed my mind"))

    def push(self, terminal: Terminal, *events: Event | dict[str, Any]) -> list[EventResult]:
        raw = [as_wire(event) if isinstance(event, Event) else event for event in events]
        return list(self.office.write(lambda work: inbox.receive(work, terminal, raw)))

    def outcomes(self, terminal: Terminal, *events: Event | dict[str, Any]) -> list[Outcome]:
        return [result.outcome for result in self.push(terminal, *events)]

    def order(self, number: int) -> OrderRow:
        return self.office.read(lambda conn: orders.get(conn, number))

    def standings(self, number: int) -> dict[str, str]:
        query = redemptions.select().where(redemptions.c.order_number == number)
        return self.office.read(lambda conn: {row.attempt_id: row.standing for row in conn.execute(query)})

    def shelf(self, store: int = 101) -> dict[int, Balance]:
        held = self.office.read(lambda conn: stock.of_store(conn, stores.get(conn, store).id))
        return {each.product_number: each.balance for each in held}

    def refunded(self, sale_id: str) -> int:
        query = sales.select().where(sales.c.id == sale_id)
        return sum(row.refunded_fen for row in self.office.read(lambda conn: conn.execute(query).all()))

    def shortage(self, number: int) -> Shortage | None:
        order = self.order(number)
        return self.office.read(lambda conn: shortages.latest(conn, order.store_id, number))

    def incidents(self, store: int = 101) -> list[IncidentItem]:
        return self.office.read(lambda conn: incidents.of_store(conn, stores.get(conn, store).id))

    def open_incidents(self) -> list[str]:
        return sorted(item.incident.value for item in self.incidents() if item.closed_at is None)

    def page(self, after: int = 0, generation: str = "", store: int = 101, limit: int = 500) -> FeedPage:
        def query(conn: Any) -> feed.Page:
            return feed.page(conn, stores.get(conn, store).id, after=after, generation=generation, limit=limit)

        return self.office.read(query).message(self.clock.now())

    def all_orders(self) -> list[OrderRow]:
        return self.office.read(lambda conn: book.of_store(conn, self.store.id, before=2**62, limit=1000))
