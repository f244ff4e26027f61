"""Which column a task stands in, and when the clock alone will move it to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from app.domain.order import AT_STORE, ON_SHELF, Status, effective
from app.domain.window import Window
from app.usecases.board import Task, must_begin

NEVER = datetime.max.replace(tzinfo=UTC)
# A header sorts before every order of its window.
HEAD = -1
# What must be begun now stands before every window, the one that waits longest first.
DUE = (-1, 0)

Key = tuple[int, int, int]


class Column(StrEnum):
    """The board from left to right."""

    TO_PREPARE = "to_prepare"
    PREPARING = "preparing"
    READY = "ready"
    WAITING = "waiting"
    OVERDUE = "overdue"


_COLUMNS = {
    Status.PREPARING: Column.PREPARING,
    Status.PREPARED: Column.READY,
    Status.AWAITING_PICKUP: Column.WAITING,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a column: a window's header, or a card (`task`); `key` sorts it, `strips` is the card's height."""

    key: Key
    window: Window
    task: Task | None = None
    strips: int = 0

    @property
    def is_due(self) -> bool:
        """Whether it is what must be begun now, or the header of that."""
        return self.key[:2] == DUE


def key_of(task: Task) -> Key:
    """Return where a task stands in its column."""
    if task.must_begin and task.start_by and not task.overdue:
        return *DUE, (int(task.start_by.timestamp()) << 64) + task.number
    return task.window.opens_minute, task.window.length, task.number


def head_of(row: Row) -> Row:
    """Return the header that the row stands under."""
    return Row((row.key[0], row.key[1], HEAD), row.window)


def at(task: Task, now: datetime) -> Task:
    """Return the task as it stands at a moment (aware): ready turns into waiting, and in the end into overdue."""
    status, overdue = effective(task.status, task.window, now), now >= task.window.closes
    due = must_begin(status, task.start_by, now)
    if (status, overdue, due) == (task.status, task.overdue, task.must_begin):
        return task
    return replace(task, status=status, overdue=overdue, must_begin=due)


def changes_at(task: Task) -> datetime:
    """Return when the clock moves the task next."""
    if task.overdue:
        return NEVER
    if task.status is Status.ASSIGNED and task.start_by and not task.must_begin:
        return min(task.start_by, task.window.closes)
    return task.window.opens if task.status is Status.PREPARED else task.window.closes


def column_of(task: Task) -> Column | None:
    """Return the task's column, or `None` for what is not this board's business."""
    if task.status not in AT_STORE:
        return None
    return Column.OVERDUE if task.overdue else _COLUMNS.get(task.status, Column.TO_PREPARE)


def is_packed(task: Task) -> bool:
    """Tell whether the parcel lies on the shelf."""
    return task.status in ON_SHELF
