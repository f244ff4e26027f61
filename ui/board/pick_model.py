"""The pick list's rows: a storage zone's name, then its products; kept where they are while sums change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.usecases.pick_list import Pick, PickList
from ui import words

PICK = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PickRow:
    """A storage zone's name (`pick` is None) with the pieces that are left in it, or a product."""

    zone: str
    pick: Pick | None = None
    count: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """What stays the same while the sums change."""
        return self.zone, self.pick.product_number if self.pick else 0


class PickModel(QAbstractListModel):
    """Shows a list, or one storage zone of it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PickRow] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count zones and products."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row itself, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == PICK:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row.pick) if row.pick else words.zone(row.zone)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Products can be ticked off, zones cannot."""
        if not index.isValid() or not self.rows[index.row()].pick:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def show_list(self, found: PickList, zone: str) -> None:
        """Take the sums in; rows that stay are only drawn again, so that nobody loses her place."""
        rows: list[PickRow] = []
        for pick in found.picks:
            if zone not in ("", pick.zone):
                continue
            if not rows or rows[-1].zone != pick.zone:
                left = sum(each.left for each in found.picks if each.zone == pick.zone)
                rows.append(PickRow(pick.zone, count=left))
            rows.append(PickRow(pick.zone, pick))
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, product_number: int) -> QModelIndex:
        """Return where a product stands, or nowhere."""
        found = (place for place, row in enumerate(self.rows) if row.pick and row.pick.product_number == product_number)
        place = next(found, -1)
        return self.index(place) if place >= 0 else QModelIndex()


def name(pick: Pick) -> str:
    """Return what a product is called."""
    return pick.name or translate("words", "product %1").replace("%1", str(pick.product_number))


def progress(pick: Pick) -> str:
    """Return how far the fetching of a product is, where it was begun and is not done."""
    if pick.came_since:
        said = translate("board", "%1 of %2: %n more came since", "", pick.came_since)
        return said.replace("%1", str(pick.quantity - pick.left)).replace("%2", str(pick.quantity))
    if pick.left and pick.packed:
        said = translate("board", "%1 of %2 packed")
        return said.replace("%1", str(pick.packed)).replace("%2", str(pick.quantity))
    return ""


def zone_left(count: int) -> str:
    """Return how many pieces of a storage zone are still to be fetched."""
    return translate("board", "%n piece(s) to fetch", "", count) if count else translate("board", "all fetched")


def for_orders(count: int) -> str:
    """Return for how many orders a product is."""
    return translate("board", "for %n order(s)", "", count)


def spoken(pick: Pick) -> str:
    """Return a product in one sentence for a screen reader."""
    done = translate("board", "fetched") if not pick.left else progress(pick)
    return f"{name(pick)}, × {pick.left or pick.quantity}" + (f", {done}" if done else "")
