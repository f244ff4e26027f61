"""What the store cannot serve, what it counted, what it offers: each one transaction and one event for HQ."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.domain.events import EventKind
from app.domain.order import Status
from app.domain.records import OrderRecord, Settled
from app.domain.verdict import Kind
from app.errors import BegunBefore, MoveNotAllowed, NotFound, Refused
from app.usecases.check import check_text
from app.usecases.count_stock import count_stock
from app.usecases.grant import GrantRequest, grant
from app.usecases.outbox import pending_events, settle
from app.usecases.prepare import mark_prepared, start_preparing
from app.usecases.reject_line import reject_lines
from app.usecases.set_offer import set_offer
from tests.core.till import Till, order


def reject(till: Till, number: int, lacking: Mapping[int, int], reason: str = "broken") -> None:
    till(reject_lines, number, lacking, by="Li", reason=reason)


def test_a_rejected_line_leaves_the_order_short_and_tells_hq(till: Till, ready: OrderRecord) -> None:
    reject(till, ready.number, {1001: 1}, " broken ")
    assert till.status(ready.number) == "shortage"
    [event] = till(pending_events, 9)
    assert (event.kind, event.order_number, event.by) == (EventKind.LINE_REJECTED, ready.number, "Li")
    assert event.body == {"lines": [{"product_number": 1001, "quantity": 1}], "reason": "broken"}


def test_what_is_missing_is_written_off(till: Till, ready: OrderRecord) -> None:
    reject(till, ready.number, {1001: 2, 1002: 1})
    moves = till.sql("SELECT product_number, quantity, cause FROM stock_moves ORDER BY product_number")
    assert moves == [(1001, -2, "line_rejected"), (1002, -1, "line_rejected")]


def test_an_order_that_is_short_is_not_ready(till: Till, ready: OrderRecord) -> None:
    till(mark_prepared, [ready.number], by="Li", shelf="A-12")
    reject(till, ready.number, {1001: 1})
    verdict = till(check_text, till.code(ready), by="Li", source="scanner").verdict
    assert verdict.kind is Kind.NOT_PREPARED
    assert verdict.order is not None
    assert (verdict.order.shelf, verdict.order.prepared_at) == ("", None)


def test_an_order_that_is_short_is_not_prepared_further(till: Till, ready: OrderRecord) -> None:
    reject(till, ready.number, {1001: 1})
    with pytest.raises(MoveNotAllowed):
        till(start_preparing, [ready.number], by="Li")


def test_hq_brings_the_order_back(till: Till, ready: OrderRecord) -> None:
    reject(till, ready.number, {1001: 1})
    [event] = till(pending_events, 9)
    till(settle, [Settled(event.id, "applied", order_version=2)])
    till.feed(order(status=Status.ASSIGNED, version=3))
    assert till.status(ready.number) == "assigned"


def test_news_of_before_does_not_bring_it_back(till: Till, ready: OrderRecord) -> None:
    reject(till, ready.number, {1001: 1})
    till.feed(order(status=Status.PREPARED, version=2))
    assert till.status(ready.number) == "shortage"


@pytest.mark.parametrize("lacking", [{}, {1003: 1}, {1001: 3}, {1001: 0}, {1001: -1}, {1001: 1, 1003: 1}])
def test_only_a_part_of_the_order_can_be_missing(till: Till, ready: OrderRecord, lacking: dict[int, int]) -> None:
    with pytest.raises(Refused, match="must be a part"):
        reject(till, ready.number, lacking)
    assert till.status(ready.number) == "prepared"
    assert not till(pending_events, 9)


def test_a_rejection_says_why(till: Till, ready: OrderRecord) -> None:
    with pytest.raises(Refused, match="reason"):
        reject(till, ready.number, {1001: 1}, "  ")


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.SHORTAGE, Status.PUT_BACK, Status.PAID])
def test_only_an_open_order_is_rejected(till: Till, status: Status) -> None:
    till.feed(order(5, status=status))
    with pytest.raises(MoveNotAllowed):
        reject(till, 5, {1001: 1})


def test_an_order_under_way_to_the_customer_is_not_rejected(till: Till, ready: OrderRecord) -> None:
    till(grant, GrantRequest("attempt-1", ready.number, "Li", text=till.code(ready)))
    with pytest.raises(BegunBefore):
        reject(till, ready.number, {1001: 1})


def test_an_unknown_order_is_not_rejected(till: Till) -> None:
    with pytest.raises(NotFound):
        reject(till, 404, {1001: 1})


def test_a_count_is_told_product_by_product(till: Till) -> None:
    till(count_stock, {1002: 0, 1001: 12}, by="Li")
    [event] = till(pending_events, 9)
    assert (event.kind, event.order_number) == (EventKind.STOCK_COUNTED, None)
    assert event.body == {
        "counts": [{"product_number": 1001, "on_hand": 12}, {"product_number": 1002, "on_hand": 0}],
    }


@pytest.mark.parametrize("counts", [{}, {404: 1}, {1001: -1}, {1001: 10**6}])
def test_a_count_that_cannot_be_is_refused(till: Till, counts: dict[int, int]) -> None:
    with pytest.raises(Refused):
        till(count_stock, counts, by="Li")
    assert not till(pending_events, 9)


@pytest.mark.parametrize("offered", [True, False])
def test_an_offer_is_told_once_for_each_product(till: Till, offered: bool) -> None:
    till(set_offer, [1002, 1001, 1002], offered=offered, by="Li")
    [event] = till(pending_events, 9)
    assert (event.kind, event.order_number) == (EventKind.OFFER_CHANGED, None)
    assert event.body == {"products": [1001, 1002], "listed": offered}


@pytest.mark.parametrize("products", [[], [404, 1001]])
def test_an_offer_of_nothing_is_refused(till: Till, products: list[int]) -> None:
    with pytest.raises(Refused):
        till(set_offer, products, offered=False, by="Li")
    assert not till(pending_events, 9)
