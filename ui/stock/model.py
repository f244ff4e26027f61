"""The stock as a table: what is on hand, promised and left, and what somebody counted just now."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon

from app.usecases.stock import StockRow
from ui import icons, theme, words
from ui.product_filter import fits

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate


class Column(IntEnum):
    """The table's columns."""

    NAME = 0
    ON_HAND = 1
    RESERVED = 2
    AVAILABLE = 3
    OFFERED = 4
    COUNTED = 5


class StockModel(QAbstractTableModel):
    """The products that match what is looked for; while somebody counts, the last column shows the figures."""

    counts_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[StockRow, ...] = ()
        self._shown: list[StockRow] = []
        self._text, self._zone = "", ""
        self.counts: dict[int, int] = {}
        self.counting = False

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many products are shown."""
        return 0 if parent and parent.isValid() else len(self._shown)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return len(Column) if self.counting else Column.COUNTED

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name."""
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.NAME: translate("stock", "Product"),
            Column.ON_HAND: translate("stock", "On hand"),
            Column.RESERVED: translate("stock", "Promised"),
            Column.AVAILABLE: translate("stock", "Left"),
            Column.OFFERED: translate("stock", "Offered"),
            Column.COUNTED: translate("stock", "Counted"),
        }[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says and how it looks."""
        row = self._shown[index.row()]
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text_of(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.DecorationRole if column is Column.NAME:
                return _zone_icon(row.product.zone)
            case Qt.ItemDataRole.ForegroundRole:
                return _ink(row, column)
            case Qt.ItemDataRole.BackgroundRole:
                return _ground(row, column)
            case _:
                return None

    def row(self, place: int) -> StockRow:
        """Return what a line shows."""
        return self._shown[place]

    @property
    def total(self) -> int:
        """How many products there are at all."""
        return len(self._all)

    @property
    def rows(self) -> tuple[StockRow, ...]:
        """All products."""
        return self._all

    def show_rows(self, rows: Iterable[StockRow]) -> None:
        """Take the stock as it is now; what was counted meanwhile stays, and so does the place on the screen."""
        self._all = tuple(rows)
        shown = [row for row in self._all if fits(row.product, self._text, self._zone)]
        if not shown or [row.product.number for row in shown] != [row.product.number for row in self._shown]:
            self._match()
            return
        self._shown = shown
        self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, self.columnCount() - 1))

    def look_for(self, text: str, zone: str) -> None:
        """Show what matches a text (name, article number, barcode) and a storage zone."""
        self._text, self._zone = text, zone
        self._match()

    def place_of(self, product_number: int) -> int:
        """Return the line of a product, -1 when it is not shown."""
        return next((place for place, row in enumerate(self._shown) if row.product.number == product_number), -1)

    def count(self, product_number: int, pieces: int | None) -> None:
        """Keep a figure that was counted, or forget it."""
        if pieces is None:
            self.counts.pop(product_number, None)
        else:
            self.counts[product_number] = pieces
        place = self.place_of(product_number)
        if place >= 0 and self.counting:
            changed = self.index(place, Column.COUNTED)
            self.dataChanged.emit(changed, changed)
        self.counts_changed.emit()

    def set_counting(self, *, on: bool) -> None:
        """Show or hide the column of figures; hiding it forgets them."""
        self.beginResetModel()
        self.counting = on
        self.counts.clear()
        self.endResetModel()
        self.counts_changed.emit()

    def _match(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if fits(row.product, self._text, self._zone)]
        self.endResetModel()

    def _text_of(self, row: StockRow, column: Column) -> str:
        match column:
            case Column.NAME:
                return row.product.name
            case Column.ON_HAND:
                mark = " ↑" if row.unsent else ""
                return translate("stock", "not counted") if row.on_hand is None else f"{row.on_hand}{mark}"
            case Column.RESERVED:
                return "" if row.on_hand is None else str(row.reserved)
            case Column.AVAILABLE:
                return "" if row.available is None else str(row.available)
            case Column.OFFERED:
                return translate("stock", "yes") if row.listed else words.sold_out()
            case Column.COUNTED:
                return str(self.counts.get(row.product.number, ""))


def _alignment(column: int) -> Qt.AlignmentFlag:
    left = column == Column.NAME
    return (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignCenter) | Qt.AlignmentFlag.AlignVCenter


def _zone_icon(zone: str) -> QIcon:
    made, name = QIcon(), words.zone_icon(zone)
    made.addPixmap(icons.pixmap(name, theme.colour("muted"), 20, 2.0))
    made.addPixmap(icons.pixmap(name, theme.colour("on_accent"), 20, 2.0), QIcon.Mode.Selected)
    return made


def _ink(row: StockRow, column: Column) -> QBrush | None:
    if column is Column.AVAILABLE and row.available is not None and row.available <= 0:
        return QBrush(QColor(theme.colour("on_no_soft")))
    if column is Column.OFFERED and not row.listed:
        return QBrush(QColor(theme.colour("on_no_soft")))
    if column is Column.ON_HAND and row.on_hand is None:
        return QBrush(QColor(theme.colour("muted")))
    return QBrush(QColor(theme.colour("on_wait_soft"))) if column is Column.COUNTED else None


def _ground(row: StockRow, column: Column) -> QBrush | None:
    if column is Column.AVAILABLE and row.available is not None and row.available <= 0:
        return QBrush(QColor(theme.colour("no_soft")))
    return QBrush(QColor(theme.colour("wait_soft"))) if column is Column.COUNTED else None
