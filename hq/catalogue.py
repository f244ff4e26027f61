"""Products: what may be ordered, told to every store, and what only HQ keeps of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, String, bindparam, cast, insert, or_, select, update

from hq import feed
from hq.schema import products
from hq.work import Work
from sync.wire import ProductItem

_ALL = select(products).order_by(products.c.number)
_SOME = select(products).where(products.c.number.in_(bindparam("numbers", expanding=True)))


@dataclass(frozen=True, slots=True)
class Details:
    """What HQ keeps of a product beyond what stores are told."""

    barcode: str = ""
    counted: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as HQ keeps it."""

    item: ProductItem
    details: Details


def search(conn: Connection, text: str, *, limit: int = 500) -> list[ProductRow]:
    """Return the products whose name, SKU, barcode or number matches; an empty text matches all."""
    query = select(products).order_by(products.c.number).limit(limit)
    if text := text.strip():
        like = [column.icontains(text, autoescape=True) for column in (products.c.name, products.c.sku)]
        query = query.where(or_(*like, products.c.barcode == text, cast(products.c.number, String) == text))
    found = conn.execute(query).mappings()
    return [
        ProductRow(ProductItem.model_validate(row), Details(row["barcode"], row["counted"], row["description"]))
        for row in found
    ]


def all_products(conn: Connection) -> list[ProductItem]:
    """Return the whole catalogue."""
    return [ProductItem.model_validate(row) for row in conn.execute(_ALL).mappings()]


def find(conn: Connection, numbers: Iterable[int]) -> dict[int, ProductItem]:
    """Return the products that exist among these numbers."""
    rows = conn.execute(_SOME, {"numbers": sorted(set(numbers))}).mappings()
    return {row["number"]: ProductItem.model_validate(row) for row in rows}


def put(work: Work, product: ProductItem) -> ProductItem:
    """Add a product or change it, and tell every store."""
    values = product.model_dump(exclude={"kind"})
    if find(work.conn, [product.number]):
        work.conn.execute(update(products).where(products.c.number == product.number).values(**values))
    else:
        work.conn.execute(insert(products), values)
    feed.publish_everywhere(work, product)
    return product


def describe(work: Work, number: int, details: Details) -> None:
    """Set what HQ keeps of a product beyond what stores are told."""
    work.conn.execute(update(products).where(products.c.number == number).values(**asdict(details)))
