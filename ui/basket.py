"""What is being sold at the counter, kept while the clerk goes from page to page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.records import ProductRecord
from app.domain.till import MOST_PIECES, SaleLine


@dataclass(frozen=True, slots=True)
class AddOn:
    """The hand-over that a sale is added to; `label` is the order's short number for people."""

    attempt_id: str
    label: str


class Basket(QObject):
    """Product numbers and quantities in the order of their adding, and the hand-over they belong to, if any.

    `prices` are those that a manager changed, in fen, and why. `sale_id` is born with the first attempt to pay.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.addon: AddOn | None = None
        self.quantities: dict[int, int] = {}
        self.prices: dict[int, int] = {}
        self.manager = self.reason = ""
        self.sale_id = ""

    def add(self, product_number: int, quantity: int = 1) -> None:
        """Put more of a product in, or take some out; none left takes it off the list."""
        many = min(MOST_PIECES, self.quantities.get(product_number, 0) + quantity)
        if many > 0:
            self.quantities[product_number] = many
        else:
            self._drop(product_number)
        self.changed.emit()

    @Slot(int, int)
    def put(self, product_number: int, quantity: int) -> None:
        """Have so many of a product in."""
        self.add(product_number, quantity - self.quantities.get(product_number, 0))

    def begin_addon(self, addon: AddOn, product_numbers: tuple[int, ...]) -> None:
        """Add products to what a customer takes along with a hand-over."""
        self.addon = addon
        for number in product_numbers:
            self.quantities[number] = self.quantities.get(number, 0) + 1
        self.changed.emit()

    def reprice(self, product_number: int, price_fen: int, manager: str, reason: str) -> None:
        """Sell a product at a price that a manager allowed."""
        self.prices[product_number] = price_fen
        self.manager, self.reason = manager, reason
        self.changed.emit()

    def take_out(self, lines: Iterable[SaleLine]) -> None:
        """Take out what was sold; what was put in while the sale was being written stays, as the next one."""
        for line in lines:
            left = self.quantities.get(line.product_number, 0) - line.quantity
            self._drop(line.product_number)
            if left > 0:
                self.quantities[line.product_number] = left
        self.addon = None
        self.sale_id = ""
        self.changed.emit()

    def lines(self, products: Mapping[int, ProductRecord]) -> tuple[SaleLine, ...]:
        """Return what is in it, at the catalogue's or the manager's prices."""
        return tuple(
            SaleLine(number, many, self.prices.get(number, products[number].price_fen), products[number].name)
            for number, many in self.quantities.items()
            if number in products
        )

    def keep_only(self, product_numbers: Container[int]) -> bool:
        """Take out what is not in the catalogue any more; tell whether there was anything."""
        gone = [number for number in self.quantities if number not in product_numbers]
        for number in gone:
            self._drop(number)
        return bool(gone)

    def part_from_order(self) -> None:
        """Sell it on its own: not with the hand-over that it was begun with."""
        self.addon = None
        self.changed.emit()

    def clear(self) -> None:
        """Begin anew."""
        self.addon = None
        self.quantities.clear()
        self.prices.clear()
        self.manager = self.reason = self.sale_id = ""
        self.changed.emit()

    def _drop(self, product_number: int) -> None:
        self.quantities.pop(product_number, None)
        self.prices.pop(product_number, None)
        if not self.prices:
            self.manager = self.reason = ""
