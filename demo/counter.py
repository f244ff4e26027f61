"""What a clerk does at the counter and at the board, and what the customers do before her camera."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QWidget

from demo.camera import STEADY
from demo.hands import said, views
from demo.headquarters import Operator, Placed
from demo.stage import Stage
from demo.telling import NotAsTold
from scanner.vision import Frame

AWAY = 2.8  # seconds out of view after which the scanner takes the same code as shown anew
COLUMNS = ("to prepare", "preparing", "ready", "waiting at the counter", "overdue")


@dataclass(frozen=True, slots=True)
class Customer:
    """An order, and the phone that shows its code once it is drawn."""

    order: Placed
    phone: Future[list[Frame]]


class Counter:
    """Acts on the counter and the board as people do, and reads the answers off the screen."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.hands = stage.hands
        self._last: Future[list[Frame]] | None = None
        self._in_view = False
        self._gone_at = 0.0
        self._seed = 1

    # ── customers ──────────────────────────────────────────────────────────────────────────────────────────

    def customer(self, operator: Operator, key: str, order: Mapping[str, Any]) -> Customer:
        """Have a customer order through HQ's API and open the order's page on a phone."""
        placed = operator.place(key, order)
        return Customer(placed, self.draw(operator.picture(placed.page)))

    def draw(self, code: Frame | bytes) -> Future[list[Frame]]:
        """Begin to draw a phone that shows this code; each is held by another hand."""
        self._seed += 1
        return self.stage.phone(code, self._seed)

    # ── the counter ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def card(self) -> QWidget:
        """The big card with the verdict."""
        self.stage.terminal.window.go("counter")
        card: QWidget = self.stage.terminal.window.page("counter").card
        return card

    def scan(self, phone: Future[list[Frame]], word: str, *also: str) -> str:
        """Hold a phone into view, which stays there; return what the card says, once it says the word and the rest."""
        frames = self.hands.meanwhile(lambda: phone.result(60))
        self.put_away()
        self.hands.until("an empty counter", self._is_free)
        if phone is self._last:
            self.hands.until("the code out of view for a while", lambda: time.monotonic() - self._gone_at > AWAY)
        self._last = phone
        self.stage.camera.show(frames, steady=STEADY)
        self._in_view = True
        self.wait_for(word, *also)
        return self.hands.screen(self.card)

    def wait_for(self, *texts: str) -> None:
        """Wait until the card says all of the texts."""
        card = self.card
        self.hands.until(
            " and ".join(f"“{text}”" for text in texts) + " on the card",
            # The word comes first, the details after it, and the buttons last.
            lambda: self.hands.shows(*texts, part=card) and self.hands.buttons(card),
            seen=lambda: self.hands.screen(card),
        )

    def put_away(self) -> None:
        """Have the customer put the phone away, if there is one in view."""
        if self._in_view:
            self.stage.camera.take_away()
            self._in_view, self._gone_at = False, time.monotonic()

    def _is_free(self) -> bool:
        """Tell whether nobody is being served, and press “next customer” where it can be pressed."""
        if self.hands.shows(said("card", "Ready to scan"), part=self.card):
            return True
        following = said("card", "Next customer")
        if any(following in text for text in self.hands.buttons(self.card)):
            self.hands.click(following, self.card)
        return False

    # ── the board ──────────────────────────────────────────────────────────────────────────────────────────

    def card_on_board(self, label: str) -> tuple[int, QAbstractItemView, QPoint] | None:
        """Find an order's card: its column (0 is the left one), the list it stands in and a point on it."""
        page = self.stage.terminal.window.page("board")
        lists = sorted(views(page), key=lambda view: view.mapToGlobal(QPoint(0, 0)).x())
        for column, view in enumerate(lists):
            model = view.model()
            for row in range(model.rowCount()):
                index = model.index(row, 0)
                if index.data() == label:
                    return column, view, view.visualRect(index).center()
        return None

    def in_column(self, label: str, column: int) -> None:
        """Wait until the order's card stands in a column."""
        self.hands.until(
            f"{label} in the column “{COLUMNS[column]}”",
            lambda: (found := self.card_on_board(label)) and found[0] == column,
            seen=lambda: self._where(label),
        )

    def tap(self, label: str) -> None:
        """Tap on the order's card."""
        found = self.card_on_board(label)
        if found is None:
            raise NotAsTold(f"a card {label} on the board", "there is none")
        self.hands.tap(found[1], found[2])

    def _where(self, label: str) -> str:
        found = self.card_on_board(label)
        return f"it stands in “{COLUMNS[found[0]]}”" if found else "it is not on the board"
