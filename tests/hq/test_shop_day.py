"""The shop's day at HQ: what stayed at a hand-over, shifts, scan times, and what stores are told of stock and pairs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.events import EventKind as K
from app.domain.events import stamp
from app.domain.hours import Span
from app.domain.rules import ClockRule
from hq import alerts
from hq.counters import shifts
from hq.goods import pairing, sold_together, telling
from hq.mall import at_counter, offers, sharing
from hq.mall.sessions import Offer, Rules
from hq.ordering.book import OrderRow
from hq.problems import Rejection
from hq.reports import extracts, figures, totals
from hq.reports.totals import Asked
from hq.routing import Balance
from hq.schema import redemptions, sales, webhooks
from hq.storefront import showcase
from sync.wire import OrderItem, Outcome, PairItem, ProductItem, StockItem, StoreItem
from tests.hq.market import Market
from tests.hq.server import Teller

ZONE = ZoneInfo("Asia/Shanghai")
APPLIED, DUPLICATE, CONFLICT = Outcome.APPLIED, Outcome.DUPLICATE, Outcome.CONFLICT


def short(quantity: int, reason: str, product: int = 7) -> dict[str, Any]:
    return {"product_number": product, "quantity": quantity, "reason": reason}


def raised(market: Market) -> list[tuple[str, dict[str, Any]]]:
    return [(each.kind, dict(each.facts)) for each in market.office.read(alerts.open_ones)]


def given(market: Market, order: OrderRow) -> list[int]:
    return [row.amount_fen for row in market.refunds(order)]


def items(market: Market, kind: type[Any], store: int = 101) -> list[Any]:
    return [row.item for row in market.page(store=store).rows if isinstance(row.item, kind)]


# ── what did not go out ────────────────────────────────────────────────────────────────────────────────────


def test_what_stayed_goes_back_to_the_shelf_and_its_value_to_the_customer(market: Market) -> None:
    order, teller = market.buy(3, phone="13800000001"), Teller()
    event = teller.hand_over(order.number, short=[short(2, "refused")], scan_seconds=9.5, collector="李先生")
    assert market.outcomes(market.lead, event, event) == [APPLIED, DUPLICATE]
    assert (market.status(order).value, market.balance()) == ("completed", (4, 0))
    assert market.balance() == market.ledger_sum()
    assert given(market, order) == [3_600]
    ((kind, facts),) = raised(market)
    assert (kind, facts["amount_fen"], facts["refund"]) == ("short_hand_over", 3_600, "asked")
    assert facts["short"] == [["蛋糕 7", 2, "refused"]]


@pytest.mark.parametrize("reason", ["broken", "missing"])
def test_what_is_broken_or_not_there_does_not_go_back_to_the_shelf(market: Market, reason: str) -> None:
    order = market.buy(3)
    market.push(market.lead, Teller().hand_over(order.number, short=[short(1, reason)]))
    assert (market.balance(), given(market, order)) == ((2, 0), [1_800])


def test_never_more_goes_back_than_was_ordered_and_paid(market: Market) -> None:
    order = market.buy(2)
    market.push(market.lead, Teller().hand_over(order.number, short=[short(99, ""), short(1, "", product=8)]))
    assert (market.balance(), given(market, order)) == ((5, 0), [3_600])


def test_a_revoked_short_hand_over_stands_whole_on_the_shelf_and_calls_the_operators(market: Market) -> None:
    market.office.settings = replace(market.office.settings, profile_hooks=True)
    order, teller = market.buy(3), Teller()
    first = teller.hand_over(order.number, "a", short=[short(1, "refused")])
    market.push(market.lead, first, teller.tell(K.HAND_OVER_REVOKED, order.number, attempt_id="a", reason="wrong bag"))
    assert market.balance() == market.ledger_sum() == (5, 3)
    market.push(market.lead, teller.hand_over(order.number, "b", short=[short(2, "refused")]))
    # What the first one gave back counts in.
    assert given(market, order) == [1_800, 1_800]
    assert market.balance() == market.ledger_sum() == (4, 0)
    assert sorted(kind for kind, _ in raised(market)) == ["short_hand_over", "short_hand_over", "short_revoked"]
    posted = market.office.read(lambda conn: list(conn.execute(select(webhooks.c.kind)).scalars()))
    assert posted.count("order.revoked") == 1


def test_an_order_that_was_paid_elsewhere_is_told_to_the_operators(market: Market) -> None:
    number = market.place().row.number
    market.push(market.lead, Teller().hand_over(number, short=[short(1, "")]))
    ((_, facts),) = raised(market)
    assert facts["refund"] == "elsewhere"


# ── times, sales, shifts ───────────────────────────────────────────────────────────────────────────────────


def test_the_time_from_scan_to_hand_over_is_measured_one_by_one_and_in_sets(market: Market) -> None:
    market.count(101, {7: 9})
    one, two, three = market.buy(), market.buy(), market.buy(2)
    teller = Teller(now=market.clock.now)
    told = [teller.hand_over(one.number, "a", scan_seconds=4), teller.hand_over(two.number, "b", collector="李先生")]
    told.append(teller.hand_over(three.number, "c", scan_seconds=8.5, short=[short(1, "refused")]))
    market.push(market.lead, *told)
    now = market.clock.now()
    span = Asked(now - timedelta(days=7), now + timedelta(days=7))
    measured = market.office.read(lambda conn: figures.period(conn, span.since, span.until, now=now, zone=ZONE))
    added = market.office.read(lambda conn: totals.totals(conn, span, now=now, zone=ZONE))
    assert measured.whole.mean_scan_seconds == added.whole.mean_scan_seconds == 6.25
    query = select(redemptions.c.collector).order_by(redemptions.c.attempt_id)
    assert market.office.read(lambda conn: list(conn.execute(query).scalars())) == ["", "李先生", ""]


def test_a_sale_says_its_receipt_shift_and_tenders(market: Market) -> None:
    lines = [{"product_number": 7, "quantity": 1, "price_fen": 1_600}]
    more = {
        "receipt": 118,
        "shift_id": "s-1",
        "manager": "李店长",
        "tenders": [["cash", 1000, ""], ["wechat", 600, "42"]],
    }
    sold = Teller().tell(K.SOLD, None, sale_id="sale", tender="cash", lines=lines, **more)
    assert market.outcomes(market.lead, sold) == [APPLIED]
    row = market.office.read(lambda conn: conn.execute(select(sales)).one())
    assert (row.receipt, row.shift_id, row.manager) == (118, "s-1", "李店长")
    assert json.loads(row.tenders) == [["cash", 1000, ""], ["wechat", 600, "42"]]


def test_a_shift_is_kept_once_with_its_difference(market: Market) -> None:
    now, teller = market.clock.now(), Teller(now=market.clock.now)
    told: dict[str, Any] = {
        "shift_id": "s-1", "opened_at": stamp(now - timedelta(hours=8)), "opened_by": "小王", "float_fen": 50_000,
        "counted_fen": 51_500, "expected_fen": 52_000, "accepted_by": "李店长", "reason": "找零错了", "sales": 3,
        "sales_fen": 9_600, "refunds_fen": 900, "cash_moves_fen": -7_000, "tenders": {"cash": 9_000, "wechat": 600},
        "terminal": "前台",
    }  # fmt: skip
    market.push(market.lead, teller.hand_over(market.buy().number))
    events = [teller.tell(K.SHIFT_CLOSED, None, **told), teller.tell(K.SHIFT_CLOSED, None, **told)]
    assert market.outcomes(market.lead, *events) == [APPLIED, CONFLICT]
    store_id = market.store_id(101)
    (shift,) = market.office.read(
        lambda conn: shifts.of_store(conn, store_id, now - timedelta(days=1), now + timedelta(days=1))
    )
    assert (shift.difference_fen, shift.cash_moves_fen, shift.tenders["wechat"]) == (-500, -7_000, 600)
    assert (shift.closed_at, shift.closed_by, shift.terminal) == (now, "Li", "前台")
    extract = extracts.of_shifts(market.office, 101, now - timedelta(days=1), now + timedelta(days=1))
    (row,) = list(extract.rows)
    assert len(row) == len(extract.heading)
    assert dict(zip(extract.heading, row, strict=True))["差额（元） difference"] == -5.0


# ── what stores are told ───────────────────────────────────────────────────────────────────────────────────


def test_a_store_hears_of_its_stock_once_for_many_changes(market: Market) -> None:
    while telling.tell_due(market.office):
        pass
    (before,) = items(market, StockItem)
    assert (before.on_hand, before.reserved) == (5, 0)
    for _ in range(3):
        market.buy()
    at = market.page().head
    assert items(market, StockItem) == [before], "no order pays for it"
    assert telling.tell_due(market.office) == 1
    page = market.page(at, market.page().generation)
    assert [row.item for row in page.rows] == [StockItem(product_number=7, on_hand=5, reserved=3)]
    assert telling.tell_due(market.office) == 0


def test_what_the_store_itself_said_is_told_back_at_once(market: Market) -> None:
    market.push(market.lead, Teller().tell(K.STOCK_COUNTED, None, counts=[{"product_number": 7, "on_hand": 2}]))
    assert items(market, StockItem) == [StockItem(product_number=7, on_hand=2, reserved=0)]


def test_stores_hear_what_goes_with_what(market: Market) -> None:
    for number in (8, 9):
        market.add_product(number)
    market.open_store(102)
    market.office.write(lambda work: pairing.set_pairs(work, 7, [9, 8]))
    assert items(market, PairItem, 102) == [PairItem(product_number=7, goes_with=(9, 8))]
    # Twice ordered together, once added at the counter to what was ordered and once sold with it there.
    for key in ("a", "b"):
        market.try_to_place(market.wish(lines=((7, 1), (8, 1))), key)
    alone = market.place(lines=((7, 1),)).row.number
    teller = Teller(now=market.clock.now)
    line = {"quantity": 1, "price_fen": 900}
    added, both = [{"product_number": 9, **line}], [{"product_number": 7, **line}, {"product_number": 9, **line}]
    market.push(market.lead, teller.tell(K.SOLD, alone, sale_id="s", lines=added))
    market.push(market.lead, teller.tell(K.SOLD, None, sale_id="t", lines=both))
    sold_together.recount(market.office)
    for store in (101, 102):
        told = {each.product_number: (each.goes_with, each.sold_with) for each in items(market, PairItem, store)}
        assert told == {7: ((9, 8), (8, 9)), 8: ((), (7,))}, "once is chance"
    market.open_store(103)
    assert len(items(market, PairItem, 103)) == 2
    market.clock.pass_time(days=90)
    sold_together.recount(market.office)
    told = {each.product_number: (each.goes_with, each.sold_with) for each in items(market, PairItem)}
    assert told == {7: ((9, 8), ()), 8: ((), ())}


def test_a_store_is_told_the_link_of_the_session_that_is_on(market: Market) -> None:
    market.open_store(102)
    assert sharing.renew(market.office) == 0, "without a public address there is nothing to share"
    market.office.settings = replace(market.office.settings, public_url="https://hq.example.com")
    market.put_session(slug="later", starts_at=market.clock.now() + timedelta(hours=1), store_numbers=(102,))
    sharing.renew(market.office)
    links = [items(market, StoreItem, store)[-1].share_url for store in (101, 102)]
    assert links == ["https://hq.example.com/live/tonight"] * 2
    market.clock.pass_time(hours=1, minutes=1)
    assert sharing.renew(market.office) == 1
    assert items(market, StoreItem, 102)[-1].share_url == "https://hq.example.com/live/later"
    market.clock.pass_time(days=1)
    assert sharing.renew(market.office) == 2
    assert [items(market, StoreItem, store)[-1].share_url for store in (101, 102)] == ["", ""]


def test_rules_of_packing_and_one_key_for_a_customers_orders(market: Market) -> None:
    market.open_store(101, capacity=6, pack_minutes=90)
    market.open_store(102)
    market.add_product(7, barcode="6901234567892", pack_minutes=30, counted=True, price_fen=2_500)
    market.count(102, {7: 5})
    market.buy()
    market.place(customer_name="王太太")
    market.place(customer_phone="13900000000")
    market.place(store_number=102)
    (store,) = items(market, StoreItem)
    assert (store.capacity, store.pack_minutes) == (6, 90)
    (product,) = items(market, ProductItem)
    assert (product.barcode, product.pack_minutes) == ("6901234567892", 30)
    first, second, other = [each.customer_key for each in items(market, OrderItem)]
    (elsewhere,) = [each.customer_key for each in items(market, OrderItem, 102)]
    assert first == second
    assert len({first, other, elsewhere}) == 3
    assert all(len(key) == 32 for key in (first, other, elsewhere))


# ── tonight's list ─────────────────────────────────────────────────────────────────────────────────────────


def sold_out(market: Market, product: int) -> bool:
    market.clock.pass_time(seconds=6)
    shown = market.office.read(lambda conn: showcase.show(conn, market.office.shelf, "tonight")).ware(product)
    assert shown
    return shown.sold_out


def left(market: Market, product: int) -> tuple[int | None, ...]:
    wish = ((product, 1),)

    def query(conn: Any) -> tuple[int | None, ...]:
        found = offers.for_cart(conn, market.office.shelf, market.session, wish, now=market.clock.now())
        return tuple(each.left for each in found.stores)

    return market.office.read(query)


@pytest.mark.parametrize("counted", [True, False])
def test_what_is_left_tonight_is_sold_and_gone_at_none(market: Market, counted: bool) -> None:
    market.add_product(8, price_fen=1_000, counted=counted)
    market.session = market.put_session(offers=(Offer(7, 2_000), Offer(8, 1_000)))
    teller = Teller()

    def say(pieces: int) -> None:
        market.push(market.lead, teller.tell(K.STOCK_COUNTED, None, counts=[{"product_number": 8, "on_hand": pieces}]))
        market.push(market.lead, teller.tell(K.OFFER_CHANGED, None, products=[8], listed=pieces > 0))

    assert sold_out(market, 8) is counted
    say(0)
    assert sold_out(market, 8)
    assert left(market, 8) == (0,)
    say(2)
    assert not sold_out(market, 8)
    market.buy(2, lines=((8, 2),))
    assert sold_out(market, 8)
    assert left(market, 8) == (0,)
    with pytest.raises(Rejection) as refusal:
        market.hold(market.cart(lines=((8, 1),)))
    assert refusal.value.code == "sold_out"


def test_what_nobody_counts_can_be_taken_off_the_offer_and_put_back(market: Market) -> None:
    market.add_product(8, price_fen=1_000)
    market.session = market.put_session(offers=(Offer(7, 2_000), Offer(8, 1_000)))
    earlier = market.buy(lines=((8, 1),))
    teller = Teller()
    market.push(market.lead, teller.tell(K.OFFER_CHANGED, None, products=[8, 999], listed=False))
    assert items(market, StockItem)[-1] == StockItem(product_number=8, on_hand=None, reserved=0, listed=False)
    assert (sold_out(market, 8), left(market, 8)) == (True, (0,))
    assert market.shelf()[8] == Balance(0, 0, listed=False, counted=False)
    with pytest.raises(Rejection, match="蛋糕 8"):
        market.hold(market.cart(lines=((8, 1),)))
    # What was promised before still goes out, and leaves no trace among pieces that nobody counts.
    assert market.outcomes(market.lead, teller.hand_over(earlier.number)) == [APPLIED]
    assert market.shelf()[8] == Balance(0, 0, listed=False, counted=False)
    market.push(market.lead, teller.tell(K.OFFER_CHANGED, None, products=[8], listed=True))
    assert items(market, StockItem)[-1] == StockItem(product_number=8, on_hand=None, reserved=0, listed=True)
    assert (sold_out(market, 8), left(market, 8)) == (False, (None,))
    assert 8 not in market.shelf()
    market.buy(lines=((8, 1),))
    # A first count makes it one that is counted; the promise of that order counts in.
    market.push(market.lead, teller.tell(K.STOCK_COUNTED, None, counts=[{"product_number": 8, "on_hand": 3}]))
    assert market.shelf()[8] == Balance(3, 1)
    assert market.balance(product=8) == market.ledger_sum(product=8)


# ── another window, at the counter ─────────────────────────────────────────────────────────────────────────


def test_the_counter_moves_an_order_by_the_customers_rules_and_only_its_own(market: Market) -> None:
    market.open_store(102)
    market.rules(Rules(window=ClockRule(Span.of("14:00", "20:00"), days=5)))
    other = market.enrol(102)
    order = market.buy()
    terminal = market.lead
    free = market.office.read(lambda conn: at_counter.freedom(conn, terminal, order.number, market.clock.now()))
    window = next(each.window for each in free.windows if each.why is None and each.window != order.window)

    def move(by: Any, opens: int = window.opens_minute) -> OrderRow:
        return market.office.write(
            lambda work: at_counter.reschedule(work, by, order.number, opens, window.length, by="小王")
        )

    for stranger in (lambda: move(other), lambda: market.office.read(
        lambda conn: at_counter.freedom(conn, other, order.number, market.clock.now())
    )):  # fmt: skip
        with pytest.raises(Rejection, match="no order") as refusal:
            stranger()
        assert refusal.value.status == 404
    assert market.order(order.number).issue == 0
    moved = move(terminal)
    assert (moved.window, moved.issue, moved.reschedules) == (window, 1, 1)
    assert items(market, OrderItem)[-1].opens == window.opens_minute
    assert move(terminal).issue == 1, "the same window again changes nothing"
    with pytest.raises(Rejection, match="not offered"):
        move(terminal, window.opens_minute + 7)
    market.cancel_order(moved)
    free = market.office.read(lambda conn: at_counter.freedom(conn, terminal, order.number, market.clock.now()))
    assert (free.windows, free.why_not) == ((), "The pickup time of this order cannot be changed now.")
