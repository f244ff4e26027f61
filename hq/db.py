"""The database edge: engines, migrations and foreign errors; the only place that knows which database it is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from app.errors import CorruptData, DataTooNew, DiskFull, NeedsAttention, ReadOnlyData, StorageFault

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# PostgreSQL: serialization failure, deadlock.
_TRY_AGAIN = {"40001", "40P01"}
# SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint: one connection does both.
_WRITER_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000",
                   "trusted_schema = OFF", "cell_size_check = ON", "wal_autocheckpoint = 8000",
                   "cache_size = -65536")  # fmt: skip
_READER_PRAGMAS = ("busy_timeout = 5000", "trusted_schema = OFF", "query_only = ON")
_READERS = 48


@dataclass(frozen=True, slots=True)
class Database:
    """`writer` has the one connection that changes anything on SQLite; `reader` has many."""

    writer: Engine
    reader: Engine

    @property
    def waits(self) -> bool:
        """Whether each statement waits for another process, so that a thread should."""
        return self.writer.dialect.name != "sqlite"

    def close(self) -> None:
        """Close the readers first, so that the writer is the one that checkpoints at the end."""
        self.reader.dispose()
        self.writer.dispose()


def connect(url: str) -> Database:
    """Return the engines for a database URL; nothing is opened yet."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        return Database(engine, engine)
    return Database(
        _sqlite_engine(url, _WRITER_PRAGMAS, begin="BEGIN IMMEDIATE", size=1),
        _sqlite_engine(url, _READER_PRAGMAS, begin="BEGIN", size=_READERS),
    )


def migrate(database: Database) -> None:
    """Bring the schema up to this release in one transaction; raise `DataTooNew` for one from a later release."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with database.writer.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise DataTooNew("HQ's data was written by a newer release: start that release instead.") from error
    except DatabaseError as error:
        raise translated(error) from error


def is_momentary(error: DBAPIError) -> bool:
    """Tell whether the same transaction may well succeed when it is tried again."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _BUSY) or getattr(error.orig, "sqlstate", None) in _TRY_AGAIN


def is_storage(error: DBAPIError) -> bool:
    """Tell whether the machine failed, not the statement."""
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def edge(error: DBAPIError) -> DBAPIError | StorageFault:
    """Return what leaves the database's room: the machine's failures in our words, a mistake of ours as it is."""
    return translated(error) if is_storage(error) else error


def translated(error: DBAPIError) -> StorageFault:
    """Return the error in our words, without any SQL."""
    code = (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or getattr(error.orig, "sqlstate", None) == "53100":
        return DiskFull("HQ's disk is full: free some space, nothing was lost.")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return ReadOnlyData("HQ's data folder cannot be written: check who owns it.")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return CorruptData("HQ's database file is damaged: restore the last backup.")
    return StorageFault("HQ's database does not answer: check that it runs and is reachable.")


def _sqlite_engine(url: str, pragmas: tuple[str, ...], *, begin: str, size: int) -> Engine:
    engine = create_engine(
        url, pool_size=size, max_overflow=0, hide_parameters=True, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver must not begin transactions by its own rules: `begin` below does, with the right lock.
        connection.isolation_level = None
        for pragma in pragmas:
            answer = connection.execute(f"PRAGMA {pragma}").fetchone()
            if pragma.startswith("journal_mode") and answer != ("wal",):
                raise NeedsAttention("HQ's data folder is on a disk that cannot keep a write-ahead log.")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
