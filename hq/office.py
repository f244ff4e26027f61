"""The office: one HQ's database, secrets and clock, and the only way into a transaction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.clock import Clock, SystemClock
from app.errors import StorageFault
from app.ids import NewId, RandomBits, id_maker
from hq import db, keys
from hq.settings import Settings
from hq.vault import Vault
from hq.work import Usecase, Work

T = TypeVar("T")
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one use-case in a common transaction: its answer, or why it was rolled back."""

    value: Any = None
    error: Exception | None = None


def _ignore(_stores: frozenset[str]) -> None:
    pass


@dataclass(slots=True)
class Office:
    """Runs use-cases; `on_change` is told after each commit which stores' feeds moved, from the writing thread."""

    settings: Settings
    database: db.Database
    vault: Vault
    clock: Clock
    random_bits: RandomBits
    new_id: NewId
    on_change: Callable[[frozenset[str]], None] = _ignore
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, settings: Settings, clock: Clock | None = None, random_bits: RandomBits = secrets.randbits) -> Office:
        """Open HQ's data, bring its schema up to date and make the first signing key of a new HQ."""
        clock = clock or SystemClock()
        vault = Vault.open(settings.data / "secrets.json", random_bits)
        database = db.connect(settings.database_url)
        office = cls(settings, database, vault, clock, random_bits, id_maker(clock, random_bits))
        try:
            db.migrate(database)
            office.write(keys.ensure_first)
        except BaseException:
            database.close()
            raise
        return office

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def now(self) -> datetime:
        """Return HQ's time."""
        return self.clock.now()

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on a connection that cannot write; all of it sees one moment on SQLite."""
        try:
            with self.database.reader.connect() as connection:
                return query(connection)
        except DBAPIError as error:
            raise _edge(error) from error
        except NoConnection as error:
            raise StorageFault("HQ's database is busy: try again in some seconds.") from error

    def write(self, usecase: Usecase[T]) -> T:
        """Run one use-case in a transaction of its own."""
        done = self.write_together([usecase])[0]
        if done.error:
            raise done.error
        value: T = done.value
        return value

    def write_together(self, usecases: Sequence[Usecase[Any]]) -> list[Done]:
        """Run use-cases in one transaction, each in a savepoint: one sync of the disk, no shared fate."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._transact(usecases)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or not db.is_momentary(error):
                    raise _edge(error) from error
        raise AssertionError("the last attempt returns or raises")

    def _transact(self, usecases: Sequence[Usecase[Any]]) -> list[Done]:
        with self._turn:
            with self.database.writer.begin() as connection:
                work = Work(connection, self.clock.now(), self.new_id, self.random_bits, self.vault)
                done = [_apart(work, usecase) for usecase in usecases]
            if work.touched:
                self.on_change(frozenset(work.touched))
        return done


def _apart(work: Work, usecase: Usecase[Any], *, once_more: bool = True) -> Done:
    try:
        with work.savepoint():
            return Done(usecase(work))
    except DBAPIError as error:
        if db.is_storage(error):
            raise
        if once_more and db.is_collision(error):
            # Another process has just written the same thing, which now can be seen.
            return _apart(work, usecase, once_more=False)
        return Done(error=error)
    except Exception as error:  # noqa: BLE001 - one use-case's mistake must not cost the others; it reaches its caller
        return Done(error=error)


def _edge(error: DBAPIError) -> DBAPIError | StorageFault:
    return db.translated(error) if db.is_storage(error) else error
