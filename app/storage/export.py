"""Backups that leave the machine: one file for a stick, checked where it lies, and what may come back from one."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from json import JSONDecodeError, loads
from pathlib import Path

from app.errors import BadBackup, DataTooNew
from app.files import sync_folder
from app.storage import schema
from app.storage.backup import copy
from app.storage.database import in_words
from app.storage.storage import IDENTITY
from app.storage.work import Identity

SUFFIX = ".ziti-backup"
CHECKSUM = ".sha256"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a backup says it is; `modified` is when the file was written."""

    path: Path
    store_name: str
    identity: Identity
    events: int
    modified: datetime


def export(path: Path, folder: Path, *, name: str) -> Path:
    """Write a checked copy of the database without PINs into a folder, with its checksum beside it; return it.

    The file may be in use. Raises `BadBackup` where it cannot be written; a copy that failed leaves nothing.
    """
    target, local = folder / f"{name}{SUFFIX}", path.with_name(f"{name}.leaving")
    partial = target.with_suffix(".partial")
    with _told_in_words(folder):
        try:
            with in_words(path):
                copy(path, local)
                _take_pins_out(local)
            _check_room(local, folder)
            digest = _stream(local, partial)
            if _digest(partial) != digest:
                raise BadBackup(
                    f"What was written to {folder} is not what was sent there: use another stick.", "bad_copy"
                )
            partial.replace(target)
            sums = target.with_name(target.name + CHECKSUM)
            sums.write_text(f"{digest}  {target.name}\n", "utf-8")
            with suppress(OSError):  # not every stick's file system can do this; the content is flushed already
                sync_folder(folder)
        finally:
            local.unlink(missing_ok=True)
            with suppress(OSError):
                partial.unlink(missing_ok=True)
    return target


def inspect(source: Path, at: datetime | None = None) -> Found:
    """Read what a backup is; raise `BadBackup` or `DataTooNew` for one that cannot be used.

    `at` is the time of its writing, where the file that is looked at is a copy.
    """
    with _told_in_words(source.parent):
        _check_sum(source)
        written = at or datetime.fromtimestamp(source.stat().st_mtime).astimezone()
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as conn:
            conn.execute("PRAGMA trusted_schema = OFF")
            conn.execute("PRAGMA cell_size_check = ON")
            return _read(conn, source, written)
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{source.name} is no backup of this program, or it is damaged.", "not_a_backup") from error


def fetch(source: Path, target: Path) -> Found:
    """Copy a backup to this disk, through a partial file, and look at the copy; raise as `inspect` does."""
    first = inspect(source)
    partial = target.with_suffix(".partial")
    with _told_in_words(target.parent):
        _check_room(source, target.parent)
        try:
            _stream(source, partial)
            found = inspect(partial, first.modified)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(target.parent)
    return found


def _read(conn: sqlite3.Connection, source: Path, written: datetime) -> Found:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.LATEST:
        raise DataTooNew(f"{source.name} was written by a newer release of the program (schema {version}).")
    # Besides tables and indexes: a foreign file must not bring instructions of its own.
    acting = conn.execute("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchall()
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (IDENTITY,)).fetchone()
    if row is None or not {name for (name,) in acting} <= schema.triggers():
        raise BadBackup(f"{source.name} is no backup of a terminal.", "not_a_backup")
    if conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise BadBackup(f"{source.name} is damaged.", "not_a_backup")
    try:
        identity = Identity(**loads(row[0]))
    except (JSONDecodeError, TypeError) as error:
        raise BadBackup(f"{source.name} is no backup of a terminal.", "not_a_backup") from error
    store = conn.execute("SELECT name FROM store").fetchone()
    events = conn.execute("SELECT count(*) FROM events").fetchone()[0]
    return Found(source, store[0] if store else "", identity, events, written)


def _take_pins_out(path: Path) -> None:
    """Blank the hashes of PINs, also where earlier ones lay: six digits are guessed in an afternoon from a stick."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = OFF")
        conn.execute("UPDATE staff SET pin_hash = ''")
        # Written anew from its rows alone: what was once overwritten or deleted is not in the copy at all.
        conn.execute("VACUUM")


def _check_room(source: Path, folder: Path) -> None:
    if shutil.disk_usage(folder).free < source.stat().st_size + _CHUNK:
        raise BadBackup(f"There is not enough room in {folder}.", "no_room")


def _stream(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_sum(source: Path) -> None:
    """Hold the file against the checksum beside it; one that came without is judged by its content alone."""
    beside = source.with_name(source.name + CHECKSUM)
    if beside.exists() and _digest(source) != beside.read_text("utf-8", "replace").split(" ", 1)[0]:
        raise BadBackup(f"{source.name} is not what was written: the copy broke off or was changed.", "changed")


@contextmanager
def _told_in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BadBackup(f"There is not enough room in {folder}.", "no_room") from error
        raise BadBackup(f"{folder} cannot be read or written ({error.strerror}).", "no_access") from error
