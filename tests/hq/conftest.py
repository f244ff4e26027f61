"""A running HQ and a store of the test's own over HTTP (`mall`, `counter`), or HQ in this process (`town`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hq.server import Counter, Mall, Running, next_store, running
from tests.hq.town import Town


@pytest.fixture(scope="session")
def hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("hq")) as one:
        yield one


@pytest.fixture
def mall(hq: Running) -> Iterator[Mall]:
    mall = Mall(hq.operator, next_store())
    mall.open_store()
    mall.add_product(7)
    yield mall
    mall.close()


@pytest.fixture
def counter(mall: Mall) -> Counter:
    return mall.enrol()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town(tmp_path) as town:
        yield town
