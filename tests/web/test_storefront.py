"""The storefront on a phone, in a real browser: from the link of a live session to the QR code, and what goes wrong."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.domain.events import EventKind
from tests.hq.mall.market import CAKE, LAT, LON, Market
from tests.hq.server import Running, running
from tests.web.browser import picture

GROUP_RULE = {"kind": "group", "opens": "10:00", "closes": "20:00", "days_after": 2, "size": 3, "forming_minutes": 600}
TAPPED = "a, button, select, input:not([type=hidden], [type=radio], [type=checkbox]), .pick"
SMALL = (
    f"[...document.querySelectorAll('{TAPPED}')]"
    ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML.slice(0, 80))"
)


@pytest.fixture(scope="module")
def hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("hq")) as one:
        yield one


@pytest.fixture
def market(hq: Running) -> Iterator[Market]:
    market = Market(hq)
    yield market
    market.close()


@contextlib.contextmanager
def hand(
    browser: Browser, market: Market, *, language: str = "zh-CN", dark: bool = False, located: bool = True, **more: Any
) -> Iterator[Page]:
    """Give a customer a phone; what the browser complains about fails the test."""
    context = browser.new_context(
        base_url=market.hq.url,
        viewport={"width": 390, "height": 844},
        locale=language,
        color_scheme="dark" if dark else "light",
        geolocation={"latitude": LAT, "longitude": LON} if located else None,
        permissions=["geolocation"] if located else [],
        reduced_motion="reduce",
        has_touch=True,
        **more,
    )
    context.set_default_timeout(15_000)
    page, told = context.new_page(), list[str]()
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda said: told.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert told == []


def show(page: Page, name: str) -> None:
    """Take a picture; nothing may be wider than the phone, and what is tapped is large enough."""
    expect(page.locator(f"body[data-page={name.split('-', maxsplit=1)[0]}]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    small = page.evaluate(SMALL)
    assert small == [], name
    picture(page, f"store-{name}")


def fill_cart(page: Page, market: Market, *taps: str) -> None:
    page.goto(f"/live/{market.slug}")
    for name in taps or ("草莓蛋糕", "可颂"):
        page.locator(".ware", has_text=name).locator(".more").click()


def choose(page: Page, number: int) -> None:
    page.locator("#go").click()
    page.locator(f"#store-{number} a.main").click()


def order(page: Page, **typed: str) -> None:
    for name, value in {"name": "王小明", "phone": "13812345678", **typed}.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("button.main").click()


def pay(page: Page) -> None:
    page.locator("button[value=pay]").click()
    page.wait_for_url(re.compile(r"/o/"))


def scanned(page: Page) -> list[str]:
    shot = page.locator(".code img").screenshot()
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))]


def number_of(market: Market, store: int) -> int:
    return int(market.malls[store].orders()[0]["number"])


def test_from_the_cart_link_to_the_code(browser: Browser, market: Market) -> None:
    counter = market.counter(market.near)
    market.stock({CAKE: 3}, market.near)
    with hand(browser, market) as page:
        fill_cart(page, market, "草莓蛋糕", "草莓蛋糕", "可颂")
        expect(page.locator("#total")).to_have_text("¥193.50")
        page.reload()
        expect(page.locator("#total")).to_have_text("¥193.50")
        show(page, "live")
        page.locator("#go").click()
        page.locator("#here").click()
        expect(page.locator(f"#store-{market.middle} .far")).to_have_text("1.1 km")
        show(page, "stores")
        page.locator(f"#store-{market.near} a.main").click()
        show(page, "checkout")
        order(page, note="请放冰袋")
        show(page, "cashier")
        pay(page)
        expect(page.locator("h1")).to_have_text("门店正在备货")
        show(page, "order")
        assert scanned(page)[0].isdigit()
        counter.push(counter.teller.tell(EventKind.PREPARED, number_of(market, market.near), shelf="A1"))
        expect(page.locator("h1")).to_have_text("已备好，请在自提时段到店")
        picture(page, "store-order-prepared")
        page.goto("/me")
        expect(page.locator(".card")).to_have_count(1)
        show(page, "me")
        page.goto(f"/live/{market.slug}")
        expect(page.locator("#total")).to_have_text("¥0.00")


def test_a_refused_location_leads_to_districts_and_search(browser: Browser, market: Market) -> None:
    with hand(browser, market, located=False) as page:
        fill_cart(page, market)
        page.locator("#go").click()
        page.locator("#here").click()
        expect(page.locator("#located")).to_contain_text("不要紧")
        page.locator("select[name=district]").select_option("浦东新区")
        expect(page.locator(".store")).to_have_count(1)
        show(page, "stores-district")
        page.locator("input[name=search]").fill("nowhere")
        page.locator(".find form button").click()
        expect(page.get_by_text("没有找到门店")).to_be_visible()
        show(page, "stores-none")


def test_the_whole_way_in_english_and_in_the_dark(browser: Browser, market: Market) -> None:
    market.stock({CAKE: 0}, market.near)
    with hand(browser, market, language="en-GB", dark=True) as page:
        fill_cart(page, market)
        show(page, "live-en-dark")
        page.locator("#go").click()
        page.locator("#here").click()
        expect(page.get_by_text("Sorted by distance")).to_be_visible()
        expect(page.get_by_text("Nearest that can")).to_be_visible()
        show(page, "stores-en-dark")
        page.locator(f"#store-{market.middle} a.main").click()
        page.get_by_text("Somebody else collects").click()
        page.locator("input[name=collector_name]").fill("Li Hua")
        show(page, "checkout-en-dark")
        order(page)
        show(page, "cashier-en-dark")
        page.locator("button[value=not]").click()
        expect(page.get_by_text("Held for you for")).to_be_visible()
        show(page, "pay-en-dark")
        page.locator("button[value=pay]").click()
        pay(page)
        expect(page.locator("h1")).to_have_text("The store is preparing your order")
        text = page.locator("main").inner_text()
        for own in ("草莓蛋糕", "可颂", "中文", "王", "号店", "天钥桥路", "号"):
            text = text.replace(own, "")
        assert re.findall(r"[\u4e00-\u9fff]+", text) == []
        show(page, "order-en-dark")
        page.locator("summary", has_text="Cancel").click()
        page.locator("details[open] button").click()
        expect(page.locator("h1")).to_have_text(re.compile("cancel", re.IGNORECASE))
        show(page, "order-cancelled-en-dark")


def test_of_two_customers_one_gets_the_last_piece(browser: Browser, market: Market) -> None:
    market.stock({CAKE: 1}, market.near)
    with hand(browser, market) as one, hand(browser, market) as other:
        for page in (one, other):
            fill_cart(page, market, "草莓蛋糕")
            choose(page, market.near)
        order(one)
        order(other)
        expect(one.locator("button[value=pay]")).to_be_visible()
        expect(other.locator("#wrong")).to_contain_text("这些门店有货")
        expect(other.locator("input[name=name]")).to_have_value("王小明")
        show(other, "checkout-sold-out")
        other.locator("#wrong a", has_text=str(market.middle)).click()
        order(other)
        pay(other)
    assert market.left(market.near) == 0


def test_a_shortage_is_answered_with_another_store_and_another_code(browser: Browser, market: Market) -> None:
    with hand(browser, market) as page:
        fill_cart(page, market, "草莓蛋糕")
        choose(page, market.near)
        order(page)
        pay(page)
        first = scanned(page)
        number, counter = number_of(market, market.near), market.counter(market.near)
        lacking = [{"product_number": CAKE, "quantity": 1}]
        counter.push(counter.teller.tell(EventKind.LINE_REJECTED, number, lines=lacking, reason="摔了"))
        expect(page.locator("#shortage")).to_be_visible()
        show(page, "order-shortage")
        page.locator(f'button[value="store:{market.middle}"]').click()
        expect(page.locator("h1")).to_have_text(re.compile("正在取消|备货|取消"))
        counter.push(counter.teller.tell(EventKind.CANCELLATION_ACCEPTED, number))
        page.get_by_role("link", name="打开新订单").click()
        expect(page.locator(".facts h2")).to_have_text(f"{market.middle} 号店")
        assert scanned(page) != first
        assert scanned(page)[0].isdigit()
        show(page, "order-replaced")


def test_a_group_is_started_and_shared(browser: Browser, market: Market) -> None:
    market.set_session(rules={"window": GROUP_RULE})
    with hand(browser, market) as page, hand(browser, market) as friend:
        fill_cart(page, market, "可颂")
        show(page, "live-group")
        choose(page, market.near)
        show(page, "checkout-group")
        order(page)
        pay(page)
        expect(page.locator("h1")).to_have_text("等待成团")
        show(page, "order-group")
        friend.goto(page.locator("#share").get_attribute("href") or "")
        expect(friend.get_by_text("您受邀参团")).to_be_visible()
        show(friend, "live-invited")
        friend.locator(".ware", has_text="可颂").locator(".more").click()
        friend.locator("#go").click()
        show(friend, "stores-invited")
        friend.locator(".note a").click()
        order(friend)
        pay(friend)
        expect(page.locator("h2", has_text="2/3")).to_be_visible()


def test_pages_for_what_is_over_empty_or_wrong(browser: Browser, market: Market) -> None:
    with hand(browser, market) as page:
        page.goto("/me")
        show(page, "me-empty")
        page.goto("/live/nothing")
        show(page, "error")
        page.goto(f"/live/{market.slug}")
        page.locator(".ware", has_text="可颂").locator(".more").click()
        choose(page, market.near)
        order(page, phone="123")
        expect(page.locator("#wrong")).to_contain_text("手机号")
        show(page, "checkout-wrong")
        order(page)
        page.locator("button[value=not]").click()
        show(page, "pay")
        page.locator("button[value=give_up]").click()
        expect(page.locator("h1")).to_have_text("已放弃")
        show(page, "pay-over")
        market.stock({CAKE: 0})
        market.set_session(ends_at="2090-01-01T00:00:00Z")
        page.goto(f"/live/{market.slug}")
        show(page, "live-sold-out")
        market.set_session(starts_at="2026-01-01T00:00:00Z", ends_at="2026-01-02T00:00:00Z")
        page.goto(f"/live/{market.slug}")
        show(page, "live-over")


def test_the_customer_moves_the_window_and_arrives(browser: Browser, market: Market) -> None:
    # Not tomorrow: late in the evening its first window is too near to be changed.
    market.set_session(
        rules={"window": {"kind": "clock", "opens": "00:00", "closes": "23:59", "days_after": 2, "days": 4}}
    )
    with hand(browser, market) as page:
        fill_cart(page, market, "可颂")
        choose(page, market.near)
        order(page)
        pay(page)
        before = scanned(page)
        page.locator("summary", has_text="改期").click()
        page.locator("details[open] .pick").nth(2).click()
        show(page, "order-reschedule")
        page.locator("details[open] button").click()
        expect(page.get_by_role("status")).to_contain_text("已改期")
        assert scanned(page) != before
