"""The recorded vectors: how they were made, once, with throwaway keys: `python -m tests.hq.payments.recorded`.

Recording again throws away what they are for: to show that our code or the library now says something else.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest import mock

from hq.payments.port import Provider, ProviderRefused
from tests.hq.payments.shops import (
    NOW,
    PAYMENT,
    REFUND,
    WechatShop,
    intent,
    refund,
    refund_notice_body,
    wechat_shop,
    with_channel,
)
from tests.hq.payments.wechat_books import transaction
from tests.hq.payments.wechat_server import VECTORS, notice_body

STAMP = int(NOW.timestamp())
NONCE = uuid.UUID("593bec0c-930b-41af-ab40-b4a08c8fb242")
CALLS: dict[str, Callable[[Provider], object]] = {
    "jsapi order": lambda provider: provider.begin(intent()),
    "h5 order": lambda provider: provider.begin(with_channel(intent(), "h5")),
    "native order": lambda provider: provider.begin(with_channel(intent(), "native")),
    "query": lambda provider: provider.look(PAYMENT),
    "close": lambda provider: provider.close(PAYMENT),
    "refund": lambda provider: provider.refund(refund()),
    "refund query": lambda provider: provider.look_refund(REFUND),
}


@contextmanager
def frozen(wechat: WechatShop) -> Iterator[None]:
    """Let the library sign at one moment and with one nonce: it takes both from where nobody else can reach."""
    with (
        mock.patch.object(wechat.wechat, "now", return_value=float(STAMP)),
        mock.patch("wechatpayv3.utils.time", SimpleNamespace(time=lambda: STAMP)),
        mock.patch("wechatpayv3.utils.uuid", SimpleNamespace(uuid4=lambda: NONCE)),
    ):
        yield


def request(shop: WechatShop, call: Callable[[Provider], object]) -> dict[str, str]:
    """Return what one call sends."""
    # There may be nothing to refund; what was sent is all that counts.
    with frozen(shop), contextlib.suppress(ProviderRefused):
        call(shop.provider)
    said = shop.wechat.heard[-1]
    shop.wechat.books.orders.clear()
    message = f"{said.method}\n{said.target}\n{STAMP}\n{NONCE.hex.upper()}\n{said.body}\n"
    return {"message": message, "authorization": said.authorization}


def notices(shop: WechatShop) -> Iterator[tuple[str, str]]:
    """Yield a paid notice and the outcomes of a refund, as bodies."""
    shop.provider.begin(intent())
    shop.pay(intent())
    order = next(iter(shop.wechat.books.orders.values()))
    yield "paid", notice_body("TRANSACTION.SUCCESS", transaction(order))
    shop.provider.refund(refund())
    for status in ("SUCCESS", "ABNORMAL", "CLOSED"):
        yield f"refund {status}", refund_notice_body(shop.wechat.books.settle(REFUND, status))


def signed(shop: WechatShop, body: str) -> dict[str, Any]:
    headers, raw = shop.signed(body)
    return {"headers": headers, "body": body, "heard": repr(shop.provider.read_notice(headers, raw))}


def record() -> None:
    with wechat_shop() as shop:
        requests = {name: request(shop, call) for name, call in CALLS.items()}
        with frozen(shop):
            bridge = shop.provider.begin(intent()).data
        shop.wechat.books.orders.clear()
        told = {name: signed(shop, body) for name, body in notices(shop)}
    for name, vectors in (("requests", requests), ("bridge", bridge), ("notices", told)):
        text = json.dumps(vectors, ensure_ascii=False, indent=1)
        (VECTORS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
