"""The providers under test: `shop` is each in turn, `wechat` the one over its stand-in, `sandbox` the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hq.payments.shops import SandboxShop, Shop, WechatShop, wechat_shop


@pytest.fixture
def wechat() -> Iterator[WechatShop]:
    with wechat_shop() as shop:
        yield shop


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxShop]:
    shop = SandboxShop(tmp_path / "pay")
    yield shop
    shop.provider.stop()


@pytest.fixture(params=["sandbox", "wechat"])
def shop(request: pytest.FixtureRequest) -> Shop:
    found: Shop = request.getfixturevalue(request.param)
    return found
