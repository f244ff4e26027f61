"""A watched folder: pictures that a phone app or a document camera drops there are named once each, when complete."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scanner.source import Source

log = logging.getLogger(__name__)

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")
POLL_SECONDS = 1.0
# More at one look are a stock that somebody copied in, not customers' codes.
MOST_AT_ONCE = 20
# Names that are gone stay known, so that a share that blinks does not bring everything anew; up to this many.
_MOST_GONE = 20_000
# A look may take a tenth of the time at most: a large folder on a slow share is polled less often.
_SHARE_OF_TIME = 10

Stat = tuple[int, int]


class State(StrEnum):
    """How the folder stands, by name."""

    WATCHING = "watching"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    CROWDED = "crowded"
    STOPPED = "stopped"


class FolderWatch:
    """Pure: from looks at names, sizes (bytes) and times of change (ns) it says which files are new and whole.

    What is there at the first look is old. A file is whole when two looks in a row find it the same and not empty.
    """

    def __init__(self) -> None:
        self._known: dict[str, Stat] | None = None
        self._growing: dict[str, Stat] = {}

    def look(self, files: Mapping[str, Stat]) -> tuple[str, ...]:
        """Take one look and return the files to read, the oldest first; each version of a file is returned once."""
        if self._known is None:
            self._known = dict(files)
            return ()
        fresh = {name: stat for name, stat in files.items() if self._known.get(name) != stat}
        whole = [name for name, stat in fresh.items() if stat[0] and self._growing.get(name) == stat]
        self._growing = fresh
        self._known.update((name, files[name]) for name in whole)
        self._forget(files)
        return tuple(sorted(whole, key=lambda name: (files[name][1], name)))

    def _forget(self, files: Mapping[str, Stat]) -> None:
        known = self._known or {}
        if len(known) > len(files) + _MOST_GONE:
            self._known = {name: stat for name, stat in known.items() if name in files}


@dataclass(frozen=True, slots=True)
class FolderState:
    """The folder's state, and in English what the system said about it (for the log)."""

    name: State
    detail: str = ""


class FolderSource(Source):
    """Looks into a folder each second until stopped; every callback runs on its thread. Nothing there is changed."""

    def __init__(
        self,
        folder: str | Path,
        on_picture: Callable[[str], object],
        on_state: Callable[[FolderState], object],
        *,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        super().__init__("scan-folder", "the watched folder", pause)
        self._folder = Path(folder)
        self._on_picture, self._on_state = on_picture, on_state
        self._watch = FolderWatch()
        self._state: FolderState | None = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._pause(self._look())
        self._tell(State.STOPPED)

    def _look(self) -> float:
        """Look once; return how long to wait before the next look, in seconds."""
        began = time.monotonic()
        try:
            files = pictures(self._folder)
        except OSError as failure:
            gone = isinstance(failure, FileNotFoundError | NotADirectoryError)
            self._tell(State.MISSING if gone else State.UNREADABLE, str(failure))
            return self._backoff.next()
        self._backoff.reset()
        self._name(self._watch.look(files))
        return max(POLL_SECONDS, _SHARE_OF_TIME * (time.monotonic() - began))

    def _name(self, whole: tuple[str, ...]) -> None:
        if len(whole) > MOST_AT_ONCE:
            self._tell(State.CROWDED, f"{len(whole)} pictures at once were left unread")
            return
        if whole or self._state is None or self._state.name is not State.CROWDED:
            self._tell(State.WATCHING)
        for name in whole:
            self._pass_on(self._on_picture, str(self._folder / name))

    def _tell(self, name: State, detail: str = "") -> None:
        if self._state is None or self._state.name is not name:
            self._state = FolderState(name, detail)
            self._pass_on(self._on_state, self._state)


def pictures(folder: Path) -> dict[str, Stat]:
    """Return the pictures in a folder by name, with size and time of change; raise `OSError` when it cannot be read."""
    found: dict[str, Stat] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith(".") and Path(entry.name).suffix.lower() in SUFFIXES:
                _note(entry, found)
    return found


def _note(entry: os.DirEntry[str], found: dict[str, Stat]) -> None:
    try:
        if entry.is_file():
            stat = entry.stat()
            found[entry.name] = (stat.st_size, stat.st_mtime_ns)
    except OSError:
        # Gone between the listing and the look at it: the next look will tell.
        log.info("a picture in the watched folder vanished", exc_info=True)
