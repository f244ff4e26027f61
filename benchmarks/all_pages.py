"""The real window with every page opened and a large store's orders: a process that tells what it took.

`python -m benchmarks.all_pages FOLDER SCANS`; a line for each figure: `rss` in MB, and for each scan `colour`: the ms
from the decoded text until the card is painted in the verdict's colour and its sound was asked for.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from app.domain.verdict import Tone
from app.paths import find_paths
from benchmarks.shop import CLERK, Shop
from benchmarks.terminal_start import grey_camera
from main import Terminal
from ui.board.presenter import Stage
from ui.counter.presenter import Phase, Presenter

_PAGES = ("board", "sale", "stock", "today", "sync", "settings", "counter")
# So that a page has read its lists before the next one is opened.
_PAGE_MS = 400


def main() -> int:
    """Open all pages, scan, and tell."""
    folder, scans = Path(sys.argv[1]), int(sys.argv[2])
    shop = Shop.again(folder)
    codes = [shop.code(order) for order in shop.orders(scans)]
    terminal = Terminal(find_paths(folder), make_camera=grey_camera)
    app = terminal.open()
    terminal.parts.preferences.set(clerk=CLERK)
    tour = Tour(terminal, codes)
    QTimer.singleShot(_PAGE_MS, tour.next_page)
    app.exec()
    print("rss", psutil.Process().memory_info().rss / 1e6, flush=True)
    terminal.close()
    return 0


class Tour(QObject):
    """Opens page after page, then scans code after code."""

    def __init__(self, terminal: Any, codes: list[str]) -> None:
        super().__init__(terminal.window)
        self._terminal = terminal
        self._pages: Iterator[str] = iter(_PAGES)
        self._codes: Iterator[str] = iter(codes)
        self._scanned, self._sounded = 0.0, False
        self._page: Any = None
        self._play = terminal.parts.sounds.play
        terminal.parts.sounds.play = self._hear

    @Slot()
    def next_page(self) -> None:
        """Open the next page, or begin to scan."""
        window = self._terminal.window
        if not window.current or self._board_is_reading():
            QTimer.singleShot(_PAGE_MS, self.next_page)
        elif page := next(self._pages, ""):
            window.go(page)
            QTimer.singleShot(_PAGE_MS, self.next_page)
        else:
            self._page = window.page("counter")
            self._page.card.installEventFilter(self)
            self._scan()

    def _board_is_reading(self) -> bool:
        """Tell whether the board on screen has not all its tasks yet."""
        window = self._terminal.window
        return window.current == "board" and window.page("board").presenter.stage is Stage.LOADING

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stop the clock at the first picture of the verdict."""
        painted = event.type() == QEvent.Type.Paint and self._sounded
        if painted and self._page.findChild(Presenter).phase is Phase.SHOWN:
            self._sounded = False
            print("colour", (time.perf_counter() - self._scanned) * 1_000, flush=True)
            # The painting itself belongs to it: the next customer comes when it is done.
            QTimer.singleShot(0, self._scan)
        return super().eventFilter(watched, event)

    @Slot()
    def _scan(self) -> None:
        self._page.findChild(Presenter).clear()
        code = next(self._codes, "")
        if not code:
            self._terminal.window.close()
            return
        self._scanned = time.perf_counter()
        self._terminal.parts.scan.text.emit(code, "scanner")

    def _hear(self, tone: Tone) -> None:
        self._play(tone)
        self._sounded = True


if __name__ == "__main__":
    sys.exit(main())
