"""Runs inside the bundle where there is no screen: does at the window what stdin says, one JSON line each.

`{"do": "type", "text": …, "gap_ms": …}`, `{"do": "press", "key": …}`, `{"do": "picture", "path": …}`,
`{"do": "close"}`; each is answered with `{"said": "done"}`.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from app.paths import find_paths, make_folders
from main import Terminal


class Hand(QObject):
    """Presses keys in the window's own thread."""

    told = Signal(object)

    def __init__(self, window: Any) -> None:
        super().__init__()
        self._window = window
        self._text: deque[str] = deque()
        self._next = QTimer(self)
        self._next.timeout.connect(self._type_on)
        self.told.connect(self._do)

    def listen(self) -> None:
        """Pass on what stdin says, until the window is to close."""
        for text in sys.stdin:
            line = json.loads(text)
            self.told.emit(line)
            if line["do"] == "close":
                return

    @Slot(object)
    def _do(self, line: dict[str, Any]) -> None:
        if line["do"] == "type":
            self._text.extend(line["text"])
            self._next.start(line["gap_ms"])
            return
        if line["do"] == "press":
            self._press(getattr(Qt.Key, f"Key_{line['key']}"), "\r")
        elif line["do"] == "picture":
            self._window.grab().save(line["path"])
        _say_done()
        if line["do"] == "close":
            self._window.close()

    @Slot()
    def _type_on(self) -> None:
        if self._text:
            self._press(Qt.Key.Key_unknown, self._text.popleft())
            return
        self._next.stop()
        _say_done()

    def _press(self, key: Qt.Key, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(self._window.windowHandle(), event)


def _say_done() -> None:
    sys.stdout.write('{"said": "done"}\n')
    sys.stdout.flush()


def run(data: str) -> int:
    """Open the terminal and serve it until the window is closed."""
    paths = find_paths(data)
    make_folders(paths)
    terminal = Terminal(paths)
    application = terminal.open()
    hand = Hand(terminal.window)
    ear = threading.Thread(target=hand.listen)
    ear.start()
    code = int(application.exec())
    terminal.close()
    ear.join()
    return code


if __name__ == "__main__":
    sys.exit(run(sys.argv[-1]))
