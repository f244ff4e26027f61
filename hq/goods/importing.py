"""Takes the rows of a sheet into the catalogue and a store's stock, all of them in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from hq import stores
from hq.goods import catalogue, stock
from hq.goods.sheets import ProductRow, StockRow
from hq.work import Work


def take_products(work: Work, rows: Sequence[ProductRow], store_number: int | None, *, by: str) -> None:
    """Add and change products; with a store, also what it has of them."""
    catalogue.put_all(work, [row.product for row in rows])
    if store_number is not None:
        _count(work, store_number, {row.product.number: row.stock for row in rows if row.stock is not None}, by)


def take_stock(work: Work, rows: Sequence[StockRow], store_number: int, *, by: str) -> None:
    """Set what a store has."""
    _count(work, store_number, {row.product.number: row.stock for row in rows}, by)


def _count(work: Work, store_number: int, counted: dict[int, int], by: str) -> None:
    store = stores.locked(work, store_number)
    if counted:
        stock.count(work, store.id, counted, cause=f"sheet:{work.new_id()}", by=by)
