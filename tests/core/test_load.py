"""How work falls into quarters of an hour, and where it may go instead."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.load import QUARTER, Bar, Job, bars, floor, job, moved, spread

NOON = datetime(2026, 8, 1, 4, 0, tzinfo=UTC)
MINUTES = st.integers(0, 300).map(lambda minutes: NOON + timedelta(minutes=minutes))
JOBS = st.lists(
    st.builds(Job, st.integers(0, 10**15), MINUTES, st.none() | MINUTES, st.booleans()),
    max_size=40,
    unique_by=lambda each: each.order_number,
)


def test_a_job_lies_where_it_must_be_begun() -> None:
    opens = NOON + timedelta(hours=2)
    plain, cake = job(1, opens), job(2, opens, lead=timedelta(minutes=90), pack=timedelta(minutes=30))
    late = job(3, NOON - timedelta(hours=1))
    assert (plain.latest, plain.earliest) == (opens - QUARTER, None)
    assert (cake.latest, cake.earliest) == (opens - timedelta(minutes=90), opens - timedelta(minutes=105))
    packed = Job(4, NOON + QUARTER, done=True)
    found = bars([plain, cake, late, packed], NOON + timedelta(minutes=3), NOON, 8)
    assert found[0] == Bar(NOON, to_do=(3,))
    assert found[1] == Bar(NOON + QUARTER, done=(4,))
    assert [bar.orders for bar in found] == [1, 1, 1, 0, 0, 0, 0, 1]
    assert [Bar(NOON, (1, 2, 3)).too_many(capacity) for capacity in (None, 2, 5)] == [0, 1, 0]


def test_what_is_too_much_is_begun_in_the_last_quarter_with_room() -> None:
    last = NOON + 3 * QUARTER
    jobs = [Job(1, last), Job(2, last), Job(3, last, earliest=last), Job(4, NOON + 2 * QUARTER)]
    plan = spread(jobs, 1, NOON)
    # The one that may not move stays, and each quarter before it takes one.
    assert plan[3] == last
    assert sorted(plan.values()) == [NOON + number * QUARTER for number in range(4)]
    bar = bars(jobs, NOON, NOON, 4)[3]
    assert sum(moved(bar, plan).values()) == 2
    assert all(at < bar.at for at in moved(bar, plan))


@given(JOBS, st.integers(1, 4), st.integers(0, 300))
def test_work_is_spread_within_its_bounds(jobs: list[Job], capacity: int, minutes: int) -> None:
    now = NOON + timedelta(minutes=minutes)
    this, plan = floor(now), spread(jobs, capacity, now)
    to_do = {each.order_number: each for each in jobs if not each.done}
    assert plan.keys() == to_do.keys()
    begun = Counter(plan.values())
    for number, at in plan.items():
        latest = max(floor(to_do[number].latest), this)
        earliest = min(latest, max(this, floor(to_do[number].earliest or this)))
        assert earliest <= at <= latest
        # More than the store can do only where nothing could have gone elsewhere.
        if begun[at] > capacity:
            bounds = [max(this, floor(to_do[each].earliest or this)) for each, when in plan.items() if when == at]
            assert sum(bound >= at for bound in bounds) >= begun[at] - capacity
    whole = bars(jobs, now, min(NOON, this), 48)
    assert sum(bar.orders for bar in whole) == len(jobs)
