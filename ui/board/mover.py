"""Moves orders on, one by a tap or many at once, and takes the last move back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from app.changes import Changes
from app.domain.order import Status
from app.errors import TooSoon, ZitiError
from app.usecases.board import Task
from app.usecases.prepare import advance, mark_prepared, put_back, start_preparing, undo_preparation
from app.usecases.print_labels import print_labels
from app.usecases.reject_line import reject_lines
from app.usecases.work import Work
from ui import words
from ui.board.columns import is_packed
from ui.board.model import Board
from ui.parts import Parts
from ui.words import Times

translate = QCoreApplication.translate

UNDO_MS = 10_000
# One transaction moves so many at most: the counter waits for the same thread.
BATCH = 40

# How many steps each order went.
Steps = dict[int, int]


class Act(Protocol):
    """Moves some orders in one transaction."""

    def __call__(self, work: Work, /, *, steps: Steps) -> Changes:
        """Return what changed."""
        ...


@dataclass(frozen=True, slots=True)
class Move:
    """A move that can be taken back by `back`."""

    steps: Steps
    back: Act

    @property
    def name(self) -> str:
        """The order's short number, or how many orders there were."""
        if len(self.steps) == 1:
            return words.label(next(iter(self.steps)))
        return translate("board", "%n order(s)", "", len(self.steps))


