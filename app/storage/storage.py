"""The file and its one connection: one transaction per call, follow-ups after it, the salvage file beside it."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from app.changes import Changes
from app.clock import TrustedClock
from app.domain.events import from_stamp
from app.errors import DiskFull
from app.ids import NewId
from app.storage.database import FILE_NAME, in_words, open_database
from app.storage.known import Known
from app.storage.mirror import Mirror
from app.storage.work import EVENT_COLUMNS, Identity, Work, event_fields, event_of, from_millis

T = TypeVar("T")
log = logging.getLogger(__name__)

BALLAST_NAME = "ballast"
BALLAST_BYTES = 64 * 1024 * 1024
TIME_FLOOR = "time_floor"
IDENTITY = "identity"


class Storage:
    """Runs use-cases one after the other; not thread-safe: exactly one thread calls it.

    `on_changes` is told of every commit that changed something, on that thread.
    """

    def __init__(
        self,
        folder: Path,
        clock: TrustedClock,
        new_id: NewId,
        *,
        on_changes: Callable[[Changes], None] = lambda _: None,
        ballast_bytes: int = BALLAST_BYTES,
    ) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.lookup_key = b""
        self._clock = clock
        self._new_id = new_id
        self._on_changes = on_changes
        self._ballast_bytes = ballast_bytes
        self._after: list[Callable[[Work], Changes]] = []
        self._pending_mirror: list[dict[str, Any]] = []
        self._conn = open_database(self.path)
        try:
            self._known = Known(self._conn)
            self.identity = self._read_identity()
            self._learn_floor()
            self._mirror = Mirror(folder)
            self._catch_up_mirror()
        except BaseException:
            self._conn.close()
            raise
        self._lay_ballast()

    def run(self, usecase: Callable[[Work], T]) -> T:
        """Run one use-case in one `BEGIN IMMEDIATE` transaction; what it queued runs at `finish()`.

        On a full disk the ballast is given back and the use-case tried once more, without what it can leave out.
        """
        try:
            return self._transaction(usecase)
        except DiskFull:
            self._drop_ballast()
            return self._transaction(usecase, scarce=True)

    def finish(self) -> None:
        """Do what may wait until the answer is out: the salvage lines and the follow-ups."""
        self._write_mirror()
        while self._after:
            self.run(self._after.pop(0))
            self._write_mirror()

    def submit(self, usecase: Callable[[Work], T]) -> Future[T]:
        """Run now and return the finished future: the storage thread's interface without the thread."""
        future: Future[T] = Future()
        try:
            future.set_result(self.run(usecase))
            self.finish()
        except Exception as error:  # a future carries whatever was raised to its reader
            if not future.done():
                future.set_exception(error)
            else:
                raise
        return future

    def close(self) -> None:
        """Close the file; everything committed is durable already."""
        self._mirror.close()
        self._conn.close()

    def _transaction(self, usecase: Callable[[Work], T], *, scarce: bool = False) -> T:
        work = self._begin()
        work.scarce = scarce
        try:
            with in_words(self.path):
                result = usecase(work)
                self._conn.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        self._keep(work)
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if changes:
            self._tell(changes)
        return result

    def _tell(self, changes: Changes) -> None:
        try:
            self._on_changes(changes)
        except Exception:
            # The work is durable: a screen that stumbles over the news must not make it look as if it had failed.
            log.exception("a listener failed")

    def _begin(self) -> Work:
        with in_words(self.path):
            self._conn.execute("BEGIN IMMEDIATE")
        return Work(
            conn=self._conn,
            now=_in_millis(self._clock.now()),
            steady=_in_millis(self._clock.steady()),
            new_id=self._new_id,
            known=self._known,
            identity=self.identity,
            lookup_key=self.lookup_key,
            free_bytes=self._free_bytes,
        )

    def _roll_back(self) -> None:
        # SQLite ends the transaction by itself on some faults (a full disk): then there is nothing to roll back.
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")
        self._known = Known(self._conn)

    def _keep(self, work: Work) -> None:
        if work.forgotten:
            self._known = Known(self._conn)
        self.identity = work.identity
        self._after += work.after
        self._pending_mirror += work.mirrored

    def _write_mirror(self) -> None:
        if not self._pending_mirror:
            return
        try:
            self._mirror.append(self._pending_mirror)
        except OSError:
            # The database has the facts; the lines are written at the next start (`_catch_up_mirror`).
            log.exception("the salvage file could not be written")
        self._pending_mirror = []

    def _catch_up_mirror(self) -> None:
        rows = self._conn.execute(
            f"SELECT {EVENT_COLUMNS} FROM events WHERE seq > ? ORDER BY seq",  # noqa: S608 - our own constant
            (self._mirror.last_seq(),),
        )
        missing = [event_fields(event_of(row)) for row in rows]
        if missing:
            self._mirror.append(missing)

    def _read_identity(self) -> Identity | None:
        row = self._conn.execute("SELECT value FROM meta WHERE key = ?", (IDENTITY,)).fetchone()
        return Identity(**json.loads(row[0])) if row else None

    def _learn_floor(self) -> None:
        row = self._conn.execute("SELECT value FROM meta WHERE key = ?", (TIME_FLOOR,)).fetchone()
        if row:
            self._clock.raise_floor(from_stamp(row[0]))
        # A pause that was not over begins anew with a start without HQ: how long the machine was off, nobody knows.
        (last,) = self._conn.execute("SELECT max(at) FROM failed_attempts").fetchone()
        known = [from_stamp(row[0])] if row else []
        if last is not None:
            known.append(from_millis(last))
        if known:
            self._clock.count_from(max(known))

    @property
    def _free_bytes(self) -> int:
        return shutil.disk_usage(self.folder).free

    def _lay_ballast(self) -> None:
        ballast = self.folder / BALLAST_NAME
        if self._ballast_bytes and not ballast.exists() and self._free_bytes > 8 * self._ballast_bytes:
            with ballast.open("wb") as file:
                for _ in range(self._ballast_bytes // 65536):
                    file.write(bytes(65536))

    def _drop_ballast(self) -> None:
        ballast = self.folder / BALLAST_NAME
        if ballast.exists():
            ballast.unlink()
            log.error("the disk is full: the reserve of %d MB was given back", self._ballast_bytes >> 20)


def _in_millis(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def identity_json(identity: Identity) -> str:
    """Return an identity as it is kept in the file."""
    return json.dumps(asdict(identity), sort_keys=True)
