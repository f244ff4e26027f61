"""Fills the board page by page and keeps it true: what changed is read again, what the clock moves moves."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.changes import Changes
from app.errors import ZitiError
from app.usecases.board import Task, tasks, tasks_of
from ui import words
from ui.board.model import Board
from ui.board.mover import Mover
from ui.parts import Parts

# A page keeps the storage thread, for which the counter waits, for some 15 ms; at 250 the window stood still for 35.
PAGE = 160
# The Qt thread lays out and paints a page before the storage thread takes the interpreter again.
BREATH_MS = 10
# What is put on the board between two turns of the event loop: some 10 ms.
SLICE = 120
CLOCK_MS = 20_000
# HQ's first feed changes everything many times a second: one reading anew is enough for all of them.
RELOAD_MS = 400


class Stage(StrEnum):
    """How far the reading of the board has come."""

    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


class Presenter(QObject):
    """Connects the board with the use-cases; the page listens."""

    stage_changed = Signal()

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = Board(self)
        self.mover = Mover(self.board, parts, self)
        self.stage = Stage.LOADING
        self.failure = ""
        self._parts = parts
        self._seen: set[int] | None = None
        self._after: Task | None = None
        self._due: list[Task] = []
        self._stale = True
        self._awake = False
        self._clock_was = parts.times.now()
        self._clock = _timer(self, CLOCK_MS, self.move_clock)
        self._breath = _timer(self, BREATH_MS, self._ask_page, once=True)
        self._slices = _timer(self, 0, self._move_due, once=True)
        self._reload = _timer(self, RELOAD_MS, self.load, once=True)
        parts.tasks.changed.connect(self._follow)

    def wake(self) -> None:
        """Begin to keep the board up to date: it is on screen."""
        self._awake = True
        self._clock.start()
        if self._stale:
            self.load()
        else:
            self.move_clock()

    def sleep(self) -> None:
        """Let the clock rest while nobody looks."""
        self._awake = False
        self._clock.stop()

    @Slot()
    def load(self) -> None:
        """Read everything, a page at a time in the background; what is on screen stays until it is replaced."""
        if self._seen is not None:
            self._reload.start()
            return
        self._stale, self._seen, self._after = False, set(), None
        self._set_stage(Stage.LOADING)
        self._ask_page()

    @Slot()
    def _ask_page(self) -> None:
        self._parts.tasks.ask_quietly(partial(tasks, after=self._after, limit=PAGE), self._take_page, self._give_up)

    def _take_page(self, page: tuple[Task, ...]) -> None:
        seen = set[int]() if self._seen is None else self._seen
        seen.update(task.number for task in page)
        self.board.put(page, self._parts.times.now())
        if len(page) == PAGE:
            self._after = page[-1]
            self._breath.start()
            return
        self._seen = None
        self.board.remove(self.board.numbers() - seen)
        self._set_stage(Stage.LOADED)

    def _give_up(self, error: ZitiError) -> None:
        self._seen, self._stale = None, True
        self.failure = words.error(error)
        self._set_stage(Stage.FAILED)

    def _set_stage(self, stage: Stage) -> None:
        self.stage = stage
        self.stage_changed.emit()

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.all_orders or changes.catalogue or changes.profile:
            self._stale = True
            if self._awake:
                self._reload.start()
        elif changes.orders and (self._seen is not None or not self._stale):
            self._parts.tasks.ask(partial(tasks_of, numbers=changes.orders), self._refresh)

    def _refresh(self, found: dict[int, Task | None]) -> None:
        self.board.put((task for task in found.values() if task), self._parts.times.now())
        self.board.remove(number for number, task in found.items() if task is None)
        if self._seen is not None:
            self._seen.update(found)

    @Slot()
    def move_clock(self) -> None:
        """Let the clock move what it moves, a slice at a time: at a full hour it may be a thousand orders."""
        now = self._parts.times.now()
        if now < self._clock_was:
            # HQ corrected this machine's clock: what it moved too early must come back.
            self._reload.start()
        self._clock_was = now
        self._due = self.board.due(now)
        self._move_due()
        self.board.move_clock()

    @Slot()
    def _move_due(self) -> None:
        now, slice_, self._due = self._parts.times.now(), self._due[:SLICE], self._due[SLICE:]
        # Each is asked for by number: an order may have been moved or handed over since the list was made.
        self.board.put([task for each in slice_ if (task := self.board.task(each.number))], now)
        if self._due:
            self._slices.start()


def _timer(parent: QObject, interval: int, act: Callable[[], None], *, once: bool = False) -> QTimer:
    timer = QTimer(parent, interval=interval, singleShot=once)
    timer.timeout.connect(act)
    return timer
