"""Each provider with the hands of a customer: what the contract's tests ask of either."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from hq.payments.port import Intent, Provider, Refund
from hq.payments.sandbox import Sandbox, Ticket
from hq.payments.wechat import WechatProvider
from tests.hq.payments.wechat_books import transaction
from tests.hq.payments.wechat_server import Wechat, account, notice_body, serving, signed_headers

NOW = datetime(2026, 8, 1, 6, 0, 10, tzinfo=UTC)
PAYMENT = "0198643c-7000-7000-8000-000000000001"
OTHER = "0198643c-7000-7000-8000-000000000002"
REFUND = "0198643c-7000-7000-8000-0000000000f1"
SECRET = b"a secret of the test's own"
Signed = tuple[dict[str, str], bytes]


class FixedClock:
    """A clock that moves when it is told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def pass_seconds(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def intent(payment_id: str = PAYMENT, amount_fen: int = 1280) -> Intent:
    return Intent(
        payment_id=payment_id,
        amount_fen=amount_fen,
        description="自提订单：阳光玫瑰 2 份",
        expires_at=NOW + timedelta(minutes=15),
        notify_url="https://mall.example.cn/pay/notice/any",
        return_url="https://mall.example.cn/orders/7?from=pay&lang=zh",
        payer="oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        client_ip="203.0.113.7",
        channel="jsapi",
    )


def refund(refund_id: str = REFUND, amount_fen: int = 1280) -> Refund:
    return Refund(refund_id=refund_id, payment_id=PAYMENT, amount_fen=amount_fen, total_fen=1280, reason="缺货")


class Shop(Protocol):
    provider: Provider
    clock: FixedClock

    def pay(self, wish: Intent) -> None: ...
    def settle(self, refund_id: str) -> None: ...
    def notice(self, payment_id: str) -> Signed: ...
    def refund_notice(self, refund_id: str) -> Signed: ...


class SandboxShop:
    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.provider = Sandbox(folder, SECRET, clock=self.clock)

    def pay(self, wish: Intent) -> None:
        self.provider.pay(ticket_of(self.provider, wish))

    def settle(self, refund_id: str) -> None:
        """Wait for nothing: the sandbox refunds at once."""

    def notice(self, payment_id: str) -> Signed:
        return self.provider.notice(payment_id)

    def refund_notice(self, refund_id: str) -> Signed:
        return self.provider.refund_notice(refund_id)


@dataclass
class WechatShop:
    wechat: Wechat
    provider: WechatProvider
    clock: FixedClock

    def pay(self, wish: Intent) -> None:
        self.wechat.books.pay(uuid.UUID(wish.payment_id).hex)

    def settle(self, refund_id: str) -> None:
        self.wechat.books.settle(refund_id)

    def notice(self, payment_id: str) -> Signed:
        order = self.wechat.books.orders[uuid.UUID(payment_id).hex]
        return self.signed(notice_body("TRANSACTION.SUCCESS", transaction(order)))

    def refund_notice(self, refund_id: str) -> Signed:
        return self.signed(refund_notice_body(self.wechat.books.refunds[refund_id]))

    def signed(self, body: str) -> Signed:
        return signed_headers(body, at=int(self.clock.now().timestamp()), nonce="0" * 32), body.encode()


def refund_notice_body(told: dict[str, object]) -> str:
    said = {name: value for name, value in told.items() if name not in {"status", "channel"}}
    said |= {"mchid": "1900000109", "transaction_id": "42000", "refund_status": told["status"]}
    said |= {"user_received_account": "招商银行信用卡0403"}
    return notice_body(f"REFUND.{told['status']}", said)


@contextmanager
def wechat_shop(*, read_seconds: float = 10.0) -> Iterator[WechatShop]:
    clock = FixedClock()
    with serving() as wechat:
        settings = account(wechat.address, read_seconds=read_seconds)
        yield WechatShop(wechat, WechatProvider(settings, clock=clock, new_nonce=lambda: "5K8264ILTKCH16CQ"), clock)


def ticket_of(sandbox: Sandbox, wish: Intent) -> Ticket:
    address = urlsplit(sandbox.begin(wish).data["url"])
    asked = parse_qs(address.query)
    return sandbox.read_ticket(address.path.rsplit("/", 1)[-1], asked["ticket"][0], asked["token"][0])


def with_channel(wish: Intent, channel: str) -> Intent:
    return replace(wish, channel=channel)  # type: ignore[arg-type]


def changed(body: bytes, **fields: object) -> bytes:
    return json.dumps(json.loads(body) | fields).encode()
