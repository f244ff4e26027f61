"""The rows of a session's products in its form: added, moved, taken away, each with its live price and limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from hq.console import entries
from hq.console.visit import Visit
from hq.console.widgets import button, choice, text, typed
from hq.goods.catalogue import Product
from hq.mall.sessions import Offer
from hq.problems import invalid


@dataclass(frozen=True, slots=True)
class _Row:
    box: ui.element
    product: ui.select
    price: ui.input
    most: ui.input


class OfferRows:
    """Stands in a dialog; `read` returns the offers in their order, or refuses with a sentence."""

    def __init__(self, see: Visit, products: Sequence[Product], given: Sequence[Offer]) -> None:
        self._see = see
        self._prices = {product.number: product.price_fen for product in products}
        self._names = {product.number: f"{product.number} {product.name}" for product in products if product.active}
        self._names |= {offer.product_number: self._named(products, offer.product_number) for offer in given}
        self._rows: list[_Row] = []
        self._box = ui.element("div").classes("whole offers")
        for offer in given:
            self._add(offer.product_number, entries.yuan(offer.price_fen), str(offer.most))
        if not given:
            self._add(None, "", "99")
        with ui.element("div").classes("whole"):
            button(see.say("再加一个商品", "Add a product"), lambda: self._add(None, "", "99"), icon="add")

    def read(self) -> tuple[Offer, ...]:
        """Return the offers; a row without a product says nothing."""
        return tuple(self._offer(row) for row in self._rows if row.product.value is not None)

    def _offer(self, row: _Row) -> Offer:
        price = typed(row.price)
        if not price:
            raise invalid("live_price", "Each product of a live session needs a live price.")
        return Offer(int(row.product.value), entries.fen(price), entries.whole(typed(row.most), "quantity", 1, 999))

    def _add(self, number: int | None, price: str, most: str) -> None:
        see = self._see
        with self._box, ui.element("div").classes("offer-row") as box:
            product = choice(see.say("商品", "Product"), self._names, number)
            product.props("use-input hide-selected fill-input input-debounce=0").classes("grow")
            live = text(see.say("直播价（元）", "Live price"), price)
            limit = text(see.say("每人限购", "Limit"), most)
            row = _Row(box, product, live, limit)
            self._rows.append(row)
            for icon, label, act in (
                ("arrow_upward", see.say("上移", "Move up"), lambda: self._up(row)),
                ("close", see.say("移除", "Remove"), lambda: self._remove(row)),
            ):
                ui.button(icon=icon, on_click=act, color=None).props("flat round dense").props["aria-label"] = label
        product.on_value_change(lambda: self._suggest(row))

    def _suggest(self, row: _Row) -> None:
        if row.product.value is not None and not typed(row.price):
            row.price.value = entries.yuan(self._prices[int(row.product.value)])

    def _up(self, row: _Row) -> None:
        at = self._rows.index(row)
        if at:
            self._rows.insert(at - 1, self._rows.pop(at))
            row.box.move(target_index=at - 1)

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        row.box.delete()

    @staticmethod
    def _named(products: Sequence[Product], number: int) -> str:
        return next((f"{each.number} {each.name}" for each in products if each.number == number), str(number))
