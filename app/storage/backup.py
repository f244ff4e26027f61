"""Copies of the file that can be trusted, and the way back from a damaged one."""

from __future__ import annotations

import os
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.events import from_stamp, stamp
from app.errors import CorruptData, StorageFault
from app.files import sync_folder
from app.storage.database import FILE_NAME, in_words

FOLDER = "backups"
KEEP = 7
_SUFFIX = ".sqlite3"


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was done with a damaged file: where it lies now, and the backup that took its place (if any)."""

    damaged: Path
    restored_from: Path | None


def back_up(path: Path, now: datetime) -> Path:
    """Copy the file while it is in use, check the copy, keep the newest `KEEP`; return the copy.

    Reads through a connection of its own that cannot write or checkpoint, so the counter goes on meanwhile.
    Raises `CorruptData` when the copy does not check out, `StorageFault` when it cannot be written.
    """
    folder = path.parent / FOLDER
    target = folder / f"{stamp(now).replace(':', '')}{_SUFFIX}"
    partial = target.with_suffix(".partial")
    try:
        folder.mkdir(exist_ok=True)
        partial.unlink(missing_ok=True)
        with in_words(path):
            copy(path, partial)
        flush(partial)
        partial.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise StorageFault(f"The backup could not be written to {folder}: {error.strerror}") from error
    for old in backups(path)[KEEP:]:
        old.unlink()
    return target


def backups(path: Path) -> list[Path]:
    """Return the backups beside a database file, newest first."""
    return sorted((path.parent / FOLDER).glob(f"*{_SUFFIX}"), reverse=True)


def taken_at(backup: Path) -> datetime:
    """Return when a backup was made."""
    day, _, clock = backup.stem.partition("T")
    return from_stamp(f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:]}")


def is_sound(path: Path) -> bool:
    """Run SQLite's quick check on a file that nobody has open."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as conn:
            answer = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    conn.close()
    return bool(answer == "ok")


def set_aside(path: Path, now: datetime) -> SetAside:
    """Move a damaged file with its WAL away (never delete it) and put the newest sound backup in its place."""
    grave = path.parent / f"damaged-{stamp(now).replace(':', '')}"
    move(path, grave)
    restored = next((backup for backup in backups(path) if is_sound(backup)), None)
    if restored:
        # Through a partial file: a power cut in the middle of a copy must not leave half a database.
        partial = path.with_name(f"{FILE_NAME}.{secrets.token_hex(4)}.partial")
        copy(restored, partial)
        flush(partial)
        partial.replace(path)
        sync_folder(path.parent)
    return SetAside(grave / FILE_NAME, restored)


def move(path: Path, folder: Path) -> None:
    """Move a database that nobody has open, with its WAL, into another folder of the same disk."""
    folder.mkdir(exist_ok=True)
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(folder / part.name)
    sync_folder(path.parent)


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use into one file without a WAL; raise `CorruptData` if it is not sound."""
    reader = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    writer = sqlite3.connect(target)
    try:
        writer.execute("PRAGMA synchronous = OFF")  # one fsync at the end, before the rename
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode = DELETE")  # a backup is one file, without a WAL beside it
        if writer.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise CorruptData(f"The copy of {source.name} is damaged.")
    finally:
        writer.close()
        reader.close()


def flush(path: Path) -> None:
    """Make a file's content durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
