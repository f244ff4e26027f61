"""A question asked in place, beside what it is about: nothing pops up, and Escape gives it up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame


class InPlace(QFrame):
    """A panel that is left by Escape; `closed` follows when it was answered or given up."""

    closed = Signal()

    @Slot()
    def close_panel(self) -> None:
        """Give up."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up, or go back, by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
