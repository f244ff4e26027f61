"""Hears a USB scanner on every page, wherever the focus is, and keeps its keys out of fields and buttons."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.widgets import ENTER
from ui.workers import BurstBegan, BurstGrew, GivenBack, ScanComplete, Swallowed, WedgeAssembler, WedgeEvent

POLL_MS = 50
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class WedgeFilter(QObject):
    """An event filter for the windows that get keys; `now` (seconds) is what tells a scanner from fingers.

    Not for the application: that would ask for Python's lock at every event of every widget, and the window would
    stand still while another thread has it.
    """

    scanned = Signal(str)
    reading = Signal(int)  # characters so far, 0 when the scan is over

    def __init__(
        self, assembler: WedgeAssembler, now: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._assembler = assembler
        self._now = now
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def watch(self, app: QGuiApplication) -> None:
        """Hear the keys of whichever window has the focus, now and from now on."""
        self._hear(app.focusWindow())
        app.focusWindowChanged.connect(self._hear)

    @Slot(QWindow)
    def _hear(self, window: QWindow | None) -> None:
        if window:
            window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Swallow a scanner's keys before they reach a widget; every other event goes on untouched."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & _COMMANDS:
            return False
        happened = self._assembler.feed(
            event.text(), is_enter=event.key() in ENTER, is_tab=event.key() == Qt.Key.Key_Tab, at=self._now()
        )
        for each in happened:
            self._follow(each)
        if self._assembler.in_burst and not self._timer.isActive():
            self._timer.start()
        return isinstance(happened[-1], Swallowed)

    def _poll(self) -> None:
        for each in self._assembler.poll(self._now()):
            self._follow(each)
        if not self._assembler.in_burst:
            self._timer.stop()

    def _follow(self, happened: WedgeEvent) -> None:
        if isinstance(happened, BurstBegan):
            _take_back(happened.take_back)
        elif isinstance(happened, BurstGrew):
            self.reading.emit(happened.count)
        elif isinstance(happened, GivenBack):
            field = QApplication.focusWidget()
            if isinstance(field, QLineEdit):
                field.insert(happened.text)
        elif isinstance(happened, ScanComplete):
            self.reading.emit(0)
            self.scanned.emit(happened.text)


def _take_back(text: str) -> None:
    """Remove from the field what slipped in before the burst was known; a full field took only the beginning."""
    field = QApplication.focusWidget()
    if not isinstance(field, QLineEdit):
        return
    before = field.text()[: field.cursorPosition()]
    slipped = next((count for count in range(len(text), 0, -1) if before.endswith(text[:count])), 0)
    for _ in range(slipped):
        field.backspace()
