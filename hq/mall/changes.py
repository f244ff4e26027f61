"""What a customer may change about an order: the window, who collects it, whether at all; and that they are here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.geo import Place, distance_m
from app.domain.order import AT_STORE, OPEN, STAYS, Status
from app.domain.policies import WhyNoNewDate
from app.domain.rules import GroupRule
from app.domain.window import Window, WindowOffer
from hq import stores
from hq.goods import catalogue
from hq.mall import offers, sessions
from hq.ordering import book, holds, orders
from hq.ordering.book import OrderRow
from hq.ordering.wishes import MAX_NAME, checked_text
from hq.problems import conflict
from hq.stores import StoreRow
from hq.work import Work

# Who says "I am here" from further away than this is told the way instead.
NEAR_M = 500

_WHY = {
    WhyNoNewDate.NOT_ALLOWED: "The pickup time of this order cannot be changed.",
    WhyNoNewDate.TOO_LATE: "It is too late to change the pickup time: please call the store.",
    WhyNoNewDate.TOO_OFTEN: "The pickup time was changed as often as it can be.",
}
# Once it is being made it is paid for.
_MAY_CANCEL = frozenset({Status.AWAITING_GROUP, Status.PAID, Status.ASSIGNED, Status.SHORTAGE})


@dataclass(frozen=True, slots=True)
class Freedom:
    """What the rules allow for an order now; `why_not` says why the window stays."""

    windows: tuple[WindowOffer, ...]
    why_not: str
    may_cancel: bool
    may_arrive: bool


def freedom(conn: Connection, order: OrderRow, now: datetime) -> Freedom:
    """Return what the customer may change."""
    store = stores.by_id(conn, order.store_id)
    why_not = _why_not(conn, order, now)
    windows = () if why_not else _windows(conn, order, store, now)
    status = Status(order.status)
    here = status in AT_STORE - {Status.SHORTAGE} and order.window.opens <= now
    may_cancel = status in _MAY_CANCEL and not order.cancel_requested and order.checkout_id is not None
    return Freedom(windows, why_not, may_cancel, here)


def reschedule(work: Work, number: int, opens: int, length: int) -> OrderRow:
    """Move an order to another window that its store offers; its old code is worth nothing then."""
    order = orders.locked(work, number)
    window = Window.of_minutes(opens, length)
    if window == order.window:
        return order
    why_not = _why_not(work.conn, order, work.now)
    if why_not:
        raise conflict("reschedule", why_not)
    store = stores.by_id(work.conn, order.store_id)
    session = sessions.by_id(work.conn, order.session_id) if order.session_id else None
    lead = _lead(work.conn, order)
    if session is None or offers.why_not(work.conn, session, store, window, lead, work.now) is not None:
        raise conflict("window_not_offered", "This pickup time is not offered: choose another one.")
    room, quarter = holds.room_in(work, store, window)
    if not room:
        raise conflict("window_full", "This pickup time is full: choose another one.")
    return orders.move_to(work, replace(order, reschedules=order.reschedules + 1), window, quarter)


def cancel(work: Work, number: int) -> OrderRow:
    """Cancel at the customer's wish, while nothing has been made."""
    order = orders.locked(work, number)
    if order.status == Status.CANCELLED or order.cancel_requested:
        return order
    if order.checkout_id is None:
        # Another mall has the payment.
        raise conflict("elsewhere", "Cancel this order where you ordered it.")
    if Status(order.status) not in _MAY_CANCEL:
        raise conflict("too_late", "Your order is being prepared already: please call the store.")
    return orders.cancel(work, number, "customer")


def name_collector(work: Work, number: int, name: str, relation: str) -> OrderRow:
    """Say who collects in the customer's place; an empty name takes it back."""
    order = orders.locked(work, number)
    if Status(order.status) not in OPEN:
        raise conflict("closed", f"Order {order.label} is closed.")
    name, relation = checked_text(name, "name", MAX_NAME), checked_text(relation, "relation", MAX_NAME)
    if (name, relation) == (order.collector_name, order.collector_relation):
        return order
    return book.save(work, replace(order, collector_name=name, collector_relation=relation))


def arrive(work: Work, number: int, place: Place | None) -> OrderRow:
    """Tell the store that the customer is here; with a place that is far away, refuse with how far."""
    order = orders.locked(work, number)
    if not freedom(work.conn, order, work.now).may_arrive:
        raise conflict("not_now", "The store expects you in your pickup time.")
    store = stores.by_id(work.conn, order.store_id)
    if place and store.lat is not None and store.lon is not None:
        away = distance_m(place, Place(store.lat, store.lon))
        if away > NEAR_M:
            raise conflict("far_away", f"You are still {away / 1000:.1f} km away from {store.name}.")
    if order.arrived_at is not None and work.now - order.arrived_at < STAYS:
        return order
    return book.save(work, replace(order, arrived_at=work.now))


def _why_not(conn: Connection, order: OrderRow, now: datetime) -> str:
    if Status(order.status) not in {Status.ASSIGNED, Status.PREPARING, Status.PREPARED} or order.cancel_requested:
        return "The pickup time of this order cannot be changed now."
    rules = sessions.rules_of(conn, order.session_id)
    if isinstance(rules.window, GroupRule) or order.session_id is None:
        return _WHY[WhyNoNewDate.NOT_ALLOWED]
    why = rules.reschedule.may_reschedule(order.window, now, order.reschedules)
    return _WHY[why] if why else ""


def _windows(conn: Connection, order: OrderRow, store: StoreRow, now: datetime) -> tuple[WindowOffer, ...]:
    if order.session_id is None:
        return ()
    session = sessions.by_id(conn, order.session_id)
    return offers.windows_of(conn, session, store, _lead(conn, order), now)


def _lead(conn: Connection, order: OrderRow) -> int:
    lines = book.lines(conn, order)
    products = catalogue.find(conn, [line.product_number for line in lines])
    return max((product.lead_minutes for product in products.values()), default=0)
