"""Products: what may be ordered, told to every store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, String, bindparam, cast, insert, or_, select, update

from hq.counters import feed
from hq.schema import products
from hq.work import Work
from sync.wire import ProductItem

Zone = Literal["ambient", "chilled", "frozen", "warm"]

_ALL = select(products).order_by(products.c.number)
_SOME = select(products).where(products.c.number.in_(bindparam("numbers", expanding=True)))
_CHANGE = (
    update(products)
    .where(products.c.number == bindparam("of_number"))
    .values({column.name: bindparam(column.name) for column in products.c})
)


@dataclass(frozen=True, slots=True)
class Product:
    """A product; `lead_minutes` > 0: made to order that long before, `counted`: stores keep a stock of it.

    `pack_minutes` > 0: not packed longer than that before the pickup window opens.
    """

    number: int
    sku: str
    name: str
    zone: Zone = "ambient"
    lead_minutes: int = 0
    price_fen: int = 0
    active: bool = True
    description: str = ""
    picture: str = ""
    barcode: str = ""
    counted: bool = False
    pack_minutes: int = 0

    @property
    def item(self) -> ProductItem:
        """What terminals are told."""
        return ProductItem(
            number=self.number,
            sku=self.sku,
            name=self.name,
            zone=self.zone,
            lead_minutes=self.lead_minutes,
            price_fen=self.price_fen,
            active=self.active,
            barcode=self.barcode,
            pack_minutes=self.pack_minutes,
        )


def search(conn: Connection, text: str, *, limit: int = 500) -> list[Product]:
    """Return the products whose name, SKU, barcode or number matches; an empty text matches all."""
    query = select(products).order_by(products.c.number).limit(limit)
    if text := text.strip():
        like = [column.icontains(text, autoescape=True) for column in (products.c.name, products.c.sku)]
        query = query.where(or_(*like, products.c.barcode == text, cast(products.c.number, String) == text))
    return [Product(*row) for row in conn.execute(query)]


def all_products(conn: Connection) -> list[Product]:
    """Return the whole catalogue."""
    return [Product(*row) for row in conn.execute(_ALL)]


def find(conn: Connection, numbers: Iterable[int]) -> dict[int, Product]:
    """Return the products that exist among these numbers."""
    rows = conn.execute(_SOME, {"numbers": sorted(set(numbers))})
    return {row.number: Product(*row) for row in rows}


def put(work: Work, product: Product) -> Product:
    """Add a product or change it, and tell every store."""
    values = asdict(product)
    if find(work.conn, [product.number]):
        work.conn.execute(update(products).where(products.c.number == product.number).values(**values))
    else:
        work.conn.execute(insert(products), values)
    feed.publish_everywhere(work, product.item)
    return product


def put_all(work: Work, several: Sequence[Product]) -> None:
    """Add or change many products, each store told once."""
    known = {product.number for product in all_products(work.conn)}
    new = [asdict(product) for product in several if product.number not in known]
    if new:
        work.conn.execute(insert(products), new)
    old = [{**asdict(product), "of_number": product.number} for product in several if product.number in known]
    if old:
        work.conn.execute(_CHANGE, old)
    feed.publish_all_everywhere(work, [product.item for product in several])
