"""A column on screen: rows of a few heights, placed by arithmetic.

`QListView` asks every row for its size at every change: 95 ms for 10,000 rows. Here a change costs under 3 ms.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScroller, QStyle, QStyleOptionViewItem, QWidget

from ui import theme
from ui.board.delegate import CardDelegate
from ui.board.model import COUNTDOWN, ColumnModel
from ui.words import Times

Index = QModelIndex | QPersistentModelIndex
_Select = QItemSelectionModel.SelectionFlag
_LONG_PRESS_MS = 600
_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


class ColumnView(QAbstractItemView):
    """Shows a `ColumnModel`; a tap, Enter and Space are told, the arrows left and right leave the column."""

    tapped = Signal(object)  # the order's number, which has more than 32 bits
    marked = Signal()  # the user chose cards, by a long press or by the keyboard
    left = Signal(int)  # -1 or 1: the keyboard goes to the next column

    def __init__(self, model: ColumnModel, times: Times, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marking = False
        self.empty_text = ""
        self._model = model
        self._painter = CardDelegate(times, self)
        self._tops: list[int] = []
        self._pressed = QPersistentModelIndex()
        self._long_press = QTimer(self, singleShot=True, interval=_LONG_PRESS_MS)
        self._long_press.timeout.connect(self._pressed_long)
        self.setProperty("role", "cards")
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.setModel(model)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._place_again)
        model.dataChanged.connect(self._changed)

    def dress(self) -> None:
        """Follow the theme's sizes."""
        self._painter.dress()
        self._place_again()

    def chosen(self) -> list[int]:
        """Return the numbers of the selected cards, from the top."""
        runs = sorted((run.top(), run.bottom()) for run in self.selectionModel().selection().toList())
        rows = [row for top, bottom in runs for row in self._model.rows[top : bottom + 1]]
        return [row.task.number for row in rows if row.task]

    # ── where things are ───────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _place_again(self) -> None:
        self._tops = []
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex, QModelIndex, list)
    def _changed(self, _first: QModelIndex, _last: QModelIndex, roles: list[int]) -> None:
        """Lay out again, unless it is only a countdown: that changes no card's height."""
        if COUNTDOWN not in roles:
            self._place_again()

    def _places(self) -> list[int]:
        """Return each row's top, and the bottom of the last one at the end."""
        if not self._tops:
            heights = [self._painter.height(count) for count in range(8)]
            self._tops = list(accumulate((heights[row.strips] for row in self._model.rows), initial=0))
        return self._tops

    def visualRect(self, index: Index) -> QRect:
        """Return a row's place in the viewport."""
        tops = self._places()
        if not index.isValid() or index.row() >= len(tops) - 1:
            return QRect()
        top, bottom = tops[index.row()], tops[index.row() + 1]
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), bottom - top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return what is under a point."""
        tops = self._places()
        row = bisect_right(tops, point.y() + self.verticalOffset()) - 1
        return self._model.index(row) if 0 <= row < len(tops) - 1 else QModelIndex()

    def scrollTo(self, index: Index, _hint: QAbstractItemView.ScrollHint = _VISIBLE) -> None:
        """Bring a row into sight, clear of the header that stays on top."""
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        covered = self._painter.height(0)
        if rect.top() < covered:
            bar.setValue(bar.value() + rect.top() - covered)
        elif rect.bottom() >= self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() + 1 - self.viewport().height())

    def verticalOffset(self) -> int:
        """Return how far down the column is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Return 0: a column is as wide as its place."""
        return 0

    def isIndexHidden(self, _index: Index) -> bool:
        """Tell that nothing is hidden."""
        return False

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the rows."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._places()[-1] - height))
        bar.setPageStep(height)
        bar.setSingleStep(self._painter.height(2) // 2)
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scroll bar to the new height."""
        super().resizeEvent(event)
        self.updateGeometries()

    # ── what is chosen ─────────────────────────────────────────────────────────────────────────────────────

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return the card that the keyboard goes to; headers are passed over."""
        actions, last = QAbstractItemView.CursorAction, len(self._model.rows) - 1
        now = self.currentIndex().row()
        page = max(1, self.viewport().height() // self._painter.height(3))
        steps = {actions.MoveUp: -1, actions.MoveDown: 1, actions.MovePageUp: -page, actions.MovePageDown: page}
        if action in steps:
            target = min(max(now + steps[action], 0), last)
        elif action is actions.MoveHome:
            target = 0
        elif action is actions.MoveEnd:
            target = last
        else:
            target = now
        return self._card_near(target, back=target < now)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the cards in a rectangle of the viewport."""
        first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomLeft())
        if command != _Select.NoUpdate and first.isValid() and last.isValid():
            self.selectionModel().select(QItemSelection(first, last), command)

    def selectionCommand(self, _index: Index, _event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Choose nothing by moving about: cards are chosen one by one, on purpose."""
        return _Select.NoUpdate

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Draw all that is in sight again: to add up thousands of places would take longer."""
        return QRegion(self.viewport().rect())

    def toggle(self, index: Index) -> None:
        """Choose a card, or let it go."""
        self.selectionModel().select(index, _Select.Toggle)
        self.marked.emit()

    def enter(self) -> None:
        """Take the keyboard, at a card if there is one."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._card_near(0, back=False))

    def mark_card(self, row: int) -> None:
        """Choose a card and bring it into sight."""
        index = self._model.index(row)
        self.selectionModel().select(index, _Select.Select)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _card_near(self, row: int, *, back: bool) -> QModelIndex:
        rows = self._model.rows
        order = [*range(row, -1, -1), *range(row, len(rows))] if back else [*range(row, len(rows)), *range(row, -1, -1)]
        return next(
            (self._model.index(place) for place in order if 0 <= place < len(rows) and rows[place].task), QModelIndex()
        )

    # ── keys and fingers ───────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose and act by keyboard; what is not ours goes to the window."""
        key, index = event.key(), self.currentIndex()
        if move := _MOVES.get(Qt.Key(key)):
            self._go(self.moveCursor(move, event.modifiers()), mark=bool(event.modifiers() & _SHIFT))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Space and index.isValid():
            self.toggle(index)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._tap(index)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose_all()
        else:
            event.ignore()

    def _go(self, index: QModelIndex, *, mark: bool) -> None:
        if not index.isValid():
            return
        if mark:
            for each in (self.currentIndex(), index):
                self.selectionModel().select(each, _Select.Select)
            self.marked.emit()
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _choose_all(self) -> None:
        if self._model.rows:
            everything = QItemSelection(self._model.index(0), self._model.index(len(self._model.rows) - 1))
            self.selectionModel().select(everything, _Select.Select)
            self.marked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a card."""
        self._hold(self.indexAt(event.position().toPoint()))
        self._from = event.position().toPoint()
        if self._pressed.isValid():
            self._long_press.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let go of the card when the finger slides away."""
        moved = event.position().toPoint() - self._from
        if self._pressed.isValid() and moved.manhattanLength() > QApplication.startDragDistance():
            self._hold(QModelIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act on the card that was held."""
        held = self._pressed
        self._hold(QModelIndex())
        if not held.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setCurrentIndex(held)
        if self.marking or event.modifiers() & (_SHIFT | Qt.KeyboardModifier.ControlModifier):
            self.toggle(held)
        else:
            self._tap(held)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Swallow the second tap: the card has left, and the one that took its place was not meant."""

    def _hold(self, index: QModelIndex) -> None:
        self._long_press.stop()
        if index.isValid() and not self._model.rows[index.row()].task:
            index = QModelIndex()
        self._pressed = QPersistentModelIndex(index)
        self.viewport().update()

    @Slot()
    def _pressed_long(self) -> None:
        held = self._pressed
        self._hold(QModelIndex())
        if held.isValid():
            self.toggle(held)

    def _tap(self, index: Index) -> None:
        if task := self._model.rows[index.row()].task:
            self.tapped.emit(task.number)

    # ── on screen ──────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows in sight, the first window's header over them, or a word where there is nothing."""
        painter = QPainter(self.viewport())
        rows = self._model.rows
        if not rows:
            self._paint_nothing(painter)
            return
        for row in self._in_sight():
            self._paint_row(painter, row)
        self._paint_pinned(painter)

    def _in_sight(self) -> Iterator[int]:
        tops, offset = self._places(), self.verticalOffset()
        first = max(0, bisect_right(tops, offset) - 1)
        bottom = offset + self.viewport().height()
        for row in range(first, len(tops) - 1):
            if tops[row] > bottom:
                return
            yield row

    def _paint_row(self, painter: QPainter, row: int) -> None:
        index = self._model.index(row)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if index == self._pressed:
            state |= QStyle.StateFlag.State_Sunken
        if self.hasFocus() and index == self.currentIndex():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        self._painter.paint(painter, option, index)

    def _paint_pinned(self, painter: QPainter) -> None:
        tops, offset, rows = self._places(), self.verticalOffset(), self._model.rows
        head = self._model.head_at(max(0, bisect_right(tops, offset) - 1))
        size, height = self._model.group_size(head), self._painter.height(0)
        end = tops[head + size + 1] - offset
        rect = QRect(0, min(0, end - height), self.viewport().width(), height)
        self._painter.paint_head(painter, rect, rows[head], size)

    def _paint_nothing(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.colour("muted")))
        room = self.viewport().rect().adjusted(8, 24, -8, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self.empty_text)


_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVES = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}
