"""WeChat Pay (API v3, public-key mode): orders for JSAPI, H5 and Native, their notices, queries and refunds."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal, assert_never
from urllib.parse import quote

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from wechatpayv3 import WeChatPayType

from app.clock import Clock, SystemClock
from hq.payments.port import (
    LARGEST_NOTICE,
    Acknowledgement,
    Begun,
    Closed,
    Intent,
    NotGenuine,
    Notice,
    Paid,
    ProviderDown,
    ProviderRefused,
    Refund,
    Refunded,
    RefundFailed,
    RefundPending,
    RefundStanding,
    RefundUnknown,
    Standing,
    Unknown,
    Unpaid,
    Why,
    fresh,
)
from hq.payments.wechat_line import Line
from hq.payments.wechat_settings import WechatPay

_CHINA = timezone(timedelta(hours=8))
_LONGEST_DESCRIPTION = 127
_LONGEST_REASON = 80
_PAID = {"SUCCESS", "REFUND"}
_OVER = {"CLOSED", "REVOKED"}


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Prepared(_Told):
    prepay_id: str = Field(min_length=1)


class _Page(_Told):
    h5_url: str = Field(pattern=r"^https?://")


class _Code(_Told):
    code_url: str = Field(min_length=1)


class _Amount(_Told):
    total: int = Field(ge=0, strict=True)
    refund: int = Field(default=0, ge=0, strict=True)
    currency: Literal["CNY"] = "CNY"


class _Transaction(_Told):
    appid: str
    mchid: str
    out_trade_no: str
    trade_state: str
    transaction_id: str = ""
    success_time: AwareDatetime | None = None
    amount: _Amount | None = None


class _Refund(_Told):
    out_refund_no: str
    out_trade_no: str
    refund_id: str
    status: str
    success_time: AwareDatetime | None = None
    amount: _Amount


class _RefundNotice(_Told):
    mchid: str
    out_refund_no: str
    out_trade_no: str
    refund_id: str
    refund_status: str
    success_time: AwareDatetime | None = None
    amount: _Amount


class WechatProvider:
    """The provider for one merchant's account."""

    name = "wechat"

    def __init__(
        self,
        settings: WechatPay,
        *,
        clock: Clock | None = None,
        new_nonce: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._settings = settings
        self._line = Line(settings)
        self._clock = clock or SystemClock()
        self._new_nonce = new_nonce

    def begin(self, intent: Intent) -> Begun:
        """Place the order on the channel that the customer's browser has."""
        order = _order(intent)
        match intent.channel:
            case "jsapi":
                return self._jsapi(intent, order)
            case "h5":
                scene = {"payer_client_ip": intent.client_ip, "h5_info": {"type": "Wap"}}
                url = self._line.pay(WeChatPayType.H5, _Page, scene_info=scene, **order).h5_url
                return Begun("redirect", {"url": f"{url}&redirect_url={quote(intent.return_url, safe='')}"})
            case "native":
                code = self._line.pay(WeChatPayType.NATIVE, _Code, **order)
                return Begun("qr", {"code_url": code.code_url})
            case _:
                assert_never(intent.channel)

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Return what WeChat Pay tells, once its signature, age and addressee are right."""
        lower = {name.lower(): value for name, value in headers.items()}
        if len(body) > LARGEST_NOTICE or not fresh(lower.get("wechatpay-timestamp", ""), self._clock.now()):
            raise NotGenuine("The notice is too old or too long.")
        notice = self._line.opened(lower, body)
        try:
            return self._heard(str(notice.get("event_type")), notice.get("resource"))
        except ValidationError as error:
            raise NotGenuine("The notice's content is not of WeChat Pay's shape.") from error

    def look(self, payment_id: str) -> Standing:
        """Ask how an order stands."""
        try:
            told = self._line.query(_number(payment_id), _Transaction)
        except ProviderRefused as refusal:
            if refusal.code is not Why.NOT_FOUND:
                raise
            return Unknown(payment_id=payment_id)
        if not self._is_ours(told) or told.out_trade_no != _number(payment_id):
            raise ProviderDown("WeChat Pay answered about another payment.")
        if told.trade_state in _PAID:
            return _paid(told) or _unclear()
        return Closed(payment_id=payment_id) if told.trade_state in _OVER else Unpaid(payment_id=payment_id)

    def close(self, payment_id: str) -> None:
        """Close an order."""
        try:
            self._line.close(_number(payment_id))
        except ProviderRefused as refusal:
            if refusal.code not in {Why.CLOSED, Why.NOT_FOUND}:
                raise

    def refund(self, refund: Refund) -> RefundStanding:
        """Ask for a refund; WeChat Pay keeps one for each refund id."""
        told = self._line.refund(
            _Refund,
            out_refund_no=refund.refund_id,
            out_trade_no=_number(refund.payment_id),
            amount={"refund": refund.amount_fen, "total": refund.total_fen, "currency": "CNY"},
            reason=_clipped(refund.reason, _LONGEST_REASON),
            notify_url=refund.notify_url,
        )
        return _refund_standing(told, refund.refund_id)

    def look_refund(self, refund_id: str) -> RefundStanding:
        """Ask how a refund stands."""
        try:
            return _refund_standing(self._line.query_refund(refund_id, _Refund), refund_id)
        except ProviderRefused as refusal:
            if refusal.code is not Why.NOT_FOUND:
                raise
            return RefundUnknown(refund_id=refund_id)

    def acknowledgement(self, *, ok: bool) -> Acknowledgement:
        """Return the answer to a notice: an empty 204, or a failure after which it comes again."""
        return Acknowledgement(204, b"") if ok else Acknowledgement(500, '{"code":"FAIL","message":"失败"}'.encode())

    def stop(self) -> None:
        """Hold nothing: each call has a connection of its own."""

    def _jsapi(self, intent: Intent, order: dict[str, Any]) -> Begun:
        if not intent.payer:
            raise ProviderRefused(Why.INVALID, "Paying inside WeChat needs to know which WeChat user pays.")
        told = self._line.pay(WeChatPayType.JSAPI, _Prepared, payer={"openid": intent.payer}, **order)
        stamp, nonce = str(int(self._clock.now().timestamp())), self._new_nonce()
        package = f"prepay_id={told.prepay_id}"
        return Begun(
            "jsapi",
            {
                "appId": self._settings.appid,
                "timeStamp": stamp,
                "nonceStr": nonce,
                "package": package,
                "signType": "RSA",
                "paySign": self._line.sign(self._settings.appid, stamp, nonce, package),
            },
        )

    def _heard(self, event: str, resource: object) -> Notice:
        if event.startswith("TRANSACTION."):
            told = _Transaction.model_validate(resource)
            paid = _paid(told) if told.trade_state == "SUCCESS" else None
            if not self._is_ours(told) or paid is None:
                raise NotGenuine("The notice is meant for another merchant or tells of no payment.")
            return paid
        if event.startswith("REFUND."):
            return self._heard_refund(_RefundNotice.model_validate(resource))
        raise NotGenuine("The notice is of a kind that we did not ask for.")

    def _heard_refund(self, told: _RefundNotice) -> Notice:
        if told.mchid != self._settings.mchid:
            raise NotGenuine("The notice is meant for another merchant.")
        refund = _Refund(**told.model_dump(exclude={"mchid", "refund_status"}), status=told.refund_status)
        standing = _refund_standing(refund, refund.out_refund_no)
        if not isinstance(standing, Refunded | RefundFailed):
            raise NotGenuine("The notice tells of no finished refund.")
        return standing

    def _is_ours(self, told: _Transaction) -> bool:
        return (told.mchid, told.appid) == (self._settings.mchid, self._settings.appid)


def _order(intent: Intent) -> dict[str, Any]:
    return {
        "description": _clipped(intent.description, _LONGEST_DESCRIPTION),
        "out_trade_no": _number(intent.payment_id),
        "amount": {"total": intent.amount_fen, "currency": "CNY"},
        "time_expire": intent.expires_at.astimezone(_CHINA).isoformat(timespec="seconds"),
        "notify_url": intent.notify_url,
    }


def _number(payment_id: str) -> str:
    return uuid.UUID(payment_id).hex


def _payment_id(number: str) -> str:
    try:
        return str(uuid.UUID(number))
    except ValueError:
        return number  # made by another program of this merchant; nobody here will know it


def _clipped(text: str, longest: int) -> str:
    # The limits count characters in some of its documents and bytes in others.
    return text.encode()[:longest].decode(errors="ignore")


def _paid(told: _Transaction) -> Paid | None:
    if not (told.transaction_id and told.amount and told.success_time):
        return None
    return Paid(
        payment_id=_payment_id(told.out_trade_no),
        provider_ref=told.transaction_id,
        amount_fen=told.amount.total,
        at=told.success_time.astimezone(UTC),
    )


def _refund_standing(told: _Refund, refund_id: str) -> RefundStanding:
    if told.out_refund_no != refund_id:
        raise ProviderDown("WeChat Pay answered about another refund.")
    payment_id = _payment_id(told.out_trade_no)
    if told.status == "SUCCESS" and told.success_time:
        at: datetime = told.success_time.astimezone(UTC)
        return Refunded(
            refund_id=refund_id,
            payment_id=payment_id,
            provider_ref=told.refund_id,
            amount_fen=told.amount.refund,
            at=at,
        )
    if told.status in {"CLOSED", "ABNORMAL"}:
        return RefundFailed(refund_id=refund_id, payment_id=payment_id, reason=told.status)
    return RefundPending(refund_id=refund_id)


def _unclear() -> Standing:
    raise ProviderDown("WeChat Pay says that the payment is paid, but not how much and when.")
