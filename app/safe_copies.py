"""Backups that people make and bring back: into a folder or onto a stick, and from there; every call takes its time."""

from __future__ import annotations

from pathlib import Path

from app.clock import Clock
from app.errors import BadBackup
from app.storage import export
from app.storage.database import FILE_NAME
from app.storage.export import Found
from app.storage.thread import StorageThread
from app.usecases.restore import check, lay_ready, standing


class SafeCopies:
    """Called beside the window's and the storage's threads: a large file takes seconds."""

    def __init__(self, folder: Path, clock: Clock, storage: StorageThread) -> None:
        """Take the data folder, the trusted clock and the thread that owns the file."""
        self._folder = folder
        self._clock = clock
        self._storage = storage

    def export(self, folder: Path) -> Path:
        """Write a backup with the store's number and the moment in its name; raise a `BadBackup` in words."""
        here = self._storage.submit(standing).result()
        name = f"ziti-store{here.identity.store_number}-{self._clock.now().astimezone():%Y%m%d-%H%M%S}"
        return export.export(self._folder / FILE_NAME, folder, name=name)

    def inspect(self, source: Path) -> Found:
        """Return what a backup is, once it is clear that it may be restored here."""
        found = export.inspect(source)
        check(found, self._storage.submit(standing).result())
        return found

    def restore(self, source: Path) -> Found:
        """Put a backup in the place of the database, which is set aside; return when the file is open again.

        Raises `BadBackup` when it could not be used after all: then the data are as they were.
        """
        before = self._storage.submit(standing).result()
        found = lay_ready(self._folder, source, before)
        self._storage.reopen()
        if self._storage.submit(standing).result().identity.incarnation == before.identity.incarnation:
            raise BadBackup(f"{source.name} could not be used. The data are as they were before.", "unusable")
        return found
