"""Hand-overs that arrive together do what they do one by one, and one that is not plain takes none of them along."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.events import Event
from sync.wire import OrderItem
from tests.hq.server import Counter, Mall, as_wire


@pytest.fixture
def numbers(mall: Mall, counter: Counter) -> list[int]:
    """Return five orders of a store, and a terminal that has told something before."""
    mall.add_product(9, counted=False)
    placed = [mall.place()["number"] for _ in range(6)]
    counter.hand_over(placed[0], "first")
    return placed[1:]


def told(counter: Counter, numbers: list[int]) -> list[Event]:
    return [counter.teller.hand_over(number, f"a-{number}") for number in numbers]


def outcomes(counter: Counter, events: list[Event]) -> list[str]:
    return [result.outcome.value for result in counter.push(*events).results]


def gist(mall: Mall, number: int) -> dict[str, Any]:
    order = mall.order(number)
    redemption = {**order["redemption"], "attempt_id": "", "at": ""}
    names = ("status", "version", "cancel_requested", "issue")
    return {**{name: order[name] for name in names}, "redemption": redemption}


def test_together_they_do_what_they_do_one_by_one(mall: Mall, counter: Counter, numbers: list[int]) -> None:
    assert outcomes(counter, told(counter, numbers[:1])) == ["applied"]
    assert outcomes(counter, told(counter, numbers[1:])) == ["applied"] * 4
    assert [gist(mall, number) for number in numbers[1:]] == [gist(mall, numbers[0])] * 4
    assert mall.incidents() == []


def test_together_they_stand_in_the_feed_in_their_order(mall: Mall, counter: Counter, numbers: list[int]) -> None:
    before = [row.seq for row in counter.pull().rows]
    counter.push(*told(counter, numbers))
    rows = [row for row in counter.pull().rows if isinstance(row.item, OrderItem) and row.item.number in numbers]
    assert [row.item.number for row in rows if isinstance(row.item, OrderItem)] == numbers
    assert [row.seq for row in rows] == list(range(max(before) + 1, max(before) + 6))


def test_sent_again_they_change_nothing(mall: Mall, counter: Counter, numbers: list[int]) -> None:
    events = told(counter, numbers)
    counter.push(*events)
    before = [mall.order(number) for number in numbers]
    assert outcomes(counter, events) == ["duplicate"] * 5
    assert [mall.order(number) for number in numbers] == before


def test_one_for_a_cancelled_order_is_an_incident_and_the_others_count(
    mall: Mall, counter: Counter, numbers: list[int]
) -> None:
    counter.push(counter.teller.hand_over(numbers[2], "earlier"))
    assert outcomes(counter, told(counter, numbers)) == ["applied", "applied", "conflict", "applied", "applied"]
    assert [incident["incident"] for incident in mall.incidents()] == ["handed_over_twice"]
    assert {mall.order(number)["status"] for number in numbers} == {"completed"}


def test_the_same_order_twice_in_one_batch_is_told_twice(mall: Mall, counter: Counter, numbers: list[int]) -> None:
    events = told(counter, numbers[:2])
    events.append(counter.teller.hand_over(numbers[0], "again"))
    assert outcomes(counter, events) == ["applied", "applied", "conflict"]


def test_an_altered_one_is_set_aside_alone(mall: Mall, counter: Counter, numbers: list[int]) -> None:
    raw = [as_wire(event) for event in told(counter, numbers)]
    raw[1]["by"] = "Somebody else"
    results = counter.push(*raw).results
    assert [result.outcome.value for result in results] == ["applied", "quarantined", "applied", "applied", "applied"]


def test_a_gap_before_a_batch_is_seen(mall: Mall, counter: Counter, numbers: list[int]) -> None:
    events = told(counter, numbers)
    assert outcomes(counter, events[1:]) == ["applied"] * 4
    assert [incident["incident"] for incident in mall.incidents()] == ["events_missing"]
    assert outcomes(counter, events[:1]) == ["applied"]
    assert mall.incidents()[0]["closed_at"]
