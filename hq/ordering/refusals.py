"""Says in a sentence what a store cannot serve, with what there is instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from http import HTTPStatus

from hq.goods.catalogue import Product
from hq.problems import Rejection
from hq.routing import Decision, Need, Reason, Why, WindowOption
from hq.stores import StoreRow
from hq.work import Work

SOLD_OUT = "sold_out"


def short(
    work: Work,
    store: StoreRow,
    needs: Sequence[Need],
    decision: Decision,
    products: Mapping[int, Product],
    windows: Sequence[WindowOption] = (),
    among: Collection[str] | None = None,
) -> Rejection:
    """Return the refusal of an order that its store cannot serve; `alternatives` (in stores `among`) stand in it."""
    offered = work.shelf.alternatives(work.conn, store, needs, decision.missing, products, windows, among)
    said = [_sentence(reason, store, products) for reason in decision.reasons]
    sentence = " ".join(each for each in said if each)
    return Rejection(HTTPStatus.CONFLICT, SOLD_OUT, sentence, more={"alternatives": offered.as_json()})


def _sentence(reason: Reason, store: StoreRow, products: Mapping[int, Product]) -> str:
    product = products.get(reason.product_number or 0)
    name = product.name if product else f"Product {reason.product_number}"
    match reason.why:
        case Why.STORE_CLOSED:
            return f"{store.name} takes no orders at the moment."
        case Why.WINDOW_FULL:
            return f"{store.name} has no room left in this pickup window."
        case Why.TOO_FEW:
            return f"{store.name} has only {reason.there} of {name} left."
        case Why.SOLD_OUT | Why.UNLISTED | Why.GONE:
            return f"{name} is sold out at {store.name}."
        case _:
            return ""
