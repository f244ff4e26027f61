"""The mall in the story: a live session, a phone that buys, a store that cannot serve, and what comes instead."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from app.domain.money import format_fen
from app.usecases.reject_line import reject_lines
from demo import ledgers, shop
from demo.counter import Counter
from demo.headquarters import Operator
from demo.phone import Phone
from demo.stage import Stage
from demo.story import TO_PREPARE, Patience
from demo.telling import NotAsTold, Step

T = TypeVar("T")

CART = {shop.PORK: 2, shop.JUICE: 1}


class Mall:
    """One customer's evening."""

    def __init__(self, stage: Stage, counter: Counter) -> None:
        self.stage, self.counter, self.hands = stage, counter, stage.hands
        self._phone: Phone | None = None
        self._page = ""
        self._order: dict[str, Any] = {}
        self._instead: dict[str, Any] = {}

    def steps(self) -> list[Step]:
        """Return the steps in their order."""
        return [
            Step("live-session", "A live session sells what the stores have counted; stores by distance", self.open),
            Step("bought", "A phone checks out and pays; the task is on the board", self.buy),
            Step("short", "The store cannot serve it after all: the customer is asked", self.fall_short),
            Step("taken-elsewhere", "The customer takes it from the other store; the money goes along", self.choose),
            Step("told", "Every message that was sent", self.listen),
        ]

    def open(self) -> str:
        """Open the session and look at it from a phone in front of the store."""
        self.stage.ask(shop.open_session)
        here = shop.STORES[shop.STORE]

        def look(phone: Phone) -> list[dict[str, Any]]:
            phone.page(f"/live/{shop.LIVE}")
            return phone.stores(shop.LIVE, CART, lat=here["lat"], lon=here["lon"])

        found = self._with_phone(look)
        if [store["number"] for store in found] != [shop.STORE, shop.OTHER_STORE]:
            raise NotAsTold("both stores, the nearer one first", str([store["number"] for store in found]))
        return "; ".join(f"{store['name']} {store['distance_m']} m" for store in found)

    def buy(self) -> str:
        """Check out, pay, and wait for the card on the board."""
        self.stage.terminal.window.go("board")
        here = shop.STORES[shop.STORE]

        def act(phone: Phone) -> tuple[str, dict[str, Any], float]:
            store = phone.stores(shop.LIVE, CART, lat=here["lat"], lon=here["lon"])[0]
            page = phone.buy(shop.LIVE, store, CART, "许静", "13577778888")
            return page, phone.order(page), time.monotonic()

        self._page, self._order, paid = self._with_phone(act)
        self.counter.in_column(self._order["label"], TO_PREPARE)
        seconds = time.monotonic() - paid
        return f"{self._order['label']} paid {format_fen(self._order['total_fen'])}; on the board after {seconds:.2f} s"

    def fall_short(self) -> str:
        """Have the store reject a line; HQ offers what there is instead."""
        number = self.stage.ask(self._number)
        self.stage.look(lambda work: reject_lines(work, number, {shop.PORK: 2}, by=shop.CLERK, reason="打翻了"))
        order = self._until("a shortage with alternatives", lambda order: bool(order["shortage"]))
        stores = order["shortage"]["stores"]
        if not stores:
            raise NotAsTold("the other store among the alternatives", "none is offered")
        return f"{order['label']} is {order['status']}; instead: {', '.join(store['name'] for store in stores)}"

    def choose(self) -> str:
        """Take the other store; once this one has let go, a new order stands there."""
        self._with_phone(lambda phone: phone.answer(self._page, {"choice": "store", "store_number": shop.OTHER_STORE}))
        old = self._until("a new order in place of this one", lambda order: bool(order["replaced_by"]))
        self._instead = self._with_phone(lambda phone: phone.order(str(old["replaced_by"])))
        if self._instead["store"]["number"] != shop.OTHER_STORE or self._instead["payment"] != "paid":
            raise NotAsTold("a paid order at the other store", str(self._instead))
        return f"{self._instead['label']} at {self._instead['store']['name']}, paid; {old['label']} is {old['status']}"

    def listen(self) -> str:
        """Read the local outbox."""
        patience = Patience()

        def read() -> list[str]:
            # Paid, short, moved: the orders of other malls are told by those.
            while len(said := ledgers.told(self.stage.hq.data / "hq.sqlite3")) < len(("paid", "short", "moved")):
                patience.wait(NotAsTold("three messages", str(said)))
            return said

        return " → ".join(self.hands.meanwhile(read))

    def _number(self, operator: Operator) -> int:
        orders = operator.get(f"/v1/stores/{shop.STORE}/orders")["orders"]
        return int(next(order["number"] for order in orders if order["label"] == self._order["label"]))

    def _until(self, wanted: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        patience = Patience()

        def look(phone: Phone) -> dict[str, Any]:
            while not is_so(order := phone.order(self._page)):
                patience.wait(NotAsTold(wanted, f"{order['label']} is {order['status']}"))
            return order

        return self._with_phone(look)

    def _with_phone(self, act: Callable[[Phone], T]) -> T:
        def errand() -> T:
            self._phone = self._phone or Phone(self.stage.hq.url)
            return act(self._phone)

        return self.hands.meanwhile(errand)

    def close(self) -> None:
        """Put the phone away."""
        if self._phone:
            self._phone.close()
