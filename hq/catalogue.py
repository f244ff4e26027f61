"""Products: what may be ordered, told to every store."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, select, update

from hq import feed
from hq.schema import products
from hq.work import Work
from sync.wire import ProductItem

_ALL = select(products).order_by(products.c.number)
_SOME = select(products).where(products.c.number.in_(bindparam("numbers", expanding=True)))


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
