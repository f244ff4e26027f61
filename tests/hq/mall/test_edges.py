"""What happens at the edges of buying: too late, for nothing, too often, told twice; and the news of many pages."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.geo import Place
from app.domain.hours import Span
from app.domain.rules import ClockRule, EveningRule, GroupRule, LeadRule, Rule
from hq import chores
from hq.goods import stock
from hq.mall import changes, checkout, sessions
from hq.mall.checkout import Wish
from hq.mall.sessions import Offer, Plan, Rules
from hq.money import paying, takings
from hq.ordering.holds import Held, Standing
from hq.payments.port import Intent, Paid
from hq.payments.sandbox import Sandbox
from hq.problems import Rejection
from hq.storefront import pages, words
from hq.storefront.pages import Drawn
from hq.storefront.shared import Shared
from tests.hq.mall.market import LAT, LON, SAME_ORIGIN, Market, Phone, hidden
from tests.hq.town import Town

CUSTOMER = "00000000-0000-7000-8000-000000000001"


@pytest.fixture
def sandbox(town: Town, tmp_path: Path) -> Any:
    one = Sandbox(tmp_path / "payments", b"secret", clock=town.clock)
    yield one
    one.stop()


def hold(town: Town, key: str = "k", price_fen: int = 1_000) -> Held:
    """Hold a cake in a session of the town."""
    now = town.clock.now()
    offers = (Offer(7, price_fen),)
    rules = Rules(LeadRule(0))
    plan = Plan("s", "夜场", now - timedelta(hours=1), now + timedelta(days=2), offers, rules=rules)
    town.office.write(lambda work: sessions.put(work, plan))
    opens = int(now.timestamp()) // 60
    wish = Wish("s", 101, opens, 60, ((7, 1),), "王小明", "13812345678")
    made = town.office.read(lambda conn: checkout.hold_for(conn, key, CUSTOMER, wish, now=now, provider="sandbox"))
    return town.office.write(made)


def begin(town: Town, sandbox: Sandbox, held: Held) -> Intent:
    assert held.payment
    intent = Intent(
        payment_id=held.payment.id,
        amount_fen=held.payment.amount_fen,
        description="x",
        expires_at=town.clock.now() + timedelta(days=1),
        notify_url="",
        return_url="",
        channel="h5",
    )
    sandbox.begin(intent)
    return intent


def paid(town: Town, intent: Intent) -> Paid:
    return Paid(payment_id=intent.payment_id, provider_ref="r", amount_fen=intent.amount_fen, at=town.clock.now())


def count(town: Town, on_hand: int) -> None:
    town.add_product(7, counted=True)
    town.office.write(lambda work: stock.count(work, town.store.id, {7: on_hand}, cause=work.new_id(), by="x"))


def left(town: Town) -> int:
    return town.office.read(lambda conn: stock.balances(conn, town.store.id, [7])[7].available)


def test_an_unpaid_hold_runs_out_and_can_no_longer_be_paid(town: Town, sandbox: Sandbox) -> None:
    count(town, 1)
    held = hold(town)
    begin(town, sandbox, held)
    assert left(town) == 0
    town.clock.pass_time(minutes=16)
    assert chores.end_holds(town.office, sandbox) == 1
    assert left(town) == 1
    assert type(sandbox.look(held.payment.id if held.payment else "")).__name__ == "Closed"


def test_a_payment_after_the_end_is_an_order_while_there_is_one_left(town: Town, sandbox: Sandbox) -> None:
    count(town, 1)
    intent = begin(town, sandbox, held := hold(town))
    town.clock.pass_time(minutes=16)
    chores.end_holds(town.office, sandbox)
    late = paid(town, intent)
    order = town.office.write(lambda work: paying.receive(work, late))
    again = town.office.write(lambda work: paying.receive(work, late))
    assert order
    assert (order.status, again) == ("assigned", order)
    assert left(town) == 0
    assert held.hold.status == Standing.OPEN


def test_a_payment_after_the_end_is_a_shortage_when_it_is_gone(town: Town, sandbox: Sandbox) -> None:
    count(town, 1)
    intent = begin(town, sandbox, hold(town))
    town.clock.pass_time(minutes=16)
    chores.end_holds(town.office, sandbox)
    count(town, 0)
    order = town.office.write(lambda work: paying.receive(work, paid(town, intent)))
    assert order
    assert order.status == "shortage"


def test_a_lost_notice_is_made_good_when_the_hold_ends(town: Town, sandbox: Sandbox) -> None:
    intent = begin(town, sandbox, hold(town))
    ticket = sandbox.begin(intent).data["url"]
    query = httpx.QueryParams(ticket.split("?")[1])
    sandbox.pay(sandbox.read_ticket(intent.payment_id, query["ticket"], query["token"]))
    town.clock.pass_time(minutes=16)
    chores.end_holds(town.office, sandbox)
    assert [order.status for order in town.all_orders()] == ["assigned"]


def test_another_amount_is_given_back_once(town: Town, sandbox: Sandbox) -> None:
    intent = begin(town, sandbox, hold(town))
    wrong = Paid(payment_id=intent.payment_id, provider_ref="r", amount_fen=1, at=town.clock.now())
    for _ in range(2):
        assert town.office.write(lambda work: paying.receive(work, wrong)) is None
    payment = town.office.read(lambda conn: takings.find(conn, intent.payment_id))
    assert (payment.status, payment.amount_fen) == ("paid", 1)
    assert town.all_orders() == []


def test_what_costs_nothing_is_ordered_without_a_payment(market: Market, phone: Phone) -> None:
    market.set_session(offers=[{"product_number": 8, "price_fen": 0}])
    body = phone.wish(0, (8, 1))
    told = phone.check_out(body).json()
    assert (told["status"], told["pay"], told["payment"]) == ("ordered", None, None)
    assert phone.order(told["order"])["status"] == "assigned"


def test_a_customer_who_hurries_too_much_is_told_to_wait(market: Market, phone: Phone) -> None:
    body = phone.wish()
    market.stock({7: 100})
    answers = [phone.check_out({**body, "name": ""}) for _ in range(21)]
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "attempts")
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_refunds_notice_settles_it_once(market: Market, phone: Phone) -> None:
    order = phone.buy()
    phone.client.post(f"/v1/mall/orders/{order['token']}/cancel")

    def given_back() -> bool:
        return any(each["status"] == "done" for each in phone.order(order["token"])["refunds"])

    while not given_back():
        pass
    assert phone.order(order["token"])["payment"] == "refunded"
    sandbox = Sandbox(market.hq.data / "payments", market.secret)
    movement = next(entry for entry in reversed(sandbox.ledger()) if entry.kind == "refund")
    headers, body = sandbox.refund_notice(movement.id)
    sandbox.stop()
    for _ in range(2):
        assert phone.client.post("/v1/payments/sandbox/notice", content=body, headers=headers).status_code == 204
    assert len(phone.order(order["token"])["refunds"]) == 1


def test_who_is_at_the_store_in_time_says_so_once(town: Town, sandbox: Sandbox) -> None:
    town.open_store(101, lat=LAT, lon=LON)
    intent = begin(town, sandbox, hold(town))
    order = town.office.write(lambda work: paying.receive(work, paid(town, intent)))
    assert order

    def arrive(lat: float) -> Any:
        return town.office.write(lambda work: changes.arrive(work, order.number, Place(lat, LON)))

    town.clock.pass_time(minutes=10)
    with pytest.raises(Rejection, match=r"11\.1 km"):
        arrive(LAT + 0.1)
    first = arrive(LAT)
    town.clock.pass_time(minutes=5)
    assert first.arrived_at is not None
    assert arrive(LAT).arrived_at == first.arrived_at


def test_an_order_of_another_mall_is_cancelled_there(town: Town) -> None:
    number = town.place().row.number
    with pytest.raises(Rejection) as refused:
        town.office.write(lambda work: changes.cancel(work, number))
    assert refused.value.code == "elsewhere"


def test_who_pays_in_a_web_view_is_sent_back_to_the_mini_program(market: Market, phone: Phone) -> None:
    begun = phone.check_out(phone.wish()).json()
    with httpx.Client(base_url=market.hq.url, headers=SAME_ORIGIN) as view:
        cashier = view.get(begun["pay"]["data"]["url"])
        answer = view.post(cashier.url.path, data={**hidden(cashier.text), "do": "pay"})
    assert "请返回小程序" in answer.text
    assert phone.checkout(begun["id"])["status"] == "ordered"


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (
            ClockRule(Span.of("14:00", "20:00"), 1, 16 * 60),
            "次日 14:00–20:00 自提，16:00 后下单顺延一天",
            "Collect the next day 14:00–20:00; a day later if ordered after 16:00",
        ),
        (LeadRule(120), "下单 2 小时后起自提", "Collect from 2 h after ordering"),
        (LeadRule(45), "下单 45 分钟后起自提", "Collect from 45 minutes after ordering"),
        (
            GroupRule(Span.of("10:00", "18:00"), 2, 5, 60),
            "5 人成团，成团后第 2 天 10:00–18:00 自提",
            "A group of 5; collect 10:00–18:00 on day 2 after it is complete",
        ),
        (
            EveningRule(Span.of("18:00", "22:00"), 21 * 60),
            "当晚 18:00–22:00 自提，21:00 前下单",
            "Collect this evening 18:00–22:00; order before 21:00",
        ),
    ],
)
def test_rules_are_told_in_words(rule: Rule, zh: str, en: str) -> None:
    assert (words.rule(rule, "zh"), words.rule(rule, "en")) == (zh, en)


def test_what_many_ask_for_at_once_is_made_once(town: Town) -> None:
    made: list[int] = []

    async def make() -> int:
        made.append(1)
        await asyncio.sleep(0)
        return len(made)

    async def ask() -> list[int]:
        shared: Shared[str, int] = Shared(town.clock, 1.0)
        first = list(await asyncio.gather(*(shared.get("x", make) for _ in range(50))))
        town.clock.pass_time(seconds=1)
        return [*first, await shared.get("x", make)]

    assert asyncio.run(ask()) == [1] * 50 + [2]


def test_a_refusal_reaches_everybody_and_is_not_kept(town: Town) -> None:
    async def fail() -> int:
        raise sessions.none_such()

    async def ask() -> list[Any]:
        shared: Shared[str, int] = Shared(town.clock, 1.0)
        told = await asyncio.gather(*(shared.get("x", fail) for _ in range(3)), return_exceptions=True)
        return [*told, shared.at_hand("x")]

    *told, kept = asyncio.run(ask())
    assert all(isinstance(each, Rejection) for each in told)
    assert kept is None


def test_an_asset_that_changes_has_another_address() -> None:
    assert Drawn.of(b"one").tag != Drawn.of(b"two").tag
    assert pages.address("shop.css").startswith("/static/shop.css?v=")
