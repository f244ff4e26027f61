"""The storefront's pages over HTTP: the path of a customer, what they may not do, and what nobody smuggles in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.domain.events import EventKind
from tests.hq.mall.conftest import NewPhone
from tests.hq.mall.market import CAKE, SAME_ORIGIN, Market, Phone, hidden

GROUP_RULE = {"kind": "group", "opens": "10:00", "closes": "20:00", "days_after": 2, "size": 2, "forming_minutes": 600}


class Browser:
    """A phone's browser without scripts."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.client = httpx.Client(base_url=market.hq.url, timeout=30, headers=SAME_ORIGIN, follow_redirects=True)

    def fill(self, **cart: int) -> httpx.Response:
        return self.client.get(f"/live/{self.market.slug}/stores", params=cart)

    def form(self, store: int = 0) -> httpx.Response:
        return self.client.get(f"/live/{self.market.slug}/checkout", params={"store": store or self.market.near})

    def send(self, form: httpx.Response, **typed: Any) -> httpx.Response:
        return self.client.post(f"/live/{self.market.slug}/checkout", data={**self.filled(form), **typed})

    @staticmethod
    def filled(form: httpx.Response) -> dict[str, str]:
        window = form.text.split('name="window" value="')[1].split('"')[0]
        return {**hidden(form.text), "window": window, "name": "王小明", "phone": "13812345678", "sms": "1"}

    def buy(self, store: int = 0, **typed: Any) -> httpx.Response:
        """Order and pay; return the order's page."""
        self.fill(q7=2)
        cashier = self.send(self.form(store), **typed)
        assert "沙箱" in cashier.text
        return self.client.post(cashier.url.path, data={**hidden(cashier.text), "do": "pay"})


@pytest.fixture
def browser(market: Market) -> Iterator[Browser]:
    one = Browser(market)
    yield one
    one.client.close()


def test_a_cart_becomes_an_order_without_any_script(market: Market, browser: Browser) -> None:
    stores = browser.fill(q7=2, q8=1)
    assert "¥193.50" in stores.text
    assert stores.text.index(f"store-{market.near}") < stores.text.index(f"store-{market.middle}")
    order = browser.buy(note="请放冰袋")
    assert order.url.path.startswith("/o/")
    assert "门店正在备货" in order.text
    assert market.left(market.near) == 8
    assert "门店正在备货" in browser.client.get("/me").text


def test_a_form_that_is_sent_twice_orders_once(market: Market, browser: Browser) -> None:
    browser.fill(q7=2)
    form = browser.form()
    first, second = browser.send(form), browser.send(form)
    assert first.url.path == second.url.path
    assert market.left(market.near) == 8


def test_what_is_typed_survives_a_refusal(browser: Browser) -> None:
    browser.fill(q7=1)
    answer = browser.send(browser.form(), phone="abc", note="不要香菜", other="1", collector_name="李华")
    assert answer.status_code == 422
    for kept in ("请填写正确的手机号", 'value="abc"', 'value="不要香菜"', 'value="李华"'):
        assert kept in answer.text


def test_the_loser_of_the_last_piece_is_shown_where_there_is_one(
    market: Market, browser: Browser, phone: Phone
) -> None:
    market.stock({CAKE: 1}, market.near)
    browser.fill(q7=1)
    form = browser.form()
    assert phone.check_out(phone.wish(0, (CAKE, 1))).status_code == 201
    answer = browser.send(form)
    assert answer.status_code == 409
    assert f"checkout?store={market.middle}" in answer.text


def test_not_paying_leads_back_and_giving_up_frees_the_goods(market: Market, browser: Browser) -> None:
    browser.fill(q7=2)
    cashier = browser.send(browser.form())
    waiting = browser.client.post(cashier.url.path, data={**hidden(cashier.text), "do": "not"})
    assert "等待支付" in waiting.text
    over = browser.client.post(waiting.url.path, data={**hidden(waiting.text), "do": "give_up"})
    assert "已放弃" in over.text
    assert market.left(market.near) == 10


