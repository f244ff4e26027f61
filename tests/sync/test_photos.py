"""Photos go up after all else, one at a time, once each; and an HQ that does not want them costs nothing."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.clock import SystemClock
from app.domain.photo import LARGEST
from app.keystore import Keystore
from app.storage.storage import Storage
from app.storage.thread import StorageThread
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import Short, hand_over
from app.usecases.outbox import pending_events
from app.usecases.revoke import revoke
from hq.app import create_app
from hq.desk import Desk
from hq.routes import counters
from hq.schema import photos as table
from sync.client import HqClient
from sync.engine import Engine, Pulled, Pushed
from sync.enrolment import enrol
from sync.failures import Failure, RefusedByHq, ServerTrouble, Unreachable
from sync.link import LinkState
from sync.local import Local
from sync.loops import SyncLoops
from sync.photos import SELDOM_SECONDS, Photos
from sync.wire import Answer, Problem
from tests.core.till import NOON, Till, order
from tests.hq.server import Mall, in_thread, running, settings_in
from tests.photos import jpeg
from tests.sync.hq_double import ScriptedHq

PATIENCE = 30.0
SHORT = [Short(1001, 1, "broken")]


class Way:
    """Takes photos, or says what the test wants said."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.says: Callable[[str], Failure | None] = lambda _: None

    def send_photo(self, _number: int, attempt_id: str, content: bytes) -> Answer:
        self.sent.append((attempt_id, content))
        if failure := self.says(attempt_id):
            raise failure
        return Answer(hq_time=NOON)


def refused(status: int, code: str) -> RefusedByHq:
    return RefusedByHq(Problem(code=code, title="no", status=status), status=status)


def give(till: Till, count: int = 1, first: int = 0) -> None:
    """Hand orders over of which something stays here, each with a photo of its own."""
    for n in range(first, first + count):
        made = order(4_503_599_627_374_000 + n)
        till.feed(made)
        # A manager allows it: nobody packed the order.
        till(grant, GrantRequest(f"attempt-{n}", made.number, "Li", manager="Wang", reason="packed now"))
        till(hand_over, f"attempt-{n}", by="Li", short=SHORT, photo=jpeg(n + 1))


@pytest.fixture
def way() -> Way:
    return Way()


@pytest.fixture
def photos(till: Till, way: Way) -> Photos:
    return made(till, way)


def made(till: Till, way: Way) -> Photos:
    return Photos(way, Local(till.storage.submit, lambda *_: None, till.clock.monotonic))


# ── a step ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_photos_go_up_after_their_hand_overs_oldest_first_and_once(
    till: Till, engine: Engine, photos: Photos, way: Way
) -> None:
    give(till, 2)
    assert photos.step() > 0
    assert way.sent == []
    engine.push_once()
    assert [photos.step(), photos.step()] == [0.0, 0.0]
    assert photos.step() > 0
    assert way.sent == [("attempt-0", jpeg(1)), ("attempt-1", jpeg(2))]
    assert till.sql("SELECT count(*) FROM photos WHERE jpeg IS NOT NULL") == [(0,)]


def test_a_new_event_goes_before_the_next_photo(till: Till, engine: Engine, photos: Photos, way: Way) -> None:
    give(till, 2)
    engine.push_once()
    photos.step()
    give(till, 1, first=2)
    assert photos.step() > 0
    engine.push_once()
    photos.step()
    assert [attempt for attempt, _ in way.sent] == ["attempt-0", "attempt-1"]


def test_a_crash_before_hqs_answer_was_kept_sends_the_photo_once_more(till: Till, engine: Engine, way: Way) -> None:
    give(till)
    engine.push_once()
    way.says = lambda _: Unreachable("the power went")
    with pytest.raises(Unreachable):
        made(till, way).step()
    till.reopen()
    way.says = lambda _: None
    assert made(till, way).step() == 0.0
    assert way.sent == [("attempt-0", jpeg(1))] * 2


