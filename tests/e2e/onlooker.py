"""The terminal as it is, started as a shop starts it, with somebody who reads its window and types when told.

Lines in: `words` (what can be read), `go` (a page), `type` (keys, then Enter), `quit`. Lines out: `words`, `shown`.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtTest import QTest

import app.clock
import main
from demo.hands import Hands
from tests.e2e.eye import watch
from tests.e2e.process import say


class Onlooker(QObject):
    """Stands before the window; orders arrive from the thread that reads stdin."""

    told = Signal(str)

    def __init__(self, window: Any) -> None:
        super().__init__()
        self._window = window
        self._hands = Hands(window)
        self.told.connect(self._obey)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.told.emit(line)
        self.told.emit('{"do": "quit"}')

    @Slot(str)
    def _obey(self, line: str) -> None:
        order = json.loads(line)
        getattr(self, order.pop("do"))(**order)

    def words(self) -> None:
        say("words", words=self._hands.words())

    def go(self, page: str) -> None:
        self._window.go(page)
        say("shown", page=self._window.current)

    def type(self, text: str) -> None:
        page = self._window.page("counter")
        QTest.keyClicks(page, text[:1])
        QTest.keyClicks(self._window.focusWidget(), text[1:])
        QTest.keyClick(self._window.focusWidget(), Qt.Key.Key_Return)

    def quit(self) -> None:
        self._window.close()


def put_clock_off(seconds: float) -> None:
    """Have this machine's wall clock be ahead of the world's."""
    right = app.clock.SystemClock.now

    def wrong(clock: app.clock.SystemClock) -> datetime:
        return right(clock) + timedelta(seconds=seconds)

    app.clock.SystemClock.now = wrong  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--clock-off", type=float, default=0.0)
    options = parser.parse_args()
    put_clock_off(options.clock_off)
    watch(Onlooker)
    sys.exit(main.main(["--data", options.data]))
