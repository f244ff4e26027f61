"""What a write changed: the one thing that screens listen to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The parts that a screen may have to draw again; `orders` holds numbers, empty with `all_orders` for many.

    `till`: sales, refunds, cash and the shift; `printing`: the print queue; `new_orders`: there is new work.
    """

    orders: frozenset[int] = frozenset()
    all_orders: bool = False
    outbox: bool = False
    incidents: bool = False
    catalogue: bool = False
    profile: bool = False
    stock: bool = False
    till: bool = False
    printing: bool = False
    new_orders: bool = False

    def __or__(self, other: Changes) -> Changes:
        """Return both together."""
        return Changes(
            self.orders | other.orders,
            self.all_orders or other.all_orders,
            self.outbox or other.outbox,
            self.incidents or other.incidents,
            self.catalogue or other.catalogue,
            self.profile or other.profile,
            self.stock or other.stock,
            self.till or other.till,
            self.printing or other.printing,
            self.new_orders or other.new_orders,
        )

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return self != Changes()
