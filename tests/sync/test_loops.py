"""The two threads: at once, forever, and gone when told."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from app.clock import SystemClock
from sync.client import HqClient
from sync.engine import Pulled, Pushed
from sync.failures import Busy, Failure, NotWelcome, Reason, Unreachable
from sync.link import LinkKind, LinkState
from sync.loops import SyncLoops
from tests.conftest import ExpectLog
from tests.sync import faults
from tests.sync.faults import Serve

T = TypeVar("T")
PATIENCE = 20.0


class Steps:
    """An engine that does what the test puts into its queues, one thing per step."""

    def __init__(self) -> None:
        self.push: queue.SimpleQueue[Pushed | Failure] = queue.SimpleQueue()
        self.pull: queue.SimpleQueue[Pulled | Exception] = queue.SimpleQueue()
        self.waits: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.pushes: queue.SimpleQueue[None] = queue.SimpleQueue()

    def push_once(self) -> Pushed:
        self.pushes.put(None)
        step = Pushed() if self.push.empty() else self.push.get()
        if isinstance(step, Failure):
            raise step
        return step

    def pull_once(self, wait: int = 0) -> Pulled:
        self.waits.put(wait)
        step = self.pull.get()
        if isinstance(step, Exception):
            raise step
        return step

    def close(self) -> None:
        self.pull.put(Unreachable("closed"))


class Heard:
    """The link states as they come."""

    def __init__(self) -> None:
        self.states: queue.Queue[LinkState] = queue.Queue()

    def until(self, wanted: Callable[[LinkState], bool]) -> LinkState:
        while not wanted(state := self.states.get(timeout=PATIENCE)):
            pass
        return state


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def loops(steps: Steps, heard: Heard) -> Iterator[SyncLoops]:
    made = SyncLoops(steps, steps, clock=SystemClock(), on_link=heard.states.put, rng=random.Random(1))
    yield made
    made.stop()


def take(things: queue.SimpleQueue[T], count: int) -> list[T]:
    return [things.get(timeout=PATIENCE) for _ in range(count)]


def test_the_first_pull_does_not_wait_and_the_next_hangs_on(loops: SyncLoops, steps: Steps) -> None:
    steps.pull.put(Pulled(3, more=True))
    steps.pull.put(Pulled(2))
    loops.start()
    assert take(steps.waits, 3) == [0, 0, 25]


def test_an_answer_puts_the_link_online(loops: SyncLoops, steps: Steps, heard: Heard) -> None:
    steps.pull.put(Pulled())
    loops.start()
    assert heard.until(lambda state: state.kind is LinkKind.ONLINE).last_contact is not None


def test_a_failure_is_told_and_tried_again_without_a_long_wait(loops: SyncLoops, steps: Steps, heard: Heard) -> None:
    for step in (Pulled(), Unreachable("cable"), Pulled()):
        steps.pull.put(step)
    loops.start()
    assert heard.until(lambda state: state.trouble is not None).reason is Reason.UNREACHABLE
    heard.until(lambda state: state.kind is LinkKind.ONLINE)
    assert take(steps.waits, 3) == [0, 25, 0]


def test_a_nudge_pushes_at_once(loops: SyncLoops, steps: Steps, heard: Heard) -> None:
    loops.start()
    take(steps.pushes, 1)
    steps.push.put(Pushed(1))
    loops.nudge()
    assert heard.until(lambda state: state.last_contact is not None).kind is LinkKind.ONLINE


def test_a_nudge_does_not_wait_for_the_back_off(loops: SyncLoops, steps: Steps) -> None:
    for _ in range(12):
        steps.push.put(Unreachable("cable"))
    loops.start()
    for _ in range(12):
        take(steps.pushes, 1)
        loops.nudge()
    assert steps.push.empty()


def test_a_busy_hq_is_left_alone_whatever_nudges(loops: SyncLoops, steps: Steps, heard: Heard) -> None:
    steps.push.put(Busy("later", retry_after=3600))
    loops.start()
    heard.until(lambda state: state.reason is Reason.BUSY)
    loops.nudge()
    loops.stop()
    assert steps.pushes.qsize() == 1


def test_a_stuck_push_does_not_stop_the_pull(loops: SyncLoops, steps: Steps) -> None:
    steps.push.put(NotWelcome("revoked"))
    for _ in range(5):
        steps.pull.put(Pulled(1, more=True))
    loops.start()
    take(steps.waits, 6)


def test_a_batch_with_more_behind_it_goes_on_at_once(loops: SyncLoops, steps: Steps) -> None:
    for _ in range(5):
        steps.push.put(Pushed(100, more=True))
    loops.start()
    take(steps.pushes, 6)


def test_the_return_of_hq_wakes_a_push_that_waits(loops: SyncLoops, steps: Steps, heard: Heard) -> None:
    steps.push.put(NotWelcome("asked again after a minute at the earliest"))
    loops.start()
    heard.until(lambda state: state.push is not None)
    steps.pull.put(Unreachable("cable"))
    steps.pull.put(Pulled())
    heard.until(lambda state: state.push is None)


def test_a_mistake_of_ours_is_logged_and_the_thread_goes_on(
    loops: SyncLoops, steps: Steps, expect_log: ExpectLog
) -> None:
    expect_log("the pull stumbled")
    steps.pull.put(ZeroDivisionError("a mistake"))
    steps.pull.put(Pulled())
    loops.start()
    take(steps.waits, 3)


def test_a_listener_that_fails_does_not_end_the_thread(steps: Steps, expect_log: ExpectLog) -> None:
    expect_log("the pull stumbled")

    def gone(state: LinkState) -> None:
        raise RuntimeError("the window is gone")

    loops = SyncLoops(steps, steps, clock=SystemClock(), on_link=gone, rng=random.Random(1))
    for step in (Unreachable("cable"), Pulled()):
        steps.pull.put(step)
    loops.start()
    take(steps.waits, 3)
    loops.stop()


def test_stop_ends_a_long_poll_over_real_http(serve: Serve) -> None:
    server = serve(faults.silence)
    client = HqClient(server.url, "token")

    class Polls:
        def push_once(self) -> Pushed:
            return Pushed()

        def pull_once(self, wait: int = 0) -> Pulled:
            client.feed(0, "", wait)
            return Pulled()

    told: list[LinkState] = []
    loops = SyncLoops(Polls(), client, clock=SystemClock(), on_link=told.append)
    loops.start()
    assert server.called.wait(PATIENCE)
    loops.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sync-")]
    assert told == []


def test_stop_without_start_is_harmless(loops: SyncLoops) -> None:
    loops.stop()


def test_an_hq_that_does_not_hold_back_is_not_asked_in_a_circle(steps: Steps, heard: Heard) -> None:
    for _ in range(500):
        steps.pull.put(Pulled())
    loops = SyncLoops(steps, steps, clock=StandingClock(), on_link=heard.states.put)
    loops.start()
    take(steps.waits, 2)
    loops.stop()
    assert steps.waits.qsize() < 10


class StandingClock:
    def now(self) -> datetime:
        return datetime(2026, 8, 1, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


def test_trouble_ends_when_there_is_nothing_left_to_push(loops: SyncLoops, steps: Steps, heard: Heard) -> None:
    steps.push.put(Unreachable("cable"))
    loops.start()
    heard.until(lambda state: state.push is not None)
    loops.nudge()
    heard.until(lambda state: state.push is None)
