"""WeCom one-to-one against a stand-in for qyapi.weixin.qq.com; operators' alerts through apprise."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from hq.messages.channels.operators import Operators
from hq.messages.channels.port import Contact, Refused, Retry, Sent
from hq.messages.channels.wecom import WecomCustomer
from hq.messages.kinds import Kind
from hq.messages.settings import Wecom
from tests.conftest import ExpectLog
from tests.hq.messages.provider import Heard, Provider, Says, outgoing, provider
from tests.hq.town import HandClock

TOKEN, TEMPLATE = "/cgi-bin/gettoken", "/cgi-bin/externalcontact/add_msg_template"


@contextlib.contextmanager
def wecom(answer: Says) -> Iterator[tuple[WecomCustomer, Provider]]:
    def both(heard: Heard) -> Says:
        token = Says({"errcode": 0, "errmsg": "ok", "access_token": "token-1", "expires_in": 7200})
        return token if heard.path == TOKEN else answer

    with provider(both) as there:
        yield WecomCustomer(Wecom("ww-corp", "corp-secret", "li", there.url), HandClock()), there


def test_a_message_to_a_customer_has_the_official_shape() -> None:
    answer = Says({"errcode": 0, "errmsg": "ok", "fail_list": [], "msgid": "msg-1"})
    with wecom(answer) as (channel, there):
        assert channel.send(outgoing(Kind.READY)) == Sent("msg-1")
    token, sent = there.heard
    told = ("GET", TOKEN, {"corpid": "ww-corp", "corpsecret": "corp-secret"})
    assert (token.method, token.path, token.query) == told
    assert (sent.method, sent.path, sent.query) == ("POST", TEMPLATE, {"access_token": "token-1"})
    words = sent.json.pop("text")["content"]
    assert words.startswith("商品已备好\n订单 #4821 已在人民路店备好")
    without_words = {name: value for name, value in sent.json.items() if name != "text"}
    assert without_words == {"chat_type": "single", "external_userid": ["wm-customer-1"], "sender": "li"}


def test_a_long_message_is_cut_between_characters() -> None:
    with wecom(Says({"errcode": 0, "msgid": "m"})) as (channel, there):
        channel.send(outgoing(items="草莓蛋糕" * 1_000))
    assert len(there.last.json["text"]["content"].encode()) in range(3_990, 4_001)


@pytest.mark.parametrize(
    "answer",
    [
        Says({"errcode": 84061, "errmsg": "not external contact"}),
        Says({"errcode": 0, "errmsg": "ok", "fail_list": ["wm-customer-1"]}),
    ],
)
def test_a_customer_whom_wecom_does_not_reach_is_refused(answer: Says) -> None:
    with wecom(answer) as (channel, _), pytest.raises(Refused):
        channel.send(outgoing())


@pytest.mark.parametrize("answer", [Says({"errcode": -1}), Says({"errcode": 45009}), Says({"errcode": 45033})])
def test_a_busy_wecom_is_worth_another_try(answer: Says) -> None:
    with wecom(answer) as (channel, _), pytest.raises(Retry):
        channel.send(outgoing())


def test_a_customer_who_is_no_contact_is_not_for_it() -> None:
    with wecom(Says({})) as (channel, _):
        assert channel.obstacle(outgoing(contact=Contact("13812345678"))) == "no WeCom contact"


@pytest.mark.usefixtures("apprise_pool")
def test_operators_are_told_at_every_address() -> None:
    with provider(lambda _: Says({})) as there:
        address = there.url.replace("http", "json")
        assert Operators([f"{address}/a", f"{address}/b"]).send(outgoing(Kind.SHORTAGE_ALERT)) == Sent("")
    assert [heard.path.rstrip("/") for heard in there.heard] == ["/a", "/b"]
    assert there.last.json["title"] == "缺货：人民路店 #4821"


@pytest.mark.usefixtures("apprise_pool")
def test_a_retry_goes_only_to_the_address_that_failed(expect_log: ExpectLog) -> None:
    expect_log("apprise WARNING: Failed to send JSON")
    broken = ["/b"]

    def answer(heard: Heard) -> Says:
        return Says({}, 500 if heard.path.rstrip("/") in broken else 200)

    with provider(answer) as there:
        address = there.url.replace("http", "json")
        operators = Operators([f"{address}/a", f"{address}/b"])
        with pytest.raises(Retry, match="1 of 2"):
            operators.send(outgoing(Kind.INCIDENT_ALERT))
        broken.clear()
        operators.send(outgoing(Kind.INCIDENT_ALERT))
    assert [heard.path.rstrip("/") for heard in there.heard] == ["/a", "/b", "/b"]
