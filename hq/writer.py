"""Group commit: what waits to be written goes into one transaction, so that one sync of the disk serves many.

On SQLite the event loop itself runs the statements: a thread for them was measured and costs more than it gives,
because the two fight for the interpreter at every statement and every packet. Only the commit, which waits for the
disk, goes to a thread; meanwhile the loop puts the answers together and reads the next requests. On PostgreSQL, where
every statement waits, the whole transaction goes there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from hq import db
from hq.office import Office
from hq.problems import Rejection
from hq.work import Done, Usecase

T = TypeVar("T")
# Small enough that a poll or a page never waits long behind a batch; larger ones gain little more.
_LARGEST_BATCH = 100
_LONGEST_QUEUE = 2_000


class Writer:
    """Collects use-cases while the transaction before is written, and writes them in the next."""

    def __init__(self, office: Office, *, limit: int = _LONGEST_QUEUE) -> None:
        self._office = office
        self._limit = limit
        self._waiting: deque[tuple[Usecase[Any], asyncio.Future[Any]]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hq-writer")
        self._busy: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown()

    async def write(self, usecase: Usecase[T]) -> T:
        """Run a use-case in the next common transaction; a queue that is too long refuses it."""
        if len(self._waiting) >= self._limit:
            sentence = "HQ is writing as fast as it can: try again in a second."
            raise Rejection(HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentence, retry_after=1)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((usecase, future))
        if self._busy is None:
            self._busy = loop.create_task(self._write())
        return await future

    async def _write(self) -> None:
        while self._waiting:
            count = min(len(self._waiting), _LARGEST_BATCH)
            jobs = [self._waiting.popleft() for _ in range(count)]
            jobs = [(usecase, future) for usecase, future in jobs if not future.done()]
            answers = await self._answers([usecase for usecase, _ in jobs])
            for (_, future), done in zip(jobs, answers, strict=True):
                if future.done():
                    continue
                if done.error:
                    future.set_exception(done.error)
                else:
                    future.set_result(done.value)
        self._busy = None

    async def _answers(self, usecases: list[Usecase[Any]]) -> Sequence[Done]:
        try:
            if self._office.database.waits:
                return await self._aside(lambda: self._office.write_together(usecases))
            return await self._committed_aside(usecases)
        except Exception as error:  # noqa: BLE001 - the loop's edge: everyone who waits is told
            return [Done(error=error)] * len(usecases)

    async def _committed_aside(self, usecases: list[Usecase[Any]]) -> Sequence[Done]:
        ready = self._office.retrying(lambda: self._office.run(usecases))
        try:
            committing = self._aside(ready.commit)
            answers = [done.settled() for done in ready.done]
            await committing
            return answers
        except DBAPIError as error:
            if db.is_momentary(error):
                return await self._aside(lambda: self._office.write_together(usecases))
            raise db.edge(error) from error

    def _aside(self, act: Callable[[], list[Done]]) -> asyncio.Future[list[Done]]:
        return asyncio.get_running_loop().run_in_executor(self._thread, act)
