"""From a live session to an order on the store's board, over the mall's JSON, paid in the sandbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from hq.payments.port import Intent
from hq.payments.sandbox import Sandbox
from sync.wire import OrderItem
from tests.hq.mall.conftest import NewPhone
from tests.hq.mall.market import BREAD, CAKE, LAT, LON, STEP, Market, Phone


def test_a_session_shows_live_and_collect_prices(market: Market, phone: Phone) -> None:
    told = phone.client.get(f"/v1/mall/sessions/{market.slug}").json()
    assert told["open"] is True
    assert told["rule_zh"] == "次日 00:00–23:59 自提"
    first = told["products"][0]
    assert (first["catalogue_price_fen"], first["live_price_fen"], first["collect_price_fen"]) == (
        12_800,
        10_000,
        9_000,
    )


def test_an_order_goes_from_the_session_to_the_stores_feed(market: Market, phone: Phone) -> None:
    counter = market.counter(market.near)
    order = phone.buy()
    assert (order["status"], order["total_fen"], order["discount_fen"]) == ("assigned", 18_000, 2_000)
    fed = [row.item for row in counter.pull().rows if isinstance(row.item, OrderItem)]
    assert [(item.customer, [line.quantity for line in item.lines]) for item in fed] == [("王**", [2])]
    assert market.left(market.near) == 8
    assert [each["label"] for each in phone.client.get("/v1/mall/orders").json()["orders"]] == [order["label"]]


def test_the_same_checkout_again_holds_and_orders_once(market: Market, phone: Phone) -> None:
    body = phone.wish()
    first, second = phone.check_out(body, "same"), phone.check_out(body, "same")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert market.left(market.near) == 8
    phone.pay(first.json())
    third = phone.check_out(body, "same").json()
    assert third["order"] == phone.checkout(first.json()["id"])["order"]
    assert (third["status"], third["pay"]) == ("ordered", None)


def test_a_key_is_not_used_for_two_carts(phone: Phone) -> None:
    body = phone.wish()
    phone.check_out(body, "same")
    other = phone.check_out({**body, "lines": [{"product_number": BREAD, "quantity": 1}]}, "same")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key")


def test_two_customers_may_use_the_same_key(new_phone: NewPhone) -> None:
    one, other = new_phone(), new_phone()
    body = one.wish()
    assert one.check_out(body, "k").json()["id"] != other.check_out(body, "k").json()["id"]


def test_a_checkout_needs_a_token_and_a_key(phone: Phone) -> None:
    body = phone.wish()
    assert phone.client.post("/v1/mall/checkouts", json=body).status_code == 400
    phone.client.headers["Authorization"] = "Bearer made-up"
    assert phone.check_out(body).status_code == 401


def test_nobody_sees_or_ends_the_checkout_of_another(market: Market, new_phone: NewPhone) -> None:
    one, other = new_phone(), new_phone()
    mine = one.check_out(one.wish()).json()
    for answer in (
        other.client.get(f"/v1/mall/checkouts/{mine['id']}"),
        other.client.post(f"/v1/mall/checkouts/{mine['id']}/give-up"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "checkout")
    assert one.checkout(mine["id"])["status"] == "open"
    one.pay(mine)
    assert other.client.get("/v1/mall/orders").json() == {"orders": []}
    assert market.left(market.near) == 8


@pytest.mark.parametrize("made_up", ["x", "1-2", "99999999999-1", "-", "101", "１-x"])
def test_a_made_up_checkout_is_not_there(phone: Phone, made_up: str) -> None:
    assert phone.client.get(f"/v1/mall/checkouts/{made_up}").status_code == 404


def test_giving_up_gives_the_goods_back_and_a_late_payment_still_orders(
    market: Market, phone: Phone, tmp_path: Path
) -> None:
    begun = phone.check_out(phone.wish()).json()
    ended = phone.client.post(f"/v1/mall/checkouts/{begun['id']}/give-up").json()
    assert (ended["status"], market.left(market.near)) == ("given_up", 10)
    assert notice(market, phone, begun, tmp_path, 18_000) == 204
    order = phone.order(phone.checkout(begun["id"])["order"])
    assert (order["status"], market.left(market.near)) == ("assigned", 8)


def test_a_notice_counts_once(market: Market, phone: Phone, tmp_path: Path) -> None:
    begun = phone.check_out(phone.wish()).json()
    assert [notice(market, phone, begun, tmp_path, 18_000) for _ in range(3)] == [204, 204, 204]
    assert len(phone.client.get("/v1/mall/orders").json()["orders"]) == 1
    assert market.left(market.near) == 8


def test_another_amount_makes_no_order_and_goes_back(market: Market, phone: Phone, tmp_path: Path) -> None:
    begun = phone.check_out(phone.wish()).json()
    assert notice(market, phone, begun, tmp_path, 1) == 204
    assert phone.checkout(begun["id"])["order"] is None
    assert phone.client.get("/v1/mall/orders").json() == {"orders": []}


def test_a_notice_that_nobody_signed_is_not_believed(market: Market, phone: Phone, tmp_path: Path) -> None:
    begun = phone.check_out(phone.wish()).json()
    forged = Sandbox(tmp_path, b"another secret")
    headers, body = charged(forged, begun, 18_000)
    answer = phone.client.post("/v1/payments/sandbox/notice", content=body, headers=headers)
    assert answer.status_code == 500
    assert phone.client.post("/v1/payments/sandbox/notice", content=body).status_code == 500
    assert phone.client.post("/v1/payments/wechat/notice", content=body).status_code == 404
    assert phone.checkout(begun["id"])["order"] is None
    forged.stop()


def test_a_full_window_is_refused_with_others(market: Market, phone: Phone) -> None:
    market.malls[market.near].open_store(capacity=1, lat=LAT, lon=LON)
    market.set_session(rules={"window": {"kind": "lead", "lead_minutes": 0, "slot_minutes": 15, "slots": 4}})
    body = phone.wish(0, (BREAD, 1))
    assert phone.check_out(body).status_code == 201
    answer = phone.check_out(body)
    assert (answer.status_code, answer.json()["code"]) == (409, "sold_out")
    assert answer.json()["alternatives"]["windows"]


def test_the_last_piece_is_sold_once_and_the_other_is_told_where(market: Market, new_phone: NewPhone) -> None:
    market.stock({CAKE: 1}, market.near)
    one, other = new_phone(), new_phone()
    body = one.wish(0, (CAKE, 1))
    assert one.check_out(body).status_code == 201
    refused = other.check_out(body)
    assert (refused.status_code, refused.json()["code"]) == (409, "sold_out")
    assert [each["store_number"] for each in refused.json()["alternatives"]["stores"]] == [market.middle, market.far]


def test_a_closed_session_takes_no_orders(market: Market, phone: Phone) -> None:
    body = phone.wish()
    market.set_session(ends_at=body["opens"], starts_at="2026-01-01T00:00:00Z", published=False)
    assert phone.check_out(body).json()["code"] == "session_closed"


def test_unknown_fields_and_nonsense_are_refused_in_a_sentence(phone: Phone) -> None:
    body = phone.wish()
    for changed, code in (
        ({"extra": 1}, "invalid"),
        ({"phone": "call me"}, "phone"),
        ({"name": "a\x00b"}, "name"),
        ({"closes": body["opens"]}, "window"),
        ({"lines": [{"product_number": 999, "quantity": 1}]}, "product"),
        ({"store_number": 4_000_000_000}, "store"),
    ):
        answer = phone.check_out({**body, **changed})
        assert (answer.status_code in {404, 422}, answer.json()["code"]) == (True, code)


# ── offers ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_stores_come_by_distance_with_hours_windows_and_what_is_left(market: Market, phone: Phone) -> None:
    market.stock({CAKE: 6}, market.near)
    found = phone.offers((CAKE, 2))
    assert [each["number"] for each in found] == list(market.numbers)
    assert found[0]["distance_m"] == 0
    assert 1_000 < found[1]["distance_m"] < 1_300
    assert (found[0]["left"], found[0]["left_zh"]) == (3, "仅剩 3 份")
    assert found[0]["hours_zh"] == "周一至周日 全天 24 小时"
    assert found[0]["windows"][0]["why_not"] is None


def test_a_store_at_nothing_is_grey_with_the_nearest_that_can(market: Market, phone: Phone) -> None:
    market.stock({CAKE: 0}, market.near)
    first = phone.offers((CAKE, 1), (BREAD, 1))[0]
    assert (first["number"], first["can"], first["lacking"]) == (market.near, False, [CAKE])
    assert (first["why_zh"], first["nearest_that_can"]) == ("草莓蛋糕 已售罄或不够", market.middle)


def test_places_of_chinese_maps_are_shifted_back(market: Market, phone: Phone) -> None:
    shifted = next(each for each in phone.offers() if each["number"] == market.near)["gcj02"]
    by_map = phone.offers(place={**shifted, "system": "gcj02"})[0]
    as_if_wgs = phone.offers(place=shifted)[0]
    assert by_map["distance_m"] <= 1
    assert as_if_wgs["distance_m"] > 100


def test_a_district_and_words_find_stores_without_a_place(market: Market, phone: Phone) -> None:
    assert [each["number"] for each in phone.offers(place=None, district="浦东新区")] == [market.far]
    assert [each["number"] for each in phone.offers(place=None, search=str(market.middle))] == [market.middle]
    assert phone.offers(place={"lat": LAT, "lon": LON + 2 * STEP})[0]["number"] == market.far


# ── orders ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_customer_cancels_in_time_and_is_refunded_once(market: Market, phone: Phone) -> None:
    token = phone.buy()["token"]
    for _ in range(2):
        assert phone.client.post(f"/v1/mall/orders/{token}/cancel").status_code == 200
    order = phone.order(token)
    assert (order["status"], [each["amount_fen"] for each in order["refunds"]]) == ("cancelled", [18_000])
    assert market.left(market.near) == 10


def test_a_customer_moves_the_window_and_gets_another_code(market: Market, phone: Phone) -> None:
    market.set_session(
        rules={"window": {"kind": "clock", "opens": "10:00", "closes": "20:00", "days_after": 2, "days": 3}}
    )
    order = phone.buy()
    other = order["may"]["reschedule"][1]
    moved = phone.client.post(
        f"/v1/mall/orders/{order['token']}/reschedule", json={"opens": other["opens"], "closes": other["closes"]}
    ).json()
    assert moved["window"]["opens"] == other["opens"]
    assert moved["pickup_code"] != order["pickup_code"]


def test_a_window_that_is_not_offered_is_refused(phone: Phone) -> None:
    token = phone.buy()["token"]
    window = {"opens": "2030-01-01T00:00:00Z", "closes": "2030-01-01T01:00:00Z"}
    assert phone.client.post(f"/v1/mall/orders/{token}/reschedule", json=window).status_code == 409


def test_somebody_else_collects(phone: Phone) -> None:
    token = phone.buy()["token"]
    body = {"name": "李华", "relation": "同事"}
    assert phone.client.post(f"/v1/mall/orders/{token}/collector", json=body).json()["collector_name"] == "李华"


def test_who_is_far_away_is_not_here(market: Market, phone: Phone) -> None:
    market.set_session(rules={"window": {"kind": "lead", "lead_minutes": 0, "slot_minutes": 60}})
    body = phone.wish()
    assert body
    order = phone.buy()
    far: dict[str, Any] = {"place": {"lat": LAT + 1, "lon": LON}}
    answer = phone.client.post(f"/v1/mall/orders/{order['token']}/arrive", json=far)
    assert answer.json()["code"] in {"far_away", "not_now"}


def charged(sandbox: Sandbox, begun: dict[str, Any], amount: int) -> tuple[dict[str, str], bytes]:
    """Charge a payment of HQ's in a sandbox that HQ does not see; return its notice."""
    url = urlsplit(begun["pay"]["data"]["url"])
    intent = Intent(
        payment_id=url.path.rsplit("/", 1)[1],
        amount_fen=amount,
        description="x",
        expires_at=datetime.now(UTC) + timedelta(hours=1),
        notify_url="",
        return_url="",
        channel="h5",
    )
    other = parse_qs(urlsplit(sandbox.begin(intent).data["url"]).query)
    sandbox.pay(sandbox.read_ticket(intent.payment_id, other["ticket"][0], other["token"][0]))
    return sandbox.notice(intent.payment_id)


def notice(market: Market, phone: Phone, begun: dict[str, Any], folder: Path, amount: int) -> int:
    """Deliver the genuine notice of a charge; return HQ's answer."""
    folder = folder / begun["id"]
    sandbox = Sandbox(folder, market.secret)
    try:
        known = sandbox.ledger()
        payment_id = begun["pay"]["data"]["url"].split("?")[0].rsplit("/", 1)[1]
        headers, body = sandbox.notice(payment_id) if known else charged(sandbox, begun, amount)
    finally:
        sandbox.stop()
    return phone.client.post("/v1/payments/sandbox/notice", content=body, headers=headers).status_code
