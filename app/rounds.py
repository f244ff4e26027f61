"""The scheduler's rounds through the terminal's file: a backup, and a check that restores what is damaged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.errors import CorruptData, NeedsAttention
from app.storage.backup import back_up, is_sound
from app.storage.database import FILE_NAME
from app.storage.thread import StorageThread
from app.usecases.photos import forget_photos
from app.usecases.pick_list import forget_picks
from app.usecases.print_queue import forget_printed
from app.usecases.recover import mark_damaged
from app.usecases.upkeep import check_chain, check_rows, note_backup, note_check

log = logging.getLogger(__name__)


class Rounds:
    """Runs on the scheduler's threads; the file itself is only written by the storage thread."""

    def __init__(
        self, folder: Path, clock: Clock, storage: StorageThread, *, tell: Callable[[NeedsAttention], None]
    ) -> None:
        """Take the data folder, the trusted clock, the thread, and who tells the manager."""
        self._path = folder / FILE_NAME
        self._clock = clock
        self._storage = storage
        self._tell = tell

    def back_up(self) -> None:
        """Make a backup, or tell why there is none; what was printed, picked or photographed long ago goes."""
        try:
            back_up(self._path, self._clock.now())
        except NeedsAttention as error:
            self._tell(error)
            return
        for usecase in (note_backup, forget_printed, forget_picks, forget_photos):
            self._storage.submit_background(usecase).result()

    def inspect(self) -> None:
        """Check the file, every order's checksum and the chain of events; restore the file when it is damaged."""
        if not is_sound(self._path):
            mark_damaged(self._path.parent)
            self._storage.reopen()
            return
        try:
            self._walk(check_rows, -1)
            self._walk(check_chain, 0)
        except CorruptData as error:
            log.exception("a row is damaged")
            self._tell(error)
            return
        self._storage.submit_background(note_check).result()

    def _walk(self, check: Callable[..., Any], start: int) -> None:
        # In slices, each behind the counter's work: nobody waits for the inspection.
        position: int | None = start
        while position is not None:
            position = self._storage.submit_background(partial(check, after=position)).result()
