"""The board's tasks: one list model for each column, filled and filtered together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.usecases.board import Task
from ui import words
from ui.board.card import spoken, strip_count
from ui.board.columns import HEAD, Column, Key, Row, at, changes_at, column_of, head_of, key_of

ROW = int(Qt.ItemDataRole.UserRole)
# What the clock alone changes on a card: the view draws again and lays nothing out.
COUNTDOWN = ROW + 1

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ColumnModel(QAbstractListModel):
    """One column, sorted by window and number, with a header row before each window's cards."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._keys: list[Key] = []
        self._heads = 0

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count headers and cards."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row itself, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.task.label if row.task else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row.task) if row.task else ""
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be chosen, headers cannot."""
        if not index.isValid() or not self._rows[index.row()].task:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @property
    def rows(self) -> Sequence[Row]:
        """What is in the column, from the top."""
        return self._rows

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return len(self._rows) - self._heads

    def head_at(self, row: int) -> int:
        """Return the row of the header over a row."""
        opens, length, _ = self._keys[row]
        return bisect_left(self._keys, (opens, length, HEAD))

    def group_size(self, head: int) -> int:
        """Return how many cards stand under the header at a row."""
        return self._group_end(self._keys[head]) - head - 1

    def place_of(self, key: Key) -> int:
        """Return the row of a card that is in the column."""
        return bisect_left(self._keys, key)

    def fill(self, rows: Iterable[Row]) -> None:
        """Replace everything by cards that are sorted already."""
        self.beginResetModel()
        self._rows = []
        for row in rows:
            if not self._rows or self._rows[-1].key[:2] != row.key[:2]:
                self._rows.append(head_of(row))
            self._rows.append(row)
        self._keys = [row.key for row in self._rows]
        self._heads = sum(key[2] == HEAD for key in self._keys)
        self.endResetModel()

    def add(self, rows: Iterable[Row]) -> None:
        """Put cards in their places; neighbours go in together."""
        wanted = sorted(rows, key=lambda row: row.key)
        heads = {head.key: head for head in map(head_of, wanted)}
        missing = [head for key, head in heads.items() if not self._has(key)]
        wanted = sorted([*wanted, *missing], key=lambda row: row.key)
        while wanted:
            place = bisect_left(self._keys, wanted[0].key)
            end = self._run(wanted, place)
            self._insert(place, wanted[:end])
            wanted = wanted[end:]
        self._tell_heads(heads)

    def drop(self, keys: Iterable[Key]) -> None:
        """Take cards out, and the headers that are left without any."""
        doomed = set(keys)
        heads = {(opens, length, HEAD) for opens, length, _ in doomed}
        going = {self.place_of(key) for key in doomed}
        going |= {head for head in map(self.place_of, heads) if self._all_go(head, going)}
        for first, last in _runs_from_the_end(going):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._heads -= sum(key[2] == HEAD for key in self._keys[first : last + 1])
            del self._rows[first : last + 1], self._keys[first : last + 1]
            self.endRemoveRows()
        self._tell_heads(heads)

    def change(self, row: Row) -> None:
        """Show a card anew that stays in its place."""
        place = self.place_of(row.key)
        self._rows[place] = row
        self.dataChanged.emit(self.index(place), self.index(place))

    def move_clock(self) -> None:
        """Have the countdowns drawn again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [COUNTDOWN])

    def _has(self, key: Key) -> bool:
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place] == key

    def _group_end(self, head: Key) -> int:
        return bisect_left(self._keys, (head[0], head[1] + 1, HEAD))

    def _all_go(self, head: int, going: set[int]) -> bool:
        return all(row in going for row in range(head + 1, head + 1 + self.group_size(head)))

    def _run(self, wanted: Sequence[Row], place: int) -> int:
        """Return how many of the sorted rows go in at the place, before the row that is there now."""
        if place == len(self._keys):
            return len(wanted)
        return bisect_left(wanted, self._keys[place], key=lambda row: row.key)

    def _insert(self, place: int, rows: Sequence[Row]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
        self._rows[place:place] = rows
        self._keys[place:place] = [row.key for row in rows]
        self._heads += sum(not row.task for row in rows)
        self.endInsertRows()

    def _tell_heads(self, heads: Iterable[Key]) -> None:
        for key in heads:
            if self._has(key):
                index = self.index(self.place_of(key))
                self.dataChanged.emit(index, index, [COUNTDOWN])


@dataclass(slots=True)
class _Entry:
    """A task of the board, filtered out or not."""

    row: Row
    task: Task
    column: Column
    text: str
    until: datetime
    shown: bool


class Board(QObject):
    """All tasks by number, and the columns that show those which the filter lets through."""

    counts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = {column: ColumnModel(self) for column in Column}
        self._entries: dict[int, _Entry] = {}
        self._text = ""
        self._zone = ""

    @property
    def total(self) -> int:
        """How many tasks there are, filtered out or not."""
        return len(self._entries)

    @property
    def shown(self) -> int:
        """How many tasks the filter lets through."""
        return sum(model.cards for model in self.columns.values())

    @property
    def is_filtered(self) -> bool:
        """Whether something may be hidden."""
        return bool(self._text or self._zone)

    def task(self, number: int) -> Task | None:
        """Return a task by its number."""
        entry = self._entries.get(number)
        return entry.task if entry else None

    def place(self, number: int) -> tuple[Column, int] | None:
        """Return the column that shows a task, and its row there; `None` for one that is hidden or not here."""
        entry = self._entries.get(number)
        if entry is None or not entry.shown:
            return None
        return entry.column, self.columns[entry.column].place_of(entry.row.key)

    def numbers(self) -> set[int]:
        """Return the numbers of all tasks."""
        return set(self._entries)

    def put(self, tasks: Iterable[Task], now: datetime) -> None:
        """Take tasks in, new or changed; those that are as they were cost nothing."""
        gone, come = _batches(), _batches()
        for task in {task.number: task for task in tasks}.values():
            moved, old = at(task, now), self._entries.get(task.number)
            if not old or old.task != moved:
                self._exchange(old, self._entry(moved), gone, come)
        self._apply(gone, come)

    def remove(self, numbers: Iterable[int]) -> None:
        """Take tasks off the board."""
        gone = _batches()
        for number in numbers:
            self._exchange(self._entries.pop(number, None), None, gone, _batches())
        self._apply(gone, _batches())

    def filter(self, *, text: str = "", zone: str = "") -> None:
        """Show only the tasks of a storage zone that have a text in them."""
        self._text, self._zone = text.strip().casefold(), zone
        by_column: dict[Column, list[Row]] = {column: [] for column in Column}
        for entry in sorted(self._entries.values(), key=lambda entry: entry.row.key):
            entry.shown = self._matches(entry.task, entry.text)
            if entry.shown:
                by_column[entry.column].append(entry.row)
        for column, rows in by_column.items():
            self.columns[column].fill(rows)
        self.counts_changed.emit()

    def due(self, now: datetime) -> list[Task]:
        """Return the tasks that the clock has moved on."""
        return [entry.task for entry in self._entries.values() if entry.until <= now]

    def move_clock(self) -> None:
        """Let every countdown be drawn again."""
        for model in self.columns.values():
            model.move_clock()

    def _entry(self, task: Task) -> _Entry | None:
        column = column_of(task)
        if column is None:
            return None
        text = _text_of(task)
        row = Row(key_of(task), task.window, task, strip_count(task))
        return _Entry(row, task, column, text, changes_at(task), self._matches(task, text))

    def _matches(self, task: Task, text: str) -> bool:
        return (not self._zone or self._zone in task.zones) and self._text in text

    def _exchange(
        self,
        old: _Entry | None,
        new: _Entry | None,
        gone: dict[Column, list[Row]],
        come: dict[Column, list[Row]],
    ) -> None:
        """Note what one task's change means for the columns."""
        if new:
            self._entries[new.task.number] = new
        elif old:
            self._entries.pop(old.task.number, None)
        stays = old and new and old.shown and new.shown and (old.column, old.row.key) == (new.column, new.row.key)
        if stays and new:
            self.columns[new.column].change(new.row)
            return
        if old and old.shown:
            gone[old.column].append(old.row)
        if new and new.shown:
            come[new.column].append(new.row)

    def _apply(self, gone: dict[Column, list[Row]], come: dict[Column, list[Row]]) -> None:
        for column, rows in gone.items():
            self.columns[column].drop(row.key for row in rows)
        for column, rows in come.items():
            self.columns[column].add(rows)
        self.counts_changed.emit()


def _batches() -> dict[Column, list[Row]]:
    return defaultdict(list)


def _text_of(task: Task) -> str:
    names = [words.product(line) for line in task.lines]
    return "\n".join([task.label, str(task.number), task.customer, task.note, task.shelf, *names]).casefold()


def _runs_from_the_end(rows: set[int]) -> list[tuple[int, int]]:
    """Return runs of neighbouring rows as (first, last), the last run first."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows, reverse=True):
        if runs and runs[-1][0] == row + 1:
            runs[-1] = (row, runs[-1][1])
        else:
            runs.append((row, row))
    return runs
