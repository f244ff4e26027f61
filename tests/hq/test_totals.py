"""Figures added up in the database are the same as those that are measured order by order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.events import EventKind
from app.domain.kpi import Figures
from hq.problems import Rejection
from hq.reports import figures, totals
from hq.reports.totals import Asked, Totals
from tests.hq.market import Market
from tests.hq.server import Teller

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def busy(market: Market) -> Market:
    """Return a market with orders collected early, in time, with an add-on, not at all, and cancelled."""
    market.open_store(102)
    market.count(102, {7: 9})
    market.count(101, {7: 50})
    teller = Teller(now=market.clock.now)
    ours = [market.buy() for _ in range(5)]
    market.buy(store_number=102)
    market.cancel_order(ours[4])
    market.push(market.lead, teller.hand_over(ours[0].number, "a-0"))
    market.push(market.lead, teller.tell(EventKind.PREPARED, ours[1].number, shelf="A"))
    market.clock.pass_time(days=1, hours=1, minutes=7, seconds=13)
    market.push(market.lead, teller.hand_over(ours[1].number, "a-1"))
    market.push(market.lead, teller.tell(EventKind.PREPARED, ours[2].number, shelf="A"))
    market.clock.pass_time(minutes=4, seconds=1)
    market.push(market.lead, teller.hand_over(ours[2].number, "a-2"))
    lines = [{"product_number": 7, "quantity": 1, "price_fen": 905}]
    told = {"sale_id": "s", "attempt_id": "a-2", "tender": "cash", "lines": lines}
    market.push(market.lead, teller.tell(EventKind.SOLD, ours[2].number, **told))
    market.clock.pass_time(days=1)
    return market


def asked(market: Market, **changed: str) -> Asked:
    now = market.clock.now()
    return Asked(now - timedelta(days=7), now + timedelta(days=7), **changed)


def added_up(market: Market, **changed: str) -> Totals:
    now = market.clock.now()
    return market.office.read(lambda conn: totals.totals(conn, asked(market, **changed), now=now, zone=ZONE))


def same(found: Figures, measured: Figures) -> bool:
    waited = pytest.approx(measured.mean_redemption_seconds, abs=0.01)
    assert found.mean_redemption_seconds == waited
    plain = {"mean_redemption_seconds": None, "by_hour": ()}
    return replace(found, **plain) == replace(measured, **plain)  # type: ignore[arg-type]


def test_they_are_the_figures_of_hq(busy: Market) -> None:
    now, span = busy.clock.now(), asked(busy)
    measured = busy.office.read(lambda conn: figures.period(conn, span.since, span.until, now=now, zone=ZONE))
    found = added_up(busy)
    assert same(found.whole, measured.whole)
    assert found.whole.by_hour == measured.whole.by_hour
    assert measured.whole.handed_over == 3
    assert list(found.by_store) == list(measured.by_store) == [101, 102]
    assert all(same(found.by_store[each], measured.by_store[each]) for each in measured.by_store)
    assert all(same(found.by_session[each], measured.by_session[each]) for each in measured.by_session)
    assert sum(each.orders for each in found.by_day.values()) == found.whole.orders == 6


def test_one_store_and_one_session_can_be_asked_for(busy: Market) -> None:
    assert added_up(busy, store_id=busy.store_id(102)).whole.orders == 1
    assert added_up(busy, session_id=busy.session.id).whole.orders == 6
    assert added_up(busy, session_id="another").whole.orders == 0


def test_without_orders_there_are_no_rates(market: Market) -> None:
    found = added_up(market).whole
    assert (found.orders, found.redemption_rate, found.mean_redemption_seconds, found.addon_rate) == (
        0,
        None,
        None,
        None,
    )


def test_a_period_is_at_most_a_quarter_of_a_year(market: Market) -> None:
    now = market.clock.now()
    for until in (now, now + timedelta(days=94)):
        with pytest.raises(Rejection, match="period"):
            Asked(now, until)
