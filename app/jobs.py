"""What the terminal does by the clock: each job only submits work to the thread that owns it.

Import late: APScheduler costs a fifth of a second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from app.clock import Clock

log = logging.getLogger(__name__)
logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it writes two lines for every run

Job = tuple[float, Callable[[], object]]

# It warns whenever a job is still busy at its next turn; that this turn is left out is what `max_instances=1` is for.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class _Every(BaseTrigger):  # type: ignore[misc] # APScheduler 3 is untyped
    """Fires an interval after it last fired, whatever the clock did meanwhile.

    APScheduler's own interval trigger lists every missed time before it coalesces them: a clock that is put right by
    26 years (an empty battery) would list 27 million of a job that runs twice a minute.
    """

    def __init__(self, seconds: float) -> None:
        self.interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:  # noqa: ARG002 - its interface
        return now + self.interval


class Jobs:
    """Named jobs, each `(seconds between runs, what to submit)`; `clock` is the machine's, not HQ's.

    APScheduler waits for a time of day: a clock that is set back by a day would silence it for a day, and a laptop that
    slept would oversleep. So a plain monotonic thread looks every `tick` seconds for a job that has longer to wait than
    its interval, which only a step of the clock can cause, and wakes the scheduler for those that are due.
    """

    def __init__(self, clock: Clock, jobs: Mapping[str, Job], *, tick: float = 5.0) -> None:
        self._clock = clock
        self._tick = tick
        self._triggers = {name: _Every(seconds) for name, (seconds, _) in jobs.items()}
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(max(1, len(jobs)))},  # a long backup holds up no other job
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, (_, submit) in jobs.items():
            self._scheduler.add_job(submit, self._triggers[name], id=name, name=name)
        self._stopping = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="jobs-watchdog", daemon=True)

    def start(self) -> None:
        """Start; every job runs first when its interval has passed."""
        self._scheduler.start()
        self._watchdog.start()

    def stop(self) -> None:
        """Stop, and return when no job and no thread of ours runs any more."""
        if self._scheduler.running:
            self._stopping.set()
            self._watchdog.join()
            self._scheduler.shutdown()

    def run_now(self, name: str) -> None:
        """Run a job at once; its interval begins anew."""
        self._scheduler.modify_job(name, next_run_time=_LONG_AGO)

    def _watch(self) -> None:
        while not self._stopping.wait(self._tick):
            self._mend_waits()
            self._scheduler.wakeup()

    def _mend_waits(self) -> None:
        now = self._clock.now()
        for job in self._scheduler.get_jobs():
            trigger = self._triggers[job.id]
            if job.next_run_time - now > trigger.interval:
                log.info("the clock was set back: %s would have waited until %s", job.id, job.next_run_time)
                self._scheduler.modify_job(job.id, next_run_time=now + trigger.interval)
