"""A shortage: the customer is asked, takes something else or the money, and nothing is given or charged twice."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.events import EventKind
from app.domain.hours import Span
from app.domain.order import Status
from app.domain.rules import ClockRule
from hq import alerts
from hq.goods import pairing
from hq.mall.sessions import Rules
from hq.messages.kinds import Kind
from hq.money.takings import Taking
from hq.ordering.book import OrderRow
from hq.ordering.dispatch import InStore, OtherProduct, OtherWindow
from hq.ordering.shortages import Answer
from hq.problems import Rejection
from tests.hq.market import Market
from tests.hq.server import Teller


@pytest.fixture
def teller(market: Market) -> Teller:
    return Teller(now=market.clock.now)


@pytest.fixture
def short(market: Market, teller: Teller) -> OrderRow:
    """Return a paid order that its store has just rejected; another store, and another product, could serve."""
    market.open_store(102, lat=31.2, lon=121.4)
    market.add_product(8, price_fen=1_500, counted=True)
    market.count(102, {7: 9})
    market.count(101, {8: 9})
    market.office.write(lambda work: pairing.set_pairs(work, 7, [8]))
    order = market.buy(2)
    reject(market, teller, order)
    return market.order(order.number)


def reject(market: Market, teller: Teller, order: OrderRow, quantity: int = 2) -> None:
    lines = [{"product_number": 7, "quantity": quantity}]
    market.push(market.lead, teller.tell(EventKind.LINE_REJECTED, order.number, lines=lines, reason="broken"))


def agree(market: Market, teller: Teller, order: OrderRow) -> None:
    market.push(market.lead, teller.tell(EventKind.CANCELLATION_ACCEPTED, order.number))


def open_alerts(market: Market) -> list[str]:
    return [alert.kind for alert in market.office.read(alerts.open_ones)]


def test_a_rejected_order_asks_the_customer_and_calls_the_operators(market: Market, short: OrderRow) -> None:
    assert short.status == "shortage"
    shortage = market.short_of(short)
    assert [option.store_number for option in shortage.alternatives.stores] == [102]
    assert [option.product_number for option in shortage.alternatives.products] == [8]
    assert market.balance() == (3, 0), "what is broken is written off"
    assert market.told() == sorted([Kind.PAID, Kind.SHORTAGE, Kind.SHORTAGE_ALERT])
    assert open_alerts(market) == ["shortage"]


def test_another_store_takes_over_once_this_one_agrees(market: Market, teller: Teller, short: OrderRow) -> None:
    market.choose(short, InStore(102))
    market.settle()
    assert market.order(short.number).cancel_requested, "the store may be handing it over right now"
    agree(market, teller, short)
    market.settle()
    old = market.order(short.number)
    assert old.replaced_by
    new = market.order(old.replaced_by)
    assert (old.status, new.status, new.replaces, new.total_fen) == ("cancelled", "assigned", old.number, 3_600)
    assert (market.balance(102), market.balance(101)) == ((9, 2), (3, 0))
    assert market.payment_of(new).status == Taking.PAID
    assert market.payment_of(old).status == Taking.MOVED
    assert market.refunds(old) == market.refunds(new) == []
    assert open_alerts(market) == []
    assert market.told() == sorted([Kind.PAID, Kind.SHORTAGE, Kind.SHORTAGE_ALERT, Kind.MOVED])


def test_settling_again_changes_nothing(market: Market, teller: Teller, short: OrderRow) -> None:
    market.choose(short, InStore(102))
    market.settle()
    agree(market, teller, short)
    shortage = market.short_of(short)
    from hq.ordering import replacing

    for _ in range(3):
        replacing.settle(market.office, shortage)
    assert len(market.orders_of(102)) == 1
    assert market.balance(102) == (9, 2)
    assert market.ledger_sum(102) == (9, 2)


def test_a_cheaper_product_brings_the_difference_back(market: Market, teller: Teller, short: OrderRow) -> None:
    market.choose(short, OtherProduct(7, 8))
    market.settle()
    agree(market, teller, short)
    market.settle()
    number = market.order(short.number).replaced_by
    assert number
    new = market.order(number)
    assert new.total_fen == 3_000
    assert [refund.amount_fen for refund in market.refunds(new)] == [600]
    assert market.balance(product=8) == (9, 2)


def test_who_refuses_gets_the_money_back(market: Market, teller: Teller, short: OrderRow) -> None:
    market.decline(short)
    market.settle()
    agree(market, teller, short)
    market.settle()
    assert market.status(short) is Status.CANCELLED
    assert [refund.amount_fen for refund in market.refunds(short)] == [3_600]
    assert open_alerts(market) == []


def test_a_day_of_silence_is_a_refusal(market: Market, teller: Teller, short: OrderRow) -> None:
    market.clock.pass_time(hours=24)
    market.settle()
    agree(market, teller, short)
    market.settle()
    assert market.short_of(short).answer == Answer.SILENT
    assert [refund.amount_fen for refund in market.refunds(short)] == [3_600]


def test_what_was_handed_over_after_all_is_not_replaced(market: Market, teller: Teller, short: OrderRow) -> None:
    market.choose(short, InStore(102))
    market.push(market.lead, teller.hand_over(short.number))
    market.settle()
    assert market.status(short) is Status.COMPLETED
    assert market.balance(102) == (9, 0), "the other store keeps what was held"
    assert market.orders_of(102) == []
    assert market.refunds(short) == []


def test_only_what_was_offered_can_be_chosen(market: Market, short: OrderRow) -> None:
    with pytest.raises(Rejection):
        market.choose(short, InStore(101))


def test_a_choice_that_is_gone_meanwhile_is_refused_with_what_is_left(market: Market, short: OrderRow) -> None:
    market.count(102, {7: 1})
    with pytest.raises(Rejection) as refusal:
        market.choose(short, InStore(102))
    assert refusal.value.code == "sold_out"
    assert market.short_of(short).answer == Answer.NONE


def test_an_order_that_falls_short_at_routing_never_reaches_the_store(market: Market) -> None:
    held = market.hold(market.cart(3))
    market.count(101, {7: 2})
    order = market.pay(held)
    assert order
    assert order.status == "shortage"
    assert market.fed() == set()
    assert market.balance() == (2, 0) == market.ledger_sum()
    market.decline(order)
    market.settle()
    assert market.status(order) is Status.CANCELLED, "nobody has to agree"
    assert [refund.amount_fen for refund in market.refunds(order)] == [5_400]


def test_when_only_the_time_is_gone_other_times_are_offered(market: Market) -> None:
    market.open_store(101, capacity=1)
    market.rules(Rules(window=ClockRule(Span.of("14:00", "14:15"), days=3)))
    late = market.hold(market.cart(length=15))
    market.clock.pass_time(minutes=20)
    market.end_holds()
    market.buy(length=15)
    order = market.pay(late)
    assert order
    offered = market.short_of(order).alternatives.windows
    assert [window.opens - order.opens for window in offered] == [1_440, 2_880, 4_320]
    market.choose(order, OtherWindow(offered[0].opens, offered[0].length))
    market.settle()
    instead = market.order(market.order(order.number).replaced_by or 0)
    assert (instead.status, instead.opens) == ("assigned", offered[0].opens)
    assert market.balance() == (5, 2) == market.ledger_sum()


def test_every_decision_is_recorded_with_its_reasons_and_inputs(market: Market) -> None:
    from hq.ordering import decisions

    order = market.buy(2)
    decided: list[Any] = market.office.read(lambda conn: decisions.of_order(conn, order.store_id, order.number))
    assert [each["outcome"] for each in decided] == ["assigned"]
    assert decided[0]["reasons"] == [{"why": "held", "product": 7, "wanted": 2, "there": 2}]
    assert decided[0]["inputs"]["lines"] == [[7, 2, 5, 2]]
