"""Paints headers and cards with the theme's tokens; measures them without asking a font twice."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.usecases.board import Task
from ui import icons, theme, words
from ui.board.card import Strip, head_text, strips
from ui.board.columns import Row
from ui.board.model import ROW
from ui.words import Times

Index = QModelIndex | QPersistentModelIndex

_GAP = 8
_PAD = 10
_ICON = 18
_RADIUS = 8.0
_EDGE = 4
_SMALLEST = 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CardDelegate(QStyledItemDelegate):
    """Draws one row; its heights depend on nothing but the row's kind and the theme's sizes."""

    def __init__(self, times: Times, parent: QWidget) -> None:
        super().__init__(parent)
        self._times = times
        self._font = QFont()
        self._bold = QFont()
        self.dress()

    def dress(self) -> None:
        """Follow the theme's type sizes."""
        sizes = theme.look().sizes
        self._font = QFont(list(theme.FONTS))
        self._font.setPixelSize(sizes.body)
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._number = QFont(self._bold)
        self._number.setPixelSize(sizes.title)
        self._line = max(_ICON, QFontMetrics(self._font).height()) + 2
        self._title = QFontMetrics(self._number).height() + 4

    def height(self, strip_count: int) -> int:
        """Return a row's height with the gap under it; no strips: a header."""
        if not strip_count:
            return self._line + 2 * _GAP
        return 2 * _PAD + self._title + strip_count * self._line + _GAP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a header or a card."""
        row: Row = index.data(ROW)
        rect = QRect(option.rect)
        if row.task:
            state: QStyle.StateFlag = option.state
            self._paint_card(painter, rect.adjusted(0, 0, 0, -_GAP), row.task, state)
        else:
            model = index.model()
            size = model.group_size(index.row())  # type: ignore[attr-defined]  # a ColumnModel
            self.paint_head(painter, rect, row, size)

    def paint_head(self, painter: QPainter, rect: QRect, row: Row, size: int) -> None:
        """Paint a window's header over whatever is under it."""
        painter.fillRect(rect, QColor(theme.colour("surface")))
        inner = rect.adjusted(2, 0, -4, 0)
        painter.setFont(self._font)
        room = self._text(painter, inner, str(size), "muted", right=True)
        text, place = head_text(row, self._times), inner.adjusted(0, 0, -room - _GAP, 0)
        painter.setFont(self._fitting(text, place.width()))
        self._text(painter, place, text, "on_no_soft" if row.is_due else "text")

    def _fitting(self, text: str, width: int) -> QFont:
        """Return the bold font, smaller where the text needs it: a window without its end is worth nothing."""
        advance = QFontMetrics(self._bold).horizontalAdvance(text)
        if advance <= width:
            return self._bold
        font = QFont(self._bold)
        font.setPixelSize(max(_SMALLEST, self._bold.pixelSize() * width // advance))
        return font

    def _paint_card(self, painter: QPainter, rect: QRect, task: Task, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        pressed = bool(state & QStyle.StateFlag.State_Sunken)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        now = self._times.now()
        said = strips(task, now, self._times)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, said, chosen=chosen or pressed, focused=focused)
        inner = rect.adjusted(_PAD + _EDGE, _PAD, -_PAD, -_PAD)
        self._paint_title(painter, QRect(inner.left(), inner.top(), inner.width(), self._title), task, chosen=chosen)
        top = inner.top() + self._title
        for strip in said:
            self._paint_strip(painter, QRect(inner.left(), top, inner.width(), self._line), strip)
            top += self._line

    def _paint_ground(self, painter: QPainter, rect: QRect, said: list[Strip], *, chosen: bool, focused: bool) -> None:
        edge = next((strip.tone for strip in said if strip.tone in ("no", "wait")), "")
        line = "focus" if focused else "accent" if chosen else "line"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour(edge or line)))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        width = 2 if chosen or focused else 1
        ground = "accent_soft" if chosen else "raised"
        painter.setBrush(QColor(theme.colour(ground)))
        painter.drawRoundedRect(
            rect.adjusted(_EDGE if edge else width, width, -width, -width), _RADIUS - 1, _RADIUS - 1
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if edge or focused:
            painter.setPen(QPen(QColor(theme.colour(line)), width))
            inset = width // 2
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)

    def _paint_title(self, painter: QPainter, rect: QRect, task: Task, *, chosen: bool) -> None:
        painter.setFont(self._number)
        taken = self._text(painter, rect, task.label, "text")
        right = rect.adjusted(taken + _GAP, 0, 0, 0)
        if chosen:
            self._icon(painter, right.adjusted(right.width() - 24, 0, 0, 0), "check", "accent", 24)
            right.adjust(0, 0, -28, 0)
        painter.setFont(self._font)
        taken = self._text(painter, right, task.customer, "muted", right=True)
        if task.here_since:
            self._paint_here(painter, right.adjusted(0, 0, -taken - _GAP, 0))

    def _paint_here(self, painter: QPainter, rect: QRect) -> None:
        """Mark that the customer waits, between number and name: in a word, or by a drawing where room is short."""
        text = words.here()
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * _GAP
        if width > rect.width():
            self._icon(painter, rect.adjusted(rect.width() - _ICON, 0, 0, 0), "person", "accent", _ICON)
            return
        height = painter.fontMetrics().height() + 2
        place = QRect(rect.right() + 1 - width, rect.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("accent_soft")))
        painter.drawRoundedRect(place, height / 2, height / 2)
        self._text(painter, place.adjusted(_GAP, 0, 0, 0), text, "on_accent_soft")

    def _paint_strip(self, painter: QPainter, rect: QRect, strip: Strip) -> None:
        painter.setFont(self._font)
        token = {"no": "on_no_soft", "wait": "on_wait_soft"}.get(strip.tone, strip.tone)
        inner = rect.adjusted(_ICON + 6, 0, 0, 0)
        room = self._paint_right(painter, inner, strip) if strip.right else 0
        self._icon(painter, rect, strip.icon, _tint(strip, token), _ICON)
        self._text(painter, inner.adjusted(0, 0, -room, 0), strip.text, token)

    def _paint_right(self, painter: QPainter, rect: QRect, strip: Strip) -> int:
        """Paint what stands at the right; return the room that it took."""
        icon_room = _ICON + 2 if strip.right_icon else 0
        taken = painter.fontMetrics().horizontalAdvance(strip.text) + _GAP if strip.keeps_text else 0
        width = self._text(painter, rect.adjusted(taken + icon_room, 0, 0, 0), strip.right, "text", right=True)
        if strip.right_icon:
            self._icon(
                painter, rect.adjusted(rect.width() - width - icon_room, 0, 0, 0), strip.right_icon, "muted", _ICON
            )
        return width + icon_room + _GAP // 2

    @staticmethod
    def _icon(painter: QPainter, rect: QRect, name: str, token: str, size: int) -> None:
        ratio = painter.device().devicePixelRatio()
        drawing = icons.pixmap(name, theme.colour(token), size, ratio)
        painter.drawPixmap(rect.left(), rect.top() + (rect.height() - size) // 2, drawing)

    @staticmethod
    def _text(painter: QPainter, rect: QRect, text: str, token: str, *, right: bool = False) -> int:
        """Draw a text, cut at the end where it must be; return the width that it took."""
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(QColor(theme.colour(token)))
        painter.drawText(rect, _RIGHT if right else _LEFT, cut)
        return metrics.horizontalAdvance(cut)


def _tint(strip: Strip, tone: str) -> str:
    """Return a drawing's colour: cold goods stand out, other zones step back behind their words."""
    if strip.icon in ("chilled", "frozen"):
        return "accent"
    return "muted" if tone == "text" else tone
