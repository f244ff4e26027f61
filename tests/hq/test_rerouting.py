"""An operator gives an order to another store: the goods are promised there, and the money goes along."""

from __future__ import annotations

import pytest

from app.domain.events import EventKind
from app.domain.order import Status
from hq import alerts
from hq.money.takings import Taking
from hq.ordering import rerouting
from hq.ordering.book import OrderRow
from hq.ordering.dispatch import InStore
from hq.problems import Rejection
from tests.hq.market import Market
from tests.hq.server import Teller


def reroute(market: Market, order: OrderRow, reason: str = "停电") -> None:
    market.office.write(lambda work: rerouting.offer_elsewhere(work, order.number, by="li", reason=reason))


@pytest.fixture
def other(market: Market) -> Market:
    """Return a market whose store 102 could serve as well."""
    market.open_store(102, lat=31.2, lon=121.4)
    market.count(102, {7: 9})
    return market


def test_an_order_goes_to_the_store_that_the_operator_chooses(other: Market) -> None:
    order = other.buy(2)
    reroute(other, order)
    assert other.status(order) is Status.SHORTAGE
    assert other.balance() == (5, 0), "nothing is missing: only the promise ends"
    shortage = other.short_of(order)
    assert (shortage.missing, shortage.detail) == ((), "停电")
    assert [option.store_number for option in shortage.alternatives.stores] == [102]
    other.choose(order, InStore(102))
    other.settle()
    number = other.order(order.number).replaced_by
    assert number
    new = other.order(number)
    assert (new.status, other.balance(102), other.payment_of(new).status) == ("assigned", (9, 2), Taking.PAID)
    assert other.office.read(alerts.open_ones) == []


def test_an_order_that_no_other_store_can_serve_stays(market: Market) -> None:
    order = market.buy(2)
    with pytest.raises(Rejection) as refusal:
        reroute(market, order)
    assert refusal.value.code == "no_other_store"
    assert market.status(order) is Status.ASSIGNED
    assert market.balance() == (5, 2)


def test_what_was_handed_over_is_not_given_to_another_store(other: Market) -> None:
    order = other.buy()
    other.push(other.lead, Teller(now=other.clock.now).hand_over(order.number))
    with pytest.raises(Rejection) as refusal:
        reroute(other, order)
    assert refusal.value.code == "reroute"


def test_a_packed_order_is_unpacked_by_its_store_before_another_has_it(other: Market) -> None:
    teller = Teller(now=other.clock.now)
    assert other.lead
    order = other.buy()
    other.push(other.lead, teller.tell(EventKind.PREPARED, order.number, shelf="A"))
    reroute(other, order)
    other.choose(order, InStore(102))
    other.settle()
    assert other.order(order.number).cancel_requested
    other.push(other.lead, teller.tell(EventKind.CANCELLATION_ACCEPTED, order.number))
    other.settle()
    assert other.order(order.number).replaced_by


def test_a_reason_is_needed(other: Market) -> None:
    with pytest.raises(Rejection, match="reason"):
        reroute(other, other.buy(), " ")
