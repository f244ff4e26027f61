"""The pick list on screen: what to fetch, zone by zone, ticked off by a tap."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QWidget

from app.changes import Changes
from app.errors import ZitiError
from app.usecases import Pick, pick_list, print_pick_list, tick
from ui import icons, theme, widgets, words
from ui.board.periods import Period, span
from ui.parts import Parts
from ui.widgets import Button, EmptyState

REFRESH_MS = 60_000
# HQ's first feed changes everything many times a second.
SOON_MS = 400


class PickRow(Button):
    """A product: how many, for how many orders, and whether they were fetched."""

    def __init__(self, pick: Pick, *, tapped: partial[None]) -> None:
        super().__init__(role="rowbutton", clicked=tapped)
        self.pick = pick
        self._mark = widgets.label()
        self._count = widgets.label("big")
        self._count.setMinimumWidth(90)
        self._name = widgets.label("title", pick.name)
        self._more = widgets.label("muted")
        self._left = widgets.label()
        layout = widgets.row(self._mark, self._count, self._name, None, self._left, self._more, gap=12)
        layout.setContentsMargins(14, 6, 14, 6)
        self.setLayout(layout)
        self.setMinimumHeight(60)
        self._show()

    def _show(self) -> None:
        pick = self.pick
        done = not pick.left
        icon, tint = ("check", "yes") if done else (words.zone_icon(pick.zone), "muted")
        self._mark.setPixmap(icons.pixmap(icon, theme.colour(tint), 28, 2.0))
        self._count.setText(f"× {pick.quantity}")
        self._more.setText(self.tr("%n order(s)", "", pick.orders))
        missing = bool(pick.picked) and not done
        self._left.setText(self.tr("%n more came since", "", pick.left) if missing else "")
        theme.mark(self._left, soft="wait" if missing else "")
        self._name.setEnabled(not done)
        self.setAccessibleName(f"{pick.name} {self._count.text()}")


class PickView(QWidget):
    """Reads the sums, shows them by zone, ticks them off and prints them."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._period = Period.SOON
        self._found: tuple[Pick, ...] = ()
        self.rows: list[PickRow] = []
        group = QButtonGroup(self)
        self.periods = {period: Button(clicked=partial(self._choose, period)) for period in Period}
        for button in self.periods.values():
            button.setCheckable(True)
            group.addButton(button)
        self.periods[Period.SOON].setChecked(True)
        self.summary = widgets.label("muted")
        self.print = Button("print", clicked=self._print)
        self.nothing = EmptyState("check")
        self._place = widgets.column(gap=8)
        inside = QWidget()
        inside.setLayout(self._place)
        self._stack = QStackedWidget()
        self._stack.addWidget(widgets.scrolled(inside))
        self._stack.addWidget(self.nothing)
        bar = widgets.row(*self.periods.values(), self.summary, None, self.print, gap=8)
        layout = widgets.column(bar, self._stack, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._read)
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self._read)
        parts.tasks.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.periods[Period.SOON].setText(self.tr("Next 2 hours"))
        self.periods[Period.TODAY].setText(self.tr("Today"))
        self.periods[Period.TOMORROW].setText(self.tr("Tomorrow"))
        self.print.setText(self.tr("Print"))
        self._show(self._found)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what there is to fetch."""
        super().showEvent(event)
        self._again.start()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._again.stop()

    def _choose(self, period: Period) -> None:
        self._period = period
        self._read()

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if self.isVisible() and (changes.orders or changes.all_orders) and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _read(self) -> None:
        start, until = span(self._period, self._parts.times)
        usecase = partial(pick_list, opens_from=start, opens_until=until)
        self._parts.tasks.ask_quietly(usecase, self._show, self._failed)

    def _failed(self, error: ZitiError) -> None:
        self.nothing.say("attention", words.error(error))
        self._stack.setCurrentIndex(1)

    def _show(self, found: tuple[Pick, ...]) -> None:
        self._found = found
        widgets.empty(self._place)
        self.rows = []
        zone = ""
        for pick in found:
            if pick.zone != zone:
                zone = pick.zone
                self._place.addWidget(_zone_title(zone))
            row = PickRow(pick, tapped=partial(self._tick, pick))
            self.rows.append(row)
            self._place.addWidget(row)
        self._place.addStretch(1)
        left = sum(pick.left for pick in found)
        self.summary.setText(self.tr("%n piece(s) to fetch", "", left) if found else "")
        self.print.setEnabled(bool(left))
        self.nothing.say(
            "check", self.tr("Nothing to fetch for this time: everything is packed, or nothing was ordered.")
        )
        self._stack.setCurrentIndex(0 if found else 1)

    def _tick(self, pick: Pick) -> None:
        start, until = span(self._period, self._parts.times)
        usecase = partial(tick, pick=pick, opens_from=start, opens_until=until, by=self._parts.clerk)
        self._parts.tasks.ask(usecase, self._ticked)

    def _ticked(self, _changes: Changes) -> None:
        self._read()

    def _print(self) -> None:
        start, until = span(self._period, self._parts.times)
        language = self._parts.preferences.now.language
        usecase = partial(print_pick_list, opens_from=start, opens_until=until, language=language)
        self._parts.tasks.ask(usecase, self._printed)

    def _printed(self, _changes: Changes) -> None:
        if not self._parts.preferences.now.receipt_printer:
            self._parts.tasks.problem.emit(self.tr("It waits for a printer: choose one in the settings."))


def _zone_title(zone: str) -> QFrame:
    made = QFrame()
    icon = widgets.label()
    icon.setPixmap(icons.pixmap(words.zone_icon(zone), theme.colour("muted"), 24, 2.0))
    made.setLayout(widgets.row(icon, widgets.label("title", words.zone(zone)), None, gap=8))
    return made
