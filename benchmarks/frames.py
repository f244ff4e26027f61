"""Tells when a window's picture is there; needs nothing but Qt, for the bare window uses it too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPicture(QObject):
    """Calls `tell` once, when the first paint of `widget` has reached the screen."""

    def __init__(self, widget: QWidget, tell: Callable[[], object]) -> None:
        super().__init__(widget)
        self._tell = tell
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the paint; the picture is flushed before the loop takes its next turn."""
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False


def say(word: str) -> None:
    """Tell the parent process, which has the clock."""
    print(word, flush=True)
