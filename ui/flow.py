"""Widgets side by side that go on in the next line where there is no room: large text must not widen the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


@dataclass(frozen=True, slots=True)
class _Line:
    """Which items stand in a line, and how much room is left at its end."""

    items: tuple[QLayoutItem, ...]
    left: int


class Flow(QLayout):
    """Lines from left to right; those that grow share the room that is left in their line."""

    def __init__(self, *widgets: QWidget, gap: int = 8, margin: int = 0, grows: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.grows = grows
        self.setContentsMargins(margin, margin, margin, margin)
        self.setSpacing(gap)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take in one more."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one, or nothing beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let one go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that fewer pixels across need more down."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return what the lines need."""
        around = self._around()
        lines = self._lines(width - around.width())
        return sum(map(_height, lines)) + self.spacing() * max(0, len(lines) - 1) + around.height()

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0)) + self._around()

    def minimumSize(self) -> QSize:
        """Return the room of the widest."""
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size + self._around()

    def setGeometry(self, rect: QRect) -> None:
        """Give each its place."""
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top()
        for line in self._lines(inside.width()):
            left, height = inside.left(), _height(line)
            growing = [item for item in line.items if item.widget() in self.grows]
            for item in line.items:
                size = item.sizeHint()
                width = size.width() + (max(0, line.left) // len(growing) if item in growing else 0)
                at = QPoint(left, top + (height - size.height()) // 2)
                item.setGeometry(QRect(at, QSize(min(width, inside.width()), size.height())))
                left += width + self.spacing()
            top += height + self.spacing()

    def _around(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        begun: list[QLayoutItem] = []
        left = width
        for item in self._shown():
            needed = item.sizeHint().width() + (self.spacing() if begun else 0)
            if begun and needed > left:
                lines.append(_Line(tuple(begun), left))
                begun, left, needed = [], width, item.sizeHint().width()
            begun.append(item)
            left -= needed
        return [*lines, _Line(tuple(begun), left)] if begun else lines


def _height(line: _Line) -> int:
    return max(item.sizeHint().height() for item in line.items)
