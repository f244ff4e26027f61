"""The terminal's data: folder, disk, SQLite, database, secrets, and who has it open; nothing is written into it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app import instance as instances
from app.doctor.finding import Finding, fail, ok, warn
from app.errors import AlreadyRunning, NeedsAttention
from app.keystore import KeyringSilent, Keystore, ask_keyring
from app.storage.backup import backups, taken_at
from app.storage.database import FILE_NAME
from app.storage.schema import LATEST

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
LAST_WITH_WAL_RESET_BUG = (3, 51, 2)
TOO_LITTLE, LITTLE = 200 * 2**20, 2**30
OLD_BACKUP = timedelta(days=2)
NOT_YET = "nothing here yet"


def folder(folder: Path) -> Sequence[Finding]:
    """Check that the data folder, or the one it will be made in, may be written."""
    name = "Data folder"
    there = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        how = "Give this user the right to write there, or choose another with --data."
        return [fail(name, f"{there} cannot be written: {error.strerror}", how)]
    return [ok(name, str(folder) if there == folder else f"{folder} (not made yet)")]


def disk(folder: Path) -> Sequence[Finding]:
    """Check the free space."""
    name = "Disk"
    free = shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
    seen = f"{free / 2**30:.1f} GB free"
    if free < TOO_LITTLE:
        return [fail(name, seen, "Free some space: below 200 MB the terminal begins no hand-over.")]
    return [warn(name, seen, "Free some space soon.")] if free < LITTLE else [ok(name, seen)]


def sqlite(_: Path) -> Sequence[Finding]:
    """Check the version of SQLite."""
    name, seen = "SQLite", sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return [fail(name, f"{seen}, needed 3.37 or newer", "Install a newer Python: SQLite comes with it.")]
    if sqlite3.sqlite_version_info <= LAST_WITH_WAL_RESET_BUG:
        return [ok(name, f"{seen} (its WAL-reset fault needs two writers; the terminal has one)")]
    return [ok(name, seen)]


def safe_writing(folder: Path) -> Sequence[Finding]:
    """Write a database of its own beside the terminal's, in the mode that survives a power cut."""
    name = "Safe writing"
    if not folder.is_dir():
        return [ok(name, NOT_YET)]
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="doctor-") as own:
            mode = _written(Path(own, "try.sqlite3"))
    except (OSError, sqlite3.Error) as error:
        return [fail(name, str(error), "Keep the data on a local disk, one that this user may write.")]
    if mode != "wal":
        return [fail(name, f"this disk gives {mode} for WAL", "Keep the data on a local disk, not on a network share.")]
    return [ok(name, "WAL works on this disk")]


def database(folder: Path) -> Sequence[Finding]:
    """Look through the terminal's file, read-only."""
    name, path = "Database", folder / FILE_NAME
    if not path.exists():
        return [ok(name, NOT_YET)]
    try:
        with _open(path) as conn:
            return [_looked_through(name, conn)]
    except sqlite3.Error as error:
        return [fail(name, f"{path} cannot be read: {error}", _DAMAGED)]


def backup(folder: Path) -> Sequence[Finding]:
    """Check the age of the newest backup."""
    name = "Backup"
    if not (folder / FILE_NAME).exists():
        return [ok(name, NOT_YET)]
    newest = next(iter(backups(folder / FILE_NAME)), None)
    if newest is None:
        return [warn(name, "none", "The terminal makes one within the first hour that it runs.")]
    age = datetime.now(UTC) - taken_at(newest)
    seen = f"{newest.name}, {age / timedelta(hours=1):.0f} hours old"
    return (
        [warn(name, seen, "Let the terminal run: it makes one every hour.")] if age > OLD_BACKUP else [ok(name, seen)]
    )


def secrets(folder: Path) -> Sequence[Finding]:
    """Check that the terminal's secrets can be read where they were put."""
    name, keystore = "Secrets", Keystore(folder)
    try:
        kept = keystore.load()
    except NeedsAttention as error:
        return [fail(name, str(error), "Do as it says; the terminal's data is not lost.")]
    if kept:
        return [ok(name, f"kept in the {keystore.place}")]
    if identity(folder):
        return [fail(name, "this terminal is enrolled but its secrets are gone", "Ask HQ for a code; enrol it again.")]
    try:
        return [ok(name, f"none yet; they will go to the keyring ({ask_keyring(lambda each: each.name, 5.0)})")]
    except KeyringSilent:
        return [ok(name, "none yet; they will go to a file that only this user may read: there is no keyring here")]


def instance(folder: Path) -> Sequence[Finding]:
    """Tell whether the terminal's window is open."""
    name = "Open window"
    if not (folder / instances.FILE_NAME).exists():
        return [ok(name, "none")]
    try:
        with instances.OnlyInstance(folder):
            return [ok(name, "none")]
    except AlreadyRunning as error:
        return [ok(name, str(error))]


def identity(folder: Path) -> dict[str, Any] | None:
    """Return who this terminal is, `None` before it is enrolled or when its file cannot be read."""
    if not (folder / FILE_NAME).exists():
        return None
    try:
        with _open(folder / FILE_NAME) as conn:
            row = conn.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
    except sqlite3.Error:
        return None  # `database` tells what is wrong with it
    return dict(json.loads(row[0])) if row else None


_DAMAGED = "Start the terminal: it sets the file aside, restores the newest backup and tells what it did."


def _looked_through(name: str, conn: sqlite3.Connection) -> Finding:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > LATEST:
        return fail(
            name, f"written by a newer release (schema {version}, known {LATEST})", "Install the newer release."
        )
    words = [row[0] for row in conn.execute("PRAGMA quick_check(3)")]
    if words != ["ok"]:
        return fail(name, f"damaged: {'; '.join(words)}", _DAMAGED)
    orphans = len(conn.execute("PRAGMA foreign_key_check").fetchall())
    if orphans:
        return fail(name, f"{orphans} rows point to nothing", _DAMAGED)
    return ok(name, f"schema {version} of {LATEST}, sound")


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    # Read-only, so that closing it checkpoints nothing beside a terminal that runs.
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as conn:
        yield conn


def _written(path: Path) -> str:
    with closing(sqlite3.connect(path)) as conn:
        mode = conn.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        conn.execute("PRAGMA synchronous = EXTRA")
        conn.execute("CREATE TABLE tried (x)")
        conn.execute("INSERT INTO tried VALUES (1)")
        conn.commit()
    return str(mode)
