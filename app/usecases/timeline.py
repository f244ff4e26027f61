"""How much work falls into which quarter of an hour, held against what the store can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.storage.work import Work

QUARTER = timedelta(minutes=15)
_LOADS = """
SELECT opens / 15 AS quarter, count(*), count(*) FILTER (WHERE status IN ('prepared', 'awaiting_pickup'))
FROM orders WHERE status NOT IN ('completed', 'cancelled', 'awaiting_group', 'paid') AND opens >= ? AND opens < ?
GROUP BY quarter
"""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Orders whose windows open in a quarter of an hour, and how many of them are packed."""

    at: datetime
    orders: int = 0
    packed: int = 0

    @property
    def to_do(self) -> int:
        """How many are still to be packed."""
        return self.orders - self.packed


def timeline(work: Work, start: datetime, quarters: int) -> tuple[Quarter, ...]:
    """Return so many quarters of an hour from the one that `start` falls into."""
    first = int(start.timestamp()) // 900
    rows = work.conn.execute(_LOADS, (first * 15, (first + quarters) * 15))
    loads = {quarter: (count, packed) for quarter, count, packed in rows}
    return tuple(
        Quarter(datetime.fromtimestamp(each * 900, UTC), *loads.get(each, (0, 0)))
        for each in range(first, first + quarters)
    )


def capacity(work: Work) -> int | None:
    """Return how many orders the store can do in a quarter of an hour, if HQ says."""
    return work.known.store.capacity if work.known.store else None
