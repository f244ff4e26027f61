"""The office: one HQ's database, secrets and clock, and the only way into a transaction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.clock import Clock, SystemClock
from app.errors import StorageFault
from app.ids import NewId, RandomBits, id_maker
from hq import db
from hq.counters import keys
from hq.goods.shelf import Shelf
from hq.settings import Settings
from hq.vault import Vault
from hq.work import Done, Together, Usecase, Work

T = TypeVar("T")
_ATTEMPTS = 5


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
    shelf: Shelf
    on_change: Callable[[frozenset[str]], None] = _ignore
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, settings: Settings, clock: Clock | None = None, random_bits: RandomBits = secrets.randbits) -> Office:
        """Open HQ's data, bring its schema up to date and make the first signing key of a new HQ."""
        clock = clock or SystemClock()
        vault = Vault.open(settings.data / "secrets.json", random_bits)
        database = db.connect(settings.database_url)
        office = cls(settings, database, vault, clock, random_bits, id_maker(clock, random_bits), Shelf(clock))
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
            raise db.edge(error) from error
        except NoConnection as error:
            raise StorageFault("HQ's database is busy: try again in some seconds.") from error

    def write(self, usecase: Usecase[T]) -> T:
        """Run one use-case in a transaction of its own."""
        value: T = self.write_together([usecase])[0].answer()
        return value

    def write_together(self, usecases: Sequence[Usecase[Any]]) -> list[Done]:
        """Run use-cases in as few transactions as is safe, each use-case in a savepoint: none shares another's fate.

        Where several processes write, a transaction locks stores only in their one order: what is done together does,
        and everything else has a transaction of its own.
        """
        if not self.database.waits:
            return self._transact(usecases)
        done: dict[int, Done] = {}
        for part in _parts(usecases):
            done |= zip(part, self._transact([usecases[at] for at in part]), strict=True)
        return [done[at] for at in range(len(usecases))]

    def _transact(self, usecases: Sequence[Usecase[Any]]) -> list[Done]:
        return [done.settled() for done in self.retrying(lambda: self.run(usecases).commit())]

    def retrying(self, attempt: Callable[[], T]) -> T:
        """Run it again while the database says that the same may well succeed; translate what remains."""
        for left in reversed(range(_ATTEMPTS)):
            try:
                return attempt()
            except DBAPIError as error:
                if not left or not db.is_momentary(error):
                    raise db.edge(error) from error
        raise AssertionError("the last attempt returns or raises")

    def run(self, usecases: Sequence[Usecase[Any]]) -> Ready:
        """Run use-cases in a transaction that waits for its commit; until then nobody else writes."""
        self._turn.acquire()
        ready = Ready(self, self._turn)
        try:
            ready.work = self._work(ready.open())
            ready.done = _all(ready.work, usecases)
        except BaseException:
            ready.abandon()
            raise
        return ready

    def _work(self, connection: Connection) -> Work:
        return Work(
            connection,
            self.clock.now(),
            self.new_id,
            self.random_bits,
            self.vault,
            self.shelf,
            slot=self.settings.slot,
            profile_hooks=self.settings.profile_hooks,
        )


class Ready:
    """A transaction whose use-cases have run: all that is left is one `commit`, from whichever thread."""

    def __init__(self, office: Office, turn: threading.Lock) -> None:
        self._office = office
        self._turn = turn
        self._connection: Connection | None = None
        self.work: Work
        self.done: list[Done] = []

    def open(self) -> Connection:
        """Begin the transaction."""
        self._connection = self._office.database.writer.connect()
        self._connection.begin()
        return self._connection

    def commit(self) -> list[Done]:
        """Write it for good, and tell which stores' feeds moved."""
        try:
            if self._connection:
                self._connection.commit()
            self._close()
            if self.work.touched:
                self._office.on_change(frozenset(self.work.touched))
        finally:
            self.abandon()
        return self.done

    def abandon(self) -> None:
        """Take back what is not committed and let others write."""
        try:
            self._close()
        finally:
            self._turn.release()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()


def _all(work: Work, usecases: Sequence[Usecase[Any]]) -> list[Done]:
    """Do each use-case, those that can be done together at the place of their first."""
    done: dict[int, Done] = {}
    for part in _parts(usecases):
        same = [usecases[at] for at in part]
        first = same[0]
        if len(same) > 1 and isinstance(first, Together):
            done |= zip(part, _together(work, first, same), strict=True)
        else:
            done[part[0]] = _apart(work, first)
    return [done[at] for at in range(len(usecases))]


def _parts(usecases: Sequence[Usecase[Any]]) -> list[list[int]]:
    """Return the places of what is done together, and of each of the others alone, in the order of their first."""
    parts: dict[Any, list[int]] = {}
    for at, usecase in enumerate(usecases):
        parts.setdefault(type(usecase) if _goes_together(cast("Hashable", type(usecase))) else at, []).append(at)
    return list(parts.values())


# Kept, because to ask a protocol takes longer than many a statement.
@cache
def _goes_together(kind: Hashable) -> bool:
    return issubclass(cast("type", kind), Together)


def _together(work: Work, first: Together, same: Sequence[Usecase[Any]]) -> list[Done]:
    done = _apart(work, lambda work: first.with_others(work, same))
    # One that breaks the set must not cost the others.
    return [_apart(work, usecase) for usecase in same] if done.error else done.value


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
