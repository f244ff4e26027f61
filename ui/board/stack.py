"""Several widgets in one place, which needs the room of the one that is shown, not of the largest."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """A stack that is never larger than what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._fit)

    def minimumSizeHint(self) -> QSize:
        """Return what the widget on screen needs."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else QSize()

    def sizeHint(self) -> QSize:
        """Return what the widget on screen would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown else QSize()

    @Slot()
    def _fit(self) -> None:
        self.updateGeometry()
