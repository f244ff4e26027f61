"""A newcomer's first day, from an empty folder to a closed window: each step waits for what comes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from app.domain.order import Status
from demo import shop
from demo.headquarters import Headquarters, Operator, Placed
from tests.e2e.watched import WatchedTill
from tests.patience import insist, until

TILL, CLERK = "Till 1", "Wang Fang"
TAIL = "7788"
NO_ORDER = "No order is here yet. They arrive by themselves while the line to HQ stands."
SHIFT_IS_OPEN = "The shift is still open: it stays open until somebody closes it."
NOTHING = "Nothing to prepare. New orders appear here by themselves."


class Newcomer:
    """Somebody who reads what the window says, and does that."""

    def __init__(self, till: WatchedTill, headquarters: Headquarters, operator: Operator, settings: Path) -> None:
        self.till, self.headquarters, self.operator, self._settings = till, headquarters, operator, settings
        self.store = str(shop.STORES[shop.STORE]["name"])
        self.orders: dict[str, Placed] = {}

    # ── the first run ──────────────────────────────────────────────────────────────────────────────────────

    def choose_language(self) -> None:
        """Find the way out of a language that she cannot read."""
        self.till.wait_for("总部地址")
        self.till.choose("English", lambda: self.till.reads("Connect this terminal to HQ"))
        until("the language in the settings", lambda: self._set("language") == "en")

    def enrol(self) -> None:
        """Scan HQ's invitation with the keyboard scanner, name the terminal, click on the button."""
        till, code = self.till, self.operator.post(f"/v1/stores/{shop.STORE}/enrolment-codes")["code"]
        invitation = f"{self.headquarters.url}#{code}"
        insist("the invitation in the fields", lambda: till.scan(invitation), lambda: till.reads(code))
        till.fill("This terminal's name", TILL)
        till.choose("Connect", lambda: till.facts("SELECT 1 FROM meta WHERE key = 'identity'"))

    def settle_in(self) -> None:
        """Read what is ready and what is not, say who she is, go to the counter."""
        self.till.wait_for(f"This terminal belongs to {self.store} now", NO_ORDER)
        self.till.fill("Name", CLERK)
        self.till.choose("To the counter (Enter)", lambda: self.till.reads("Ready to scan", CLERK))
        until("her name in the settings", lambda: (self._set("clerk"), self._set("welcomed")) == (CLERK, True))

    # ── the first orders ───────────────────────────────────────────────────────────────────────────────────

    def look_at_the_board(self) -> None:
        """See the orders come in, and pack the first one by two clicks on its card."""
        goods = {"by mouse": shop.PORK, "by keys": shop.TOAST, "by phone": shop.MOCHI}
        self.till.choose("Board", lambda: self.till.reads(NOTHING))
        self.orders = {name: self._place(name, product) for name, product in goods.items()}
        first, number = self.orders["by mouse"].label, self.orders["by mouse"].number
        self.till.wait_for(*(order.label for order in self.orders.values()))
        for moment in ("preparing_at", "prepared_at"):
            query = f"SELECT 1 FROM orders WHERE number = {number} AND {moment} IS NOT NULL"
            self.till.choose(first, partial(self.till.facts, query), "item")
        until("HQ's word of it", lambda: self.operator.status(number) == Status.AWAITING_PICKUP)
        self.till.choose("Counter", lambda: self.till.reads("Ready to scan", first))

    def hand_over_by_mouse(self) -> None:
        """Scan the customer's code, and click on the big button twice."""
        order = self.orders["by mouse"]
        self._scan(order, "Ready", "Hand over")
        self.till.choose("Hand over", lambda: self._stands(order))
        self.till.choose("The customer has it", lambda: self._is_given(order))
        self._wait_for_hq(order)

    def hand_over_by_keys(self) -> None:
        """Scan the next code over what the card still shows, and press Enter twice."""
        order = self.orders["by keys"]
        self._scan(order, "Not packed yet", "Packed now: hand over")
        self._give_by_enter(order)

    def find_by_phone(self) -> None:
        """Type the last digits of a phone: they go to the search field by themselves."""
        order = self.orders["by phone"]

        def search() -> None:
            self.till.write(TAIL)
            self.till.press("Return")

        insist("the order on the card", search, lambda: self.till.reads("One order fits this."))
        candidate = until("the order to tap", lambda: self._button_about(f"138******{TAIL[2:]}"))
        self.till.choose(candidate, lambda: self.till.reads("Not packed yet", order.label))
        self._give_by_enter(order)

    # ── the first sale ─────────────────────────────────────────────────────────────────────────────────────

    def open_the_till(self) -> None:
        """Count the change into the drawer on the keys of the screen."""
        self.till.choose("Sale", lambda: self.till.reads("The till is closed"))
        for typed in ("2", "20", "200"):
            self.till.choose(typed[-1], partial(self.till.in_reach, typed, "field"))
        self.till.choose("Open the till", lambda: self.till.facts("SELECT 1 FROM shifts"))
        assert self.till.facts("SELECT float_fen, opened_by FROM shifts") == [(20_000, CLERK)]

    def sell(self) -> None:
        """Click on a product, take a note, give the change."""
        self.till.choose("黄油可颂 ¥9.00", lambda: self.till.in_reach("Pay"), "item")
        self.till.choose("Pay", lambda: self.till.reads("To pay"))
        self.till.choose("¥10.00", lambda: self.till.reads("Change", "¥1.00"))
        self.till.choose("Paid", lambda: self.till.facts("SELECT 1 FROM sales"))
        assert self.till.facts("SELECT total_fen, cash_given_fen, by FROM sales") == [(900, 1_000, CLERK)]
        self.till.wait_for("Sold", "Receipt 000001 · ¥9.00")
        self.till.choose("Next sale", lambda: self.till.reads("Tap a product or scan its barcode."))
        self.till.choose("Counter", lambda: self.till.reads("Ready to scan"))

    # ── the end ────────────────────────────────────────────────────────────────────────────────────────────

    def leave(self) -> int:
        """Close the window; it asks, for the till is open."""
        until("everything sent", lambda: self.till.facts("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox)"))
        self.till.ask_to_close()
        self.till.wait_for("Close the program?", SHIFT_IS_OPEN)
        return self.till.choose("Close", lambda: self.till.program.code is not None) and self.till.program.wait()

    # ── what she does again and again ──────────────────────────────────────────────────────────────────────

    def _place(self, key: str, product: int) -> Placed:
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        window = {"opens": (now - timedelta(hours=1)).isoformat(), "closes": (now + timedelta(hours=3)).isoformat()}
        return self.operator.place(key, shop.order("张三", f"1380000{TAIL}", {product: 2}) | window)

    def _scan(self, order: Placed, *words: str) -> None:
        insist(f"“{words[0]}” on the card", lambda: self.till.scan(order.code), lambda: self.till.reads(*words))

    def _button_about(self, words: str) -> str:
        names = (thing.name for thing in self.till.seen() if thing.kind == "button")
        return next((name for name in names if words in name), "")

    def _give_by_enter(self, order: Placed) -> None:
        insist("the claim", lambda: self.till.press("Return"), lambda: self._stands(order))
        insist("the hand-over", lambda: self.till.press("Return"), lambda: self._is_given(order))
        self._wait_for_hq(order)

    def _stands(self, order: Placed) -> object:
        return self.till.facts(f"SELECT 1 FROM claims WHERE order_number = {order.number}")

    def _is_given(self, order: Placed) -> object:
        return self.till.facts(f"SELECT 1 FROM redemptions WHERE order_number = {order.number} AND local = 1")

    def _wait_for_hq(self, order: Placed) -> None:
        until("HQ's word of it", lambda: self.operator.status(order.number) == Status.COMPLETED)

    def _set(self, name: str) -> Any:
        return json.loads(self._settings.read_text("utf-8")).get(name) if self._settings.exists() else None
