"""What was recorded once still is what we send, sign and read."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from hq.payments.port import NotGenuine
from tests.hq.payments.recorded import CALLS, frozen, request
from tests.hq.payments.shops import WechatShop, intent
from tests.hq.payments.wechat_server import VECTORS, key


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def verify(signature: str, message: str) -> None:
    key("merchant").public_key().verify(b64decode(signature), message.encode(), PKCS1v15(), SHA256())


@pytest.mark.parametrize("name", list(CALLS))
def test_a_call_sends_what_it_sent(wechat: WechatShop, name: str) -> None:
    assert request(wechat, CALLS[name]) == recorded("requests")[name]


@pytest.mark.parametrize("name", list(CALLS))
def test_a_recorded_request_is_signed_over_its_five_lines(name: str) -> None:
    vector = recorded("requests")[name]
    verify(vector["authorization"].split('signature="')[1].split('"')[0], vector["message"])


def test_the_bridge_is_called_with_what_it_was_called_with(wechat: WechatShop) -> None:
    with frozen(wechat):
        data = wechat.provider.begin(intent()).data
    assert data == recorded("bridge")
    verify(data["paySign"], "\n".join(data[each] for each in ("appId", "timeStamp", "nonceStr", "package")) + "\n")


@pytest.mark.parametrize("name", list(recorded("notices")))
def test_a_recorded_notice_says_what_it_said(wechat: WechatShop, name: str) -> None:
    vector = recorded("notices")[name]
    heard = wechat.provider.read_notice(vector["headers"], vector["body"].encode())
    assert repr(heard) == vector["heard"]


@pytest.mark.parametrize("name", list(recorded("notices")))
def test_a_recorded_notice_with_another_s_marks_is_not_believed(wechat: WechatShop, name: str) -> None:
    vectors = recorded("notices")
    other = next(each for each in vectors if each != name)
    with pytest.raises(NotGenuine):
        wechat.provider.read_notice(vectors[other]["headers"], vectors[name]["body"].encode())
