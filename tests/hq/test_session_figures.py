"""What a live session's page tells of it: orders, pieces, money, what is left, and groups."""

from __future__ import annotations

from datetime import timedelta

from app.domain.hours import Span
from app.domain.rules import GroupRule
from hq.mall import session_figures
from hq.mall.session_figures import SessionFigures
from hq.mall.sessions import Rules
from tests.hq.market import Market


def told(market: Market) -> SessionFigures:
    return market.office.read(lambda conn: session_figures.figures(conn, market.session))


def test_a_session_without_orders_shows_what_its_stores_have(market: Market) -> None:
    found = told(market)
    assert (found.by_state, found.total_fen, found.sold) == ({}, 0, {})
    assert [(store.number, store.left) for store in found.stores] == [(101, {7: 5})]


def test_what_is_cancelled_is_not_sold(market: Market) -> None:
    market.buy(2)
    market.cancel_order(market.buy(1))
    found = told(market)
    assert found.by_state == {"assigned": 1, "cancelled": 1}
    assert (found.total_fen, found.sold) == (3_600, {7: 2})
    assert found.stores[0].left == {7: 3}


def test_groups_are_told_by_how_far_they_are(market: Market) -> None:
    market.session = market.rules(Rules(window=GroupRule(Span.of("14:00", "20:00"), 1, 3, 1_440)))
    market.buy(1)
    found = told(market)
    assert found.groups == {"forming": 1}
    (group,) = found.forming
    assert (group.joined, group.wanted) == (1, 3)
    assert group.deadline_at == market.clock.now() + timedelta(days=1)


def test_a_delisted_product_has_nothing_left(market: Market) -> None:
    from hq.goods import stock

    market.office.write(lambda work: stock.offer(work, market.store.id, [7], listed=False))
    assert told(market).stores[0].left == {7: 0}
