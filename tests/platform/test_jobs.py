"""Jobs run on time, one at a time, and a step of the clock silences none of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from app.jobs import Jobs

HOUR = 3600.0


class SteppingClock:
    """The machine's clock, with a step that the test may add."""

    def __init__(self) -> None:
        self.step = timedelta()

    def now(self, zone: tzinfo = UTC) -> datetime:
        return datetime.now(zone) + self.step

    def monotonic(self) -> float:
        return time.monotonic()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SteppingClock:
    """Make APScheduler look at the same clock."""
    stepping = SteppingClock()
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", stepping)
    return stepping


class Counter:
    """A job that counts its runs and lets a test wait for the next one."""

    def __init__(self) -> None:
        self.runs = 0
        self._more = threading.Condition()

    def __call__(self) -> None:
        with self._more:
            self.runs += 1
            self._more.notify_all()

    def wait_for(self, runs: int) -> None:
        with self._more:
            assert self._more.wait_for(lambda: self.runs >= runs, timeout=10), f"ran {self.runs} times, not {runs}"


StartJobs = Callable[[dict[str, tuple[float, Callable[[], object]]]], Jobs]


@pytest.fixture
def started(clock: SteppingClock) -> Iterator[StartJobs]:
    running: list[Jobs] = []

    def start(jobs: dict[str, tuple[float, Callable[[], object]]]) -> Jobs:
        running.append(Jobs(clock, jobs, tick=0.05))
        running[-1].start()
        return running[-1]

    yield start
    for jobs in running:
        jobs.stop()


def test_job_runs_again_and_again(started: StartJobs) -> None:
    job = Counter()
    started({"sync": (0.02, job)})
    job.wait_for(3)


def test_first_run_waits_for_the_interval(started: StartJobs) -> None:
    often, seldom = Counter(), Counter()
    started({"often": (0.02, often), "seldom": (HOUR, seldom)})
    often.wait_for(3)
    assert seldom.runs == 0


def test_run_now_does_not_wait(started: StartJobs) -> None:
    job = Counter()
    started({"backup": (HOUR, job)}).run_now("backup")
    job.wait_for(1)


def test_unknown_name_is_a_mistake_of_ours(started: StartJobs) -> None:
    with pytest.raises(LookupError):
        started({}).run_now("typo")


@pytest.mark.parametrize("step", [timedelta(days=-1), timedelta(days=-9000), timedelta(days=1), timedelta(days=9000)])
def test_step_of_the_clock_silences_nothing(started: StartJobs, clock: SteppingClock, step: timedelta) -> None:
    job = Counter()
    started({"sync": (0.02, job)})
    job.wait_for(1)
    clock.step = step
    job.wait_for(job.runs + 5)


def test_missed_runs_are_made_up_once(started: StartJobs, clock: SteppingClock) -> None:
    often, seldom = Counter(), Counter()
    started({"often": (0.02, often), "seldom": (HOUR, seldom)})
    clock.step = timedelta(days=9000)
    seldom.wait_for(1)
    often.wait_for(often.runs + 3)
    assert seldom.runs == 1


def test_step_back_makes_no_job_wait_longer_than_its_interval(clock: SteppingClock) -> None:
    jobs = Jobs(clock, {"backup": (HOUR, Counter())})
    jobs._scheduler.start(paused=True)
    clock.step = timedelta(days=-1)
    jobs._mend_waits()
    wait = jobs._scheduler.get_job("backup").next_run_time - clock.now()
    jobs._scheduler.shutdown()
    assert timedelta(minutes=59) < wait <= timedelta(hours=1)


def test_job_that_fails_is_logged_and_runs_again(started: StartJobs, expect_log: Callable[[str], None]) -> None:
    expect_log('apscheduler.* ERROR: Job "sync .* raised an exception')
    job = Counter()

    def fail() -> None:
        job()
        raise RuntimeError("no luck")

    started({"sync": (0.02, fail)})
    job.wait_for(2)


def test_slow_job_never_runs_twice_at_once_and_nobody_is_warned_of_it(started: StartJobs) -> None:
    seen: list[int] = []
    other, may_end = Counter(), threading.Event()

    def slow() -> None:
        seen.append(1)
        may_end.wait()

    started({"slow": (0.02, slow), "other": (0.02, other)})
    other.wait_for(10)
    assert seen == [1]
    may_end.set()


def test_stop_leaves_no_thread(clock: SteppingClock) -> None:
    before = set(threading.enumerate())
    jobs = Jobs(clock, {"sync": (0.01, Counter())}, tick=0.01)
    jobs.start()
    jobs.stop()
    assert set(threading.enumerate()) == before


def test_stopping_what_never_started_is_nothing(clock: SteppingClock) -> None:
    Jobs(clock, {}).stop()
