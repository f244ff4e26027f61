"""The products as tiles: a tap puts one into the basket."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.money import format_fen
from app.usecases.stock import StockRow
from ui import icons, theme, words
from ui.product_filter import fits
from ui.widgets import ENTER

FEW = 3
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """The products that match what is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[StockRow, ...] = ()
        self._shown: list[StockRow] = []
        self._text = ""
        self._zone = ""

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many tiles there are."""
        return 0 if parent and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a tile's row, or its name for screen readers."""
        row = self._shown[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.product.name} {format_fen(row.product.price_fen)}"
        return None

    def show_rows(self, rows: Iterable[StockRow]) -> None:
        """Take the catalogue with what is left of it; the tiles stay where they are unless others are to be shown."""
        self._all = tuple(rows)
        shown = [row for row in self._all if fits(row.product, self._text, self._zone)]
        if not shown or [_key(row) for row in shown] != [_key(row) for row in self._shown]:
            self._match()
            return
        self._shown = shown
        self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))

    def look_for(self, text: str, zone: str) -> None:
        """Show what matches a text (name, article number, barcode) and a storage zone."""
        self._text, self._zone = text, zone
        self._match()

    @property
    def total(self) -> int:
        """How many products there are at all."""
        return len(self._all)

    def only(self) -> StockRow | None:
        """Return the one product that is shown, if it is one."""
        return self._shown[0] if len(self._shown) == 1 else None

    def _match(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if fits(row.product, self._text, self._zone)]
        self.endResetModel()


class TileDelegate(QStyledItemDelegate):
    """Draws a tile: name, price, and how many are left where that matters."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return one size for all: two lines for the name, one for the price."""
        metrics = QFontMetrics(option.font)
        return QSize(metrics.horizontalAdvance("国") * 11, metrics.lineSpacing() * 3 + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        row: StockRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(4, 4, -4, -4)
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        pressed = bool(state & QStyle.StateFlag.State_Selected)
        edge = "focus" if focused else "line"
        painter.setPen(QPen(QColor(theme.colour(edge)), 2))
        painter.setBrush(QColor(theme.colour("accent_soft" if pressed else "surface")))
        painter.drawRoundedRect(box, 8, 8)
        inner = box.adjusted(10, 8, -10, -8)
        font: QFont = QFont(option.font)
        self._name(painter, font, inner, row, "on_accent_soft" if pressed else "text")
        self._foot(painter, font, inner, row)
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, font: QFont, inner: QRect, row: StockRow, tint: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(theme.colour(tint)))
        height = QFontMetrics(font).lineSpacing() * 2
        place = QRect(inner.left(), inner.top(), inner.width(), height)
        flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, int(flags), _two_lines(row.product.name, QFontMetrics(font), inner.width()))

    @staticmethod
    def _foot(painter: QPainter, font: QFont, inner: QRect, row: StockRow) -> None:
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(theme.colour("text")))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), _price(row))
        drawing = icons.pixmap(words.zone_icon(row.product.zone), theme.colour("muted"), 18, 2.0)
        left = left_words(row)
        if not left:
            painter.drawPixmap(inner.right() - 17, inner.bottom() - 19, drawing)
            return
        painter.setFont(font)
        tone = "no" if (row.available or 0) <= 0 or not row.listed else "wait"
        width = QFontMetrics(font).horizontalAdvance(left) + 12
        height = QFontMetrics(font).height() + 2
        badge = QRect(inner.right() - width + 1, inner.bottom() - height + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour(f"{tone}_soft")))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(QColor(theme.colour(f"on_{tone}_soft")))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), left)


class TileView(QListView):
    """The tiles; a tap or Enter chooses one."""

    chosen = Signal(int)  # product number

    def __init__(self, model: TileModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(TileDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Only the Tab key brings the keyboard here: after a tap the Enter key still means the big button.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the tile in focus by Enter or space."""
        if event.key() in (*ENTER, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ROW).product.number)


def _key(row: StockRow) -> int:
    return row.product.number


def left_words(row: StockRow) -> str:
    """Return how many are left when they are few, empty otherwise."""
    if not row.listed:
        return words.sold_out()
    if row.available is None or row.available > FEW:
        return ""
    return words.left(max(0, row.available))


def _price(row: StockRow) -> str:
    return format_fen(row.product.price_fen)


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(1, 2 * width - metrics.averageCharWidth() * 2))
