"""How work falls into quarters of an hour, and where it may go instead when a quarter gets too much of it.

A job lies in the quarter in which it must be begun at the latest; the quarter that is under way takes over what should
have been begun before. A quarter is counted from the epoch in UTC, as in `app.domain.window`.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

QUARTER = timedelta(minutes=15)
_QUARTER_S = 900


@dataclass(frozen=True, slots=True)
class Job:
    """The work on one order: when it must be begun at the latest, not before when, and whether it is done."""

    order_number: int
    latest: datetime
    earliest: datetime | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A quarter of an hour: the orders that are to be worked on in it, by number, and those that are done."""

    at: datetime
    to_do: tuple[int, ...] = ()
    done: tuple[int, ...] = ()

    @property
    def orders(self) -> int:
        """How many there are."""
        return len(self.to_do) + len(self.done)

    def too_many(self, capacity: int | None) -> int:
        """Return how many more are to be worked on than the store can do."""
        return max(0, len(self.to_do) - capacity) if capacity is not None else 0


def job(
    order_number: int,
    opens: datetime,
    *,
    lead: timedelta = timedelta(0),
    pack: timedelta = timedelta(0),
    done: bool = False,
) -> Job:
    """Return the work on an order whose window `opens`: made to order so long before, not packed longer than `pack`."""
    hands = lead or QUARTER
    return Job(order_number, opens - hands, opens - pack - hands + QUARTER if pack else None, done)


def floor(at: datetime) -> datetime:
    """Return the beginning of the quarter of an hour that a moment lies in."""
    return _at(_quarter(at))


def bars(jobs: Iterable[Job], now: datetime, first: datetime, count: int) -> tuple[Bar, ...]:
    """Return `count` quarters from the one that `first` lies in; what is late lies in the one of `now`."""
    to_do, done = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for each in jobs:
        (done if each.done else to_do)[_place(each, now)].append(each.order_number)
    start = _quarter(first)
    return tuple(
        Bar(_at(quarter), tuple(to_do.get(quarter, ())), tuple(done.get(quarter, ())))
        for quarter in range(start, start + count)
    )


def spread(jobs: Iterable[Job], capacity: int, now: datetime) -> dict[int, datetime]:
    """Return for each order that is not done the quarter to begin it in, so that none gets more than `capacity`.

    As late as possible, never after its latest and never before its earliest quarter or now. What finds no room stays
    in the earliest quarter that it may be in: then there is too much work, however it is spread.
    """
    this = _quarter(now)
    due = defaultdict[int, list[Job]](list)
    for each in jobs:
        if not each.done:
            due[_place(each, now)].append(each)
    plan: dict[int, datetime] = {}
    waiting: list[tuple[int, int]] = []
    quarter = max(due, default=this)
    while quarter >= this and (waiting or due):
        for each in due.pop(quarter, ()):
            bound = min(quarter, max(this, _quarter(each.earliest))) if each.earliest else this
            # Those that may not move far choose first.
            heapq.heappush(waiting, (-bound, each.order_number))
        taken = 0
        while waiting and (taken < capacity or -waiting[0][0] >= quarter):
            plan[heapq.heappop(waiting)[1]] = _at(quarter)
            taken += 1
        quarter -= 1
    return plan


def moved(bar: Bar, plan: Mapping[int, datetime]) -> dict[datetime, int]:
    """Return how many of a quarter's orders are better begun in which earlier quarter, in order."""
    found = defaultdict[datetime, int](int)
    for number in bar.to_do:
        if (at := plan.get(number, bar.at)) < bar.at:
            found[at] += 1
    return dict(sorted(found.items()))


def _place(each: Job, now: datetime) -> int:
    latest = _quarter(each.latest)
    return latest if each.done else max(latest, _quarter(now))


def _quarter(at: datetime) -> int:
    return int(at.timestamp()) // _QUARTER_S


def _at(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * _QUARTER_S, UTC)
