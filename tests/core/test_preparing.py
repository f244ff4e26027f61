"""Before the counter: what to fetch, when it is too much, when it is too soon, labels, and what nobody came for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.label import read
from app.domain.order import Line, Status
from app.domain.records import OrderRecord, ProductRecord
from app.domain.verdict import Kind
from app.errors import BegunBefore, MoveNotAllowed, Refused, TooSoon
from app.usecases import (
    GrantRequest,
    advance,
    capacity,
    check_order,
    grant,
    mark_prepared,
    pick_list,
    print_labels,
    print_pick_list,
    put_back,
    release,
    start_preparing,
    tasks,
    tick,
    timeline,
)
from tests.core.till import NOON, STORE, Till, order

FIRST = 4_503_599_627_374_000
FROM, UNTIL = NOON - timedelta(hours=2), NOON + timedelta(hours=2)
PORK, CROISSANT, CAKE = 1001, 1002, 1003


def orders(till: Till, *lines: tuple[Line, ...], **changes: object) -> list[int]:
    made = [order(FIRST + n, lines=each, **changes) for n, each in enumerate(lines)]
    till.feed(*made)
    return [each.number for each in made]


def test_sums_are_ticked_off_and_grow_when_more_comes(till: Till) -> None:
    two, one = (Line(PORK, 2, "Braised pork"), Line(CROISSANT, 3, "Croissant")), (Line(PORK, 1, "Braised pork"),)
    numbers = orders(till, two, one)
    till.feed(order(FIRST + 50, lines=one, opens=int(UNTIL.timestamp()) // 60))
    found = {pick.product_number: pick for pick in till(pick_list, FROM, UNTIL)}
    assert [(pick.quantity, pick.orders, pick.left) for pick in found.values()] == [(3, 1, 3), (3, 2, 3)]
    assert [pick.zone for pick in found.values()] == ["ambient", "chilled"]
    till(tick, found[PORK], FROM, UNTIL, by="Li Na")
    till.feed(order(FIRST + 60, lines=one))
    pork = next(pick for pick in till(pick_list, FROM, UNTIL) if pick.product_number == PORK)
    assert (pork.quantity, pork.picked, pork.left) == (4, 3, 1)
    till(tick, pork, FROM, UNTIL, by="Li Na")
    done = next(pick for pick in till(pick_list, FROM, UNTIL) if pick.product_number == PORK)
    assert done.left == 0
    till(print_pick_list, FROM, UNTIL, language="en")
    printed = till.sql("SELECT document FROM print_jobs")[0][0]
    assert "Croissant" in printed
    assert "Braised pork" not in printed
    # A second tap: fetched again. What is packed needs no fetching.
    till(tick, done, FROM, UNTIL, by="Li Na")
    assert next(p for p in till(pick_list, FROM, UNTIL) if p.product_number == PORK).left == 4
    till(mark_prepared, [*numbers, FIRST + 60], by="Li Na")
    assert till(pick_list, FROM, UNTIL) == ()


def test_the_load_falls_into_quarters(till: Till) -> None:
    orders(till, (Line(PORK, 1),), (Line(PORK, 1),), opens=int(NOON.timestamp()) // 60 + 20)
    till(mark_prepared, [FIRST], by="Li Na")
    found = till(timeline, NOON, 4)
    assert [(each.orders, each.packed, each.to_do) for each in found] == [(0, 0, 0), (2, 1, 1), (0, 0, 0), (0, 0, 0)]
    assert found[1].at == NOON + timedelta(minutes=15)
    assert till(capacity) is None


def test_what_would_not_be_fresh_is_not_packed_before_its_time(till: Till) -> None:
    till.feed(ProductRecord(CAKE, "CAKE", "Birthday cake", "chilled", 0, 19800, True, "", 30))
    soon = int((NOON + timedelta(hours=1)).timestamp()) // 60
    [number] = orders(till, (Line(CAKE, 1), Line(PORK, 1)), opens=soon)
    [task] = till(tasks)
    assert task.pack_from == NOON + timedelta(minutes=30)
    till(start_preparing, [number], by="Li Na")
    with pytest.raises(TooSoon):
        till(advance, number, by="Li Na")
    assert till.status(number) == Status.PREPARING
    till.clock.forward(timedelta(minutes=30))
    till(advance, number, by="Li Na")
    assert till.status(number) == Status.PREPARED


def test_one_label_for_each_parcel(till: Till, ready: OrderRecord) -> None:
    till(print_labels, [ready.number], parcels=2, language="en")
    printed = [json.loads(row[0]) for row in till.sql("SELECT document FROM print_jobs ORDER BY id")]
    labels = [read(part["text"]) for paper in printed for part in paper["parts"] if part["part"] == "code"]
    assert [(label.order_number, label.parcel, label.parcels) for label in labels if label] == [
        (ready.number, 1, 2),
        (ready.number, 2, 2),
    ]
    assert "CHILLED" in json.dumps(printed)
    assert till.sql("SELECT parcels FROM orders") == [(2,)]
    for parcels in (0, 100):
        with pytest.raises(Refused):
            till(print_labels, [ready.number], parcels=parcels)


def test_what_nobody_came_for_goes_back_and_can_be_packed_again(till: Till, ready: OrderRecord) -> None:
    till(grant, GrantRequest("attempt-1", ready.number, "Li Na", till.code(ready)))
    with pytest.raises(BegunBefore):
        till(put_back, [ready.number], by="Li Na")
    till(release, "attempt-1", by="Li Na", reason="")
    till(put_back, [ready.number], by="Li Na")
    assert till(put_back, [ready.number], by="Li Na").orders == frozenset()
    assert [row[0] for row in till.sql("SELECT kind FROM events")] == ["put_back"]
    verdict = till(check_order, ready.number, by="Li Na", source="typed").verdict
    assert (verdict.kind, verdict.order and verdict.order.shelf) == (Kind.NOT_PREPARED, "")
    till(mark_prepared, [ready.number], by="Li Na", shelf="B-1")
    assert till.status(ready.number) == Status.PREPARED
    [assigned] = orders(till, (Line(PORK, 1),))
    with pytest.raises(MoveNotAllowed):
        till(put_back, [assigned], by="Li Na")


def test_the_stores_own_rule_counts_where_it_is_stricter(till: Till) -> None:
    till.feed(replace(STORE, pack_minutes=15, capacity=4))
    orders(till, (Line(PORK, 1),), opens=int(NOON.timestamp()) // 60 + 60)
    assert till(tasks)[0].pack_from == NOON + timedelta(minutes=45)
    assert till(capacity) == 4
