"""Figures: redemption rate, waiting time and add-ons by the shared definitions, and what decisions tell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.events import EventKind
from hq.ordering.book import OrderRow
from hq.reports import figures
from tests.hq.market import Market
from tests.hq.server import Teller

ZONE = ZoneInfo("Asia/Shanghai")


def period(market: Market) -> Any:
    now = market.clock.now()
    since, until = now - timedelta(days=7), now + timedelta(days=7)
    return market.office.read(lambda conn: figures.period(conn, since, until, now=now, zone=ZONE))


def routing(market: Market) -> Any:
    now = market.clock.now()
    return market.office.read(lambda conn: figures.routing(conn, now - timedelta(days=7), now + timedelta(days=7)))


def collected_with_an_addon(market: Market, order: OrderRow) -> None:
    teller = Teller(now=market.clock.now)
    market.push(market.lead, teller.tell(EventKind.PREPARED, order.number, shelf="A"))
    market.clock.pass_time(days=1, hours=1)
    market.push(market.lead, teller.hand_over(order.number))
    lines = [{"product_number": 7, "quantity": 1, "price_fen": 900}]
    told = {"sale_id": "s", "attempt_id": "a-1", "tender": "cash", "lines": lines}
    market.push(market.lead, teller.tell(EventKind.SOLD, order.number, **told))


def test_without_orders_there_are_no_rates(market: Market) -> None:
    assert period(market).whole.redemption_rate is None


def test_rates_times_and_addons_of_a_store_and_a_session(market: Market) -> None:
    collected_with_an_addon(market, market.buy())
    market.clock.pass_time(days=-1, hours=-1)
    market.buy()
    market.clock.pass_time(days=2)
    told = period(market)
    for each in (told.whole, told.by_store[101], told.by_session["今晚"]):
        assert (each.orders, each.due, each.redeemed, each.redemption_rate) == (2, 2, 1, 0.5)
        assert each.mean_redemption_seconds == 3_600
        assert (each.addon_rate, each.addon_fen) == (1.0, 900)
        assert each.by_hour[15] == 1


def test_decisions_tell_what_a_store_could_not_serve(market: Market) -> None:
    held = market.hold(market.cart(3))
    market.count(101, {7: 2})
    order = market.pay(held)
    assert order
    market.decline(order)
    told = routing(market)[101]
    assert (told.assigned, told.short, told.why, told.short_products) == (0, 1, {"gone": 1}, {7: 1})
    assert told.answers == {"refused": 1}


def test_an_order_that_moved_counts_once(market: Market) -> None:
    from hq.ordering.dispatch import InStore

    market.open_store(102)
    market.count(102, {7: 9})
    held = market.hold(market.cart(3))
    market.count(101, {7: 2})
    order = market.pay(held)
    assert order
    market.choose(order, InStore(102))
    market.settle()
    assert {store: each.orders for store, each in period(market).by_store.items()} == {102: 1}


def test_who_comes_back_to_one_store_is_faithful(market: Market) -> None:
    now = market.clock.now()
    market.buy()
    market.buy()
    told = market.office.read(lambda conn: figures.habits(conn, now, now + timedelta(days=7)))
    assert (told.customers, told.returning, told.faithful) == (1, 1, 1)
