"""Tells when a window's picture is there; needs nothing but Qt, for the bare window uses it too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget


class FirstPicture(QObject):
    """Calls `tell` once, when the first paint of `widget` has reached the screen."""

    def __init__(self, widget: QWidget, tell: Callable[[], object]) -> None:
        super().__init__(widget)
        self._tell = tell
        self._seen = False
        app = QApplication.instance()
        assert app
        self._watched = widget
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Watch for the paint; the picture is flushed before the loop takes its next turn."""
        if not self._seen and event.type() == QEvent.Type.Paint and watched is self._watched:
            self._seen = True
            QTimer.singleShot(0, self._told)
        return False

    @Slot()
    def _told(self) -> None:
        app = QApplication.instance()
        assert app
        app.removeEventFilter(self)
        self._tell()


def say(word: str) -> None:
    """Tell the parent process, which has the clock."""
    print(word, flush=True)
