"""A clerk in front of the real window: scans one code after the other and hands every order over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from benchmarks.shop import CLERK
from ui.counter.presenter import Phase, Presenter

_LOOK_MS = 5


class Clerk(QObject):
    """Presses Enter as soon as the screen asks for it; `told` hears how many orders went out, `done` the end."""

    def __init__(
        self, terminal: Any, codes: Sequence[str], told: Callable[[int], object], done: Callable[[], object]
    ) -> None:
        super().__init__(terminal.window)
        self._terminal, self._codes, self._told, self._finished = terminal, codes, told, done
        self._given = 0
        self._page: Any = None
        terminal.parts.preferences.set(clerk=CLERK, sounds=False)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        window = self._terminal.window
        if window.current != "counter":
            return
        self._page = self._page or window.page("counter")
        presenter = self._page.findChild(Presenter)
        if presenter.phase is Phase.DONE:
            presenter.clear()
            self._given += 1
            self._told(self._given)
        if presenter.phase is Phase.IDLE:
            self._scan_next()
        elif presenter.phase in {Phase.SHOWN, Phase.GRANTED}:
            self._page.entered.emit()

    def _scan_next(self) -> None:
        if self._given == len(self._codes):
            self._timer.stop()
            self._finished()
        else:
            self._terminal.parts.scan.text.emit(self._codes[self._given], "scanner")