def test_a_line_that_fails_passes_over_nothing(till: Till, engine: Engine, photos: Photos, way: Way) -> None:
    give(till)
    engine.push_once()
    for failure in (Unreachable("cable"), ServerTrouble("oops", status=500)):
        way.says = lambda _, failure=failure: failure  # type: ignore[misc]
        with pytest.raises(type(failure)):
            photos.step()
    way.says = lambda _: None
    assert photos.step() == 0.0
    assert way.sent[-1] == ("attempt-0", jpeg(1))


@pytest.mark.parametrize("refusal", [(404, "hand_over"), (409, "photo"), (413, "photo_too_large"), (422, "no_photo")])
def test_a_photo_that_hq_refuses_holds_no_other_up_and_is_tried_again_seldom(
    till: Till, engine: Engine, photos: Photos, way: Way, refusal: tuple[int, str]
) -> None:
    give(till, 2)
    engine.push_once()
    way.says = lambda attempt: refused(*refusal) if attempt == "attempt-0" else None
    while photos.step() == 0.0:
        pass
    assert [attempt for attempt, _ in way.sent] == ["attempt-0", "attempt-1"]
    till.clock.seconds += SELDOM_SECONDS - 1
    assert photos.step() > 0
    assert len(way.sent) == 2
    till.clock.seconds += 1
    way.says = lambda _: None
    assert photos.step() == 0.0
    assert way.sent[-1] == ("attempt-0", jpeg(1))


def test_an_hq_of_the_release_before_is_asked_once_an_hour_whatever_is_photographed(
    till: Till, engine: Engine, photos: Photos, way: Way
) -> None:
    way.says = lambda _: refused(404, "not_found")
    for n in range(3):
        give(till, 1, first=n)
        engine.push_once()
        while photos.step() == 0.0:
            pass
    assert len(way.sent) == 1
    till.clock.seconds += SELDOM_SECONDS
    way.says = lambda _: None
    while photos.step() == 0.0:
        pass
    assert [attempt for attempt, _ in way.sent[1:]] == ["attempt-0", "attempt-1", "attempt-2"]


def test_a_hand_over_taken_back_meanwhile_keeps_its_photo(
    till: Till, engine: Engine, photos: Photos, way: Way, hq: ScriptedHq
) -> None:
    give(till)
    till(revoke, 4_503_599_627_374_000, manager="Wang", reason="wrong bag", by="Li")
    engine.push_once()
    assert photos.step() == 0.0
    assert (len(hq.pushed[0]), way.sent) == (2, [("attempt-0", jpeg(1))])


# ── the thread ─────────────────────────────────────────────────────────────────────────────────────────────


class Pushes:
    """An engine that has nothing to pull, and pushes when it is nudged."""

    def __init__(self) -> None:
        self.pushed: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.ended: queue.SimpleQueue[None] = queue.SimpleQueue()

    def push_once(self) -> Pushed:
        self.pushed.put(None)
        return Pushed(1)

    def pull_once(self, wait: int = 0) -> Pulled:
        self.ended.get()
        raise Unreachable("closed")

    def close(self) -> None:
        self.ended.put(None)


class Spare:
    """Takes a step when it is woken, and does what the test says."""

    def __init__(self) -> None:
        self.steps: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.does: Callable[[], float] = lambda: 3600.0

    def step(self) -> float:
        self.steps.put(None)
        return self.does()


@pytest.fixture
def told() -> list[LinkState]:
    return []


@pytest.fixture
def looping(told: list[LinkState]) -> Iterator[tuple[SyncLoops, Pushes, Spare]]:
    engine, spare = Pushes(), Spare()
    loops = SyncLoops(engine, engine, clock=SystemClock(), on_link=told.append, rng=random.Random(1), photos=spare)
    yield loops, engine, spare
    loops.stop()


