"""Tells stores what HQ knows of their stock: one row for each product, however often it changed meanwhile.

Not in the transaction that promises: in a live session thousands of orders move the same few balances, and each would
write a row that the next one overwrites (decision 0020). What the store itself said (a count, a sale) is told at once.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select, text, update

from hq.counters import feed
from hq.office import Office
from hq.schema import stock
from hq.work import Work
from sync.wire import StockItem

# A transaction holds the locks of so many stores at the most, and is soon over.
STORES = 20
_UNTOLD = text("NOT told")
_STORES = select(stock.c.store_id).where(_UNTOLD).group_by(stock.c.store_id).order_by(stock.c.store_id).limit(STORES)
_BALANCES = (
    select(stock.c.product_number, stock.c.on_hand, stock.c.reserved, stock.c.listed, stock.c.counted)
    .where(stock.c.store_id == bindparam("of_store"), _UNTOLD)
    .order_by(stock.c.product_number)
)
_TOLD = update(stock).where(stock.c.store_id == bindparam("of_store"), _UNTOLD).values(told=True)


def tell_due(office: Office) -> int:
    """Tell stores whose balances changed; return how many there were, `STORES` at the most."""
    if not office.read(lambda conn: conn.execute(_STORES).first()):
        return 0
    return office.write(_tell_some)


def tell_store(work: Work, store_id: str) -> None:
    """Tell a store, which is locked, what changed in its stock."""
    rows = work.conn.execute(_BALANCES, {"of_store": store_id}).all()
    if rows:
        items = [
            StockItem(
                product_number=row.product_number,
                on_hand=row.on_hand if row.counted else None,
                reserved=row.reserved,
                listed=row.listed,
            )
            for row in rows
        ]
        feed.publish_several(work, store_id, items)
        work.conn.execute(_TOLD, {"of_store": store_id})


def _tell_some(work: Work) -> int:
    # In the order of their ids, as everybody locks stores.
    store_ids = work.conn.execute(_STORES).scalars().all()
    for store_id in store_ids:
        feed.lock(work, store_id)
        tell_store(work, store_id)
    return len(store_ids)
