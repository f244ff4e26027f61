"""Transactions: many share one, none shares another's fate; the same seed gives the same trace."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.events import EventKind
from app.errors import ReadOnlyData
from hq.ordering import orders
from hq.ordering.placing import Place
from hq.problems import Rejection
from hq.schema import metadata
from hq.work import Work
from hq.writer import Writer
from tests.hq.conftest import NewDatabase
from tests.hq.server import Teller
from tests.hq.town import Town


@pytest.fixture
def writer(town: Town) -> Iterator[Writer]:
    with closing(Writer(town.office)) as writer:
        yield writer


def placing(town: Town, key: str, **changed: Any) -> Any:
    wish = town.wish(**changed)
    return lambda work: orders.place(work, key, wish)[0].row.number


def test_one_that_fails_costs_the_others_nothing(town: Town) -> None:
    def broken(work: Work) -> None:
        orders.place(work, "broken", town.wish())
        raise ZeroDivisionError

    told = [placing(town, "a"), broken, placing(town, "b", store_number=9), placing(town, "c")]
    done = town.office.write_together(told)
    assert isinstance(done[1].error, ZeroDivisionError)
    assert isinstance(done[2].error, Rejection)
    assert sorted(order.number for order in town.all_orders()) == sorted([done[0].value, done[3].value])


def test_what_waits_together_is_written_together(town: Town, writer: Writer) -> None:
    commits: list[frozenset[str]] = []
    town.office.on_change = commits.append

    async def story() -> list[Any]:
        return list(await asyncio.gather(*(writer.write(Place(f"k-{at}", town.wish())) for at in range(20))))

    assert len({placed.view.row.number for placed in asyncio.run(story())}) == 20
    assert len(commits) == 1


def test_one_that_is_refused_does_not_hold_the_others_up(town: Town, writer: Writer) -> None:

    async def story() -> list[Any]:
        told = [placing(town, "a"), placing(town, "b", store_number=9), placing(town, "c")]
        return list(await asyncio.gather(*(writer.write(each) for each in told), return_exceptions=True))

    assert [type(each) for each in asyncio.run(story())] == [int, Rejection, int]


def test_when_too_much_waits_hq_asks_to_try_again(town: Town) -> None:
    with closing(Writer(town.office, limit=2)) as writer:

        async def story() -> list[Any]:
            told = [placing(town, f"k-{at}") for at in range(3)]
            return list(await asyncio.gather(*(writer.write(each) for each in told), return_exceptions=True))

        refused = asyncio.run(story())[2]
    assert (refused.status, refused.code, refused.retry_after) == (503, "busy", 1)
    assert len(town.all_orders()) == 2


def test_who_went_away_before_the_turn_changes_nothing(town: Town, writer: Writer) -> None:

    async def story() -> None:
        task = asyncio.ensure_future(writer.write(placing(town, "k")))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await writer.write(placing(town, "other"))

    asyncio.run(story())
    assert len(town.all_orders()) == 1


def test_many_threads_take_turns(town: Town) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda at: town.office.write(placing(town, f"k-{at % 10}")), range(80)))
    assert sorted(set(numbers)) == sorted(order.number for order in town.all_orders())
    assert len(set(numbers)) == 10


def test_those_whose_feed_moved_are_told_after_the_commit(town: Town) -> None:
    heard: list[tuple[frozenset[str], int]] = []
    town.office.on_change = lambda stores: heard.append((stores, len(town.all_orders())))
    town.place()
    assert heard == [(frozenset({town.store.id}), 1)]


def test_a_reader_cannot_write(town: Town) -> None:
    with pytest.raises(ReadOnlyData):
        town.office.read(lambda conn: conn.execute(text("DELETE FROM feed")))


def test_every_table_on_an_orders_path_begins_its_key_with_the_store() -> None:
    for name in ("orders", "order_lines", "order_facts", "redemptions", "feed", "feed_heads", "inbox", "incidents"):
        assert next(iter(metadata.tables[name].primary_key)).name == "store_id"


def test_what_is_committed_is_on_the_disk(town: Town) -> None:
    def options(work: Work) -> list[Any]:
        if work.conn.dialect.name == "sqlite":
            names = ("PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys")
        else:
            names = ("SHOW transaction_isolation", "SHOW synchronous_commit", "SHOW lock_timeout")
        return [work.conn.exec_driver_sql(name).scalar() for name in names]

    assert town.office.write(options) in (["wal", 2, 1], ["read committed", "on", "3s"])


def a_day(data: Path, seed: int, database_url: str) -> str:
    with Town(data, seed, database_url) as town:
        teller = Teller(now=town.clock.now)
        for at in range(5):
            placed = town.place()
            town.clock.pass_time(minutes=7)
            town.push(town.lead, teller.tell(EventKind.PREPARED, placed.row.number), teller.hand_over(404, f"x{at}"))
        page = town.page().model_dump_json()
        return page + town.place().page_token + town.enrol().token_hash


def test_the_same_seed_gives_the_same_trace(tmp_path: Path, new_database: NewDatabase) -> None:
    days = [a_day(tmp_path / name, seed, new_database()) for name, seed in (("a", 7), ("b", 7), ("c", 8))]
    assert days[0] == days[1] != days[2]
