"""Group commit: what waits to be written goes into one transaction, so that one sync of the disk serves many."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from http import HTTPStatus
from typing import Any, TypeVar

from hq.office import Done, Office
from hq.problems import Rejection
from hq.work import Usecase

T = TypeVar("T")
_LARGEST_BATCH = 200
_QUEUE = 2_000

_Job = tuple[Usecase[Any], "Future[Any]"]


class Writer:
    """One thread that writes; `submit` never waits."""

    def __init__(self, office: Office, *, limit: int = _QUEUE) -> None:
        self._office = office
        self._jobs: queue.Queue[_Job | None] = queue.Queue(limit)
        self._thread = threading.Thread(target=self._run, name="hq-writer", daemon=True)
        self._thread.start()

    def submit(self, usecase: Usecase[T]) -> Future[T]:
        """Queue a use-case; its future answers after the commit. A full queue refuses: try again in a second."""
        future: Future[T] = Future()
        try:
            self._jobs.put_nowait((usecase, future))
        except queue.Full:
            sentence = "HQ is writing as fast as it can: try again in a second."
            raise Rejection(HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentence, retry_after=1) from None
        return future

    def close(self) -> None:
        """Write what waits, then stop."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            jobs, more = self._waiting()
            if jobs:
                self._write(jobs)
            if not more:
                return

    def _waiting(self) -> tuple[list[_Job], bool]:
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            if job[1].set_running_or_notify_cancel():
                jobs.append(job)
            if len(jobs) >= _LARGEST_BATCH:
                return jobs, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, True
        return jobs, False

    def _write(self, jobs: list[_Job]) -> None:
        try:
            answers = self._office.write_together([usecase for usecase, _ in jobs])
        except Exception as error:  # noqa: BLE001 - the thread's edge: whoever waits is told, the thread lives on
            answers = [Done(error=error)] * len(jobs)
        for (_, future), done in zip(jobs, answers, strict=True):
            if done.error:
                future.set_exception(done.error)
            else:
                future.set_result(done.value)
