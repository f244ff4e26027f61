"""Lets new work be heard: one sound for a burst of it, then silence for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from app.changes import Changes
from ui.parts import Parts

QUIET_MS = 15_000


class NewTasks(QObject):
    """Rings when orders come in; those that follow within the quiet time make it longer, and no sound."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        parts.tasks.changed.connect(self._follow)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if not changes.new_orders:
            return
        if not self._quiet.isActive() and self._parts.preferences.now.new_task_sound:
            self._parts.sounds.ring()
        self._quiet.start()
