"""A terminal asks HQ for another pickup window, with the client that it really has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.events import EventKind as K
from app.domain.window import Window
from app.errors import NotFound, NotMoved, ZitiError
from sync.client import HqClient
from sync.failures import NotWelcome, RefusedByHq
from sync.moving import Moving
from sync.wire import PROTOCOL_HEADER, OrderItem
from tests.hq.mall.market import CLOCK_RULE, Market, Phone
from tests.hq.server import Counter, Running


@pytest.fixture
def market(hq: Running) -> Iterator[Market]:
    # Not tomorrow: late in the evening its first window is too near to be changed.
    market = Market(hq, window={**CLOCK_RULE, "days_after": 2, "days": 3})
    yield market
    market.close()


def client_of(hq: Running, counter: Counter) -> HqClient:
    return HqClient(hq.url, counter.enrolled.token)


def order_of(counter: Counter) -> OrderItem:
    (item,) = [row.item for row in counter.pull().rows if isinstance(row.item, OrderItem)]
    return item


def test_a_counter_moves_a_window_and_hears_of_it_by_the_feed(hq: Running, market: Market) -> None:
    phone, counter = Phone(market), market.counter(market.near)
    phone.buy()
    phone.close()
    client, before = client_of(hq, counter), order_of(counter)
    answer = client.windows(before.number)
    free = [each for each in answer.windows if not each.why_not and each.opens != before.opens]
    assert (answer.why_not, len(answer.windows) >= 2) == ("", True)
    client.reschedule(before.number, free[0].opens, free[0].length, "小王")
    after = order_of(counter)
    assert (after.opens, after.length, after.issue) == (free[0].opens, free[0].length, before.issue + 1)
    with pytest.raises(RefusedByHq, match="not offered") as refusal:
        client.reschedule(before.number, free[0].opens + 7, free[0].length, "小王")
    assert (refusal.value.problem.code, refusal.value.status) == ("window_not_offered", 409)
    strange = client_of(hq, market.counter(market.middle))
    for ask in (lambda: strange.windows(before.number), lambda: strange.reschedule(before.number, 0, 60, "")):
        with pytest.raises(RefusedByHq, match="no order") as refusal:
            ask()
        assert refusal.value.problem.code == "order"
    with pytest.raises(NotWelcome):
        HqClient(hq.url, "101.nonsense").windows(before.number)


def test_what_the_counter_is_told_has_a_name(hq: Running, market: Market) -> None:
    phone, counter = Phone(market), market.counter(market.near)
    phone.buy()
    phone.close()
    order = order_of(counter)
    desk = Moving(client_of(hq, counter))
    offers = desk.offers(order.number)
    free = [offer.window for offer in offers if offer.why is None]
    odd = Window.of_minutes(free[-1].opens_minute + 7, free[-1].length)
    with pytest.raises(NotMoved) as refusal:
        desk.move(order.number, odd, "小王")
    assert (refusal.value.other, refusal.value.full) == (True, False)
    desk.move(order.number, free[-1], "小王")
    assert order_of(counter).opens == free[-1].opens_minute
    elsewhere = market.malls[market.near].place()["number"]
    with pytest.raises(NotMoved) as refusal:
        desk.offers(elsewhere)
    assert not refusal.value.other
    strange = Moving(client_of(hq, market.counter(market.middle)))
    with pytest.raises(NotFound):
        strange.offers(order.number)
    with pytest.raises(NotFound):
        strange.move(order.number, free[0], "")
    desk.close()
    with pytest.raises(ZitiError):
        desk.offers(order.number)


def test_an_order_from_another_mall_says_why_it_stays(hq: Running, market: Market) -> None:
    counter = market.counter(market.near)
    number = market.malls[market.near].place()["number"]
    answer = client_of(hq, counter).windows(number)
    assert (answer.windows, answer.why_not) == ((), "The pickup time of this order cannot be changed.")


def test_a_terminal_says_which_protocol_it_speaks(market: Market) -> None:
    counter = market.counter(market.near)
    counter.push(counter.teller.tell(K.STOCK_COUNTED, None, counts=[{"product_number": 7, "on_hand": 3}]))
    assert "stock" in {row.item.kind for row in counter.pull().rows}
    counter.client.headers[PROTOCOL_HEADER] = "1"
    page = counter.pull()
    assert "stock" not in {row.item.kind for row in page.rows}
    assert page.cursor == page.head
