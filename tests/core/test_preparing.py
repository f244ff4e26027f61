"""Before the counter: what to fetch, when it is too much, when it is too soon, labels, and what nobody came for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from app.domain.label import read
from app.domain.order import Line, Status
from app.domain.records import OrderRecord, ProductRecord, StockRecord
from app.domain.verdict import Kind
from app.errors import BegunBefore, MoveNotAllowed, NeedsManager, Refused, TooSoon
from app.storage.work import millis
from app.usecases.board import due_reminders, see_reminders, tasks
from app.usecases.check import check_order
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import release
from app.usecases.pick_list import Pick, forget_picks, next_pick_list, pick_list, print_pick_list, tick, untick
from app.usecases.prepare import advance, mark_prepared, put_back, start_preparing, undo_preparation
from app.usecases.print_labels import print_labels
from app.usecases.stock import stock
from app.usecases.timeline import timeline
from tests.core.till import NOON, STORE, Till, order

FIRST = 4_503_599_627_374_000
FROM, UNTIL = NOON - timedelta(hours=2), NOON + timedelta(hours=2)
PORK, CROISSANT, CAKE = 1001, 1002, 1003


def orders(till: Till, *lines: tuple[Line, ...], **changes: object) -> list[int]:
    made = [order(FIRST + n, lines=each, **changes) for n, each in enumerate(lines)]
    till.feed(*made)
    return [each.number for each in made]


def picks(till: Till, since: datetime = FROM, until: datetime = UNTIL) -> dict[int, Pick]:
    return {pick.product_number: pick for pick in till(pick_list, since, until).picks}


def test_sums_are_ticked_off_and_grow_when_more_comes(till: Till) -> None:
    two, one = (Line(PORK, 2, "Braised pork"), Line(CROISSANT, 3, "Croissant")), (Line(PORK, 1, "Braised pork"),)
    numbers = orders(till, two, one)
    till.feed(order(FIRST + 50, lines=one, opens=int(UNTIL.timestamp()) // 60))
    found = picks(till)
    assert [(pick.quantity, pick.orders, pick.left) for pick in found.values()] == [(3, 1, 3), (3, 2, 3)]
    assert [pick.zone for pick in found.values()] == ["ambient", "chilled"]
    # What came after the list was read is not ticked off with it.
    till.feed(order(FIRST + 60, lines=one))
    till(tick, found[PORK], by="Li Na")
    till.reopen()
    pork = picks(till)[PORK]
    assert (pork.quantity, pork.picked, pork.left, pork.came_since, pork.by) == (4, 3, 1, 1, "Li Na")
    # A tick counts in every while that the windows belong to.
    whole = picks(till, FROM, UNTIL + timedelta(hours=1))[PORK]
    assert (whole.quantity, whole.picked, whole.left) == (5, 3, 2)
    till(tick, pork, by="Li Na")
    till(print_pick_list, till(pick_list, FROM, UNTIL), language="en")
    printed = till.sql("SELECT document FROM print_jobs")[0][0]
    assert "Croissant" in printed
    assert "Braised pork" not in printed
    # Packed or gone, it stays fetched: a new order is not hidden behind it.
    till(mark_prepared, [*numbers, FIRST + 60], by="Li Na")
    assert picks(till) == {}
    till.sql("UPDATE orders SET status = 'completed', completed_at = ? WHERE number = ?", millis(NOON), numbers[1])
    till.feed(order(FIRST + 61, lines=one))
    pork = picks(till)[PORK]
    assert (pork.quantity, pork.packed, pork.left, pork.orders) == (5, 4, 1, 1)
    till(untick, pork)
    assert (picks(till)[PORK].picked, picks(till)[PORK].left) == (0, 1)
    assert till.sql("SELECT count(*) FROM picks") == [(0,)]


def test_the_list_of_the_next_windows_and_ticks_that_are_old(till: Till) -> None:
    assert till(next_pick_list).picks == ()
    soon = int(NOON.timestamp()) // 60
    till.feed(*(order(FIRST + n, opens=soon + minutes) for n, minutes in enumerate((-60, 30, 30, 45))))
    found = till(next_pick_list)
    assert found.opens_from == NOON + timedelta(minutes=30)
    assert {pick.product_number: pick.quantity for pick in found.picks} == {PORK: 4, CROISSANT: 2}
    till(tick, found.picks[0], by="Li Na")
    till.clock.forward(timedelta(days=13))
    till(forget_picks)
    assert till.sql("SELECT count(*) FROM picks") == [(1,)]
    till.clock.forward(timedelta(days=2))
    till(forget_picks)
    assert till.sql("SELECT count(*) FROM picks") == [(0,)]


def test_the_load_falls_into_quarters(till: Till) -> None:
    till.feed(replace(STORE, capacity=1, pack_minutes=60))
    opens = int(NOON.timestamp()) // 60
    orders(till, (Line(PORK, 1),), (Line(PORK, 1),), (Line(CAKE, 1),), opens=opens + 240)
    till.feed(order(FIRST + 9, opens=opens - 60), order(FIRST + 8, opens=opens + 300, status=Status.SHORTAGE))
    till(start_preparing, [FIRST + 9], by="Li Na")
    quarter = timedelta(minutes=15)
    found = till(timeline, NOON, NOON + 16 * quarter)
    busy = {(bar.at - NOON) // quarter: (bar.to_do, bar.done) for bar in found.bars if bar.orders}
    # Late is now; the cake takes three hours; two lie in the last quarter before their window.
    assert busy == {0: ((FIRST + 9,), ()), 4: ((FIRST + 2,), ()), 15: ((FIRST, FIRST + 1), ())}
    assert (len(found.bars), found.capacity, found.bars[15].too_many(found.capacity)) == (16, 1, 1)
    assert sorted((found.plan[number] - NOON) // quarter for number in (FIRST, FIRST + 1)) == [14, 15]
    till(start_preparing, [FIRST + 2], by="Li Na")
    till.clock.forward(timedelta(hours=3))
    till(mark_prepared, [FIRST], by="Li Na")
    bar = till(timeline, NOON, NOON + 16 * quarter).bars[15]
    assert (bar.to_do, bar.done, bar.too_many(1)) == ((FIRST + 1, FIRST + 2), (FIRST,), 1)


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
    with pytest.raises(NeedsManager):
        till(mark_prepared, [number], by="Li Na", manager="Wang", reason=" ")
    till(mark_prepared, [number], by="Li Na", shelf="A-1", manager="Wang", reason="collected early")
    body = json.loads(till.sql("SELECT body FROM events WHERE kind = 'prepared'")[0][0])
    assert body == {"shelf": "A-1", "manager": "Wang", "reason": "collected early"}
    till(undo_preparation, [number], by="Li Na")
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
    back = partial(put_back, numbers=[ready.number], by="Li Na")
    with pytest.raises(BegunBefore):
        till(back, reason="nobody came")
    till(release, "attempt-1", by="Li Na", reason="")
    with pytest.raises(Refused):
        till(back, reason=" ")
    till.feed(StockRecord(PORK, 10, 5, True), StockRecord(CROISSANT, 3, 1, True))
    till(back, reason="nobody came")
    assert till(back, reason="nobody came").orders == frozenset()
    assert till.sql("SELECT kind, body FROM events") == [("put_back", '{"reason":"nobody came"}')]
    # Nothing left the store, and nothing of it is promised any more: it can be sold.
    rows = {row.product.number: (row.on_hand, row.reserved, row.unsent) for row in till(stock)}
    assert (rows[PORK], rows[CROISSANT]) == ((10, 3, True), (3, 0, True))
    verdict = till(check_order, ready.number, by="Li Na", source="typed").verdict
    assert (verdict.kind, verdict.order and verdict.order.shelf) == (Kind.NOT_PREPARED, "")
    till(mark_prepared, [ready.number], by="Li Na", shelf="B-1")
    assert till.status(ready.number) == Status.PREPARED
    [assigned] = orders(till, (Line(PORK, 1),))
    with pytest.raises(MoveNotAllowed):
        till(put_back, [assigned], by="Li Na", reason="nobody came")


def test_the_stores_own_rule_counts_where_it_is_stricter(till: Till) -> None:
    till.feed(replace(STORE, pack_minutes=15))
    orders(till, (Line(PORK, 1),), opens=int(NOON.timestamp()) // 60 + 60)
    assert till(tasks)[0].pack_from == NOON + timedelta(minutes=45)


def test_what_must_be_begun_is_called_out_until_it_is_seen_and_again_on_another_day(till: Till) -> None:
    opens = int(NOON.timestamp()) // 60 + 180
    [number] = orders(till, (Line(CAKE, 1),), opens=opens)
    [due] = till(due_reminders)
    assert (due.must_begin, due.start_by) == (True, NOON)
    till(see_reminders, [number], by="Li Na")
    assert till(due_reminders) == ()
    till.feed(order(number, lines=(Line(CAKE, 1),), opens=opens + 1440, version=2))
    till.clock.forward(timedelta(days=1))
    assert [task.number for task in till(due_reminders)] == [number]
    till(start_preparing, [number], by="Li Na")
    assert till(due_reminders) == ()


def test_only_what_was_not_known_is_new_work(till: Till) -> None:
    assert till.feed(order(FIRST)).new_orders
    assert not till.feed(order(FIRST, version=2)).new_orders
    assert not till.feed(order(FIRST + 1, status=Status.CANCELLED)).new_orders
