"""Which stores can serve a whole cart: the nearest, with windows and what is left; and those that cannot, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.geo import Place, distance_m
from app.domain.offers import may_still_order, offer_windows
from app.domain.rules import Rule
from app.domain.window import WhyNot, Window, WindowOffer
from hq.goods import catalogue
from hq.goods.catalogue import Product
from hq.goods.shelf import Shelf
from hq.mall import cart
from hq.mall.cart import PricedCart
from hq.mall.sessions import Session
from hq.ordering import loads, opening
from hq.routing import Need, servings
from hq.stores import StoreRow

MOST = 5
FEWEST = 3
# Below this many the page says how many are left.
FEW = 10


@dataclass(frozen=True, slots=True)
class StoreOffer:
    """A store and what it can do for the cart; `lacking` are products that it does not have enough of.

    `left`: how many such carts it can still serve, `None` when nothing of it is counted. `instead`: the number of the
    nearest store that can, for one that cannot.
    """

    store: StoreRow
    distance_m: int | None
    windows: tuple[WindowOffer, ...]
    left: int | None
    lacking: tuple[int, ...] = ()
    instead: int | None = None

    @property
    def can(self) -> bool:
        """Whether the cart can be ordered here."""
        return not self.lacking and any(window.why is None for window in self.windows)


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that the page needs to let the customer choose."""

    cart: PricedCart
    stores: tuple[StoreOffer, ...]


def for_cart(
    conn: Connection,
    shelf: Shelf,
    session: Session,
    wished: Sequence[tuple[int, int]],
    *,
    now: datetime,
    near: Place | None = None,
    district: str = "",
    search: str = "",
) -> Offers:
    """Return the nearest 3 to 5 stores that can serve the whole cart, and those before them that cannot, with why."""
    products = products_of(conn, wished)
    priced = cart.price(session, wished, products)
    needs = [Need(line.product_number, line.quantity) for line in priced.lines]
    chosen: list[StoreOffer] = []
    able = 0
    for store, distance in _by_distance(conn, shelf, session, near, district, search):
        offer = _offer(conn, shelf, session, store, distance, needs, priced, products, now)
        chosen.append(offer)
        able += offer.can
        # A district without any store that can should not end in a page of grey: a few more are looked at.
        if able == MOST or (able >= FEWEST and len(chosen) >= 2 * MOST) or len(chosen) >= 6 * MOST:
            break
    nearest = next((offer.store.number for offer in chosen if offer.can), None)
    return Offers(priced, tuple(_shown(chosen, nearest)))


def products_of(conn: Connection, wished: Sequence[tuple[int, int]]) -> dict[int, Product]:
    """Return the products of a cart."""
    return catalogue.find(conn, [number for number, _ in wished])


def left_in(
    conn: Connection, shelf: Shelf, store_id: str, needs: Sequence[Need], products: Mapping[int, Product]
) -> tuple[int | None, tuple[int, ...]]:
    """Return how many such carts a store can serve, and the products that it has too few of."""
    available = {need.product_number: shelf.left(conn, products[need.product_number], store_id) for need in needs}
    lacking = tuple(need.product_number for need in needs if servings([need], available) == 0)
    return servings(needs, available), lacking


def _by_distance(
    conn: Connection, shelf: Shelf, session: Session, near: Place | None, district: str, search: str
) -> Iterator[tuple[StoreRow, int | None]]:
    wanted = search.casefold().strip()
    found = [
        (
            store,
            distance_m(near, Place(store.lat, store.lon))
            if near and store.lat is not None and store.lon is not None
            else None,
        )
        for store in shelf.street(conn).stores.values()
        if session.takes_part(store.id)
        and (not district or store.district == district)
        and (not wanted or wanted in f"{store.name} {store.address} {store.district}".casefold())
    ]
    found.sort(key=lambda pair: (pair[1] is None, pair[1] or 0, pair[0].number))
    yield from found


def _offer(
    conn: Connection,
    shelf: Shelf,
    session: Session,
    store: StoreRow,
    distance: int | None,
    needs: Sequence[Need],
    priced: PricedCart,
    products: Mapping[int, Product],
    now: datetime,
) -> StoreOffer:
    left, lacking = left_in(conn, shelf, store.id, needs, products)
    return StoreOffer(store, distance, windows_of(conn, session, store, priced.lead_minutes, now), left, lacking)


def windows_of(
    conn: Connection, session: Session, store: StoreRow, lead_minutes: int, now: datetime
) -> tuple[WindowOffer, ...]:
    """Return the pickup windows that a store offers in a session."""
    return windows_by(conn, session.rules.window, store, lead_minutes, now)


def windows_by(
    conn: Connection, rule: Rule, store: StoreRow, lead_minutes: int, now: datetime
) -> tuple[WindowOffer, ...]:
    """Return the pickup windows that a store offers by a rule."""
    return offer_windows(
        rule,
        now=now,
        zone=ZoneInfo(store.time_zone),
        hours=opening.hours_of(store),
        lead_minutes=lead_minutes,
        load=loads.ahead(conn, store, now),
        capacity=store.capacity,
    )


def why_not(
    conn: Connection, session: Session, store: StoreRow, window: Window, lead_minutes: int, now: datetime
) -> WhyNot | None:
    """Return why a window cannot be taken, a full one left to whoever books it under the store's lock."""
    why = may_still_order(
        session.rules.window,
        window,
        now=now,
        zone=ZoneInfo(store.time_zone),
        hours=opening.hours_of(store),
        lead_minutes=lead_minutes,
        load=loads.ahead(conn, store, now),
        capacity=store.capacity,
    )
    return None if why is WhyNot.FULL else why


def _shown(chosen: Sequence[StoreOffer], nearest: int | None) -> Iterator[StoreOffer]:
    """Leave out stores that cannot serve and lie behind all that can."""
    able = [at for at, offer in enumerate(chosen) if offer.can]
    last = able[-1] if able else MOST
    for at, offer in enumerate(chosen[: last + 1]):
        if offer.can:
            yield offer
        elif sum(one.can is False for one in chosen[:at]) < MOST:
            yield StoreOffer(offer.store, offer.distance_m, offer.windows, offer.left, offer.lacking, instead=nearest)
