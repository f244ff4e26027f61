"""A newer release of the program: said where somebody looks for it, and once when a shift has ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.changes import Changes
from app.domain.release import Release, is_newer
from app.usecases.health import Health, health
from ui.tasks import Tasks

Look = Callable[[], Release | None]


class Updates(QObject):
    """Holds what HQ said last; nothing is ever installed or shown while a customer may be waiting.

    `look` asks HQ and takes its time; it returns `None` when HQ cannot be reached.
    """

    changed = Signal()
    _told = Signal(object)

    def __init__(self, here: str = "", look: Look | None = None) -> None:
        super().__init__()
        self.here = here
        self.newest: Release | None = None
        self.left: Health | None = None
        self._look = look
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def can_look(self) -> bool:
        """Whether there is an HQ to ask."""
        return self._look is not None

    @property
    def waiting(self) -> Release | None:
        """The release that is newer than this one, if any."""
        return self.newest if self.newest and is_newer(self.newest.version, self.here) else None

    def check(self) -> None:
        """Ask HQ, from any thread but the window's."""
        found = self._look() if self._look else None
        if found:
            self._told.emit(found)

    def check_aside(self, tasks: Tasks, then: Callable[[], None]) -> None:
        """Ask HQ from the window."""
        tasks.think(self.check, then=lambda _: then())

    def follow(self, tasks: Tasks, changes: Changes) -> None:
        """Read again what would have to wait, where a change may matter for an update."""
        if self.waiting and (changes.till or changes.outbox):
            self.read(tasks)

    def read(self, tasks: Tasks) -> None:
        """Read what would have to wait."""
        tasks.ask_quietly(health, then=self._know)

    def _know(self, left: Health) -> None:
        self.left = left
        self.changed.emit()

    @Slot(object)
    def _take(self, release: Release) -> None:
        if release != self.newest:
            self.newest = release
            self.changed.emit()
