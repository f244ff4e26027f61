"""What a live session shows: products with their prices, as they were a second ago at the most."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.clock import Clock
from app.domain.money import percent_off
from app.domain.rules import GroupRule
from hq.desk import Desk
from hq.goods import catalogue
from hq.goods.catalogue import Product
from hq.goods.shelf import Shelf
from hq.mall import sessions
from hq.mall.sessions import Session
from hq.storefront.shared import Shared

SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Ware:
    """A product as the session sells it; `pays_fen` is what is paid when it is collected in a store."""

    number: int
    name: str
    description: str
    picture: str
    price_fen: int
    pays_fen: int
    catalogue_fen: int
    most: int
    lead_minutes: int
    sold_out: bool


@dataclass(frozen=True, slots=True)
class Showcase:
    """A session and everything that it sells."""

    session: Session
    wares: tuple[Ware, ...]

    @property
    def group(self) -> GroupRule | None:
        """The rule of a group buy."""
        rule = self.session.rules.window
        return rule if isinstance(rule, GroupRule) else None

    def ware(self, number: int) -> Ware | None:
        """Return a product of the session."""
        return next((ware for ware in self.wares if ware.number == number), None)


class Showcases:
    """Read once for everybody who asks within a second."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._shared: Shared[str, Showcase] = Shared(clock, SECONDS, most=200)

    async def get(self, slug: str) -> Showcase:
        """Return what a session shows, or refuse."""
        return await self._shared.get(slug, lambda: self._read(slug))

    def forget(self, slug: str) -> None:
        """Read a session anew: an operator changed it."""
        self._shared.forget(slug)

    async def _read(self, slug: str) -> Showcase:
        shelf = self._desk.office.shelf
        return await self._desk.read(lambda conn: show(conn, shelf, slug))


def show(conn: Connection, shelf: Shelf, slug: str) -> Showcase:
    """Return what a session shows, or refuse; one that is not published is not there."""
    session = sessions.by_slug(conn, slug)
    if not session.published:
        raise sessions.none_such()
    products = catalogue.find(conn, [offer.product_number for offer in session.offers])
    wares = []
    for offer in session.offers:
        product = products.get(offer.product_number)
        if product is None or not product.active:
            continue
        wares.append(
            Ware(
                number=product.number,
                name=product.name,
                description=product.description,
                picture=product.picture,
                price_fen=offer.price_fen,
                pays_fen=percent_off(offer.price_fen, session.discount_percent),
                catalogue_fen=product.price_fen,
                most=offer.most,
                lead_minutes=product.lead_minutes,
                sold_out=_is_sold_out(conn, shelf, session, product),
            )
        )
    return Showcase(session, tuple(wares))


def _is_sold_out(conn: Connection, shelf: Shelf, session: Session, product: Product) -> bool:
    if product.counted:
        return not any(session.takes_part(store_id) for store_id in shelf.available(conn, product.number))
    # What is not counted is sold out once every store says so.
    its_stores = [store_id for store_id in shelf.street(conn).stores if session.takes_part(store_id)]
    return bool(its_stores) and shelf.gone_from(conn, product.number).issuperset(its_stores)
