"""The mini-program's channel against a stand-in for api.weixin.qq.com."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from hq.messages.channels.mini import MiniProgram
from hq.messages.channels.port import Contact, Refused, Retry, Sent
from hq.messages.kinds import Kind
from hq.messages.settings import Mini
from tests.hq.messages.provider import Heard, Provider, Says, outgoing, provider
from tests.hq.town import HandClock

STABLE, SEND = "/cgi-bin/stable_token", "/cgi-bin/message/subscribe/send"
OK = Says({"errcode": 0, "errmsg": "ok", "msgid": 1234567890})


class WeChat:
    """Gives out tokens token-1, token-2 … and answers messages as it is told."""

    def __init__(self, answer: Callable[[Heard], Says]) -> None:
        self.answer = answer
        self.tokens = 0
        self.renews = True

    def __call__(self, heard: Heard) -> Says:
        if heard.path != STABLE:
            return self.answer(heard)
        if self.renews or heard.json["force_refresh"] or not self.tokens:
            self.tokens += 1
        return Says({"access_token": f"token-{self.tokens}", "expires_in": 7200})


@contextlib.contextmanager
def mini(wechat: WeChat, clock: HandClock | None = None) -> Iterator[tuple[MiniProgram, Provider]]:
    with provider(wechat) as there:
        page = "pages/order/index?page={page}"
        settings = Mini("wx-app", "app-secret", {"paid": "T-paid"}, {}, page, "formal", there.url)
        yield MiniProgram(settings, clock or HandClock()), there


def test_a_message_has_the_official_shape() -> None:
    with mini(WeChat(lambda _: OK)) as (channel, there):
        assert channel.send(outgoing(language="en", page="/o/4821?k=1")) == Sent("1234567890")
    token, sent = there.heard
    assert (token.method, token.path) == ("POST", STABLE)
    told = {"grant_type": "client_credential", "appid": "wx-app", "secret": "app-secret", "force_refresh": False}
    assert token.json == told
    assert (sent.method, sent.path, sent.query) == ("POST", SEND, {"access_token": "token-1"})
    assert sent.json == {
        "touser": "openid-1",
        "template_id": "T-paid",
        "page": "pages/order/index?page=%2Fo%2F4821%3Fk%3D1",
        "miniprogram_state": "formal",
        "lang": "en_US",
        "data": {
            "character_string1": {"value": "#4821"},
            "thing2": {"value": "Strawberry cake ×2,…"},
            "thing3": {"value": "2 Aug 14:00–20:00"},
            "thing4": {"value": "Renmin Road"},
            "thing5": {"value": "128 Renmin Road"},
        },
    }


def test_a_token_is_kept_until_it_runs_out() -> None:
    wechat, clock = WeChat(lambda _: OK), HandClock()
    with mini(wechat, clock) as (channel, there):
        for _ in range(3):
            channel.send(outgoing())
        clock.pass_time(seconds=7200)
        channel.send(outgoing())
    assert [heard.query.get("access_token", "") for heard in there.heard] == ["", *["token-1"] * 3, "", "token-2"]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_that_is_refused_is_renewed_at_once(code: int) -> None:
    stale = Says({"errcode": code, "errmsg": "invalid credential"})
    wechat = WeChat(lambda heard: stale if heard.query["access_token"] == "token-1" else OK)
    with mini(wechat) as (channel, there):
        assert channel.send(outgoing()).ref == "1234567890"
    assert [heard.path for heard in there.heard] == [STABLE, SEND, STABLE, SEND]
    assert not there.heard[2].json["force_refresh"]


def test_a_token_that_wechat_gives_again_is_renewed_by_force() -> None:
    stale = Says({"errcode": 40001, "errmsg": "invalid credential"})
    wechat = WeChat(lambda heard: stale if heard.query["access_token"] == "token-1" else OK)
    wechat.renews = False
    with mini(wechat) as (channel, there):
        channel.send(outgoing())
    assert [heard.json["force_refresh"] for heard in there.heard if heard.path == STABLE] == [False, False, True]


def test_tokens_that_are_refused_for_ever_do_not_loop() -> None:
    with mini(WeChat(lambda _: Says({"errcode": 42001}))) as (channel, there), pytest.raises(Retry, match="token"):
        channel.send(outgoing())
    assert [heard.path for heard in there.heard].count(SEND) == 2


@pytest.mark.parametrize("code", [40003, 40037, 41030, 43101, 43107, 45168, 47003])
def test_what_no_other_try_changes_is_refused(code: int) -> None:
    with mini(WeChat(lambda _: Says({"errcode": code, "errmsg": "no"}))) as (channel, _), pytest.raises(Refused) as no:
        channel.send(outgoing())
    assert no.value.reason == f"{code} no"


@pytest.mark.parametrize(("code", "after"), [(-1, 0), (43108, 0), (45011, 60), (45009, 600), (45047, 600)])
def test_limits_and_a_busy_wechat_are_worth_another_try(code: int, after: int) -> None:
    with mini(WeChat(lambda _: Says({"errcode": code, "errmsg": "later"}))) as (channel, _), pytest.raises(Retry) as no:
        channel.send(outgoing())
    assert no.value.after == after


def test_a_wrong_secret_is_tried_again_after_someone_could_put_it_right() -> None:
    wrong = Says({"errcode": 40125, "errmsg": "invalid appsecret"})
    with provider(lambda _: wrong) as there, pytest.raises(Retry, match="40125 invalid appsecret") as later:
        MiniProgram(Mini("wx", "wrong", {"paid": "T"}, {}, "p", "formal", there.url), HandClock()).send(outgoing())
    assert later.value.after == 300


def test_a_kind_without_a_template_and_a_customer_without_an_openid_are_not_for_it() -> None:
    with mini(WeChat(lambda _: OK)) as (channel, _):
        assert channel.obstacle(outgoing(Kind.READY)) == "no template for this kind"
        assert channel.obstacle(outgoing(contact=Contact("13812345678"))) == "no openid"
        assert channel.obstacle(outgoing()) == ""