def test_pages_speak_english_where_the_browser_does(market: Market, browser: Browser) -> None:
    english = browser.client.get(f"/live/{market.slug}", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}).text
    assert "Choose a store" in english
    assert "Collect in store: 10% off" in english
    assert "选择门店" in browser.client.get(f"/live/{market.slug}").text
    browser.client.get(f"/live/{market.slug}", params={"lang": "en"})
    assert "Nothing is stored" not in browser.client.get("/me").text
    assert "No orders yet" in browser.client.get("/me").text


def test_closed_and_unknown_sessions_have_pages(market: Market, browser: Browser) -> None:
    missing = browser.client.get("/live/never-was")
    assert (missing.status_code, "找不到这个页面" in missing.text) == (404, True)
    market.set_session(starts_at="2026-01-01T00:00:00Z", ends_at="2026-01-02T00:00:00Z")
    assert "本场已结束" in browser.client.get(f"/live/{market.slug}").text
    market.set_session(starts_at="2090-01-01T00:00:00Z", ends_at="2090-01-02T00:00:00Z")
    assert "开播时间" in browser.client.get(f"/live/{market.slug}").text


# ── what is not allowed ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_another_site_cannot_send_our_forms(market: Market, browser: Browser, headers: dict[str, str]) -> None:
    browser.fill(q7=2)
    form = browser.filled(browser.form())
    answer = browser.client.post(f"/live/{market.slug}/checkout", data=form, headers=headers)
    assert answer.status_code == 403
    assert market.left(market.near) == 10


def test_a_form_belongs_to_its_visitor(market: Market, browser: Browser) -> None:
    browser.fill(q7=2)
    form = browser.filled(browser.form())
    other = Browser(market)
    other.fill(q7=2)
    other.form()
    assert other.client.post(f"/live/{market.slug}/checkout", data=form).status_code == 403
    assert browser.client.post(f"/live/{market.slug}/checkout", data={**form, "form": ""}).status_code == 403
    browser.client.cookies.clear()
    assert browser.client.post(f"/live/{market.slug}/checkout", data=form).status_code == 403
    other.client.close()


def test_an_order_is_changed_only_from_its_own_page(market: Market, browser: Browser) -> None:
    order = browser.buy()
    assert browser.client.post(f"{order.url.path}/cancel", data={}).status_code == 403
    forged = browser.client.post(
        f"{order.url.path}/cancel", data=hidden(order.text), headers={"Origin": "https://evil.example"}
    )
    assert forged.status_code == 403
    assert "订单已取消" in browser.client.post(f"{order.url.path}/cancel", data=hidden(order.text)).text
    assert market.left(market.near) == 10


def test_the_payment_of_another_is_not_there(market: Market, browser: Browser) -> None:
    browser.fill(q7=2)
    cashier = browser.send(browser.form())
    waiting = browser.client.post(cashier.url.path, data={**hidden(cashier.text), "do": "not"})
    other = Browser(market)
    other.client.get("/me")
    assert other.client.get(waiting.url.path).status_code == 404
    other.client.close()


@pytest.mark.parametrize("ticket", ["", '{"p":"x"}', "nonsense"])
def test_the_cashier_believes_only_its_own_tickets(browser: Browser, ticket: str) -> None:
    answer = browser.client.get("/pay/sandbox/x", params={"ticket": ticket, "token": "0" * 64})
    assert answer.status_code == 404


def test_nothing_redirects_elsewhere(market: Market, browser: Browser) -> None:
    for path in (
        f"/live/{market.slug}/stores?next=//evil.example",
        f"/live/{market.slug}/checkout?return=//evil.example",
    ):
        answer = browser.client.get(path, follow_redirects=False)
        assert answer.headers["location"] == f"/live/{market.slug}"


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_names_and_notes_cannot_smuggle_markup(market: Market, browser: Browser) -> None:
    market.set_session(title=EVIL[:80], host=EVIL)
    market.malls[market.near].add_product(CAKE, name=EVIL, description=EVIL, counted=True)
    live = browser.client.get(f"/live/{market.slug}")
    browser.fill(q7=1)
    refused = browser.send(browser.form(), phone="x", name=EVIL, note=EVIL)
    order = browser.buy(name=EVIL[:60], note=EVIL, other="1", collector_name=EVIL[:60])
    market.malls[market.near].add_product(CAKE, name="草莓蛋糕", price_fen=12_800, counted=True)
    for page in (live, refused, order, browser.client.get("/me")):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]


