"""Stock: promises never exceed what is there, facts are never refused, and the ledger explains every balance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.domain.events import EventKind
from hq import alerts
from hq.goods import stock
from hq.ordering.placing import Place
from hq.problems import Rejection
from sync.wire import Outcome
from tests.hq.market import Market
from tests.hq.server import Teller


def place(market: Market, key: str, quantity: int = 1, **changed: Any) -> Place:
    return Place(key, market.wish(lines=((7, quantity),), **changed))


def refused(market: Market, one: Place) -> Rejection:
    with pytest.raises(Rejection) as refusal:
        market.office.write(one)
    return refusal.value


def test_an_order_promises_what_it_needs(market: Market) -> None:
    market.office.write(place(market, "a", 2))
    assert market.balance() == (5, 2) == market.ledger_sum()


def test_the_last_piece_is_promised_once_within_one_transaction(market: Market) -> None:
    done = market.office.write_together([place(market, f"k-{at}", 2) for at in range(4)])
    assert [each.error is None for each in done] == [True, True, False, False]
    assert market.balance() == (5, 4)


def test_the_last_pieces_are_promised_once_among_threads(market: Market) -> None:
    def attempt(at: int) -> bool:
        return market.office.write_together([place(market, f"k-{at // 2}")])[0].error is None

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, range(24)))
    assert market.balance() == (5, 5) == market.ledger_sum()
    # Every order was sent twice.
    assert sum(won) == 10
    assert len(market.orders_of()) == 5


def test_a_refusal_says_how_many_are_left_and_where_there_are_more(market: Market) -> None:
    market.open_store(102, lat=31.2, lon=121.4)
    market.count(102, {7: 9})
    refusal = refused(market, place(market, "a", 6))
    assert (refusal.status, refusal.code) == (409, "sold_out")
    assert "only 5" in refusal.sentence
    assert [store["store_number"] for store in refusal.more["alternatives"]["stores"]] == [102]


def test_a_product_that_goes_well_stands_in_for_one_that_is_gone(market: Market) -> None:
    from hq.goods import pairing

    market.add_product(8, price_fen=1_900, counted=True)
    market.add_product(9, price_fen=9_900, counted=True)
    market.count(101, {8: 10, 9: 10, 7: 0})
    market.office.write(lambda work: pairing.set_pairs(work, 7, [9, 8]))
    offered = refused(market, place(market, "a")).more["alternatives"]["products"]
    assert [option["product_number"] for option in offered] == [8], "what costs more is not offered"


def test_a_counted_product_without_a_count_is_sold_out(market: Market) -> None:
    market.open_store(102)
    assert refused(market, place(market, "a", store_number=102)).code == "sold_out"


def test_a_product_that_is_not_counted_is_never_sold_out(market: Market) -> None:
    market.add_product(8, counted=False)
    market.office.write(Place("a", market.wish(lines=((8, 900),))))


def test_a_closed_store_takes_no_orders(market: Market) -> None:
    market.open_store(101, active=False)
    assert "takes no orders" in refused(market, place(market, "a")).sentence


def test_what_is_handed_over_leaves_the_shelf_and_a_revoked_hand_over_brings_it_back(market: Market) -> None:
    number = market.office.write(place(market, "a", 2)).view.row.number
    teller = Teller(now=market.clock.now)
    market.push(market.lead, teller.hand_over(number))
    assert market.balance() == (3, 0)
    market.push(market.lead, teller.tell(EventKind.HAND_OVER_REVOKED, number, attempt_id="a-1"))
    assert market.balance() == (5, 2) == market.ledger_sum()


def test_a_cancelled_order_gives_its_promise_back(market: Market) -> None:
    number = market.office.write(place(market, "a", 2)).view.row.number
    market.cancel(number)
    assert market.balance() == (5, 0) == market.ledger_sum()


def test_a_count_is_a_fact_even_below_what_is_promised(market: Market) -> None:
    market.office.write(place(market, "a", 4))
    event = Teller(now=market.clock.now).tell(
        EventKind.STOCK_COUNTED, None, counts=[{"product_number": 7, "on_hand": 1}]
    )
    assert market.outcomes(market.lead, event) == [Outcome.APPLIED]
    assert market.balance() == (1, 4) == market.ledger_sum()
    assert refused(market, place(market, "b")).code == "sold_out"
    assert [alert.kind for alert in market.office.read(alerts.open_ones)] == ["overpromised"]


def test_a_sale_at_the_counter_moves_the_same_stock_once(market: Market) -> None:
    teller = Teller(now=market.clock.now)
    lines = [{"product_number": 7, "quantity": 2, "price_fen": 2_500}]
    sale = teller.tell(EventKind.SOLD, None, sale_id="s-1", tender="cash", lines=lines)
    assert market.outcomes(market.lead, sale) == [Outcome.APPLIED]
    assert market.outcomes(market.lead, sale) == [Outcome.DUPLICATE]
    assert market.balance() == (3, 0)
    back = teller.tell(EventKind.SALE_REFUNDED, None, sale_id="s-1", lines=lines, amount_fen=5_000)
    assert market.outcomes(market.lead, back) == [Outcome.APPLIED]
    assert market.balance() == (5, 0) == market.ledger_sum()


def test_what_the_store_takes_off_the_list_is_not_promised(market: Market) -> None:
    teller = Teller(now=market.clock.now)
    market.push(market.lead, teller.tell(EventKind.OFFER_CHANGED, None, products=[7], listed=False))
    assert refused(market, place(market, "a")).code == "sold_out"
    market.push(market.lead, teller.tell(EventKind.OFFER_CHANGED, None, products=[7], listed=True))
    market.office.write(place(market, "a"))


def test_the_first_count_knows_what_was_promised_before(market: Market) -> None:
    market.add_product(8)
    number = market.office.write(Place("a", market.wish(lines=((8, 3),)))).view.row.number
    market.count(101, {8: 10})
    assert market.balance(product=8) == (10, 3)
    market.cancel(number)
    assert market.balance(product=8) == (10, 0) == market.ledger_sum(product=8)


def test_the_guard_of_the_database_has_the_last_word(market: Market) -> None:
    from hq.routing import Need

    def cheat(work: Any) -> None:
        allocation = stock.Allocation(work, {market.store.id: {7}})
        allocation.take(market.store.id, [Need(7, 6)], "order:1", 1)
        allocation.write()

    with pytest.raises(AssertionError):
        market.office.write(cheat)
    assert market.balance() == (5, 0)
