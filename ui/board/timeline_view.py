"""The load of today and tomorrow against what the store can do, and what lies in a quarter of an hour."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.changes import Changes
from app.domain.load import Bar
from app.errors import ZitiError
from app.usecases.timeline import Timeline, timeline
from ui import theme, widgets, words
from ui.board.bars import Bars
from ui.board.mover import Mover
from ui.board.periods import midnight
from ui.board.quarter_panel import QuarterPanel
from ui.parts import Parts
from ui.widgets import Button

REFRESH_MS = 60_000
SOON_MS = 400
# A day that has work in one hour only is not stretched over the whole screen.
_FEWEST = 32
_HOUR = 4


class TimelineView(QWidget):
    """Shows a day, so that decorating and packing move to where there is room; `bar` chooses which."""

    order_asked = Signal(object)  # an order's number

    def __init__(self, parts: Parts, mover: Mover) -> None:
        super().__init__()
        self._parts = parts
        self.day = 0
        self.found = Timeline(())
        self.bars = Bars(parts)
        self.days = [Button(clicked=partial(self.choose_day, day)) for day in range(2)]
        group = QButtonGroup(self)
        for button in self.days:
            button.setCheckable(True)
            group.addButton(button)
        self.days[0].setChecked(True)
        self.summary = widgets.label("title")
        self.undo = Button("undo", tint="accent", clicked=mover.take_back)
        self.undo.hide()
        self.bar = QWidget()
        self.bar.setLayout(widgets.row(*self.days, 8, self.summary, None, self.undo, gap=8))
        self.legend = widgets.label("muted", wrap=True)
        self.quarter = QuarterPanel(parts, mover)
        self.quarter.stepped.connect(self._step)
        self.quarter.order_asked.connect(self.order_asked)
        panel = widgets.frame("panel")
        inside = widgets.column(self.legend, self.bars, margin=12, gap=6)
        inside.setStretch(1, 1)
        panel.setLayout(inside)
        layout = widgets.column(panel, self.quarter, gap=8)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.setLayout(layout)
        self.bars.chosen.connect(self._show_quarter)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.read)
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self.read)
        parts.tasks.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for button, text in zip(self.days, (self.tr("Today"), self.tr("Tomorrow")), strict=True):
            button.setText(text)
        self.bars.setAccessibleName(self.tr("Load per quarter of an hour"))
        self.bars.now_text = self.tr("now")
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the load."""
        super().showEvent(event)
        self._again.start()
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._again.stop()

    def choose_day(self, day: int) -> None:
        """Look at today (0) or tomorrow (1)."""
        self.day = day
        self.days[day].setChecked(True)
        self.read()

    @Slot()
    def read(self) -> None:
        """Ask for the load."""
        times = self._parts.times
        usecase = partial(timeline, start=midnight(times, self.day), until=midnight(times, self.day + 1))
        self._parts.tasks.ask_quietly(usecase, partial(self._take, self.day), self._failed)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        news = changes.orders or changes.all_orders or changes.catalogue or changes.profile
        if self.isVisible() and news and not self._soon.isActive():
            self._soon.start()

    def _take(self, day: int, found: Timeline) -> None:
        if day == self.day:
            self.found = found
            self._show()

    def _failed(self, error: ZitiError) -> None:
        self.summary.setText(words.error(error))
        theme.mark(self.summary, soft="no")

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        shown = _worth_showing(self.found.bars)
        self.bars.show_load(shown, self.found.capacity)
        if self.bars.current < 0 and shown:
            now = self._parts.times.now()
            busy = [place for place, bar in enumerate(shown) if bar.to_do]
            self.bars.current = next((place for place in busy if shown[place].at >= now), busy[0] if busy else 0)
        self._show_summary()
        self._show_legend()
        self._show_quarter()

    def _show_summary(self) -> None:
        busy = [bar for bar in self.found.bars if bar.too_many(self.found.capacity)]
        to_do = sum(len(bar.to_do) for bar in self.found.bars)
        if busy:
            at = ", ".join(self._parts.times.hour(bar.at) for bar in busy[:3]) + (" …" if len(busy) > 3 else "")
            self.summary.setText(self.tr("Too much at %1").replace("%1", at))
        elif to_do:
            self.summary.setText(self.tr("%n order(s) to do", "", to_do))
        else:
            self.summary.setText(self.tr("Nothing to do on this day"))
        theme.mark(self.summary, soft="no" if busy else "calm")

    def _show_legend(self) -> None:
        text = self.tr("Green is packed, blue is to do. Each order stands where it must be begun at the latest.")
        most = self.found.capacity
        if most is None:
            limit = self.tr("HQ has set no limit for this store.")
        else:
            limit = self.tr("The line is what the store can do in a quarter of an hour: %1. Hatched red is too much.")
        self.legend.setText(f"{text} {limit}".replace("%1", str(most)))

    @Slot()
    def _show_quarter(self) -> None:
        place = self.bars.current
        self.quarter.show_bar(self.bars.bars[place] if 0 <= place < len(self.bars.bars) else None, self.found)

    @Slot(int)
    def _step(self, step: int) -> None:
        """Go to the next bar that has something, or simply to the next."""
        place = self.bars.current + step
        while 0 <= place < len(self.bars.bars) and not self.bars.bars[place].orders:
            place += step
        self.bars.choose(place if 0 <= place < len(self.bars.bars) else self.bars.current + step)


def _worth_showing(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """Leave out the night: whole hours before the first order and after the last."""
    busy = [place for place, bar in enumerate(bars) if bar.orders]
    if not busy:
        return bars[8 * _HOUR : 22 * _HOUR]
    first = max(0, busy[0] // _HOUR * _HOUR - _HOUR)
    last = min(len(bars), max((busy[-1] // _HOUR + 2) * _HOUR, first + _FEWEST))
    return bars[max(0, min(first, last - _FEWEST)) : last]
