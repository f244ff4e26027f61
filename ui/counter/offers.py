"""What goes well with the order in front, and the basket that the clerk puts it into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.domain.records import ProductRecord
from app.domain.verdict import Verdict
from app.usecases.suggest import suggest
from ui import words
from ui.basket import AddOn
from ui.counter.model import CardView
from ui.parts import Parts


class Offers:
    """The suggestions for one customer at a time; what is taken belongs to her hand-over."""

    def __init__(self, parts: Parts, redraw: Callable[[], None]) -> None:
        self._parts, self._redraw = parts, redraw
        self._found: tuple[ProductRecord, ...] = ()
        self._addon = AddOn("", "")

    def ask(self, verdict: Verdict, attempt_id: str) -> None:
        """Look for what goes well with an order whose hand-over has begun."""
        self._found, self._addon = (), AddOn(attempt_id, words.label(verdict.order_number or 0))
        usecase = partial(suggest, lines=verdict.lines)
        self._parts.tasks.ask_quietly(usecase, partial(self._take, attempt_id))

    def take(self, product_number: int) -> None:
        """Put an offer into the basket."""
        if self._addon.attempt_id:
            self._parts.basket.begin_addon(self._addon, (product_number,))
            self._redraw()

    def on(self, view: CardView) -> CardView:
        """Return a card with the offers on it."""
        return replace(view, offers=self._found, offered=frozenset(self._parts.basket.quantities))

    @property
    def taken(self) -> bool:
        """Whether something in the basket belongs to this hand-over."""
        addon = self._parts.basket.addon
        return addon is not None and addon.attempt_id == self._addon.attempt_id

    def forget(self) -> None:
        """Make room for the next customer; the basket keeps what is still to be paid."""
        self._found, self._addon = (), AddOn("", "")

    def drop(self) -> None:
        """Take out of the basket what was added to a hand-over that is called off."""
        if self.taken:
            self._parts.basket.clear()

    def _take(self, attempt_id: str, found: tuple[ProductRecord, ...]) -> None:
        if attempt_id == self._addon.attempt_id and found:
            self._found = found
            self._redraw()
