"""Says once that a newer release may be installed, when a shift has ended and nothing is left to send."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.changes import Changes
from ui.parts import Parts
from ui.window import Window


class UpdateWatch(QObject):
    """Nothing is said, and nothing done, while customers may be waiting."""

    def __init__(self, window: Window, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._parts = window, parts
        self._shift_ended = False
        parts.tasks.changed.connect(self._follow)
        parts.updates.changed.connect(self._say)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        self._shift_ended |= changes.till
        self._parts.updates.follow(self._parts.tasks, changes)

    @Slot()
    def _say(self) -> None:
        updates = self._parts.updates
        if self._shift_ended and updates.waiting and updates.left is not None and updates.left.is_clear:
            self._shift_ended = False
            text = self.tr("The shift is closed: version %1 can be installed now, see the settings.")
            self._window.banner.say(text.replace("%1", updates.waiting.version))
