"""The line to WeChat Pay: the library's calls, each with one typed answer or one error of ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.core import Core

from hq.payments.port import NotGenuine, ProviderDown, ProviderRefused, Why
from hq.payments.wechat_settings import WechatPay

A = TypeVar("A", bound=BaseModel)

_SIGNED = ("signature", "timestamp", "nonce", "serial", "signature-type")
_AGAIN = {"SYSTEM_ERROR", "SYSTEMERROR", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "BANK_ERROR", "BANKERROR"}
_WHY = {
    "ORDERPAID": Why.ALREADY_PAID,
    "ORDER_CLOSED": Why.CLOSED,
    "ORDERCLOSED": Why.CLOSED,
    "OUT_TRADE_NO_USED": Why.ID_TAKEN,
    "ORDER_NOT_EXIST": Why.NOT_FOUND,
    "ORDERNOTEXIST": Why.NOT_FOUND,
    "RESOURCE_NOT_EXISTS": Why.NOT_FOUND,
    "NOT_ENOUGH": Why.NOT_ENOUGH,
    "NOTENOUGH": Why.NOT_ENOUGH,
    "USER_ACCOUNT_ABNORMAL": Why.PAYER_ACCOUNT,
    "ACCOUNT_ERROR": Why.PAYER_ACCOUNT,
    "SIGN_ERROR": Why.SETUP,
    "NO_AUTH": Why.SETUP,
    "NOAUTH": Why.SETUP,
    "APPID_MCHID_NOT_MATCH": Why.SETUP,
    "MCH_NOT_EXISTS": Why.SETUP,
    "MCHID_NOT_EXIST": Why.SETUP,
}
_SENTENCES = {
    Why.ALREADY_PAID: "This payment is paid already.",
    Why.CLOSED: "This payment is closed.",
    Why.ID_TAKEN: "This payment was begun with another amount or description.",
    Why.NOT_FOUND: "WeChat Pay has no such payment or refund.",
    Why.NOT_ENOUGH: "The merchant's balance at WeChat Pay does not cover the refund: top it up, then try again.",
    Why.PAYER_ACCOUNT: "The customer's WeChat Pay account is closed or limited.",
    Why.SETUP: "WeChat Pay does not accept this merchant's keys or rights: check the settings.",
    Why.INVALID: "WeChat Pay does not accept this request.",
}


class _Core(Core):  # type: ignore[misc]
    """The library's core with an address of our choice, which trusts one key and never fetches another.

    WORKAROUND(https://github.com/minibear2021/wechatpayv3/blob/master/wechatpayv3/core.py): the address is fixed in its
    constructor; and whatever serial a message names that it does not know, it clears its certificates and fetches them
    anew, which would let a stranger's notice make us call out.
    """

    def __init__(self, settings: WechatPay) -> None:
        self._address = settings.gateway
        super().__init__(
            mchid=settings.mchid,
            cert_serial_no=settings.cert_serial,
            private_key=settings.private_key_pem,
            apiv3_key=settings.apiv3_key,
            public_key=settings.public_key_pem,
            public_key_id=settings.public_key_id,
            timeout=(settings.connect_seconds, settings.read_seconds),  # its own default waits for ever
            logger=None,  # it would write down bodies and signatures
        )

    @property
    def _gate_way(self) -> str:
        return self._address

    @_gate_way.setter
    def _gate_way(self, address: str) -> None:
        """Pass over what the library's constructor sets."""

    def _verify_signature(self, headers: Mapping[str, str], body: str) -> bool:
        # By their lower-case names, from any mapping; the library then looks at nothing else.
        lower = {name.lower(): value for name, value in headers.items()}
        marks = {f"wechatpay-{each}": lower.get(f"wechatpay-{each}", "") for each in _SIGNED}
        if marks["wechatpay-serial"] != self._public_key_id or not all(map(str.isascii, marks.values())):
            raise NotGenuine("The message is not signed by WeChat Pay.")
        if marks["wechatpay-signature-type"] != "WECHATPAY2-SHA256-RSA2048":
            raise NotGenuine("The message is not signed by WeChat Pay.")
        if not super()._verify_signature(marks, body):
            raise NotGenuine("The message is not signed by WeChat Pay.")
        return True


class _Client(WeChatPay):  # type: ignore[misc]
    """The library's verbs over our core: its own constructor makes the core itself, and only there."""

    def __init__(self, settings: WechatPay) -> None:
        self._type = WeChatPayType.JSAPI
        self._mchid = settings.mchid
        self._appid = settings.appid
        self._notify_url = None
        self._partner_mode = False
        self._core = _Core(settings)


class Line:
    """One merchant's line; threads share it."""

    def __init__(self, settings: WechatPay) -> None:
        self._client = _Client(settings)

    def pay(self, kind: WeChatPayType, shape: type[A], **order: Any) -> A:
        """Place an order."""
        return _read(shape, self._ask(self._client.pay, pay_type=kind, **order))

    def query(self, number: str, shape: type[A]) -> A:
        """Look an order up by our own number."""
        return _read(shape, self._ask(self._client.query, out_trade_no=number))

    def close(self, number: str) -> None:
        """Close an order by our own number."""
        self._ask(self._client.close, out_trade_no=number)

    def refund(self, shape: type[A], **refund: Any) -> A:
        """Ask for a refund."""
        return _read(shape, self._ask(self._client.refund, **refund))

    def query_refund(self, number: str, shape: type[A]) -> A:
        """Look a refund up by our own number."""
        return _read(shape, self._ask(self._client.query_refund, out_refund_no=number))

    def sign(self, *parts: str) -> str:
        """Sign what the customer's WeChat is to be called with."""
        return str(self._client.sign(list(parts)))

    def opened(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """Return a notice with its resource decrypted, after its signature was checked; else raise NotGenuine."""
        try:
            notice = self._client.callback(headers, body)
        except NotGenuine:
            raise
        except Exception as error:  # the library raises bare Exceptions, and whatever its parts raise
            raise NotGenuine("The notice is not of WeChat Pay's shape.") from error
        if not isinstance(notice, dict):
            raise NotGenuine("The notice's content cannot be decrypted with our APIv3 key.")
        return notice

    def _ask(self, verb: Callable[..., tuple[int, str | bytes]], **wish: Any) -> str | bytes:
        try:
            status, body = verb(**wish)
        except OSError as error:  # every error of requests is one
            raise ProviderDown("WeChat Pay cannot be reached or did not answer in time.") from error
        except NotGenuine as error:
            raise ProviderDown("What answered in WeChat Pay's place did not sign as WeChat Pay.") from error
        return body if 200 <= status < 300 else _refuse(status, body)


def _read(shape: type[A], body: str | bytes) -> A:
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise ProviderDown("WeChat Pay's answer is not of its documented shape.") from error


def _refuse(status: int, body: str | bytes) -> NoReturn:
    code, said = _complaint(body)
    if not code or code in _AGAIN or status >= 500 or status == 429:
        raise ProviderDown(f"WeChat Pay is not able to answer now (HTTP {status}{code and ', ' + code}).")
    why = _WHY.get(code, Why.INVALID)
    raise ProviderRefused(why, _SENTENCES[why], f"{code}: {said}"[:300])


def _complaint(body: str | bytes) -> tuple[str, str]:
    try:
        told = json.loads(body)
    except ValueError:
        return "", ""  # a proxy's page, not WeChat Pay's words
    if not isinstance(told, dict) or not isinstance(told.get("code"), str):
        return "", ""
    return told["code"][:64], str(told.get("message", ""))
