"""Moves orders on, one by a tap or many at once, and takes the last move back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from app.changes import Changes
from app.domain.order import Status
from app.errors import ZitiError
from app.usecases import (
    Work,
    advance,
    mark_prepared,
    print_labels,
    put_back,
    reject_lines,
    start_preparing,
    undo_preparation,
)
from ui import words
from ui.board.columns import is_packed
from ui.board.model import Board
from ui.parts import Parts

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
    """A move that can be taken back."""

    steps: Steps

    @property
    def name(self) -> str:
        """The order's short number, or how many orders there were."""
        if len(self.steps) == 1:
            return words.label(next(iter(self.steps)))
        return translate("board", "%n order(s)", "", len(self.steps))


class Mover(QObject):
    """The board's verbs; `undo` is the move that can still be taken back."""

    undo_changed = Signal()

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
        else:
            self._begin({number: 1}, partial(_advance, by=self._parts.clerk))

    def start(self, numbers: Iterable[int]) -> None:
        """Start to prepare those of the orders that nobody has begun."""
        steps = {number: 1 for number in numbers if self._status(number) in (Status.ASSIGNED, Status.PUT_BACK)}
        self._begin(steps, partial(_start, by=self._parts.clerk))

    def pack(self, numbers: Iterable[int], shelf: str) -> None:
        """Put orders on the shelf, whether they were begun or not."""
        steps = {number: count for number in numbers if (count := self._steps_to_shelf(number))}
        self._begin(steps, partial(_pack, by=self._parts.clerk, shelf=shelf.strip()))

    @Slot(object, object, str)
    def reject(self, number: int, lacking: Mapping[int, int], reason: str) -> None:
        """Tell HQ what of an order cannot be served; there is no way back but HQ's."""
        act = partial(_reject, lacking=lacking, by=self._parts.clerk, reason=reason)
        self._begin({number: 1}, act, can_undo=False)

    def put_back(self, numbers: Iterable[int]) -> None:
        """Take goods that nobody came for off the shelf."""
        steps = {number: 1 for number in numbers if (task := self._board.task(number)) and is_packed(task)}
        self._begin(steps, partial(_put_back, by=self._parts.clerk), can_undo=False)

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
            steps = self.undo.steps
            self._forget()
            self._begin(steps, partial(_take_back, by=self._parts.clerk), can_undo=False)

    def _begin(self, steps: Steps, act: Act, *, can_undo: bool = True) -> None:
        self._busy.update(steps)
        self._go_on(steps, {}, act, can_undo)

    def _go_on(self, steps: Steps, done: Steps, act: Act, can_undo: bool) -> None:
        """Do the next batch of `steps`; `done` went before."""
        batch = dict(list(steps.items())[:BATCH])
        if not batch:
            self._end(steps, done, can_undo)
            return
        rest = {number: count for number, count in steps.items() if number not in batch}

        def moved(changes: Changes) -> None:
            self._busy.difference_update(batch)
            moved_now = {number: count for number, count in batch.items() if number in changes.orders}
            self._go_on(rest, done | moved_now, act, can_undo)

        def refused(error: ZitiError) -> None:
            self._parts.tasks.problem.emit(words.error(error))
            self._end(steps, done, can_undo)

        self._parts.tasks.ask(partial(act, steps=batch), moved, refused)

    def _end(self, left: Steps, done: Steps, can_undo: bool) -> None:
        self._busy.difference_update(left)
        if done and can_undo:
            self.undo = Move(done)
            self._undo_ends.start()
            self.undo_changed.emit()

    @Slot()
    def _forget(self) -> None:
        self.undo = None
        self._undo_ends.stop()
        self.undo_changed.emit()

    def _status(self, number: int) -> Status | None:
        task = self._board.task(number)
        return task.status if task else None

    def _steps_to_shelf(self, number: int) -> int:
        if self._status(number) is Status.PREPARING:
            return 1
        return 2 if self._status(number) in (Status.ASSIGNED, Status.PUT_BACK) else 0


def _advance(work: Work, *, steps: Steps, by: str) -> Changes:
    changes = Changes()
    for number in steps:
        changes |= advance(work, number, by=by)
    return changes


def _start(work: Work, *, steps: Steps, by: str) -> Changes:
    return start_preparing(work, steps, by=by)


def _pack(work: Work, *, steps: Steps, by: str, shelf: str) -> Changes:
    return mark_prepared(work, steps, by=by, shelf=shelf)


def _put_back(work: Work, *, steps: Steps, by: str) -> Changes:
    return put_back(work, steps, by=by)


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
