"""Group commit: what waits to be written goes into one transaction, so that one sync of the disk serves many.

The event loop itself writes. A thread for it was measured and costs more than it gives: the two of them fight for the
interpreter at every statement and every packet.
"""

from __future__ import annotations

import asyncio
from collections import deque
from http import HTTPStatus
from typing import Any, TypeVar

from hq.office import Office
from hq.problems import Rejection
from hq.work import Done, Usecase

T = TypeVar("T")
# Small enough that a poll or a page never waits long behind a batch; larger ones gain nothing more.
_LARGEST_BATCH = 50
_LONGEST_QUEUE = 2_000


class Writer:
    """Collects use-cases during one turn of the event loop and writes them in the next."""

    def __init__(self, office: Office, *, limit: int = _LONGEST_QUEUE) -> None:
        self._office = office
        self._limit = limit
        self._waiting: deque[tuple[Usecase[Any], asyncio.Future[Any]]] = deque()

    async def write(self, usecase: Usecase[T]) -> T:
        """Run a use-case in the next common transaction; a queue that is too long refuses it."""
        if len(self._waiting) >= self._limit:
            sentence = "HQ is writing as fast as it can: try again in a second."
            raise Rejection(HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentence, retry_after=1)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._write)
        self._waiting.append((usecase, future))
        return await future

    def _write(self) -> None:
        count = min(len(self._waiting), _LARGEST_BATCH)
        jobs = [self._waiting.popleft() for _ in range(count)]
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._write)
        jobs = [(usecase, future) for usecase, future in jobs if not future.done()]
        for (_, future), done in zip(jobs, self._answers([usecase for usecase, _ in jobs]), strict=True):
            if done.error:
                future.set_exception(done.error)
            else:
                future.set_result(done.value)

    def _answers(self, usecases: list[Usecase[Any]]) -> list[Done]:
        try:
            return self._office.write_together(usecases)
        except Exception as error:  # noqa: BLE001 - the loop's edge: everyone who waits is told
            return [Done(error=error)] * len(usecases)