def test_an_orders_page_shows_masked_names_and_no_phone(browser: Browser) -> None:
    order = browser.buy(name="欧阳小明", other="1", collector_name="李华强")
    assert "欧***" in order.text
    for secret in ("欧阳小明", "李华强", "13812345678", "5678"):
        assert secret not in order.text


# ── weight and caches ──────────────────────────────────────────────────────────────────────────────────────


def test_pages_are_packed_tagged_and_small(market: Market, browser: Browser) -> None:
    answer = browser.client.get(f"/live/{market.slug}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    again = browser.client.get(f"/live/{market.slug}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(gzip.compress(answer.content)) < 4_000


def test_assets_are_kept_for_ever_under_their_version(browser: Browser, market: Market) -> None:
    page = browser.client.get(f"/live/{market.slug}").text
    for kind in ("css", "js"):
        path = page.split(f"/static/shop.{kind}")[1].split('"')[0]
        assert "immutable" in browser.client.get(f"/static/shop.{kind}{path}").headers["cache-control"]
        assert browser.client.get(f"/static/shop.{kind}?v=old").headers["cache-control"] == "no-cache"


# ── news ───────────────────────────────────────────────────────────────────────────────────────────────────


def events(client: httpx.Client, path: str) -> Iterator[str]:
    with client.stream("GET", f"{path}/events") as answer:
        for line in answer.iter_lines():
            if line.startswith("data:"):
                yield line.removeprefix("data:").strip()


def test_an_open_page_hears_of_each_change(market: Market, browser: Browser) -> None:
    counter = market.counter(market.near)
    order = browser.buy()
    number = next(each["number"] for each in market.malls[market.near].orders())
    told = events(browser.client, order.url.path)
    assert next(told) in order.text
    counter.push(counter.teller.tell(EventKind.PREPARED, number, shelf="A1"))
    state = next(told)
    assert "prepared" in state
    assert state in browser.client.get(order.url.path).text
    counter.hand_over(number)
    assert "completed" in next(told)
    told.close()  # type: ignore[attr-defined]


# ── groups, shortages ──────────────────────────────────────────────────────────────────────────────────────


def test_a_group_fills_and_collects_together(market: Market, new_phone: NewPhone, browser: Browser) -> None:
    market.set_session(rules={"window": GROUP_RULE})
    first = browser.buy()
    assert "等待成团" in first.text
    invitation = first.text.split('id="share"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    friend = Browser(market)
    assert "您受邀参团" in friend.client.get(invitation).text
    friend.fill(q7=2)
    second = friend.buy()
    friend.client.close()
    assert "门店正在备货" in second.text
    assert "门店正在备货" in browser.client.get(first.url.path).text


def test_a_shortage_offers_another_store_and_moves_the_order(market: Market, browser: Browser) -> None:
    counter = market.counter(market.near)
    order = browser.buy()
    number = market.malls[market.near].orders()[0]["number"]
    lacking = {"lines": [{"product_number": CAKE, "quantity": 2}], "reason": "摔了"}
    counter.push(counter.teller.tell(EventKind.LINE_REJECTED, number, **lacking))
    short = browser.client.get(order.url.path)
    assert f'value="store:{market.middle}"' in short.text
    chosen = browser.client.post(
        f"{order.url.path}/shortage", data={**hidden(short.text), "choice": f"store:{market.middle}"}
    )
    assert chosen.status_code == 200
    assert market.left(market.middle) == 8


def test_a_shortage_is_refunded_at_the_customers_wish(market: Market, phone: Phone) -> None:
    order = phone.buy()
    number = market.malls[market.near].orders()[0]["number"]
    counter = market.counter(market.near)
    counter.push(counter.teller.tell(EventKind.LINE_REJECTED, number, lines=[{"product_number": CAKE, "quantity": 2}]))
    path = f"/v1/mall/orders/{order['token']}/shortage"
    assert phone.client.post(path, json={"choice": "refund"}).status_code == 200
    assert phone.client.post(path, json={"choice": "refund"}).status_code == 200
    assert phone.order(order["token"])["cancel_requested"] or phone.order(order["token"])["refunds"]
