"""The day's load: how many orders fall into each quarter of an hour, against what the store can do."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.changes import Changes
from app.usecases import Quarter, Work, capacity, timeline
from ui import theme, widgets
from ui.parts import Parts

QUARTERS = 48
REFRESH_MS = 60_000
SOON_MS = 400
_FOOT = 28
Load = tuple[tuple[Quarter, ...], int | None]


class Bars(QWidget):
    """The quarters as bars: packed below, still to do above; what is too much stands out by colour and hatching."""

    chosen = Signal(int)  # which bar

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._times = parts.times
        self.quarters: tuple[Quarter, ...] = ()
        self.capacity: int | None = None
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(400, 220))

    def show_load(self, quarters: tuple[Quarter, ...], most: int | None) -> None:
        """Show a day."""
        self.quarters, self.capacity = quarters, most
        self.current = min(self.current, len(quarters) - 1)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the finger."""
        if self.quarters:
            self._choose(int(event.position().x() / self._step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from bar to bar by the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self.quarters:
            self._choose(self.current + step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, the capacity's line and the hours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.quarters:
            return
        for place, quarter in enumerate(self.quarters):
            self._bar(painter, place, quarter)
        self._line(painter)
        self._hours(painter)

    @property
    def _step(self) -> float:
        return self.width() / max(1, len(self.quarters))

    @property
    def _top(self) -> int:
        most = max((quarter.orders for quarter in self.quarters), default=0)
        return max(4, most, self.capacity or 0) + 1

    def _height(self, orders: int) -> int:
        return round((self.height() - _FOOT - 24) * orders / self._top)

    def _bar(self, painter: QPainter, place: int, quarter: Quarter) -> None:
        ground = self.height() - _FOOT
        left, width = round(place * self._step) + 2, max(3, round(self._step) - 4)
        if place == self.current:
            painter.fillRect(QRect(left - 2, 0, width + 4, ground), QColor(theme.colour("accent_soft")))
        too_much = self.capacity is not None and quarter.orders > self.capacity
        packed, whole = self._height(quarter.packed), self._height(quarter.orders)
        bar = QRect(left, ground - whole, width, whole)
        painter.fillRect(bar, QColor(theme.colour("no" if too_much else "accent")))
        if too_much:
            painter.fillRect(bar, QBrush(QColor(theme.colour("on_no")), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRect(left, ground - packed, width, packed), QColor(theme.colour("yes")))
        if quarter.orders and width >= QFontMetrics(self.font()).horizontalAdvance("00"):
            painter.setPen(QColor(theme.colour("text")))
            box = QRect(left - 4, ground - whole - 22, width + 8, 20)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(quarter.orders))

    def _line(self, painter: QPainter) -> None:
        if self.capacity is None:
            return
        y = self.height() - _FOOT - self._height(self.capacity)
        painter.setPen(QPen(QColor(theme.colour("no")), 2, Qt.PenStyle.DashLine))
        painter.drawLine(0, y, self.width(), y)

    def _hours(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.colour("muted")))
        ground = self.height() - _FOOT
        every = 1 if self._step * 4 > 70 else 2
        for place, quarter in enumerate(self.quarters):
            local = self._times.local(quarter.at)
            if local.minute == 0 and local.hour % every == 0:
                x = round(place * self._step)
                painter.drawLine(x, ground, x, ground + 6)
                painter.drawText(
                    QRect(x + 3, ground + 2, 80, _FOOT - 2), int(Qt.AlignmentFlag.AlignLeft), f"{local:%H:%M}"
                )

    def _choose(self, place: int) -> None:
        self.current = max(0, min(len(self.quarters) - 1, place))
        self.update()
        self.chosen.emit(self.current)


class TimelineView(QWidget):
    """The next twelve hours, so that decorating and packing move to where there is room."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.bars = Bars(parts)
        self.title = widgets.label("title")
        self.hint = widgets.label("muted", wrap=True)
        self.facts = widgets.label("", wrap=True)
        panel = widgets.frame("panel")
        inside = widgets.column(self.title, self.hint, self.bars, self.facts, margin=16, gap=10)
        inside.setStretch(2, 1)
        panel.setLayout(inside)
        self.setLayout(widgets.column(panel))
        self.bars.chosen.connect(self._show_facts)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._read)
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self._read)
        parts.tasks.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Load per quarter of an hour"))
        self.bars.setAccessibleName(self.title.text())
        self._show_hint()
        self._show_facts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the load."""
        super().showEvent(event)
        self._again.start()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._again.stop()

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if self.isVisible() and (changes.orders or changes.all_orders) and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _read(self) -> None:
        start = self._parts.times.now() - timedelta(minutes=30)
        self._parts.tasks.ask_quietly(partial(_load, start=start), self._show)

    def _show(self, found: Load) -> None:
        self.bars.show_load(*found)
        self._show_hint()
        self._show_facts()

    def _show_hint(self) -> None:
        most = self.bars.capacity
        text = self.tr("Green is packed, blue is to do. The line is what the store can do: %1 in a quarter of an hour.")
        plain = self.tr("Green is packed, blue is to do. HQ has set no limit for this store.")
        self.hint.setText(plain if most is None else text.replace("%1", str(most)))

    @Slot()
    def _show_facts(self, *_news: object) -> None:
        if not 0 <= self.bars.current < len(self.bars.quarters):
            self.facts.setText(self.tr("Tap a bar to see what falls into it."))
            return
        quarter = self.bars.quarters[self.bars.current]
        at = self._parts.times.moment(quarter.at)
        text = self.tr("%n order(s) begin at %1", "", quarter.orders).replace("%1", at)
        text += " · " + self.tr("%n still to pack", "", quarter.to_do)
        most = self.bars.capacity
        if most is not None and quarter.orders > most:
            text += " · " + self.tr("%n too many: pack them before", "", quarter.orders - most)
        self.facts.setText(text)


def _load(work: Work, *, start: datetime) -> Load:
    return timeline(work, start, QUARTERS), capacity(work)
