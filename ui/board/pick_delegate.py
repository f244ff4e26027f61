"""Paints the pick list's rows with the theme's tokens."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.order import Status
from app.usecases.pick_list import Pick
from ui import icons, theme, words
from ui.board.pick_model import PICK, PickRow, for_orders, name, progress, zone_left
from ui.words import Times

Index = QModelIndex | QPersistentModelIndex

_PAD, _GAP, _BOX, _RADIUS = 14, 12, 28, 8.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PickDelegate(QStyledItemDelegate):
    """A box to tick, how many, what, and at the right how far it is and for how many orders."""

    def __init__(self, times: Times, parent: QWidget) -> None:
        super().__init__(parent)
        self._times = times
        self.dress()

    def dress(self) -> None:
        """Follow the theme's type sizes."""
        sizes = theme.look().sizes
        self._body = QFont(list(theme.FONTS))
        self._body.setPixelSize(sizes.body)
        self._title = QFont(self._body)
        self._title.setPixelSize(sizes.title)
        self._title.setWeight(QFont.Weight.DemiBold)
        self._count = QFont(self._title)
        self._count.setPixelSize(sizes.big)
        self._count_room = QFontMetrics(self._count).horizontalAdvance("× 0000")

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height: large enough for a thumb."""
        height = max(60, QFontMetrics(self._count).height() + 24)
        row: PickRow = index.data(PICK)
        return QSize(0, height if row.pick else 50)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a zone's name or a product."""
        row: PickRow = index.data(PICK)
        rect = QRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.pick is None:
            self._paint_zone(painter, rect, row)
            return
        state: QStyle.StateFlag = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        self._paint_pick(painter, rect.adjusted(1, 2, -5, -4), row.pick, focused=focused)

    def _paint_zone(self, painter: QPainter, rect: QRect, row: PickRow) -> None:
        cold = row.zone in ("chilled", "frozen")
        top = rect.adjusted(4, 10, -_PAD, 0)
        self._icon(painter, top, words.zone_icon(row.zone), "accent" if cold else "muted", 24)
        painter.setFont(self._title)
        taken = _text(painter, top.adjusted(24 + 8, 0, 0, 0), words.zone(row.zone), "text", _LEFT)
        painter.setFont(self._body)
        _text(painter, top.adjusted(24 + 8 + taken + _GAP, 0, 0, 0), zone_left(row.count), "muted", _LEFT)

    def _paint_pick(self, painter: QPainter, rect: QRect, pick: Pick, *, focused: bool) -> None:
        done = not pick.left
        painter.setPen(QPen(QColor(theme.colour("focus" if focused else "line")), 2 if focused else 1))
        painter.setBrush(QColor(theme.colour("surface" if done else "raised")))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        self._paint_box(painter, inner, done=done)
        inner.adjust(_BOX + _GAP, 0, 0, 0)
        ink = "muted" if done else "text"
        painter.setFont(self._count)
        _text(painter, inner, f"× {pick.left or pick.quantity}", ink, _LEFT)
        inner.adjust(self._count_room, 0, 0, 0)
        painter.setFont(self._body)
        room = _text(painter, inner, self._who(pick) if done else for_orders(pick.orders), "muted", _RIGHT)
        inner.adjust(0, 0, -room - _GAP, 0)
        if said := progress(pick):
            room = self._paint_badge(painter, inner, said, "wait" if pick.came_since else "calm")
            inner.adjust(0, 0, -room - _GAP, 0)
        painter.setFont(self._title)
        _text(painter, inner, name(pick), ink, _LEFT)

    def _paint_box(self, painter: QPainter, rect: QRect, *, done: bool) -> None:
        box = QRect(rect.left(), rect.center().y() - _BOX // 2 + 1, _BOX, _BOX)
        painter.setPen(QPen(QColor(theme.colour("yes" if done else "muted")), 2))
        painter.setBrush(QColor(theme.colour("yes" if done else "surface")))
        painter.drawRoundedRect(box, 5, 5)
        if done:
            self._icon(painter, box.adjusted(3, 0, 0, 0), "check", "on_yes", _BOX - 6)

    def _paint_badge(self, painter: QPainter, rect: QRect, text: str, tone: str) -> int:
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + 24, rect.width())
        height = metrics.height() + 6
        place = QRect(rect.right() + 1 - width, rect.center().y() - height // 2, width, height)
        soft, ink = ("calm", "on_calm") if tone == "calm" else (f"{tone}_soft", f"on_{tone}_soft")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour(soft)))
        painter.drawRoundedRect(place, 6, 6)
        _text(painter, place.adjusted(10, 0, -10, 0), text, ink, _LEFT)
        return width

    def _who(self, pick: Pick) -> str:
        if not pick.picked or pick.at is None:
            return words.status(Status.PREPARED)
        return f"{pick.by} {self._times.moment(pick.at)}".strip()

    @staticmethod
    def _icon(painter: QPainter, rect: QRect, drawing: str, token: str, size: int) -> None:
        ratio = painter.device().devicePixelRatio()
        top = rect.top() + (rect.height() - size) // 2
        painter.drawPixmap(rect.left(), top, icons.pixmap(drawing, theme.colour(token), size, ratio))


def _text(painter: QPainter, rect: QRect, text: str, token: str, where: Qt.AlignmentFlag) -> int:
    """Draw a text, cut where it must be; return the width that it took."""
    metrics = painter.fontMetrics()
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setPen(QColor(theme.colour(token)))
    painter.drawText(rect, where, cut)
    return metrics.horizontalAdvance(cut)
