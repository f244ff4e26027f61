"""Opening the terminal's file: the settings that durability rests on, asserted, and faults put into words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import CorruptData, DataTooNew, DiskFull, ReadOnlyData, StorageFault
from app.files import sync_folder
from app.storage import schema

FILE_NAME = "terminal.sqlite3"

# RELIABILITY B: the one mode that lost nothing in 5,920 simulated power cuts.
_PRAGMAS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("EXTRA", 3),
    "foreign_keys": ("ON", 1),
    "busy_timeout": ("5000", 5000),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
}

_FULL = {sqlite3.SQLITE_FULL}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def open_database(path: Path) -> sqlite3.Connection:
    """Open (or make) the file, bring it to the newest schema, and return its one connection in autocommit mode.

    Raises `DataTooNew`, `CorruptData`, `ReadOnlyData`, `DiskFull` or `StorageFault`.
    """
    with in_words(path):
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
        try:
            _configure(conn)
            _bring_up_to_date(conn, path)
        except BaseException:
            conn.close()
            raise
    return conn


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Translate SQLite's errors into those that a manager can act on."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a broken rule of ours, not a fault of the disk
    except sqlite3.DatabaseError as error:
        raise _translated(error, path) from error


def _translated(error: sqlite3.DatabaseError, path: Path) -> StorageFault:
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if code in _FULL:
        return DiskFull(f"The disk is full: free some space on {path.parent}. Nothing that was recorded is lost.")
    if code in _READ_ONLY:
        return ReadOnlyData(f"The data in {path.parent} cannot be written. Check the folder's permissions.")
    if code in _CORRUPT:
        return CorruptData(f"The database {path.name} is damaged.")
    return StorageFault(f"The database could not do its work: {error}")


def _configure(conn: sqlite3.Connection) -> None:
    # A file that may not be written must say so now, not at the first hand-over.
    for name, (wish, granted) in _PRAGMAS.items():
        conn.execute(f"PRAGMA {name} = {wish}")
        answer = conn.execute(f"PRAGMA {name}").fetchone()[0]
        if answer != granted:
            raise ReadOnlyData(f"The disk does not support safe writing ({name} is {answer}, needed {granted}).")
    conn.execute("PRAGMA wal_autocheckpoint = 1000")
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("ROLLBACK")


def _bring_up_to_date(conn: sqlite3.Connection, path: Path) -> None:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.LATEST:
        raise DataTooNew(
            f"The data in {path.parent} was written by a newer release of the program (schema {version}, this one "
            f"knows {schema.LATEST}). Install the newer release; nothing was changed."
        )
    if version == schema.LATEST:
        return
    # Imported only when there is work to do: it costs a quarter of a second.
    from sqlite_utils import Database

    schema.migrate(Database(conn))
    sync_folder(path.parent)
