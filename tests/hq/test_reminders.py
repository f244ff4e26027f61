"""Reminders: the day before the deadline, when it is over, with a coupon; once each, and never to who has collected."""

from __future__ import annotations

import pytest

from app.domain.events import EventKind
from app.domain.hours import Span
from app.domain.order import Status
from app.domain.policies import OverduePolicy
from app.domain.rules import ClockRule
from hq import alerts
from hq.mall.sessions import Rules
from hq.messages.kinds import Kind
from hq.ordering.book import OrderRow
from hq.ordering.reminders import remind_due
from tests.hq.market import Market
from tests.hq.server import Teller

POLICY = OverduePolicy(remind_hours=2, coupon_hours=24, coupon_fen=500, put_back_hours=48, refund_hours=72)


@pytest.fixture
def order(market: Market) -> OrderRow:
    """Return an order for the day after tomorrow, until 20:00; it is 14:00 now."""
    market.rules(Rules(ClockRule(Span.of("14:00", "20:00"), days_after=2), overdue=POLICY))
    return market.buy(opens=market.cart().opens + 1_440)


def told(market: Market) -> list[Kind]:
    remind_due(market.office)
    return [kind for kind in market.told() if kind is not Kind.PAID]


def test_nobody_is_reminded_early(market: Market, order: OrderRow) -> None:
    market.clock.pass_time(days=1, hours=5)
    assert told(market) == []


def test_the_day_before_is_told_once(market: Market, order: OrderRow) -> None:
    market.clock.pass_time(days=1, hours=7)
    assert told(market) == [Kind.DAY_BEFORE]
    market.clock.pass_time(hours=2)
    assert told(market) == [Kind.DAY_BEFORE]


def test_who_has_collected_is_left_alone(market: Market, order: OrderRow) -> None:
    market.push(market.lead, Teller(now=market.clock.now).hand_over(order.number))
    market.clock.pass_time(days=4)
    assert told(market) == [Kind.THANKS]


def test_overdue_goes_from_gentle_to_a_coupon_to_the_shelf_to_the_money(market: Market, order: OrderRow) -> None:
    market.push(market.lead, Teller(now=market.clock.now).tell(EventKind.PREPARED, order.number, shelf="A"))
    market.clock.pass_time(days=2, hours=8)
    assert Kind.OVERDUE in told(market)
    market.clock.pass_time(hours=22)
    assert Kind.OVERDUE_COUPON in told(market)
    market.clock.pass_time(days=1)
    remind_due(market.office)
    assert [alert.kind for alert in market.office.read(alerts.open_ones)] == ["put_back_due"]
    market.clock.pass_time(days=1)
    remind_due(market.office)
    assert market.order(order.number).cancel_requested
    assert market.status(order) is Status.PREPARED
    assert told(market).count(Kind.OVERDUE) == 1


def test_what_was_ordered_for_today_is_not_reminded_of(market: Market) -> None:
    market.rules(Rules(ClockRule(Span.of("14:00", "20:00"), days_after=0)))
    market.buy(opens=market.cart().opens - 1_440)
    market.clock.pass_time(hours=1)
    assert told(market) == []