def test_photos_have_their_turn_when_the_push_is_done(looping: tuple[SyncLoops, Pushes, Spare]) -> None:
    loops, engine, spare = looping
    loops.start()
    for _ in range(3):
        engine.pushed.get(timeout=PATIENCE)
        spare.steps.get(timeout=PATIENCE)
        loops.nudge()


def push_beside_a_photo(looping: tuple[SyncLoops, Pushes, Spare]) -> None:
    """Let a photo have its turn, and see the push go on and on."""
    loops, engine, spare = looping
    loops.start()
    spare.steps.get(timeout=PATIENCE)
    for _ in range(5):
        engine.pushed.get(timeout=PATIENCE)
        loops.nudge()


def test_a_photo_under_way_holds_no_push_up(looping: tuple[SyncLoops, Pushes, Spare]) -> None:
    _, _, spare = looping
    done = threading.Event()

    def slow() -> float:
        done.wait(PATIENCE)
        return 3600.0

    spare.does = slow
    push_beside_a_photo(looping)
    done.set()


def test_a_photo_that_fails_is_no_trouble_of_the_line_and_nothing_hurries_it(
    looping: tuple[SyncLoops, Pushes, Spare], told: list[LinkState]
) -> None:
    loops, _, spare = looping

    def fail() -> float:
        raise Held("HQ asks for patience")

    spare.does = fail
    push_beside_a_photo(looping)
    loops.stop()
    assert spare.steps.empty()
    assert all(state.push is None for state in told)


class Held(Failure):
    """A failure after which HQ is left alone for long."""

    retry_after = 3600.0


# ── with HQ over HTTP ──────────────────────────────────────────────────────────────────────────────────────


class Shop:
    """A terminal at an HQ that is started and ended by the test; its pictures are HQ's rows."""

    def __init__(self, folder: Path) -> None:
        self.till = Till(folder)
        self.till.clock.wall = datetime.now(UTC)
        self.keystore = Keystore(folder)
        self.given = 0

    def join(self, mall: Mall) -> None:
        mall.open_store()
        mall.add_product(1001)
        enrol(str(mall.client.base_url), mall.enrolment_code(), "Counter 1", self.till.storage.submit, self.keystore)

    def client(self, url: str) -> HqClient:
        secrets = self.keystore.load()
        assert secrets is not None
        return HqClient(url, secrets.token)

    def engine(self, url: str) -> Engine:
        return Engine(self.client(url), self.till.storage.submit, lambda *_: None)

    def photos(self, url: str) -> Photos:
        local = Local(self.till.storage.submit, lambda *_: None, self.till.clock.monotonic)
        return Photos(self.client(url), local)

    def serve(self, mall: Mall, engine: Engine, *, photo: bytes) -> int:
        """Place an order, learn of it, and hand a part of it over with a photo of the rest."""
        number = int(mall.place(lines=[{"product_number": 1001, "quantity": 2}])["number"])
        while engine.pull_once().more:
            pass
        self.given += 1
        attempt = f"attempt-{self.given}"
        self.till(grant, GrantRequest(attempt, number, "Li", manager="Wang", reason="packed now"))
        self.till(hand_over, attempt, by="Li", short=SHORT, photo=photo)
        return number


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    one = Shop(tmp_path)
    yield one
    one.till.storage.close()


def kept(desk: Desk) -> list[tuple[str, bytes | None]]:
    rows = desk.office.read(lambda conn: conn.execute(select(table.c.attempt_id, table.c.jpeg)).all())
    return sorted((row.attempt_id, row.jpeg and bytes(row.jpeg)) for row in rows)


