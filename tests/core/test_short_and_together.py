"""Not everything goes out, or several orders at once: what is told to HQ, what the stock says, what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.code import Flaw
from app.domain.label import ParcelLabel, read
from app.domain.lookup import QueryKind, classify
from app.domain.order import Line, Status
from app.domain.records import OrderRecord, PairRecord, StockRecord
from app.domain.verdict import Kind
from app.errors import Refused
from app.usecases.board import of_same_customer
from app.usecases.check import check_text
from app.usecases.grant import GrantRequest, grant, grant_together
from app.usecases.hand_over import Short, hand_over, hand_over_together, unfinished
from app.usecases.revoke import revoke
from app.usecases.suggest import suggest
from tests.core.till import NOON, Till, order

PORK, CROISSANT, CAKE = 1001, 1002, 1003


def body(till: Till, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(till.sql("SELECT body FROM events WHERE kind = ? ORDER BY seq DESC", kind)[0][0])
    return found


def begin(till: Till, ready: OrderRecord, **changes: Any) -> None:
    till(grant, replace(GrantRequest("attempt-1", ready.number, "Li Na", till.code(ready)), **changes))


def test_what_stays_here_is_told_and_does_not_leave_the_stock(till: Till, ready: OrderRecord) -> None:
    begin(till, ready, scanned_at=till.clock.wall)
    till.clock.forward(timedelta(seconds=4.25))
    short = [Short(PORK, 1, "broken")]
    till(hand_over, "attempt-1", by="Li Na", short=short, collector="  his wife ")
    told = body(till, "handed_over")
    assert told["lines"] == [[PORK, 1], [CROISSANT, 1]]
    assert told["short"] == [{"product_number": PORK, "quantity": 1, "reason": "broken"}]
    assert (told["scan_seconds"], told["collector"]) == (4.2, "his wife")
    assert till.sql("SELECT product_number, quantity FROM stock_moves ORDER BY id") == [(PORK, -1), (CROISSANT, -1)]
    assert till.sql("SELECT scan_ms FROM redemptions") == [(4200,)]
    assert till.status(ready.number) == Status.COMPLETED
    # Taken back, exactly that comes back which went out.
    till(revoke, ready.number, manager="Wang", reason="wrong bag", by="Li Na")
    assert till.sql("SELECT product_number, sum(quantity) FROM stock_moves GROUP BY 1") == [(PORK, 0), (CROISSANT, 0)]


@pytest.mark.parametrize(
    "short",
    [
        [Short(PORK, 3, "missing")],
        [Short(CAKE, 1, "missing")],
        [Short(PORK, 1, " ")],
        [Short(PORK, 0, "missing")],
        [Short(PORK, 2, "missing"), Short(CROISSANT, 1, "missing")],
    ],
)
def test_more_than_was_ordered_or_nothing_at_all_is_refused(till: Till, ready: OrderRecord, short: list[Short]) -> None:
    begin(till, ready)
    with pytest.raises(Refused):
        till(hand_over, "attempt-1", by="Li Na", short=short)
    assert till.status(ready.number) == Status.PREPARED
    assert [each.attempt_id for each in till(unfinished)] == ["attempt-1"]


def test_a_clock_that_jumps_tells_no_scan_time(till: Till, ready: OrderRecord) -> None:
    begin(till, ready, scanned_at=NOON - timedelta(hours=2))
    till(hand_over, "attempt-1", by="Li Na")
    assert "scan_seconds" not in body(till, "handed_over")


def test_several_orders_of_one_customer_go_out_together_or_not_at_all(till: Till) -> None:
    ready = {"status": Status.PREPARED, "prepared_at": NOON, "customer_key": "key-of-zhang"}
    orders = [order(4_503_599_627_374_000 + n, **ready) for n in range(3)]
    other = order(4_503_599_627_375_000, status=Status.PREPARED, prepared_at=NOON, customer_key="")
    till.feed(*orders, other)
    first, second, third = (each.number for each in orders)
    assert [task.number for task in till(of_same_customer, first)] == [second, third]
    assert till(of_same_customer, other.number) == ()
    requests = [GrantRequest(f"attempt-{n}", number, "Li Na") for n, number in enumerate((first, second, third))]
    till(grant, requests[2])
    with pytest.raises(Refused):
        till(grant_together, [*requests[:2], replace(requests[2], attempt_id="another")])
    assert [each.attempt_id for each in till(unfinished)] == ["attempt-2"]

    granted = till(grant_together, requests[:2])
    assert granted.changes.orders == {first, second}
    done = till(hand_over_together, ["attempt-0", "attempt-1"], by="Li Na")
    assert done.changes.orders == {first, second}
    assert till(hand_over_together, ["attempt-0", "attempt-1"], by="Li Na").redemption == done.redemption
    assert [row[0] for row in till.sql("SELECT order_number FROM events ORDER BY seq")] == [first, second]


def test_a_label_is_no_code_and_a_code_is_no_label(till: Till, ready: OrderRecord) -> None:
    label = ParcelLabel(ready.number, 1, 2)
    verdict = till(check_text, label.text, by="Li Na", source="scanner").verdict
    assert (verdict.kind, verdict.flaw, verdict.order_number) == (Kind.MALFORMED, Flaw.LABEL, ready.number)
    assert verdict.hand_over_by is None
    assert classify(label.text).kind is QueryKind.PARCEL_LABEL
    assert read(f" {label.text} ") == label
    wrong = label.text[:-1] + str((int(label.text[-1]) + 1) % 10)
    assert till(check_text, wrong, by="Li Na", source="scanner").verdict.flaw is Flaw.NOT_A_CODE
    assert read(till.code(ready)) is None
    assert read("8" + "0" * 24) is None


def test_what_goes_well_is_what_a_person_chose_then_what_sold(till: Till) -> None:
    lines = (Line(PORK, 1),)
    assert till(suggest, lines) == ()
    till.feed(PairRecord(PORK, (CAKE,), (CROISSANT, PORK, 9999)))
    assert [product.number for product in till(suggest, lines)] == [CAKE, CROISSANT]
    till.feed(StockRecord(CAKE, 2, 2, True), StockRecord(CROISSANT, 5, 0, False))
    assert till(suggest, lines) == ()
