"""The real window under load, with a heart that should beat every 5 ms: a process that tells the longest pauses.

`python -m benchmarks.busy_window FOLDER ROWS ROUNDS PEACE FRAMES`; a line for each phase: its name, the longest and the
99th percentile of the pauses in ms, and how long the phase took in seconds.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import qrcode
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from app.paths import find_paths
from app.usecases.feed import FeedPosition, feed_position
from benchmarks.canned_hq import CannedHq
from benchmarks.measure import percentile
from benchmarks.shop import CLERK, Shop
from main import Terminal
from scanner.camera.device import SequenceCamera
from scanner.drawn import phone

_BEAT_MS = 5
_LOOK_MS = 100
# A change of page is not what is measured.
_SETTLE_MS = 500
PAGES = ("counter", "board")


def main() -> int:
    """Open the terminal, run the phases, end."""
    folder, rows, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    peace, steady = float(sys.argv[4]), int(sys.argv[5])
    shop = Shop.again(folder)
    frames = _frames(shop.code(shop.orders(1)[0]), steady)
    with CannedHq(shop, rows=rows) as hq:
        shop.meet(hq.url)
        terminal = Terminal(find_paths(folder), make_camera=lambda _: SequenceCamera(frames, loop=True))
        app = terminal.open()
        terminal.parts.preferences.set(clerk=CLERK, sounds=False)
        load = Load(terminal, hq, cursor=shop.cursor, rows=rows, rounds=rounds, peace=peace)
        terminal.parts.sync.link_changed.connect(load.begin)
        app.exec()
        terminal.close()
    return 0


def _frames(code: str, steady: int) -> list[Any]:
    """Return a second or less of a phone that is brought into view and held still."""
    picture = io.BytesIO()
    qrcode.make(code, error_correction=qrcode.ERROR_CORRECT_M).save(picture)
    return phone.approach(picture.getvalue(), seed=3, empty=2, coming=steady // 4, steady=steady)


class Load(QObject):
    """Lets HQ's rows in, phase after phase, and watches the heart."""

    def __init__(self, terminal: Terminal, hq: CannedHq, *, cursor: int, rows: int, rounds: int, peace: float) -> None:
        super().__init__(terminal.window)
        self._terminal, self._hq, self._rows = terminal, hq, rows
        self._target = cursor
        self._peace_ms = int(peace * 1_000)
        self._phases: Iterator[str] = iter(PAGES * rounds)
        self._began = False
        self._started = self._last = 0.0
        self._pauses: list[float] = []
        self._heart = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(self._beat)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._ask)

    @Slot()
    def begin(self) -> None:
        """Build both pages once HQ has been heard, then watch the window in peace; the camera is on already."""
        if not self._began:
            self._began = True
            for page in reversed(PAGES):
                self._terminal.window.go(page)
            QTimer.singleShot(self._peace_ms, self._watch_peace)

    @Slot()
    def _watch_peace(self) -> None:
        self._start()
        QTimer.singleShot(self._peace_ms, self._end_peace)

    @Slot()
    def _end_peace(self) -> None:
        self._tell("peace")
        self._next()

    def _next(self) -> None:
        phase = next(self._phases, None)
        if phase is None:
            self._heart.stop()
            self._terminal.window.close()
            return
        self._terminal.window.go(phase)
        QTimer.singleShot(_SETTLE_MS, self._let_in)

    @Slot()
    def _let_in(self) -> None:
        self._target += self._rows
        self._start()
        self._hq.release(self._rows)
        self._look.start()

    @Slot()
    def _ask(self) -> None:
        self._terminal.parts.tasks.ask(feed_position, then=self._stands)

    def _stands(self, position: FeedPosition) -> None:
        if self._look.isActive() and position.cursor >= self._target:
            self._look.stop()
            self._tell(self._terminal.window.current)
            self._next()

    def _start(self) -> None:
        self._pauses = []
        self._started = self._last = time.perf_counter()
        self._heart.start()

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self._pauses.append((now - self._last) * 1_000)
        self._last = now

    def _tell(self, phase: str) -> None:
        took = time.perf_counter() - self._started
        print(phase, max(self._pauses) - _BEAT_MS, percentile(self._pauses, 99) - _BEAT_MS, took, flush=True)


if __name__ == "__main__":
    sys.exit(main())
