"""A market of the test's own on a running HQ, and phones that are put away afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.hq.mall.market import Market, Phone
from tests.hq.server import Running

NewPhone = Callable[[], Phone]


@pytest.fixture
def market(hq: Running) -> Iterator[Market]:
    market = Market(hq)
    yield market
    market.close()


@pytest.fixture
def new_phone(market: Market) -> Iterator[NewPhone]:
    phones: list[Phone] = []

    def new() -> Phone:
        phones.append(market.phone())
        return phones[-1]

    yield new
    for phone in phones:
        phone.close()


@pytest.fixture
def phone(new_phone: NewPhone) -> Phone:
    return new_phone()
