"""Counts now and then what sold together: in orders, and at the counter to what somebody had ordered."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import permutations

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from app.domain.order import Status
from hq.counters import feed
from hq.goods import pairing
from hq.office import Office
from hq.schema import order_lines, orders, sales, sold_together, stores
from hq.work import Work
from sync.wire import PairItem

MOST = 5
# Once is chance.
_FEWEST = 2
_LOOKS_BACK = timedelta(days=60)
_STORES = select(stores.c.id).order_by(stores.c.id)
_ONE, _OTHER = order_lines.alias("one"), order_lines.alias("other")
_ORDERED = (
    select(_ONE.c.product_number, _OTHER.c.product_number, func.count())
    .select_from(
        orders.join(_ONE, (_ONE.c.store_id == orders.c.store_id) & (_ONE.c.order_number == orders.c.number)).join(
            _OTHER,
            (_OTHER.c.store_id == _ONE.c.store_id)
            & (_OTHER.c.order_number == _ONE.c.order_number)
            & (_OTHER.c.product_number != _ONE.c.product_number),
        )
    )
    .where(
        orders.c.store_id == bindparam("store_id"),
        orders.c.opens >= bindparam("from_minute"),
        orders.c.status != Status.CANCELLED.value,
    )
    .group_by(_ONE.c.product_number, _OTHER.c.product_number)
)
_SALES = select(sales.c.id, sales.c.lines).where(
    sales.c.store_id == bindparam("store_id"), sales.c.at >= bindparam("since")
)
_ADDED_TO = (
    select(sales.c.id, order_lines.c.product_number)
    .select_from(
        sales.join(
            order_lines,
            (order_lines.c.store_id == sales.c.store_id) & (order_lines.c.order_number == sales.c.order_number),
        )
    )
    .where(sales.c.store_id == bindparam("store_id"), sales.c.at >= bindparam("since"))
)

Times = Counter[tuple[int, int]]


def recount(office: Office) -> int:
    """Count anew what sold together and tell every store what changed; return how many products have something."""
    since = office.now() - _LOOKS_BACK
    times: Times = Counter()
    store_ids = office.read(lambda conn: list(conn.execute(_STORES).scalars()))
    for store_id in store_ids:
        times += _of_store(office, store_id, since)
    best = _best(times)
    told = office.write(lambda work: _keep(work, best))
    for store_id in store_ids:
        _tell(office, store_id, told)
    return len(best)


def _of_store(office: Office, store_id: str, since: datetime) -> Times:
    asked = {"store_id": store_id, "from_minute": int(since.timestamp()) // 60}

    def query(conn: Connection) -> Times:
        found: Times = Counter()
        for one, other, many in conn.execute(_ORDERED, asked):
            found[one, other] += many
        return found + _at_the_counter(conn, store_id, since)

    return office.read(query)


def _at_the_counter(conn: Connection, store_id: str, since: datetime) -> Times:
    """Return what was sold together, and what was added to what somebody had ordered."""
    asked = {"store_id": store_id, "since": since}
    ordered: dict[str, set[int]] = defaultdict(set)
    for sale_id, number in conn.execute(_ADDED_TO, asked):
        ordered[sale_id].add(number)
    found: Times = Counter()
    for sale_id, lines in conn.execute(_SALES, asked):
        sold = {number for number, *_ in json.loads(lines)}
        found.update(permutations(sorted(sold), 2))
        for number in ordered[sale_id] - sold:
            found.update((number, other) for other in sold)
    return found


def _best(times: Times) -> dict[int, list[tuple[int, int]]]:
    """Return the most frequent others of each product, with how often."""
    best: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, other), many in sorted(times.items(), key=lambda each: (-each[1], each[0])):
        if many >= _FEWEST and len(best[one]) < MOST:
            best[one].append((other, many))
    return {one: others for one, others in best.items() if others}


def _keep(work: Work, best: Mapping[int, Sequence[tuple[int, int]]]) -> list[PairItem]:
    """Write what was counted and return what every store is to be told, also of what goes with nothing any more."""
    before = set(work.conn.execute(select(sold_together.c.product_number)).scalars())
    work.conn.execute(delete(sold_together))
    rows = [
        {"product_number": one, "other_number": other, "times": many}
        for one, others in best.items()
        for other, many in others
    ]
    if rows:
        work.conn.execute(insert(sold_together), rows)
    return pairing.items(work.conn, also=before)


def _tell(office: Office, store_id: str, told: Sequence[PairItem]) -> None:
    def usecase(work: Work) -> None:
        feed.publish_changed(work, store_id, told)

    office.write(usecase)
