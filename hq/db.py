"""The database edge: engines, migrations and foreign errors; the only place that knows which database it is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from app.errors import CorruptData, DataTooNew, DiskFull, NeedsAttention, ReadOnlyData, StorageFault, ZitiError

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# PostgreSQL: serialization failure, deadlock.
_TRY_AGAIN = {"40001", "40P01"}
# PostgreSQL's classes of what is no fault of the statement: the connection, a transaction that may only read or was
# rolled back, too few resources, a lock that was not given, an operator's stop, the system, the server itself.
_STORAGE = ("08", "25006", "25P03", "40", "53", "55", "57", "58", "F0", "XX")
# Of these, what others did to this transaction: it may well go through later.
_CROWDED = ("40", "53300", "55P03")
# A lock is waited for while the event loop waits too; a statement longer than this is a mistake.
_SESSION = (
    "-c timezone=UTC -c lock_timeout=3000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=60000"
)
_CONNECT_SECONDS = 5
# For each process: one connection writes, so many read. PostgreSQL allows 100 unless told otherwise.
_PG_READERS = 10
_POOL_SECONDS = 10
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 20_000}
_NO_DATABASE = "ZITI_HQ_DATABASE_URL must begin with postgresql:// or sqlite:///: HQ keeps its data in one of these."
# What only one HQ at a time may do to a PostgreSQL database, by a number of our own.
_MIGRATING = 0x5A495449
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
    where = _parsed(url)
    if where.get_backend_name() == "sqlite":
        return Database(
            _sqlite_engine(url, _WRITER_PRAGMAS, begin="BEGIN IMMEDIATE", size=1),
            _sqlite_engine(url, _READER_PRAGMAS, begin="BEGIN", size=_READERS),
        )
    return Database(
        _postgresql_engine(where, _SESSION, size=1),
        _postgresql_engine(where, f"{_SESSION} -c default_transaction_read_only=on", size=_PG_READERS),
    )


def serves_several(url: str) -> bool:
    """Tell whether several processes may write to this database at once."""
    return _parsed(url).get_backend_name() != "sqlite"


def migrate(database: Database) -> None:
    """Bring the schema up to this release in one transaction; raise `DataTooNew` for one from a later release."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with database.writer.begin() as connection:
            _have_alone(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise DataTooNew("HQ's data was written by a newer release: start that release instead.") from error
    except DBAPIError as error:
        raise _not_migrated(error) from error


def is_momentary(error: DBAPIError) -> bool:
    """Tell whether the same transaction may well succeed when it is tried again."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _BUSY) or getattr(error.orig, "sqlstate", None) in _TRY_AGAIN


def is_collision(error: DBAPIError) -> bool:
    """Tell whether a row with this unique key had just been written by another transaction."""
    return getattr(error.orig, "sqlstate", None) == "23505"


def is_storage(error: DBAPIError) -> bool:
    """Tell whether the machine failed, not the statement."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state:
        return state.startswith(_STORAGE)
    return error.connection_invalidated or isinstance(error, OperationalError) or type(error) is DatabaseError


def edge(error: DBAPIError) -> DBAPIError | StorageFault:
    """Return what leaves the database's room: the machine's failures in our words, a mistake of ours as it is."""
    return translated(error) if is_storage(error) else error


def translated(error: DBAPIError) -> StorageFault:
    """Return the error in our words, without any SQL."""
    code = (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF
    state = getattr(error.orig, "sqlstate", None)
    if code == sqlite3.SQLITE_FULL or state == "53100":
        return DiskFull("HQ's disk is full: free some space, nothing was lost.")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return ReadOnlyData("HQ's data folder cannot be written: check who owns it.")
    if state and state.startswith(_CROWDED):
        return StorageFault("HQ's database is busy: try again in some seconds.")
    if state == "25006":
        return ReadOnlyData("HQ's database takes no changes now: check that it is the primary one.")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return CorruptData("HQ's database file is damaged: restore the last backup.")
    return StorageFault("HQ's database does not answer: check that it runs and is reachable.")


def _not_migrated(error: DBAPIError) -> ZitiError:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "42501":
        return NeedsAttention("HQ's user may not make tables in its database: make it the database's owner.")
    if state.startswith("42") or getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return NeedsAttention("HQ's database holds tables of something else: name an empty one.")
    return translated(error)


def _parsed(url: str) -> URL:
    try:
        where = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise NeedsAttention(_NO_DATABASE) from error
    if where.drivername in {"postgres", "postgresql"}:
        where = where.set(drivername="postgresql+psycopg")
    if where.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise NeedsAttention(_NO_DATABASE)
    return where


def _have_alone(connection: Connection) -> None:
    """Let no other process migrate meanwhile, and let this one take its time; SQLite's writer is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")


def _postgresql_engine(where: URL, options: str, *, size: int) -> Engine:
    told = {"options": options, "connect_timeout": _CONNECT_SECONDS, "application_name": "ziti-hq"}
    return create_engine(
        where,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_POOL_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={**_KEEPALIVE, **told},
    )


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
