"""Notices that nobody has touched anything for a while."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

LOOK_MS = 5_000
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})


class IdleWatch(QObject):
    """Emits `fell_idle` once so many minutes after the last key or touch; 0 minutes: never."""

    fell_idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Monotonic: a clock that is set neither locks the counter nor keeps it open.
        self._since = QElapsedTimer()
        self._minutes = 0
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)

    def set_minutes(self, minutes: int) -> None:
        """Choose how long; the wait begins anew."""
        if minutes == self._minutes:
            return
        self._minutes = minutes
        self._since.start()
        app = QApplication.instance()
        if app is None:
            return
        app.removeEventFilter(self)
        if minutes:
            app.installEventFilter(self)
            self._look.start()
        else:
            self._look.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a touch, and let it through."""
        if event.type() in _TOUCHES:
            self._since.restart()
        return super().eventFilter(watched, event)

    @Slot()
    def look(self) -> None:
        """Tell if it is time."""
        if self._minutes and self._since.elapsed() >= self._minutes * 60_000:
            self._since.restart()
            self.fell_idle.emit()
