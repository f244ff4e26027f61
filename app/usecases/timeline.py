"""How much work falls into which quarter of an hour, held against what the store can do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.domain import load
from app.domain.load import QUARTER, Bar
from app.storage.work import Work

# What is put back or lacks something is no work until somebody decides.
_OPEN = """
SELECT number, opens, status, lines FROM orders
WHERE status NOT IN ('completed', 'cancelled') AND status IN ('assigned', 'preparing', 'prepared', 'awaiting_pickup')
    AND opens < ?
ORDER BY opens, number
"""
_DONE = ("prepared", "awaiting_pickup")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The quarters from `first` on; `plan` says in which quarter each order is begun best, where there is a capacity.

    `capacity`: orders that the store can do in a quarter of an hour, if HQ says.
    """

    bars: tuple[Bar, ...]
    capacity: int | None = None
    plan: dict[int, datetime] = field(default_factory=dict)


def timeline(work: Work, start: datetime, until: datetime) -> Timeline:
    """Return the load of the quarters of an hour in [start, until)."""
    store = work.known.store
    capacity = store.capacity if store else None
    jobs = tuple(_jobs(work, until))
    first = load.floor(start)
    count = max(0, -((first - until) // QUARTER))
    plan = {} if capacity is None else load.spread(jobs, capacity, work.now)
    return Timeline(load.bars(jobs, work.now, first, count), capacity, plan)


def _jobs(work: Work, until: datetime) -> Iterator[load.Job]:
    """Return the work on every open order that must be begun before `until`."""
    longest = max((product.lead_minutes for product in work.known.products.values()), default=0)
    horizon = until + max(QUARTER, timedelta(minutes=longest))
    for number, opens, status, lines in work.conn.execute(_OPEN, (int(horizon.timestamp()) // 60,)):
        lead, pack = _rules(work, lines)
        yield load.job(
            number,
            datetime.fromtimestamp(opens * 60, UTC),
            # Begun in time, it is only to be packed.
            lead=timedelta(minutes=lead if status == "assigned" else 0),
            pack=timedelta(minutes=pack),
            done=status in _DONE,
        )


def _rules(work: Work, lines: str) -> tuple[int, int]:
    """Return how many minutes before its window an order must be begun, and may be packed at the earliest (0: any)."""
    store, products = work.known.store, work.known.products
    found = [products[number] for number, *_ in json.loads(lines) if number in products]
    packing = [product.pack_minutes for product in found] + [store.pack_minutes if store else 0]
    lead = max((product.lead_minutes for product in found), default=0)
    return lead, min((minutes for minutes in packing if minutes), default=0)
