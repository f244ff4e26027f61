"""What goes with a product: as operators set it, and as it sold together; every store is told both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from hq.counters import feed
from hq.goods import catalogue
from hq.schema import product_pairs, sold_together
from hq.work import Work
from sync.wire import PairItem

_PAIRS = select(product_pairs).order_by(
    product_pairs.c.product_number, product_pairs.c.weight.desc(), product_pairs.c.other_number
)
_SOLD = select(sold_together).order_by(
    sold_together.c.product_number, sold_together.c.times.desc(), sold_together.c.other_number
)


def pairs(conn: Connection) -> list[tuple[int, int, int]]:
    """Return which products go together: product, the other, weight; the best first."""
    return [(row.product_number, row.other_number, row.weight) for row in conn.execute(_PAIRS)]


def set_pairs(work: Work, product_number: int, others: Sequence[int]) -> None:
    """Say what goes well with a product, or stands in for it, the best first; and tell every store."""
    work.conn.execute(delete(product_pairs).where(product_pairs.c.product_number == product_number))
    known = catalogue.find(work.conn, others)
    chosen = [other for other in dict.fromkeys(others) if other in known and other != product_number]
    rows = [
        {"product_number": product_number, "other_number": other, "weight": len(chosen) - at}
        for at, other in enumerate(chosen)
    ]
    if rows:
        work.conn.execute(insert(product_pairs), rows)
    sold = _ranked((row.product_number, row.other_number) for row in work.conn.execute(_SOLD))
    item = PairItem(product_number=product_number, goes_with=tuple(chosen), sold_with=sold.get(product_number, ()))
    feed.publish_everywhere(work, item)


def items(conn: Connection, also: Iterable[int] = ()) -> list[PairItem]:
    """Return what stores are told of every product that goes with another, and of these whatever there is."""
    set_so = _ranked((one, other) for one, other, _ in pairs(conn))
    sold = _ranked((row.product_number, row.other_number) for row in conn.execute(_SOLD))
    return [
        PairItem(product_number=number, goes_with=set_so.get(number, ()), sold_with=sold.get(number, ()))
        for number in sorted({*set_so, *sold, *also})
    ]


def _ranked(rows: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return the others of each product, in their order."""
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in rows:
        found[one].append(other)
    return {one: tuple(others) for one, others in found.items()}
