"""An operator offers an order to another store: a shortage without missing goods, carried out as any other."""

from __future__ import annotations

from app.domain.order import Status, may_move
from hq import stores
from hq.goods import catalogue
from hq.ordering import book, chronicle, dispatch, orders
from hq.ordering.shortages import Cause, Shortage
from hq.ordering.story import Fact, FactKind
from hq.problems import conflict, invalid
from hq.routing import Need
from hq.work import Work

_LONGEST_REASON = 200


def offer_elsewhere(work: Work, number: int, *, by: str, reason: str) -> Shortage:
    """Take an order from its store and offer it to those that can serve it; refuse when there are none.

    The customer is asked as well; who answers first, the customer or the operator, decides.
    """
    reason = " ".join(reason.split())
    if not 1 <= len(reason) <= _LONGEST_REASON:
        raise invalid("reason", f"A reason has 1 to {_LONGEST_REASON} characters.")
    order = orders.locked(work, number)
    if order.cancel_requested or not may_move(Status(order.status), Status.SHORTAGE):
        raise conflict("reroute", f"Order {order.label} cannot be given to another store any more.")
    lines = book.lines(work.conn, order)
    needs = [Need(line.product_number, line.quantity) for line in lines]
    products = catalogue.find(work.conn, [need.product_number for need in needs])
    here = stores.by_id(work.conn, order.store_id)
    if not work.shelf.other_stores(work.conn, here, needs, products):
        raise conflict("no_other_store", f"No other store has everything of order {order.label}.")
    told = chronicle.add(work, order, Fact(0, FactKind.FELL_SHORT, work.now), by=by)
    return dispatch.fell_short(work, told.order, Cause.ROUTING, (), reason)
