"""A cart priced: the live price, less what collecting in the store saves, per piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.money import percent_off
from hq.goods.catalogue import Product
from hq.mall.sessions import Session
from hq.ordering.book import OrderLineRow
from hq.ordering.wishes import MAX_LINES
from hq.problems import invalid


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line: `price_fen` is the live price of one, `pays_fen` what is paid for it."""

    product_number: int
    quantity: int
    name: str
    price_fen: int
    pays_fen: int


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A cart with its sums in fen."""

    lines: tuple[PricedLine, ...]
    lead_minutes: int

    @property
    def total_fen(self) -> int:
        """What is paid."""
        return sum(line.pays_fen * line.quantity for line in self.lines)

    @property
    def discount_fen(self) -> int:
        """What collecting in the store saves."""
        return sum((line.price_fen - line.pays_fen) * line.quantity for line in self.lines)

    @property
    def order_lines(self) -> tuple[OrderLineRow, ...]:
        """The lines as an order keeps them."""
        return tuple(OrderLineRow(line.product_number, line.quantity, line.name, line.pays_fen) for line in self.lines)


def price(session: Session, wished: Sequence[tuple[int, int]], products: Mapping[int, Product]) -> PricedCart:
    """Return what a cart costs, or refuse what the session does not sell."""
    if not 1 <= len(wished) <= MAX_LINES:
        raise invalid("cart", f"A cart has 1 to {MAX_LINES} products.")
    if len({number for number, _ in wished}) < len(wished):
        raise invalid("cart", "A cart names each product once, with its quantity.")
    offers = {offer.product_number: offer for offer in session.offers}
    lines = []
    for number, quantity in wished:
        offer, product = offers.get(number), products.get(number)
        if offer is None or product is None or not product.active:
            raise invalid("product", f"Product {number} is not sold in this live session.")
        if not 1 <= quantity <= offer.most:
            raise invalid("quantity", f"You can take 1 to {offer.most} of {product.name}.")
        pays = percent_off(offer.price_fen, session.discount_percent)
        lines.append(PricedLine(number, quantity, product.name, offer.price_fen, pays))
    return PricedCart(tuple(lines), max(products[number].lead_minutes for number, _ in wished))