def test_a_photo_survives_an_outage_and_a_restart_and_is_at_hq_once(shop: Shop, tmp_path: Path) -> None:
    data = tmp_path / "hq"
    data.mkdir()
    with running(data) as hq:
        port = urlsplit(hq.url).port or 0
        mall = Mall(hq.operator, 7)
        shop.join(mall)
        engine = shop.engine(hq.url)
        shop.serve(mall, engine, photo=jpeg(1))
        engine.push_once()
    # HQ has the hand-over and not its photo; then both sides go.
    with pytest.raises(Unreachable):
        shop.photos(hq.url).step()
    shop.till.reopen()
    with running(data, port) as hq:
        photos = shop.photos(hq.url)
        assert photos.step() == 0.0
        assert photos.step() > 0
    app = create_app(settings_in(data))
    with in_thread(app):
        assert kept(app.state.desk) == [("attempt-1", jpeg(1))]


def test_an_hq_without_photos_takes_the_hand_over_and_gets_the_photo_after_its_update(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "hq"
    data.mkdir()
    with monkeypatch.context() as before:
        known = [route for route in counters.router.routes if "/photos/" not in getattr(route, "path", "")]
        before.setattr(counters.router, "routes", known)
        with in_thread(create_app(settings_in(data))) as operator:
            url, mall = str(operator.base_url), Mall(operator, 7)
            shop.join(mall)
            engine = shop.engine(url)
            shop.serve(mall, engine, photo=jpeg(1))
            engine.push_once()
            assert shop.till(pending_events, 1) == ()
            photos = shop.photos(url)
            assert photos.step() == 0.0
            assert photos.step() > 0
    assert shop.till.sql("SELECT jpeg FROM photos") == [(jpeg(1),)]
    new = create_app(settings_in(data))
    with in_thread(new) as operator:
        assert shop.photos(str(operator.base_url)).step() == 0.0
        assert kept(new.state.desk) == [("attempt-1", jpeg(1))]


def test_the_largest_photo_that_a_terminal_keeps_is_one_that_hq_takes(shop: Shop, tmp_path: Path) -> None:
    data = tmp_path / "hq"
    data.mkdir()
    app = create_app(settings_in(data))
    with in_thread(app) as operator:
        url, mall = str(operator.base_url), Mall(operator, 7)
        shop.join(mall)
        engine = shop.engine(url)
        shop.serve(mall, engine, photo=jpeg().ljust(LARGEST, b"\0"))
        engine.push_once()
        shop.photos(url).step()
        assert [len(content or b"") for _, content in kept(app.state.desk)] == [LARGEST]


def test_photos_go_up_by_themselves(shop: Shop, tmp_path: Path) -> None:
    data = tmp_path / "hq"
    data.mkdir()
    app = create_app(settings_in(data))
    with in_thread(app) as operator:
        url, mall = str(operator.base_url), Mall(operator, 7)
        shop.join(mall)
        for seed in (1, 2):
            shop.serve(mall, shop.engine(url), photo=jpeg(seed))
        shop.till.storage.close()
        till, arrived = shop.till, queue.SimpleQueue[None]()
        thread = StorageThread(lambda: Storage(tmp_path, till.trusted, till.ids, ballast_bytes=0))
        thread.start()
        client = shop.client(url)
        engine = Engine(client, thread.submit_background, lambda *_: None)
        photos = Photos(Told(client, arrived), Local(thread.submit_background, lambda *_: None))
        loops = SyncLoops(engine, client, clock=till.trusted, on_link=lambda _: None, photos=photos)
        loops.start()
        try:
            for _ in range(2):
                arrived.get(timeout=PATIENCE)
        finally:
            loops.stop()
            thread.stop()
            till.open()
        assert kept(app.state.desk) == [("attempt-1", jpeg(1)), ("attempt-2", jpeg(2))]


class Told:
    """The client, and who wants to know when a photo has gone."""

    def __init__(self, client: HqClient, arrived: queue.SimpleQueue[None]) -> None:
        self._client = client
        self._arrived = arrived

    def send_photo(self, number: int, attempt_id: str, content: bytes) -> Answer:
        answer = self._client.send_photo(number, attempt_id, content)
        self._arrived.put(None)
        return answer
