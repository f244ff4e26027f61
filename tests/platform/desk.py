"""The real window on a real display, with a page that has one widget of every kind; it does what stdin says.

Lines in: `{"do": "focus", "on": kind}`, `{"do": "listen"}` before a scan, `{"do": "report"}` after it. A report comes
when the keyboard has been quiet for a while: the scans heard since the focus was set, what was pressed or chosen, the
text of the field, and the longest gap between two keys of the scan.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from tests.core.till import order
from tests.e2e.process import say
from tests.ui.shop import open_shop
from ui.application import make_application
from ui.counter.page import CounterPage
from ui.frame import Frame
from ui.pages import specs
from ui.window import PageSpec, Window

POLL_MS = 10
QUIET_MS = 500


class Bench(QWidget):
    """One widget of every kind, and what was done to each."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.parts: dict[str, QWidget] = {
            "line edit": QLineEdit(),
            "button": QPushButton("Pay"),
            "check box": QCheckBox("Paid"),
            "combo box": QComboBox(),
            "open list": QComboBox(),
            "editable combo box": QComboBox(editable=True),
            "spin box": QSpinBox(maximum=99, value=7),
            "list": QListWidget(),
            "table": QTableWidget(3, 2),
            "scroll area": QScrollArea(),
        }
        layout = QVBoxLayout(self)
        for part in self.parts.values():
            layout.addWidget(part)
            self._fill(part)

    def _fill(self, part: QWidget) -> None:
        if isinstance(part, QPushButton | QCheckBox):
            part.clicked.connect(self._note_press)
        elif isinstance(part, QComboBox):
            part.addItems(["none", "1080p", "2 K", "4 K"])
            part.activated.connect(self._note_choice)
        elif isinstance(part, QListWidget):
            part.addItems(["none", "1080p", "2 K", "4 K"])
            part.setCurrentRow(0)
            part.currentRowChanged.connect(self._note_choice)
            part.itemActivated.connect(self._note_press)
        elif isinstance(part, QScrollArea):
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            part.setWidget(QLabel("\n" * 100))

    @Slot()
    def _note_press(self) -> None:
        self.done.append("pressed")

    @Slot(int)
    def _note_choice(self, index: int) -> None:
        self.done.append(f"chose {index}")


class Pace(QObject):
    """The display's own times of the keys, in milliseconds."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.times: list[int] = []

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.times.append(event.timestamp())
            self.pressed.emit()
        return False

    @property
    def longest(self) -> int:
        return max((after - before for before, after in pairwise(self.times)), default=0)


class Desk(QObject):
    """The window, and the hand that sets the focus."""

    told = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._shop = open_shop(folder)
        parts = self._shop.parts
        parts.preferences.now = replace(parts.preferences.now, camera_on=False)
        self._bench = Bench()
        self._window = Window([*specs(parts), PageSpec("bench", "board", str, lambda: self._bench)])
        self._frame = Frame(_application, self._window, parts)
        self._heard: list[str] = []
        self._pace = Pace()
        self._field: QLineEdit | None = None
        parts.scan.text.connect(self._hear)
        self.told.connect(self._do)
        self._frame.start()
        self._window.show()
        self._window.activateWindow()
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._report)
        self._pace.pressed.connect(self._wait_on)
        self._wait = QTimer(self, interval=POLL_MS)
        self._wait.timeout.connect(self._begin)
        self._wait.start()

    def close(self) -> None:
        """Let the file go."""
        self._shop.parts.devices.stop()
        self._shop.till.storage.close()

    @Slot()
    def _begin(self) -> None:
        if self._window.current == "counter" and self._window.isActiveWindow():
            self._wait.stop()
            self._window.windowHandle().installEventFilter(self._pace)
            say("ready", code=self._shop.till.code(order()))

    @Slot(str, str)
    def _hear(self, text: str, _source: str) -> None:
        self._heard.append(text)

    @Slot(object)
    def _do(self, line: dict[str, Any]) -> None:
        if line["do"] == "focus":
            self._focus(line["on"])
        elif line["do"] == "listen":
            self._pace.times = []
            say("listening")
        else:
            self._quiet.start()

    @Slot()
    def _wait_on(self) -> None:
        if self._quiet.isActive():
            self._quiet.start()

    @Slot()
    def _report(self) -> None:
        text = self._field.text() if self._field else ""
        say("report", heard=self._heard, done=self._bench.done, text=text, longest=self._pace.longest)

    def _focus(self, on: str) -> None:
        self._window.go("bench")
        self._heard, self._bench.done, self._pace.times = [], [], []
        widget = self._widget(on)
        inner = widget.findChild(QLineEdit) if widget else None
        self._field = widget if isinstance(widget, QLineEdit) else inner
        if self._field and not isinstance(widget, QSpinBox):
            self._field.clear()
        if widget:
            widget.setFocus()
        elif focused := QApplication.focusWidget():
            focused.clearFocus()
        if on == "open list" and isinstance(widget, QComboBox):
            widget.showPopup()
        # The display tells of the focus and of a popup in its own time.
        QTimer.singleShot(POLL_MS * 10, self._focused)

    @Slot()
    def _focused(self) -> None:
        name = type(QApplication.focusWidget()).__name__
        say("focused", on=name)

    def _widget(self, on: str) -> QWidget | None:
        counter = self._window.page("counter")
        assert isinstance(counter, CounterPage)
        if on in {"counter", "search field", "PIN field"}:
            self._window.go("counter")
        if on == "PIN field":
            counter.side.manager.open_panel("A manager allows this", ())
            return counter.side.manager.pin
        counter.side.manager.close_panel()
        named: dict[str, QWidget | None] = {
            "counter": counter,
            "search field": counter.side.search,
            "nothing": None,
            "page": self._bench,
        }
        return named[on] if on in named else self._bench.parts[on]


def _listen(desk: Desk) -> None:
    for line in sys.stdin:
        desk.told.emit(json.loads(line))
    QTimer.singleShot(0, _application, _application.quit)


_application = make_application()

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        _desk = Desk(Path(place) / "till")
        threading.Thread(target=_listen, args=(_desk,), daemon=True).start()
        _application.exec()
        _desk.close()
        sys.stdout.flush()
        os._exit(0)
