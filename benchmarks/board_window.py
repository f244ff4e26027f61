"""The board's page over a store's tasks, and a bare QListView over the same rows: a process that tells the times.

`python -m benchmarks.board_window FOLDER TASKS ROUNDS PEACE`; a line for each act: its name, ours and the bare one's in
ms; for a stall, beside it what the same window has in peace (PEACE seconds of it).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSortFilterProxyModel, QStringListModel, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QListView, QMainWindow, QWidget

from app.paths import find_paths
from app.usecases.board import Task
from benchmarks.measure import in_turns, median
from main import Terminal

_SIZE = (1366, 768)
_BEAT_MS = 5
_PATIENCE = 120.0
_WANTED = "7 号"


class Heart(QTimer):
    """Beats every 5 ms; `longest` is the longest pause in ms since it was started."""

    def __init__(self) -> None:
        super().__init__(interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self.longest = 0.0
        self._last = 0.0
        self.timeout.connect(self._beat)

    def watch(self) -> None:
        """Begin."""
        self.longest, self._last = 0.0, time.perf_counter()
        self.start()

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1_000 - _BEAT_MS)
        self._last = now


def main() -> int:
    """Open the terminal, read its board, and measure it beside the bare view."""
    folder, count, rounds, peace = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    terminal = Terminal(find_paths(folder))
    app = terminal.open()
    terminal.parts.preferences.set(sounds=False, camera_on=False)
    _until(app, lambda: terminal.window.current == "counter")
    # What a start loads late, sounds and camera, is not the board's.
    _pass(app, peace)
    reading = _read(app, terminal, count, rounds)
    page = terminal.window.page("board")
    board = page.presenter.board
    tasks = [task for number in sorted(board.numbers()) if (task := board.task(number))]
    assert len(tasks) == count
    bare = _bare_window(app, tasks)
    _tell("open", *_open(app, terminal, tasks, rounds))
    _tell("filter", *_filter(app, page, bare, rounds))
    _tell("scroll", *_scroll(page, bare, rounds))
    still = _still(app, peace)
    _tell("stall", _stall(app, page, rounds), still)
    _tell("reading-stall", reading, still)
    bare.close()
    terminal.window.close()
    terminal.close()
    return 0


def _still(app: QApplication, seconds: float) -> float:
    """Return the longest pause of a window with which nothing is done."""
    heart = Heart()
    heart.watch()
    _pass(app, seconds)
    heart.stop()
    return heart.longest


def _read(app: QApplication, terminal: Terminal, count: int, rounds: int) -> float:
    """Read all of it from the file into an empty board, again and again; return the longest pause meanwhile."""
    terminal.window.go("board")
    presenter: Any = terminal.window.page("board").presenter
    took, pauses = [], []
    for _ in range(rounds):
        _until(app, lambda: presenter.stage == "loaded")
        presenter.board.remove(presenter.board.numbers())
        # A change of page is not what is measured, nor is the emptying.
        _pass(app, 0.1)
        heart, started = Heart(), time.perf_counter()
        heart.watch()
        presenter.load()
        _until(app, lambda: presenter.stage == "loaded" and presenter.board.total == count)
        heart.stop()
        took.append((time.perf_counter() - started) * 1_000)
        pauses.append(heart.longest)
    _tell("read", median(took), 0.0)
    return median(pauses)


def _open(app: QApplication, terminal: Terminal, tasks: list[Task], rounds: int) -> tuple[float, float]:
    """Make the page anew over tasks that are in memory, until it is painted; beside it a new view over the same."""
    from ui.board.page import BoardPage

    now = terminal.parts.times.now()

    def ours(_: int) -> None:
        page = BoardPage(terminal.parts)
        # Nothing is read: the rows are here already, as they are for the bare one.
        page.presenter._stale = False  # noqa: SLF001 - there is no other way to keep it from reading
        page.presenter.board.put(tasks, now)
        _painted(app, page)
        page.close()
        page.deleteLater()

    def bare(_: int) -> None:
        window = _bare_window(app, tasks)
        window.close()
        window.deleteLater()

    return _medians(in_turns(bare, ours, times=rounds, between=app.processEvents))


def _filter(app: QApplication, page: Any, bare: QMainWindow, rounds: int) -> tuple[float, float]:
    """Look for a product, then for everything again."""
    view: Any = bare.centralWidget()

    def ours(number: int) -> None:
        page.presenter.board.filter(text=_WANTED if number % 2 == 0 else "")
        app.processEvents()

    def floor(number: int) -> None:
        view.model().setFilterFixedString(_WANTED if number % 2 == 0 else "")
        app.processEvents()

    return _medians(in_turns(floor, ours, times=2 * rounds))


def _scroll(page: Any, bare: QMainWindow, rounds: int) -> tuple[float, float]:
    """Go a page down, in the longest column."""
    column = max((frame.view for frame in page.columns.values()), key=lambda view: view.model().rowCount())
    view: Any = bare.centralWidget()

    def down(of: Any) -> Callable[[int], None]:
        def act(_: int) -> None:
            bar = of.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep())
            of.viewport().repaint()

        return act

    return _medians(in_turns(down(view), down(column), times=10 * rounds))


def _stall(app: QApplication, page: Any, rounds: int) -> float:
    """Return the longest pause of the window while the board is filtered, scrolled and moved by the clock."""
    pauses = []
    column = max((frame.view for frame in page.columns.values()), key=lambda view: view.model().rowCount())
    bar = column.verticalScrollBar()
    for _ in range(rounds):
        heart = Heart()
        heart.watch()
        for text in ("7", _WANTED, ""):
            page.presenter.board.filter(text=text)
            _pass(app, 0.05)
        for _step in range(10):
            bar.setValue(bar.value() + bar.pageStep())
            _pass(app, 0.01)
        page.presenter.move_clock()
        _pass(app, 0.05)
        heart.stop()
        pauses.append(heart.longest)
    return median(pauses)


def _bare_window(app: QApplication, tasks: list[Task]) -> QMainWindow:
    window, view = QMainWindow(), QListView()
    texts = [f"{task.label} {task.customer} {', '.join(line.name for line in task.lines)}" for task in tasks]
    proxy = QSortFilterProxyModel(view)
    proxy.setSourceModel(QStringListModel(texts, view))
    view.setModel(proxy)
    window.setCentralWidget(view)
    _painted(app, window)
    return window


class _Paints(QWidget):
    """Counts the paints of a widget and of what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note a paint."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def _painted(app: QApplication, widget: QWidget) -> None:
    """Show a widget and wait for its picture."""
    paints = _Paints()
    widget.installEventFilter(paints)
    widget.resize(*_SIZE)
    widget.show()
    _until(app, lambda: paints.count > 0)
    app.processEvents()


def _until(app: QApplication, arrived: Callable[[], bool]) -> None:
    ends = time.perf_counter() + _PATIENCE
    while not arrived():
        app.processEvents()
        assert time.perf_counter() < ends, "the window did not get there"


def _pass(app: QApplication, seconds: float) -> None:
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        app.processEvents()


def _medians(samples: list[list[float]]) -> tuple[float, float]:
    floor, ours = samples
    return median(ours) * 1_000, median(floor) * 1_000


def _tell(name: str, ours: float, bare: float) -> None:
    print(name, ours, bare, flush=True)


if __name__ == "__main__":
    sys.exit(main())