class Mover(QObject):
    """The board's verbs; `undo` is the move that can still be taken back.

    `too_soon` carries the numbers of orders that must not be packed yet, from when the first of them may be, and the
    shelf that was meant: a manager may allow it (`pack_allowed`).
    """

    undo_changed = Signal()
    too_soon = Signal(object, object, str)  # numbers, aware time, shelf

    def __init__(self, board: Board, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self.undo: Move | None = None
        self._board, self._parts = board, parts
        self._busy: set[int] = set()
        self._undo_ends = QTimer(self, interval=UNDO_MS, singleShot=True)
        self._undo_ends.timeout.connect(self._forget)

    @property
    def is_busy(self) -> bool:
        """Whether a move is under way."""
        return bool(self._busy)

    @Slot(object)
    def tap(self, number: int) -> None:
        """Move an order on; one that lies on the shelf goes to the counter."""
        task = self._board.task(number)
        if task is None or number in self._busy:
            return
        if is_packed(task):
            self._parts.tasks.order_wanted.emit(number)
        elif task.status is Status.SHORTAGE:
            self._parts.tasks.problem.emit(_something_missing())
        elif task.status is Status.PREPARING:
            self.pack([number], "")
        else:
            self._begin({number: 1}, partial(_advance, by=self._parts.clerk), self._one_back)

    def start(self, numbers: Iterable[int]) -> None:
        """Start to prepare those of the orders that nobody has begun."""
        steps = {number: 1 for number in numbers if (task := self._board.task(number)) and may_begin(task)}
        self._begin(steps, partial(_start, by=self._parts.clerk), self._one_back)

    def pack(self, numbers: Iterable[int], shelf: str) -> None:
        """Put orders on the shelf, whether they were begun or not; those for which it is too early are told of."""
        now, shelf = self._parts.times.now(), shelf.strip()
        tasks = [task for number in numbers if (task := self._board.task(number)) and _steps_to_shelf(task)]
        early = [task for task in tasks if task.pack_from and now < task.pack_from]
        self._pack([task for task in tasks if task not in early], shelf)
        if early:
            first = min(task.pack_from for task in early if task.pack_from)
            self.too_soon.emit([task.number for task in early], first, shelf)

    def pack_allowed(self, numbers: Iterable[int], shelf: str, *, manager: str, reason: str) -> None:
        """Put orders on the shelf before their time, because a manager says so."""
        tasks = [task for number in numbers if (task := self._board.task(number))]
        self._pack(tasks, shelf, manager=manager, reason=reason)

    def _pack(self, tasks: Iterable[Task], shelf: str, **allowed: str) -> None:
        steps = {task.number: count for task in tasks if (count := _steps_to_shelf(task))}
        self._begin(steps, partial(_pack, by=self._parts.clerk, shelf=shelf, allowed=allowed), self._one_back)

    @Slot(object, object, str)
    def reject(self, number: int, lacking: Mapping[int, int], reason: str) -> None:
        """Tell HQ what of an order cannot be served; there is no way back but HQ's."""
        self._begin({number: 1}, partial(_reject, lacking=lacking, by=self._parts.clerk, reason=reason))

    @Slot(object, str)
    def put_back(self, numbers: Iterable[int], reason: str) -> None:
        """Take goods that nobody came for off the shelf; taken back, they lie where they lay."""
        tasks = [task for number in numbers if (task := self._board.task(number)) and is_packed(task)]
        shelves = {task.number: task.shelf for task in tasks}
        by = self._parts.clerk
        self._begin(
            dict.fromkeys(shelves, 1),
            partial(_put_back, by=by, reason=reason),
            partial(_shelve_again, by=by, shelves=shelves),
        )

    def label(self, numbers: Iterable[int], parcels: int) -> None:
        """Print labels for the orders' parcels."""
        language = self._parts.preferences.now.language
        usecase = partial(print_labels, numbers=tuple(numbers), parcels=parcels, language=language)
        self._parts.tasks.ask(usecase, self._labelled)

    def _labelled(self, _changes: Changes) -> None:
        now = self._parts.preferences.now
        if not (now.label_printer or now.receipt_printer):
            self._parts.tasks.problem.emit(translate("board", "Labels wait for a printer: choose one in the settings."))

    @Slot()
    def take_back(self) -> None:
        """Undo the last move."""
        if self.undo:
            move = self.undo
            self._forget()
            self._begin(move.steps, move.back)

    @property
    def _one_back(self) -> Act:
        return partial(_take_back, by=self._parts.clerk)

    def _begin(self, steps: Steps, act: Act, back: Act | None = None) -> None:
        """Move orders, batch by batch; `back` is what would undo it."""
        self._busy.update(steps)
        self._go_on(steps, {}, act, back)

    def _go_on(self, steps: Steps, done: Steps, act: Act, back: Act | None) -> None:
        """Do the next batch of `steps`; `done` went before."""
        batch = dict(list(steps.items())[:BATCH])
        if not batch:
            self._end(steps, done, back)
            return
        rest = {number: count for number, count in steps.items() if number not in batch}

        def moved(changes: Changes) -> None:
            self._busy.difference_update(batch)
            moved_now = {number: count for number, count in batch.items() if number in changes.orders}
            self._go_on(rest, done | moved_now, act, back)

        def refused(error: ZitiError) -> None:
            text = _not_before(error, self._parts.times) if isinstance(error, TooSoon) else words.error(error)
            self._parts.tasks.problem.emit(text)
            self._end(steps, done, back)

        self._parts.tasks.ask(partial(act, steps=batch), moved, refused)

    def _end(self, left: Steps, done: Steps, back: Act | None) -> None:
        self._busy.difference_update(left)
        if done and back:
            self.undo = Move(done, back)
            self._undo_ends.start()
            self.undo_changed.emit()

    @Slot()
    def _forget(self) -> None:
        self.undo = None
        self._undo_ends.stop()
        self.undo_changed.emit()


def may_begin(task: Task) -> bool:
    """Tell whether nobody has begun with an order yet."""
    return task.status in (Status.ASSIGNED, Status.PUT_BACK)


def _steps_to_shelf(task: Task) -> int:
    if task.status is Status.PREPARING:
        return 1
    return 2 if may_begin(task) else 0


def _advance(work: Work, *, steps: Steps, by: str) -> Changes:
    changes = Changes()
    for number in steps:
        changes |= advance(work, number, by=by)
    return changes


def _start(work: Work, *, steps: Steps, by: str) -> Changes:
    return start_preparing(work, steps, by=by)


def _pack(work: Work, *, steps: Steps, by: str, shelf: str, allowed: Mapping[str, str]) -> Changes:
    return mark_prepared(work, steps, by=by, shelf=shelf, **allowed)


def _put_back(work: Work, *, steps: Steps, by: str, reason: str) -> Changes:
    return put_back(work, steps, by=by, reason=reason)


def _shelve_again(work: Work, *, steps: Steps, by: str, shelves: Mapping[int, str]) -> Changes:
    changes = Changes()
    for number in steps:
        changes |= mark_prepared(work, [number], by=by, shelf=shelves[number])
    return changes


def _reject(work: Work, *, steps: Steps, lacking: Mapping[int, int], by: str, reason: str) -> Changes:
    changes = Changes()
    for number in steps:
        changes |= reject_lines(work, number, lacking, by=by, reason=reason)
    return changes


def _take_back(work: Work, *, steps: Steps, by: str) -> Changes:
    twice = [number for number, count in steps.items() if count > 1]
    return undo_preparation(work, steps, by=by) | undo_preparation(work, twice, by=by)


def _something_missing() -> str:
    return translate("board", "Something of this order is missing: HQ decides what happens to it.")


def _not_before(error: TooSoon, times: Times) -> str:
    text = translate("board", "It must not be packed before %1: it would not be fresh.")
    return text.replace("%1", times.moment(error.at))
