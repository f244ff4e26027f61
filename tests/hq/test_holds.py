"""From a hold to an order: reserved while it lasts, paid once, given back in time, and never charged twice."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.hours import Span
from app.domain.order import Status
from app.domain.rules import ClockRule, GroupRule
from hq.chores import end_holds, fail_groups
from hq.mall import changes
from hq.mall.sessions import Rules
from hq.messages.kinds import Kind
from hq.money import refunds
from hq.money.takings import Taking
from hq.ordering.holds import PAY_WITHIN, Standing
from hq.payments.port import Paid, Refunded
from hq.problems import Rejection
from tests.hq.market import Market
from tests.hq.server import Teller

GROUP = Rules(window=GroupRule(Span.of("14:00", "20:00"), days_after=2, size=3, forming_minutes=120))


def code_of(act: Any) -> str:
    with pytest.raises(Rejection) as refusal:
        act()
    return refusal.value.code


def test_a_hold_reserves_and_a_payment_makes_the_order(market: Market) -> None:
    held = market.hold(market.cart(2))
    assert market.balance() == (5, 2)
    order = market.pay(held)
    assert order
    assert (order.status, order.payment, order.total_fen, order.discount_fen) == ("assigned", "paid", 3_600, 400)
    assert market.balance() == (5, 2) == market.ledger_sum()
    assert market.hold_of(held).order_number == order.number
    assert order.number in market.fed()


def test_a_payment_that_is_told_twice_makes_one_order(market: Market) -> None:
    held = market.hold()
    first, second = market.pay(held), market.pay(held)
    assert first
    assert second
    assert first.number == second.number
    assert len(market.orders_of()) == 1


def test_a_retried_checkout_is_the_same_hold(market: Market) -> None:
    first, second = market.hold(key="k"), market.hold(key="k")
    assert (first.hold.id, first.payment, second.is_new) == (second.hold.id, second.payment, False)
    assert market.balance() == (5, 1)


def test_a_key_of_another_checkout_is_refused(market: Market) -> None:
    market.hold(key="k")
    assert code_of(lambda: market.hold(market.cart(2), key="k")) == "idempotency_key"


def test_what_is_held_cannot_be_held_again(market: Market) -> None:
    market.hold(market.cart(4))
    assert code_of(lambda: market.hold(market.cart(2))) == "sold_out"


def test_a_hold_that_nobody_pays_gives_everything_back(market: Market) -> None:
    held = market.hold(market.cart(4))
    market.clock.pass_time(seconds=PAY_WITHIN.total_seconds())
    market.end_holds()
    assert market.balance() == (5, 0) == market.ledger_sum()
    assert market.hold_of(held).status == Standing.EXPIRED
    assert market.payment(held).status == Taking.CLOSED


def test_a_lost_notice_is_found_before_the_hold_ends(market: Market) -> None:
    held = market.hold()
    assert held.payment
    payment = held.payment
    found = Paid(payment_id=payment.id, provider_ref="r", amount_fen=payment.amount_fen, at=market.clock.now())
    market.clock.pass_time(minutes=20)
    provider: Any = SimpleNamespace(look=lambda _payment_id: found)
    end_holds(market.office, provider)
    assert [order.status for order in market.orders_of()] == ["assigned"]


def test_a_payment_that_comes_too_late_still_becomes_an_order_while_there_is_stock(market: Market) -> None:
    held = market.hold(market.cart(2))
    market.clock.pass_time(minutes=20)
    market.end_holds()
    order = market.pay(held)
    assert order
    assert (order.status, market.balance()) == ("assigned", (5, 2))
    assert market.balance() == market.ledger_sum()


def test_a_payment_that_comes_after_the_stock_is_gone_asks_the_customer(market: Market) -> None:
    held = market.hold(market.cart(2))
    market.clock.pass_time(minutes=20)
    market.end_holds()
    market.buy(4)
    order = market.pay(held)
    assert order
    assert order.status == "shortage"
    assert [missing.there for missing in market.short_of(order).missing] == [1]


def test_a_payment_of_another_amount_goes_back(market: Market) -> None:
    held = market.hold()
    assert market.pay(held, amount=1) is None
    assert market.orders_of() == []
    provider: Any = _Generous(market)
    refunds.give_due(market.office, provider)
    assert market.payment(held).refunded_fen == 1


class _Generous:
    """A provider that gives everything back at once, and remembers."""

    name = "sandbox"

    def __init__(self, market: Market) -> None:
        self.market = market
        self.given: list[tuple[str, int]] = []

    def refund(self, wanted: Any) -> Refunded:
        self.given.append((wanted.refund_id, wanted.amount_fen))
        at = self.market.clock.now()
        fields = {"refund_id": wanted.refund_id, "payment_id": wanted.payment_id, "provider_ref": "b"}
        return Refunded(**fields, amount_fen=wanted.amount_fen, at=at)


def test_a_cancelled_order_is_refunded_once(market: Market) -> None:
    order = market.buy(2)
    market.cancel_order(order)
    market.cancel_order(order)
    provider: Any = _Generous(market)
    while refunds.give_due(market.office, provider):
        pass
    assert [amount for _, amount in provider.given] == [3_600]
    assert market.order(order.number).payment == "refunded"
    assert market.payment_of(order).rest_fen == 0
    assert market.told().count(Kind.REFUNDED) == 1


def test_the_customer_hears_of_the_payment_the_parcel_and_the_thanks(market: Market) -> None:
    order = market.buy()
    teller = Teller(now=market.clock.now)
    from app.domain.events import EventKind

    market.push(market.lead, teller.tell(EventKind.PREPARED, order.number, shelf="A-1"))
    market.push(market.lead, teller.hand_over(order.number))
    assert market.told() == sorted([Kind.PAID, Kind.READY, Kind.THANKS])


# ── capacity ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_full_window_is_refused_with_another_one(market: Market) -> None:
    market.open_store(101, capacity=1)
    market.rules(Rules(window=ClockRule(Span.of("14:00", "14:30"), days=3)))
    for _ in range(2):
        market.buy(length=30)
    with pytest.raises(Rejection) as refusal:
        market.hold(market.cart(length=30))
    assert "no room" in refusal.value.sentence
    assert len(refusal.value.more["alternatives"]["windows"]) == 3


def test_a_cancelled_order_gives_its_place_in_the_day_back(market: Market) -> None:
    market.open_store(101, capacity=1)
    market.rules(Rules(window=ClockRule(Span.of("14:00", "14:15"))))
    order = market.buy(length=15)
    market.cancel_order(order)
    market.buy(length=15)


def test_a_window_that_is_not_offered_is_refused(market: Market) -> None:
    assert code_of(lambda: market.hold(market.cart(opens=market.cart().opens + 30))) == "window_not_offered"


# ── groups ─────────────────────────────────────────────────────────────────────────────────────────────────


def grouped(market: Market) -> Any:
    market.rules(GROUP)
    opens = market.cart().opens + 1_440
    first = market.buy(opens=opens)
    second = market.buy(opens=opens, group_id=first.group_id)
    return first, second, opens


def test_a_group_that_fills_sends_every_order_to_the_store_for_one_day(market: Market) -> None:
    first, second, opens = grouped(market)
    assert market.status(first) is market.status(second) is Status.AWAITING_GROUP
    assert market.fed() == set()
    third = market.buy(opens=opens, group_id=first.group_id)
    orders = [market.order(each.number) for each in (first, second, third)]
    assert {order.status for order in orders} == {"assigned"}
    assert len({(order.opens, order.length) for order in orders}) == 1
    assert len(market.fed()) == 3


def test_a_group_that_does_not_fill_gives_the_money_back(market: Market) -> None:
    first, second, _ = grouped(market)
    market.clock.pass_time(minutes=121)
    assert fail_groups(market.office) == 1
    assert market.status(first) is market.status(second) is Status.CANCELLED
    assert [refund.amount_fen for refund in market.refunds(first) + market.refunds(second)] == [1_800, 1_800]
    assert market.balance() == (5, 0)
    assert market.told().count(Kind.GROUP_FAILED) == 2
    assert Kind.CANCELLED not in market.told()


def test_who_joins_a_full_group_begins_the_next(market: Market) -> None:
    first, _, opens = grouped(market)
    market.buy(opens=opens, group_id=first.group_id)
    late = market.buy(opens=opens, group_id=first.group_id)
    assert late.group_id != first.group_id
    assert market.status(late) is Status.AWAITING_GROUP


# ── what customers change ──────────────────────────────────────────────────────────────────────────────────


def test_a_customer_moves_the_window_as_often_as_the_rules_allow(market: Market) -> None:
    market.rules(Rules(window=ClockRule(Span.of("14:00", "20:00"), days=5)))
    order = market.buy()

    def move(days: int) -> Any:
        return market.office.write(
            lambda work: changes.reschedule(work, order.number, order.opens + days * 1_440, order.length)
        )

    assert move(1).issue == 1
    assert move(2).reschedules == 2
    assert code_of(lambda: move(1)) == "reschedule"
    assert market.told().count(Kind.RESCHEDULED) == 2


def test_a_day_that_steps_in_for_a_full_one_can_be_moved_to(market: Market) -> None:
    market.open_store(101, capacity=1)
    market.rules(Rules(window=ClockRule(Span.of("14:00", "14:15"))))
    order = market.buy(length=15)
    row = market.order(order.number)
    offered = market.office.read(lambda conn: changes.freedom(conn, row, market.clock.now())).windows
    other = next(offer.window for offer in offered if offer.why is None)
    assert other.opens_minute == order.opens + 1_440
    moved = market.office.write(lambda work: changes.reschedule(work, order.number, other.opens_minute, other.length))
    assert moved.opens == other.opens_minute


def test_who_is_far_away_has_not_arrived(market: Market) -> None:
    from app.domain.geo import Place

    market.open_store(101, lat=31.2, lon=121.4)
    order = market.buy()
    market.clock.pass_time(days=1, hours=1)

    def arrive(place: Place | None) -> Any:
        return market.office.write(lambda work: changes.arrive(work, order.number, place))

    assert code_of(lambda: arrive(Place(31.3, 121.4))) == "far_away"
    assert arrive(Place(31.2001, 121.4)).arrived_at == market.clock.now()


def test_who_comes_before_the_window_has_not_arrived(market: Market) -> None:
    order = market.buy()
    assert code_of(lambda: market.office.write(lambda work: changes.arrive(work, order.number, None))) == "not_now"


def test_what_is_being_made_cannot_be_cancelled_by_the_customer(market: Market) -> None:
    from app.domain.events import EventKind

    order = market.buy()
    market.push(market.lead, Teller(now=market.clock.now).tell(EventKind.PREPARATION_STARTED, order.number))
    assert code_of(lambda: market.office.write(lambda work: changes.cancel(work, order.number))) == "too_late"


def test_a_session_sells_only_while_it_is_open(market: Market) -> None:
    market.clock.pass_time(hours=5)
    assert code_of(market.hold) == "session_closed"


def test_a_customer_may_have_so_many_and_no_more(market: Market) -> None:
    from hq.mall.sessions import Offer

    market.put_session(offers=(Offer(7, 2_000, most=2),))
    assert code_of(lambda: market.hold(market.cart(3))) == "quantity"


def test_the_price_is_that_of_the_checkout(market: Market) -> None:
    held = market.hold()
    market.put_session(discount_percent=0)
    order = market.pay(held)
    assert order
    assert order.total_fen == 1_800


def test_a_hold_lasts_a_quarter_of_an_hour() -> None:
    assert timedelta(minutes=15) == PAY_WITHIN
