"""The storage thread: sole owner of the connection; the counter's work goes before the background's."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.errors import StorageFault
from app.storage.storage import Storage
from app.storage.work import Work

T = TypeVar("T")
log = logging.getLogger(__name__)

_COUNTER, _BACKGROUND, _STOP = 0, 1, 2


def _reopen(_: Work) -> None:
    """Stand for "close and open again" in the queue; never called."""


@dataclass(order=True, slots=True)
class _Job:
    urgency: int
    number: int
    usecase: Callable[[Work], Any] = field(compare=False)
    future: Future[Any] = field(compare=False)


class StorageThread:
    """Opens the file on its own thread, so that the window need not wait, and serves it until `stop()`."""

    def __init__(self, open_storage: Callable[[], Storage]) -> None:
        """Take what opens the file; `opened` resolves to the storage or to the reason why it could not be."""
        self.opened: Future[Storage] = Future()
        self._open = open_storage
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="storage", daemon=True)

    def start(self) -> None:
        """Begin to open the file."""
        self._thread.start()

    def submit(self, usecase: Callable[[Work], T]) -> Future[T]:
        """Queue the counter's work: it goes before everything in the background."""
        return self._put(_COUNTER, usecase)

    def submit_background(self, usecase: Callable[[Work], T]) -> Future[T]:
        """Queue work that nobody at the counter waits for."""
        return self._put(_BACKGROUND, usecase)

    def reopen(self) -> None:
        """Close the file and open it again, which restores one that was marked as damaged."""
        self._jobs.put(_Job(_COUNTER, next(self._numbers), _reopen, Future()))

    def stop(self) -> None:
        """Finish what is queued, close the file and end the thread."""
        if not self._stopping:
            self._stopping = True
            self._jobs.put(_Job(_STOP, next(self._numbers), lambda _: None, Future()))
        if self._thread.is_alive():
            self._thread.join()

    def _put(self, urgency: int, usecase: Callable[[Work], T]) -> Future[T]:
        future: Future[T] = Future()
        if self._stopping:
            future.set_exception(StorageFault("The program is closing; nothing was written."))
            return future
        self._jobs.put(_Job(urgency, next(self._numbers), usecase, future))
        return future

    def _serve(self) -> None:
        try:
            storage = self._open()
        except Exception as error:  # noqa: BLE001 - thread edge: the reason goes to whoever waits for the file
            self.opened.set_exception(error)
            self._refuse_all(error)
            return
        self.opened.set_result(storage)
        while (job := self._jobs.get()).urgency != _STOP:
            if job.usecase is _reopen:
                try:
                    storage = self._open_again(storage)
                except Exception as error:  # thread edge: whoever asks next is told why there is no file
                    log.exception("the file could not be opened again")
                    self._refuse_all(error)
                    return
            else:
                self._run(storage, job)
        storage.close()

    def _open_again(self, old: Storage) -> Storage:
        old.close()
        new = self._open()
        new.lookup_key = old.lookup_key
        return new

    def _run(self, storage: Storage, job: _Job) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            job.future.set_result(storage.run(job.usecase))
        except Exception as error:  # noqa: BLE001 - thread edge: the future carries it to whoever asked
            job.future.set_exception(error)
        try:
            storage.finish()
        except Exception:
            # Thread edge: the answer is out already and the thread must live on for the next customer.
            log.exception("a follow-up failed")

    def _refuse_all(self, error: Exception) -> None:
        while (job := self._jobs.get()).urgency != _STOP:
            job.future.set_exception(error)
