"""An operator sets what a store has and offers: what was not touched stays as it is by then."""

from __future__ import annotations

from collections.abc import Mapping

from hq.goods import shelving, stock
from hq.goods.shelving import Change
from hq.routing import Balance
from tests.hq.market import Market


def put(market: Market, changes: Mapping[int, Change]) -> None:
    market.office.write(lambda work: shelving.set_stock(work, 101, changes, "li"))


def balance(market: Market, number: int) -> Balance | None:
    return market.office.read(lambda conn: stock.balances(conn, market.store.id, [number])).get(number)


def test_a_count_sets_what_is_on_hand(market: Market) -> None:
    market.buy(2)
    put(market, {7: Change.of(Balance(5, 2), 9, listed=True)})
    assert balance(market, 7) == Balance(9, 2)
    assert market.ledger_sum() == (9, 2)


def test_a_product_that_is_only_delisted_keeps_the_count_of_the_moment(market: Market) -> None:
    shown = balance(market, 7)
    assert shown
    market.count(101, {7: 3})
    put(market, {7: Change.of(shown, shown.on_hand, listed=False)})
    assert balance(market, 7) == Balance(3, 0, listed=False)


def test_a_first_count_makes_a_product_one_that_is_counted_here(market: Market) -> None:
    market.add_product(8, counted=True)
    put(market, {8: Change.of(None, 4, listed=False)})
    assert balance(market, 8) == Balance(4, 0, listed=False)


def test_what_stays_as_it_is_is_no_change() -> None:
    known = Balance(5, 0)
    assert not Change.of(known, 5, listed=True).differs(known)
    assert Change.of(known, 5, listed=False).differs(known)
    assert Change.of(known, 6, listed=True).told(known) == "5 → 6, listed"


def test_each_store_that_counts_a_product_is_found(market: Market) -> None:
    market.open_store(102)
    market.count(102, {7: 9})
    found = market.office.read(lambda conn: stock.of_product(conn, 7))
    assert {store_id: each.balance.on_hand for store_id, each in found.items()} == {
        market.store.id: 5,
        market.store_id(102): 9,
    }
