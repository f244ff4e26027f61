"""The client, the engine and the threads against HQ as a process of its own, over real HTTP on real files."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

from app.changes import Changes
from app.domain.events import EventKind
from app.keystore import Keystore
from app.storage.storage import Storage
from app.storage.thread import StorageThread
from app.storage.work import Work
from app.usecases.board import tasks
from app.usecases.health import health
from app.usecases.outbox import parked, pending_events
from app.usecases.prepare import mark_prepared
from sync import client as client_module
from sync.client import HqClient
from sync.engine import Engine
from sync.enrolment import WrongCode, enrol
from sync.failures import NotWelcome, ProtocolTooOld, Unreachable
from sync.link import LinkKind, LinkState
from sync.loops import SyncLoops
from tests.core.till import Till
from tests.hq.server import Mall, Running, next_store, running

PATIENCE = 30.0


@pytest.fixture(scope="module")
def hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("hq")) as one:
        yield one


@pytest.fixture
def mall(hq: Running) -> Iterator[Mall]:
    made = Mall(hq.operator, next_store())
    made.open_store()
    made.add_product(7)
    yield made
    made.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = Till(tmp_path)
    made.clock.wall = datetime.now(UTC)
    yield made
    made.storage.close()


@pytest.fixture
def client(hq: Running, mall: Mall, till: Till, tmp_path: Path) -> HqClient:
    """Enrol the terminal and return its way to HQ."""
    keystore = Keystore(tmp_path)
    enrol(hq.url, mall.enrolment_code(), "Counter 1", till.storage.submit, keystore)
    secrets = keystore.load()
    assert secrets is not None
    return HqClient(hq.url, secrets.token)


@pytest.fixture
def engine(client: HqClient, till: Till) -> Engine:
    return Engine(client, till.storage.submit, lambda at, trip: till.trusted.learn(at, round_trip=trip))


def pull_all(engine: Engine) -> None:
    while engine.pull_once().more:
        pass


def test_an_enrolled_terminal_gets_its_store_and_orders(
    mall: Mall, client: HqClient, engine: Engine, till: Till
) -> None:
    number = mall.place()["number"]
    pull_all(engine)
    assert [task.number for task in till(tasks)] == [number]
    assert till(health).leads


def test_hqs_time_is_learnt_with_an_answer(client: HqClient, engine: Engine, till: Till) -> None:
    till.clock.wall -= timedelta(days=1)
    engine.pull_once()
    assert abs(till.trusted.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert till.trusted.is_off()


def test_what_happened_at_the_store_stands_at_hq(mall: Mall, engine: Engine, till: Till) -> None:
    number = mall.place()["number"]
    pull_all(engine)
    till(mark_prepared, [number], by="Wang")
    assert engine.push_once().settled == 1
    assert mall.order(number)["status"] in ("prepared", "awaiting_pickup")
    assert till(pending_events, 1) == ()


def test_a_used_code_is_refused_in_hqs_words(hq: Running, mall: Mall, till: Till, tmp_path: Path) -> None:
    code = mall.enrolment_code()
    enrol(hq.url, code, "Counter 1", till.storage.submit, Keystore(tmp_path))
    with pytest.raises(WrongCode, match="wrong, used or expired"):
        enrol(hq.url, code, "Counter 2", till.storage.submit, Keystore(tmp_path))


def test_a_stranger_is_not_welcome(hq: Running) -> None:
    with pytest.raises(NotWelcome):
        HqClient(hq.url, "101.nonsense").feed(0, "")


def test_a_protocol_that_hq_does_not_speak_is_named(client: HqClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "PROTOCOL", 99)
    with pytest.raises(ProtocolTooOld):
        client.feed(0, "")


def test_a_batch_that_is_too_large_for_hq_goes_up_in_parts(mall: Mall, engine: Engine, till: Till) -> None:
    def write(work: Work) -> None:
        for _ in range(100):
            work.record(EventKind.REFUSED, None, by="Wang", body={"verdict": "forged", "text": "x" * 15_000})

    till(write)
    for _ in range(20):
        try:
            engine.push_once()
        except Unreachable:
            continue  # HQ hung up in the middle of the body
    assert (till(pending_events, 1), till(parked)) == ((), ())


def test_news_comes_down_and_work_goes_up_by_itself(
    hq: Running, mall: Mall, client: HqClient, till: Till, tmp_path: Path
) -> None:
    till.storage.close()
    changed: queue.SimpleQueue[Changes] = queue.SimpleQueue()
    thread = StorageThread(lambda: Storage(tmp_path, till.trusted, till.ids, on_changes=changed.put, ballast_bytes=0))
    thread.start()
    engine = Engine(client, thread.submit_background, lambda at, trip: till.trusted.learn(at, round_trip=trip))
    heard: queue.SimpleQueue[LinkState] = queue.SimpleQueue()
    loops = SyncLoops(engine, client, clock=till.trusted, on_link=heard.put)
    loops.start()
    try:
        until(heard, lambda state: state.kind is LinkKind.ONLINE)
        number = mall.place()["number"]
        until(changed, lambda changes: number in changes.orders)
        thread.submit(lambda work: mark_prepared(work, [number], by="Wang")).result()
        loops.nudge()
        until(changed, lambda changes: changes.outbox and not thread.submit(partial(pending_events, limit=1)).result())
        assert mall.order(number)["status"] in ("prepared", "awaiting_pickup")
    finally:
        loops.stop()
        thread.stop()
        till.reopen()


T = TypeVar("T")


def until(things: queue.SimpleQueue[T], wanted: Callable[[T], bool]) -> T:
    while not wanted(thing := things.get(timeout=PATIENCE)):
        pass
    return thing


def test_an_outage_costs_nothing_and_the_outbox_drains_once(tmp_path: Path) -> None:
    data = tmp_path / "hq"
    data.mkdir()
    with running(data) as hq:
        port = urlsplit(hq.url).port or 0
        mall = Mall(hq.operator, 7)
        mall.open_store()
        mall.add_product(7)
        till = Till(tmp_path)
        till.clock.wall = datetime.now(UTC)
        keystore = Keystore(tmp_path)
        enrol(hq.url, mall.enrolment_code(), "Counter 1", till.storage.submit, keystore)
        secrets = keystore.load()
        assert secrets is not None
        engine = Engine(HqClient(hq.url, secrets.token), till.storage.submit, lambda *_: None)
        number = mall.place()["number"]
        pull_all(engine)
    till(mark_prepared, [number], by="Wang")
    with pytest.raises(Unreachable):
        engine.run_once()
    with running(data, port) as hq:
        engine.run_once()
        assert Mall(hq.operator, 7).order(number)["status"] in ("prepared", "awaiting_pickup")
    assert till(pending_events, 1) == ()
    till.storage.close()
