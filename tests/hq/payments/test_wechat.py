"""WeChat Pay over its stand-in: the three channels, its documented errors, and answers that are not its own."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from hq.payments.port import NotGenuine, Provider, ProviderDown, ProviderRefused, RefundFailed, RefundPending, Why
from hq.payments.wechat import WechatProvider
from tests.hq.payments.shops import (
    NOW,
    OTHER,
    PAYMENT,
    REFUND,
    FixedClock,
    WechatShop,
    intent,
    refund,
    refund_notice_body,
    wechat_shop,
    with_channel,
)
from tests.hq.payments.wechat_books import MCHID, transaction
from tests.hq.payments.wechat_server import (
    APIV3_KEY,
    Scripted,
    Signing,
    account,
    notice_body,
    private_pem,
    signed_headers,
)

STAMP = int(NOW.timestamp())


def error(status: int, code: str) -> Scripted:
    return Scripted(status, json.dumps({"code": code, "message": "它自己的话"}))


def every_call(provider: Provider) -> list[object]:
    """Make each call once and return what came of it."""
    calls: list[Callable[[], object]] = [
        lambda: provider.begin(intent()),
        lambda: provider.look(PAYMENT),
        lambda: provider.close(PAYMENT),
        lambda: provider.refund(refund()),
        lambda: provider.look_refund(REFUND),
    ]
    return [_outcome(call) for call in calls]


def _outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except (ProviderDown, ProviderRefused) as failure:
        return type(failure)


def test_inside_wechat_the_page_gets_what_its_bridge_takes(wechat: WechatShop) -> None:
    begun = wechat.provider.begin(intent())
    assert begun.how == "jsapi"
    assert set(begun.data) == {"appId", "timeStamp", "nonceStr", "package", "signType", "paySign"}
    assert begun.data["package"] == f"prepay_id=wx{PAYMENT.replace('-', '')}"


def test_in_another_browser_the_customer_is_sent_to_wechat_and_back(wechat: WechatShop) -> None:
    begun = wechat.provider.begin(with_channel(intent(), "h5"))
    back = parse_qs(urlsplit(begun.data["url"]).query)["redirect_url"]
    assert (begun.how, back) == ("redirect", [intent().return_url])


def test_on_a_desk_the_customer_scans_a_code(wechat: WechatShop) -> None:
    begun = wechat.provider.begin(with_channel(intent(), "native"))
    assert (begun.how, begun.data) == ("qr", {"code_url": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"})


def test_a_long_description_is_clipped_at_a_character(wechat: WechatShop) -> None:
    wechat.provider.begin(replace(intent(), description="葡" * 200))
    assert json.loads(wechat.wechat.heard[-1].body)["description"] == "葡" * 42


def test_the_order_ends_in_china_s_time(wechat: WechatShop) -> None:
    wechat.provider.begin(intent())
    assert json.loads(wechat.wechat.heard[-1].body)["time_expire"] == "2026-08-01T14:15:10+08:00"


def test_without_an_openid_the_bridge_is_refused_before_anything_is_sent(wechat: WechatShop) -> None:
    with pytest.raises(ProviderRefused, match="which WeChat user"):
        wechat.provider.begin(replace(intent(), payer=""))
    assert wechat.wechat.heard == []


def test_a_notice_address_that_wechat_does_not_allow_is_refused(wechat: WechatShop) -> None:
    with pytest.raises(ProviderRefused) as refusal:
        wechat.provider.begin(replace(intent(), notify_url="https://mall.example.cn/notice?a=1"))
    assert (refusal.value.code, refusal.value.said[:11]) == (Why.INVALID, "PARAM_ERROR")


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (400, "PARAM_ERROR", Why.INVALID),
        (400, "INVALID_REQUEST", Why.INVALID),
        (403, "RULE_LIMIT", Why.INVALID),
        (401, "SIGN_ERROR", Why.SETUP),
        (403, "NO_AUTH", Why.SETUP),
        (400, "APPID_MCHID_NOT_MATCH", Why.SETUP),
        (400, "ORDERPAID", Why.ALREADY_PAID),
        (400, "ORDER_CLOSED", Why.CLOSED),
        (403, "OUT_TRADE_NO_USED", Why.ID_TAKEN),
        (403, "NOT_ENOUGH", Why.NOT_ENOUGH),
        (403, "USER_ACCOUNT_ABNORMAL", Why.PAYER_ACCOUNT),
        (404, "RESOURCE_NOT_EXISTS", Why.NOT_FOUND),
    ],
)
def test_a_documented_refusal_has_a_name_of_ours(wechat: WechatShop, status: int, code: str, why: Why) -> None:
    wechat.wechat.script.append(error(status, code))
    with pytest.raises(ProviderRefused) as refusal:
        wechat.provider.refund(refund())
    assert (refusal.value.code, refusal.value.said) == (why, f"{code}: 它自己的话")
    assert "它自己的话" not in refusal.value.sentence


@pytest.mark.parametrize(
    "answer",
    [
        error(429, "FREQUENCY_LIMITED"),
        error(403, "FREQUENCY_LIMIT_EXCEED"),
        error(500, "SYSTEM_ERROR"),
        error(500, "BANK_ERROR"),
        error(502, "PARAM_ERROR"),
        Scripted(403, "<html>captive portal</html>", "none", "text/html"),
        Scripted(200, "<html>captive portal</html>", "none", "text/html"),
        Scripted(200, "<html>captive portal</html>", "right", "text/html"),
        Scripted(404, "null", "none"),
        Scripted(404, '{"code":{}}', "none"),
        Scripted(200, "{}", "right"),
        Scripted(200, '{"prepay_id":""}', "right"),
    ],
    ids=lambda answer: f"{answer.status}-{answer.body[:24]}",
)
def test_an_answer_that_decides_nothing_is_to_be_asked_again(wechat: WechatShop, answer: Scripted) -> None:
    wechat.wechat.script.append(answer)
    with pytest.raises(ProviderDown):
        wechat.provider.begin(intent())


@pytest.mark.parametrize("signing", ["none", "tampered", "stranger", "other serial"])
def test_an_answer_that_wechat_did_not_sign_decides_nothing(wechat: WechatShop, signing: Signing) -> None:
    wechat.wechat.script = [Scripted(200, "{}", signing) for _ in range(5)]
    assert every_call(wechat.provider) == [ProviderDown] * 5
    assert len(wechat.wechat.heard) == 5  # and no further call went out to fetch another key


def test_a_slow_answer_is_not_waited_for() -> None:
    hold = threading.Event()
    with wechat_shop(read_seconds=0.05) as shop:
        shop.wechat.script = [Scripted(hold=hold) for _ in range(5)]
        told = every_call(shop.provider)
        hold.set()
    assert told == [ProviderDown] * 5


def test_nobody_at_the_address_is_a_provider_that_is_down() -> None:
    provider = WechatProvider(account("http://127.0.0.1:1"), clock=FixedClock())
    assert every_call(provider) == [ProviderDown] * 5


def test_a_request_signed_with_another_key_is_not_taken(wechat: WechatShop) -> None:
    stranger = replace(account(wechat.wechat.address), private_key_pem=private_pem("wechat"))
    with pytest.raises(ProviderRefused) as refusal:
        WechatProvider(stranger).begin(intent())
    assert (refusal.value.code, refusal.value.said) == (Why.SETUP, "SIGN_ERROR: 签名错误")


def test_an_answer_about_another_payment_decides_nothing(wechat: WechatShop) -> None:
    wechat.provider.begin(intent(OTHER))
    wechat.wechat.books.pay(OTHER.replace("-", ""))
    order = transaction(wechat.wechat.books.orders[OTHER.replace("-", "")])
    for told in (order, order | {"out_trade_no": PAYMENT.replace("-", ""), "mchid": "1"}):
        wechat.wechat.script.append(Scripted(200, json.dumps(told)))
        with pytest.raises(ProviderDown):
            wechat.provider.look(PAYMENT)


@pytest.mark.parametrize("status", ["CLOSED", "ABNORMAL"])
def test_a_refund_that_failed_says_so(wechat: WechatShop, status: str) -> None:
    wechat.provider.begin(intent())
    wechat.pay(intent())
    assert wechat.provider.refund(refund()) == RefundPending(refund_id=REFUND)
    wechat.wechat.books.settle(REFUND, status)
    failed = RefundFailed(refund_id=REFUND, payment_id=PAYMENT, reason=status)
    told = refund_notice_body(wechat.wechat.books.refunds[REFUND])
    assert wechat.provider.look_refund(REFUND) == failed == wechat.provider.read_notice(*wechat.signed(told))


def paid_notice(**changes: object) -> str:
    order = {"asked": {"out_trade_no": PAYMENT.replace("-", ""), "amount": {"total": 1280, "currency": "CNY"}}}
    order |= {"trade_state": "SUCCESS", "transaction_id": "42000", "success_time": "2026-08-01T14:00:05+08:00"}  # type: ignore[dict-item]
    return notice_body("TRANSACTION.SUCCESS", transaction(order) | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"mchid": "1900000000"},
        {"appid": "wx0"},
        {"trade_state": "CLOSED"},
        {"transaction_id": ""},
        {"success_time": None},
        {"success_time": "2026-08-01T14:00:05"},
        {"amount": {"total": 1280, "currency": "USD"}},
        {"amount": {"total": "1280"}},
        {"amount": {"total": -1}},
    ],
    ids=str,
)
def test_a_signed_notice_that_is_not_for_us_is_refused(wechat: WechatShop, changes: dict[str, object]) -> None:
    with pytest.raises(NotGenuine):
        wechat.provider.read_notice(*wechat.signed(paid_notice(**changes)))


@pytest.mark.parametrize("changes", [{"mchid": "1900000000"}, {"refund_status": "PROCESSING"}], ids=str)
def test_a_signed_refund_notice_that_is_not_for_us_is_refused(wechat: WechatShop, changes: dict[str, str]) -> None:
    told = {"mchid": MCHID, "out_refund_no": REFUND, "out_trade_no": "x" * 32, "refund_id": "50000"}
    told |= {"refund_status": "SUCCESS", "success_time": "2026-08-01T14:00:05+08:00"}
    body = notice_body("REFUND.SUCCESS", told | {"amount": {"total": 1, "refund": 1}} | changes)
    with pytest.raises(NotGenuine):
        wechat.provider.read_notice(*wechat.signed(body))


def test_a_notice_of_another_kind_is_refused(wechat: WechatShop) -> None:
    with pytest.raises(NotGenuine, match="did not ask"):
        wechat.provider.read_notice(*wechat.signed(notice_body("PAYSCORE.USER_PAID", {})))


def test_a_notice_sealed_with_another_key_is_refused_in_other_words(wechat: WechatShop) -> None:
    body = notice_body("TRANSACTION.SUCCESS", {}, apiv3_key=APIV3_KEY[::-1])
    with pytest.raises(NotGenuine, match="cannot be decrypted"):
        wechat.provider.read_notice(*wechat.signed(body))


@pytest.mark.parametrize("signing", ["tampered", "stranger", "other serial"])
def test_a_notice_that_wechat_did_not_sign_is_refused(wechat: WechatShop, signing: Signing) -> None:
    body = paid_notice()
    headers = signed_headers(body, at=STAMP, nonce="n" * 32, signing=signing)
    with pytest.raises(NotGenuine, match="not signed"):
        wechat.provider.read_notice(headers, body.encode())
    assert wechat.wechat.heard == []  # a stranger's notice makes nobody call out


def test_wechat_s_own_probe_of_our_care_is_refused(wechat: WechatShop) -> None:
    headers, body = wechat.signed(paid_notice())
    probe = headers | {"Wechatpay-Signature": "WECHATPAY/SIGNTEST/" + headers["Wechatpay-Signature"]}
    with pytest.raises(NotGenuine):
        wechat.provider.read_notice(probe, body)


def test_names_of_another_framework_s_headers_open_no_back_door(wechat: WechatShop) -> None:
    headers, body = wechat.signed(paid_notice())
    django = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}
    forged = signed_headers(body.decode(), at=STAMP, nonce="n", signing="stranger")
    for mixed in (django, django | forged):
        with pytest.raises(NotGenuine):
            wechat.provider.read_notice(mixed, body)


def test_no_secret_is_logged_or_shown(wechat: WechatShop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    every_call(wechat.provider)
    wechat.provider.read_notice(*wechat.signed(paid_notice()))
    seen = caplog.text + repr(wechat.provider._settings)
    for secret in (APIV3_KEY, "PRIVATE KEY", "WECHATPAY2-SHA256-RSA2048", intent().payer):
        assert secret not in seen


def test_threads_share_a_line(wechat: WechatShop) -> None:
    told: list[object] = []
    threads = [threading.Thread(target=lambda: told.append(wechat.provider.begin(intent()).how)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["jsapi"] * 6
