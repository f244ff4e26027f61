"""The load of a day as bars, painted in one widget with the theme's colours."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.load import QUARTER, Bar
from ui import theme
from ui.parts import Parts

SIDE = 44
_FOOT, _HEAD, _FINGER, _LABEL_GAP = 30, 30, 24, 4
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -4,
    Qt.Key.Key_PageDown: 4,
    Qt.Key.Key_Home: -1_000,
    Qt.Key.Key_End: 1_000,
}


class Bars(QWidget):
    """Done below, still to do above; what is more than the store can do stands out by colour, hatching and a plus."""

    chosen = Signal(int)  # which bar

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._times = parts.times
        self.bars: tuple[Bar, ...] = ()
        self.capacity: int | None = None
        self.now_text = ""
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(400, 200))
        self._dress()

    @property
    def step(self) -> float:
        """How wide a quarter of an hour is."""
        return (self.width() - SIDE - 8) / max(1, len(self.bars))

    def show_load(self, bars: tuple[Bar, ...], capacity: int | None) -> None:
        """Show quarters of an hour; the one that was chosen stays chosen."""
        at = self.bars[self.current].at if 0 <= self.current < len(self.bars) else None
        self.bars, self.capacity = bars, capacity
        self.current = next((place for place, bar in enumerate(bars) if bar.at == at), -1)
        self.update()

    def choose(self, place: int) -> None:
        """Choose a bar; beyond the ends, the last there is."""
        if self.bars:
            self.current = max(0, min(len(self.bars) - 1, place))
            self.update()
            self.chosen.emit(self.current)

    def place_at(self, x: float) -> int:
        """Return the bar under a finger: the nearest that has something, where it is not far."""
        under = int((x - SIDE) / self.step)
        reach = range(int((x - SIDE - _FINGER) / self.step), int((x - SIDE + _FINGER) / self.step) + 1)
        near = sorted(reach, key=lambda place: abs(place - under))
        return next((place for place in near if 0 <= place < len(self.bars) and self.bars[place].orders), under)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme's type sizes."""
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the finger."""
        self.choose(self.place_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from bar to bar by the arrows, from hour to hour by the page keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step and self.bars:
            self.choose(self.current + step if self.current >= 0 else 0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the frame of what has the keyboard."""
        super().focusInEvent(event)
        self.update()

    # ── on screen ──────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, the capacity's line, the hours and where now is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        if not self.bars:
            return
        self._chosen_ground(painter)
        self._hours(painter)
        self._now(painter, self._times.now())
        for place, bar in enumerate(self.bars):
            self._bar(painter, place, bar)
        self._line(painter)
        for place, bar in enumerate(self.bars):
            self._numbers(painter, place, bar)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.colour("focus")), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def _dress(self) -> None:
        self._font = QFont(list(theme.FONTS))
        self._font.setPixelSize(theme.look().sizes.body)
        self._letters = QFontMetrics(self._font)
        self.update()

    @property
    def _ground(self) -> int:
        return self.height() - max(_FOOT, self._letters.height() + 8)

    @property
    def _top(self) -> int:
        most = max((bar.orders for bar in self.bars), default=0)
        return max(4, most, self.capacity or 0)

    def _height(self, orders: int) -> int:
        return round((self._ground - max(_HEAD, self._letters.height() + 8)) * orders / self._top)

    def _box(self, place: int, orders: int) -> QRect:
        width, height = max(3, round(self.step) - 4), self._height(orders)
        return QRect(SIDE + round(place * self.step) + 2, self._ground - height, width, height)

    def _chosen_ground(self, painter: QPainter) -> None:
        if 0 <= self.current < len(self.bars):
            box = self._box(self.current, 0)
            whole = QRect(box.left() - 2, 4, box.width() + 4, self._ground - 4)
            painter.fillRect(whole, QColor(theme.colour("accent_soft")))

    def _bar(self, painter: QPainter, place: int, bar: Bar) -> None:
        box = self._box(place, bar.orders)
        too_many = bar.too_many(self.capacity)
        painter.fillRect(box, QColor(theme.colour("no" if too_many else "accent")))
        if too_many:
            painter.fillRect(box, QBrush(QColor(theme.colour("on_no")), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(self._box(place, len(bar.done)), QColor(theme.colour("yes")))

    def _numbers(self, painter: QPainter, place: int, bar: Bar) -> None:
        """Write over a bar how many there are, or how many of them are too many."""
        box = self._box(place, bar.orders)
        too_many = bar.too_many(self.capacity)
        text = f"+{too_many}" if too_many else f"{bar.orders}" if bar.orders else ""
        width = self._letters.horizontalAdvance(text) + 8
        if not text or (not too_many and width > self.step + 8):
            return
        height = self._letters.height()
        label = QRect(box.center().x() - width // 2, box.top() - height - _LABEL_GAP, width, height)
        if too_many:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.colour("no_soft")))
            painter.drawRoundedRect(label, 4, 4)
        painter.setPen(QColor(theme.colour("on_no_soft" if too_many else "text")))
        painter.drawText(label, _CENTER, text)

    def _line(self, painter: QPainter) -> None:
        if self.capacity is None:
            return
        y = self._ground - self._height(self.capacity)
        painter.setPen(QPen(QColor(theme.colour("text")), 2, Qt.PenStyle.DashLine))
        painter.drawLine(SIDE, y, self.width(), y)
        height = self._letters.height()
        where = QRect(0, y - height // 2, SIDE - 6, height)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignRight), f"{self.capacity}")

    def _now(self, painter: QPainter, now: datetime) -> None:
        place = (now - self.bars[0].at) / QUARTER
        if not 0 <= place < len(self.bars):
            return
        x = SIDE + round(place * self.step)
        painter.setPen(QPen(QColor(theme.colour("focus")), 2))
        painter.drawLine(x, 4, x, self._ground)
        painter.drawText(QRect(x + 6, 2, 120, self._letters.height()), int(Qt.AlignmentFlag.AlignLeft), self.now_text)

    def _hours(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(theme.colour("line")), 1))
        painter.drawLine(SIDE, self._ground, self.width(), self._ground)
        room = self._letters.horizontalAdvance("00:00") + 12
        every = next(hours for hours in (1, 2, 3, 6, 24) if hours == 24 or self.step * 4 * hours >= room)
        for place, bar in enumerate(self.bars):
            local = self._times.local(bar.at)
            if local.minute or local.hour % every:
                continue
            x = SIDE + round(place * self.step)
            painter.setPen(QColor(theme.colour("line")))
            painter.drawLine(x, self._ground, x, self._ground + 6)
            painter.setPen(QColor(theme.colour("muted")))
            where = QRect(x - room // 2, self._ground + 6, room, self._letters.height())
            painter.drawText(where, _CENTER, f"{local:%H:%M}")
