"""What is being sold at the counter, kept while the clerk goes from page to page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class AddOn:
    """The hand-over that a sale is added to; `label` is the order's short number for people."""

    attempt_id: str
    label: str


class Basket(QObject):
    """Product numbers and quantities in the order of their adding, and the hand-over they belong to, if any."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.addon: AddOn | None = None
        self.quantities: dict[int, int] = {}

    def add(self, product_number: int, quantity: int = 1) -> None:
        """Put more of a product in."""
        self.quantities[product_number] = self.quantities.get(product_number, 0) + quantity
        self.changed.emit()

    def begin_addon(self, addon: AddOn, product_numbers: tuple[int, ...]) -> None:
        """Add products to what a customer takes along with a hand-over."""
        self.addon = addon
        for number in product_numbers:
            self.quantities[number] = self.quantities.get(number, 0) + 1
        self.changed.emit()

    def clear(self) -> None:
        """Begin anew."""
        self.addon = None
        self.quantities.clear()
        self.changed.emit()
