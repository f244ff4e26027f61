"""The first half of the story: enrolment, orders on the board, a parcel packed, scanned and handed over."""

from __future__ import annotations

import statistics
import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.usecases.health import health
from demo import shop
from demo.counter import Counter, Customer
from demo.hands import said
from demo.headquarters import Operator, Placed
from demo.stage import Stage
from demo.telling import NotAsTold, Step

TO_PREPARE, PREPARING, WAITING = 0, 1, 3


class Day:
    """A normal day, HQ in reach."""

    def __init__(self, stage: Stage, counter: Counter) -> None:
        self.stage, self.counter, self.hands = stage, counter, stage.hands
        self.parcel: Customer
        self._code = ""

    def steps(self) -> list[Step]:
        """Return the steps in their order."""
        return [
            Step("window-asks-for-a-code", "HQ runs; a terminal without a store asks for HQ's code", self.begin),
            Step("enrolled", "The one-time code makes it a terminal of the store", self.enrol),
            Step("clerk", "The clerk says who she is", self.say_who),
            Step("orders-on-the-board", "Customers order at HQ; the orders stand on the board", self.take_orders),
            Step("packed", "The clerk packs one: two taps on its card", self.pack),
            Step("scanned", "The customer holds the code to the camera", self.scan),
            Step("given", "Enter: the hand-over is granted, the goods go over the counter", self.grant),
            Step("handed-over", "The clerk confirms; HQ says completed", self.confirm),
        ]

    def begin(self) -> str:
        """Load the chain into HQ and get a code; the window shows the enrolment."""

        def load(operator: Operator) -> str:
            shop.load(operator)
            return str(operator.post(f"/v1/stores/{shop.STORE}/enrolment-codes")["code"])

        self._code = self.stage.ask(load)
        window = self.stage.terminal.window
        self.hands.until("the enrolment page", lambda: window.current == "enrol")
        return (
            f"HQ on {self.stage.hq.url} with {len(shop.STORES)} stores, {len(shop.PRODUCTS)} products and "
            f"{len(shop.STAFF)} people; the window says: {self.hands.screen()}"
        )

    def enrol(self) -> str:
        """Type address, code and name into the page and wait for the snapshot."""
        window = self.stage.terminal.window
        page = window.page("enrol")
        fields = [field for field in page.findChildren(QLineEdit) if field.isVisible()]
        for field, text in zip(fields, (self.stage.relay.url, self._code, shop.TERMINAL), strict=True):
            self.hands.write(field, text)
        self.hands.press(Qt.Key.Key_Return)
        self.hands.until("what a newcomer needs to know", lambda: window.current == "ready")
        self.hands.press(Qt.Key.Key_Return)
        self.hands.until("the counter", lambda: window.current == "counter")
        name = str(shop.STORES[shop.STORE]["name"])
        self.hands.until(f"the store's name {name} on top", lambda: self.hands.shows(name, part=window.top))
        self.hands.until("“online” on top", lambda: self.hands.shows(said("link", "Online"), part=window.top))
        found = self.stage.look(health)
        if not found.leads:
            raise NotAsTold("the store's first terminal leads it", "it does not")
        return f"{self.hands.screen(window.top)}; feed at {found.cursor} of {found.head}; it leads the store"

    def say_who(self) -> str:
        """Type the clerk's name into the settings."""
        window = self.stage.terminal.window
        self.hands.click(window.top.clerk.text(), window.top)
        self.hands.until("the settings", lambda: window.current == "settings")
        field = next(each for each in window.page("settings").findChildren(QLineEdit) if each.isVisible())
        self.hands.write(field, shop.CLERK)
        self.hands.press(Qt.Key.Key_Return)
        self.hands.until(f"{shop.CLERK} on top", lambda: self.hands.shows(shop.CLERK, part=window.top))
        return f"on top: {self.hands.screen(window.top)}"

    def take_orders(self) -> str:
        """Place orders through HQ's API and measure how long each takes to stand on the board."""
        self.stage.terminal.window.go("board")
        delays = [self._place(number, order) for number, order in enumerate(shop.usual_orders())]
        wanted = shop.order("林晓", "13800138000", {shop.PORK: 2, shop.CROISSANT: 1, shop.JUICE: 1})
        self.parcel = self.stage.ask(lambda operator: self.counter.customer(operator, "parcel", wanted))
        self.counter.in_column(self.parcel.order.label, TO_PREPARE)
        return (
            f"{len(delays) + 1} orders on the board; from HQ's answer to the card on screen: "
            f"{statistics.median(delays):.2f} s in the median, {max(delays):.2f} s at most"
        )

    def _place(self, number: int, order: dict[str, object]) -> float:
        def place(operator: Operator) -> tuple[Placed, float]:
            return operator.place(f"usual-{number}", order), time.monotonic()

        placed, answered = self.stage.ask(place)
        self.counter.in_column(placed.label, TO_PREPARE)
        return time.monotonic() - answered

    def pack(self) -> str:
        """Tap the card until the parcel is ready, and have HQ hear of it."""
        label = self.parcel.order.label
        for column in (PREPARING, WAITING):
            self.counter.tap(label)
            self.counter.in_column(label, column)
        status = self.stage.ask(lambda operator: until_status(operator, self.parcel.order.number, "awaiting_pickup"))
        return f"{label} waits at the counter; HQ says {status}"

    def scan(self) -> str:
        """Show the customer's phone to the camera."""
        return self.counter.scan(self.parcel.phone, said("sayings", "Ready"), self.parcel.order.label)

    def grant(self) -> str:
        """Press Enter: the first durable commit."""
        self.counter.put_away()
        self.hands.press(Qt.Key.Key_Return)
        card = self.counter.card
        self.counter.wait_for(said("card", "Give it now"))
        return self.hands.screen(card)

    def confirm(self) -> str:
        """Click the big button: the second durable commit, which HQ hears of."""
        self.hands.click(said("card", "The customer has it"), self.counter.card)
        card = self.counter.card
        self.counter.wait_for(said("card", "Handed over"))
        seen = self.hands.screen(card)
        status = self.stage.ask(lambda operator: until_status(operator, self.parcel.order.number, "completed"))
        return f"{seen}; HQ says {status}"


class Patience:
    """Bounds how long HQ is asked again and again, on the errand's own thread."""

    def __init__(self, seconds: float = 15.0) -> None:
        self._deadline = time.monotonic() + seconds

    def wait(self, too_late: NotAsTold) -> None:
        """Let a moment pass, or raise when there have been enough."""
        if time.monotonic() > self._deadline:
            raise too_late
        time.sleep(0.05)


def until_status(operator: Operator, number: int, wanted: str) -> str:
    """Ask HQ until an order is what it must become; raise `NotAsTold` when it does not."""
    patience = Patience()
    while (status := operator.status(number)) != wanted:
        patience.wait(NotAsTold(f"HQ says {wanted}", f"HQ says {status}"))
    return status
