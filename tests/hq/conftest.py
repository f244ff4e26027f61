"""A running HQ and a store of the test's own over HTTP (`mall`, `counter`), or HQ in this process (`town`).

Each test that asks for one of them, for `database_url` or `new_database`, runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hq.market import Market
from tests.hq.postgres import Cluster
from tests.hq.server import Counter, Mall, Running, next_store, running
from tests.hq.town import Town

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Return a function that makes a database and returns its URL; an empty one is a file in HQ's data folder."""
    if request.param == "sqlite":
        return str
    one: Cluster = request.getfixturevalue("postgres")
    return one.database


@pytest.fixture(scope="session")
def hq(tmp_path_factory: pytest.TempPathFactory, new_database: NewDatabase) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("hq"), database_url=new_database()) as one:
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
def database_url(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[str]:
    url = new_database()
    one: Cluster | None = request.getfixturevalue("postgres") if url else None
    yield url
    if one:
        one.give_back(url)


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[Town]:
    with Town(tmp_path, database_url=database_url) as town:
        yield town


@pytest.fixture
def market(tmp_path: Path, new_database: NewDatabase) -> Iterator[Market]:
    with Market(tmp_path, new_database()) as market:
        yield market
