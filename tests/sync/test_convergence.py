"""Whatever the network drops, repeats, delays or reorders: HQ and the terminal end as if it had done nothing."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.clock import TrustedClock
from app.domain.events import Event
from app.domain.order import Status
from app.errors import Refused
from app.ids import id_maker
from app.storage.work import Work
from app.usecases.feed import feed_position
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import hand_over, release
from app.usecases.outbox import pending_events
from app.usecases.prepare import mark_prepared, start_preparing, undo_preparation
from app.usecases.reject_line import reject_lines
from app.usecases.revoke import revoke
from hq.counters import feed
from hq.ordering import orders
from hq.ordering.wishes import NewOrder
from hq.schema import inbox, incidents, redemptions, shortages
from hq.schema import orders as order_table
from sync.engine import Engine
from sync.failures import CaptivePortal, Failure, ServerTrouble, TimedOut
from sync.wire import FeedPage, PushAnswer, PushRequest, WireEvent
from tests.simulation.headquarters import Headquarters, read_page, read_results
from tests.simulation.morning import HQ_FOLDER, LEAD, morning, new_folder
from tests.simulation.people import PRODUCTS, STORE
from tests.simulation.terminal import RoomyStorage
from tests.simulation.world import CALM, World, WorldClock

ORDERS = 3
FAULTS = ("none", "lost", "answer lost", "twice", "late", "late twice", "portal", "500", "push during the answer")
ACTS = ("start", "prepare", "undo", "reject", "grant", "hand over", "release", "revoke", "push", "pull")
Acts = list[tuple[str, int]]


class Wire:
    """A transport that does to each message what the list says, and nothing once the list is used up."""

    def __init__(self, hq: Headquarters, token: str, faults: Sequence[str]) -> None:
        self._hq = hq
        self._token = token
        self._faults = deque(faults)
        self._late: deque[Callable[[], str]] = deque()
        self.meanwhile: Callable[[], object] = lambda: None

    def push(self, events: Sequence[Event]) -> PushAnswer:
        request = PushRequest(events=tuple(WireEvent.of(event).model_dump(mode="json") for event in events))
        return read_results(self._carry(partial(self._hq.push, self._token, request.model_dump_json())))

    def feed(self, cursor: int, generation: str, wait: int = 0) -> FeedPage:
        return read_page(self._carry(partial(self._hq.feed, self._token, cursor, generation)))

    def deliver_late(self) -> None:
        while self._late:
            self._late.popleft()()

    def _carry(self, ask: Callable[[], str]) -> str:
        fault = self._faults.popleft() if self._faults else "none"
        if fault in ("late", "late twice"):
            self._late += [ask] * (1 + (fault == "late twice"))
        if fault in ("late", "late twice", "lost"):
            raise TimedOut(fault)
        if fault == "portal":
            raise CaptivePortal(fault)
        if fault == "500":
            raise ServerTrouble(fault, status=500)
        answer = ask()
        if self._late and len(self._faults) % 2:
            self._late.pop()()  # the newest first: they overtake each other
        if fault == "twice":
            ask()
        if fault == "answer lost":
            raise TimedOut(fault)
        if fault == "push during the answer":
            with contextlib.suppress(Failure):
                self.meanwhile()
        return answer


@contextlib.contextmanager
def a_morning() -> Iterator[Path]:
    folder = place_for_runs() / "run"
    shutil.copytree(morning(), folder)
    yield folder
    shutil.rmtree(folder)


@cache
def place_for_runs() -> Path:
    return new_folder()


def place(hq: Headquarters, world: World, at: int) -> int:
    opens = (world.now - timedelta(hours=1)).replace(second=0, microsecond=0)
    wish = NewOrder(STORE, opens, opens + timedelta(hours=5), "Zhang", "13800000000", ((PRODUCTS[at], 1),))
    view, _ = hq.write(lambda work: orders.place(work, f"key-{at}", wish))
    return view.row.number


class Shop:
    """One terminal whose clerk does what a list says."""

    def __init__(self, folder: Path, faults: Sequence[str]) -> None:
        world = World(0)
        world.mood = CALM
        self.hq = Headquarters(world, folder / HQ_FOLDER, 0)
        clock = TrustedClock(WorldClock(world))
        new_id = id_maker(clock, random.Random(0).getrandbits)
        self.storage = RoomyStorage(folder / LEAD, clock, new_id, ballast_bytes=0)
        about = json.loads((folder / LEAD / "about.json").read_text())
        self.wire = Wire(self.hq, about["token"], faults)
        self.engine = Engine(self.wire, self.storage.submit, lambda *_: None, monotonic=clock.monotonic)
        self.wire.meanwhile = self.engine.push_once
        self.numbers = [place(self.hq, world, at) for at in range(ORDERS)]
        self._attempts: dict[int, str] = {}

    def __call__(self, usecase: Callable[..., Any], *args: Any, **options: Any) -> Any:
        return self.storage.submit(lambda work: usecase(work, *args, **options)).result()

    def act(self, at: int, act: str, which: int) -> None:
        number, attempt = self.numbers[which], self._attempts.get(which, "none")
        match act:
            case "start":
                self(start_preparing, [number], by="Wang")
            case "prepare":
                self(mark_prepared, [number], by="Wang", shelf=f"S{at}")
            case "undo":
                self(undo_preparation, [number], by="Wang")
            case "reject":
                self(reject_lines, number, {PRODUCTS[which]: 1}, by="Wang", reason="broken")
            case "grant":
                self(grant, GrantRequest(f"attempt-{at}", number, "Wang"))
                self._attempts[which] = f"attempt-{at}"
            case "hand over":
                self(hand_over, attempt, by="Wang")
            case "release":
                self(release, attempt, by="Wang", reason="still here")
            case "revoke":
                self(revoke, number, manager="Li", reason="wrong parcel", by="Wang")
            case "push":
                self.engine.push_once()
            case _:
                self.engine.pull_once()

    def heal(self) -> None:
        self.wire._faults.clear()
        self.wire.deliver_late()
        for _ in range(20):
            pushed, pulled = self.engine.run_once()
            if not (pushed.settled or pushed.held or pulled.rows):
                return
        raise AssertionError("it never comes to rest")

    def state(self) -> list[Any]:
        tables = (order_table, inbox, incidents, redemptions)
        return self.hq.read(lambda conn: [sorted_rows(conn, table) for table in tables])

    def close(self) -> None:
        self.storage.close()
        self.hq.put_away()


def sorted_rows(conn: Any, table: Any) -> list[tuple[Any, ...]]:
    skipped = {"version", "received_at", "outcome", "reason"}  # these tell how it came, not what happened
    query = select(*[column for column in table.columns if column.name not in skipped])
    if table is incidents:  # what HQ withdrew itself, when the missing event came, tells how it came too
        query = query.where(table.c.closed_by != "HQ")
    return sorted(tuple(map(str, row)) for row in conn.execute(query))


def live(acts: Acts, faults: Sequence[str]) -> list[Any]:
    with a_morning() as folder:
        shop = Shop(folder, faults)
        try:
            shop.wire._faults.clear()
            shop.engine.run_once()
            shop.wire._faults.extend(faults)
            for at, (act, which) in enumerate(acts):
                with contextlib.suppress(Refused, Failure):
                    shop.act(at, act, which)
            shop.heal()
            assert_converged(shop)
            return shop.state()
        finally:
            shop.close()


def assert_converged(shop: Shop) -> None:
    assert shop(pending_events, 1) == ()
    assert shop(feed_position).cursor in shop.hq.read(feed.heads).values()
    columns = (order_table.c.number, order_table.c.version, order_table.c.status, order_table.c.redemption_attempt)
    at_hq = shop.hq.read(lambda conn: [tuple(row) for row in conn.execute(select(*columns))])
    assert sorted(at_hq) == sorted(shop(orders_here))
    asked = shop.hq.read(lambda conn: set(conn.execute(select(shortages.c.order_number)).scalars()))
    assert {number for number, _, status, _ in at_hq if status == Status.SHORTAGE} <= asked


def orders_here(work: Work) -> list[tuple[Any, ...]]:
    return work.conn.execute(
        "SELECT number, version, status, (SELECT attempt_id FROM redemptions r WHERE r.order_number = o.number"
        " AND revoked_at IS NULL) FROM orders o"
    ).fetchall()


@settings(max_examples=25, deadline=None)
@given(
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, ORDERS - 1)), min_size=5, max_size=30),
    faults=st.lists(st.sampled_from(FAULTS), max_size=20),
)
def test_faults_of_the_network_leave_no_trace(acts: Acts, faults: list[str]) -> None:
    assert live(acts, faults) == live(acts, [])


def test_a_story_of_everything_leaves_no_trace_either() -> None:
    acts = [(act, which) for act in ACTS for which in range(ORDERS)] * 2
    assert live(acts, FAULTS * 3) == live(acts, [])
