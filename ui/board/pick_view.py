"""The pick list on screen: what to fetch, zone by zone, ticked off by a tap."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QListView, QScroller, QStackedWidget, QWidget

from app.changes import Changes
from app.errors import ZitiError
from app.usecases.pick_list import Pick, PickList, next_pick_list, pick_list, print_pick_list, tick, untick
from app.usecases.work import Work
from ui import widgets, words
from ui.board.periods import Period, near, span, steps
from ui.board.pick_delegate import PickDelegate
from ui.board.pick_model import PICK, PickModel
from ui.board.zones import ZoneChips
from ui.parts import Parts
from ui.widgets import ENTER, Button, ComboBox, EmptyState

REFRESH_MS = 60_000
# HQ's first feed changes everything many times a second.
SOON_MS = 400
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class Rows(QListView):
    """The rows, worked by a tap, Space or Enter."""

    def __init__(self, model: PickModel, parts: Parts, tapped: Callable[[Pick], None]) -> None:
        super().__init__()
        self._tapped = tapped
        self.painter = PickDelegate(parts.times, self)
        self.setProperty("role", "cards")
        self.setItemDelegate(self.painter)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._tap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the row under the keyboard; what is not ours goes to the page."""
        if event.key() in (*ENTER, Qt.Key.Key_Space):
            self._tap(self.currentIndex())
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @Slot(QModelIndex)
    def _tap(self, index: QModelIndex) -> None:
        row = index.data(PICK) if index.isValid() else None
        if row and row.pick:
            self._tapped(row.pick)


class PickView(QWidget):
    """Reads the sums, shows them by zone, ticks them off and prints them; `bar` chooses the while."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.period = Period.SOON
        self.found: PickList | None = None
        self.model = PickModel()
        self.rows = Rows(self.model, parts, self._tick)
        group = QButtonGroup(self)
        self.periods = {period: Button(clicked=partial(self.choose, period)) for period in Period}
        for button in self.periods.values():
            button.setCheckable(True)
            group.addButton(button)
        self.periods[self.period].setChecked(True)
        self.bar = QWidget()
        self.bar.setLayout(widgets.row(*self.periods.values(), None, gap=6))
        self._choices = steps(parts.times)
        self.since, self.until = ComboBox(), ComboBox()
        self._from_label, self._until_label = widgets.label("muted"), widgets.label("muted")
        self.zones = ZoneChips()
        self.zones.chosen.connect(self._show)
        self.summary = widgets.label("title")
        self.print = Button("print", clicked=self._print)
        self.nothing = EmptyState("pick")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.nothing)
        self._compose()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.read)
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self.read)
        parts.tasks.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        texts = {
            Period.NEXT: self.tr("Next window"),
            Period.SOON: self.tr("Next 2 hours"),
            Period.TODAY: self.tr("Today"),
            Period.TOMORROW: self.tr("Tomorrow"),
            Period.CHOSEN: self.tr("From – until"),
        }
        for period, text in texts.items():
            self.periods[period].setText(text)
        self._from_label.setText(self.tr("Windows that open from"))
        self._until_label.setText(self.tr("until before"))
        self.since.setAccessibleName(self._from_label.text())
        self.until.setAccessibleName(self._until_label.text())
        self.zones.retranslate()
        self.print.setText(self.tr("Print"))
        self._name_choices()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.zones.dress()
            self.rows.painter.dress()
            self.rows.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what there is to fetch."""
        super().showEvent(event)
        self._again.start()
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._again.stop()

    def choose(self, period: Period) -> None:
        """Look at another while."""
        self.period = period
        self.periods[period].setChecked(True)
        self._span.setVisible(period is Period.CHOSEN)
        if period is Period.CHOSEN:
            self._renew_choices()
        self.read()

    @Slot()
    def read(self) -> None:
        """Ask for the sums."""
        self._parts.tasks.ask_quietly(self._question(), partial(self._take, self.period), self._failed)

    def _question(self) -> Callable[[Work], PickList]:
        if self.period is Period.NEXT:
            return next_pick_list
        if self.period is Period.CHOSEN:
            since = self._choices[max(0, self.since.currentIndex())]
            until = self._choices[max(0, self.until.currentIndex())]
        else:
            since, until = span(self.period, self._parts.times)
        return partial(pick_list, opens_from=since, opens_until=until)

    def _take(self, period: Period, found: PickList) -> None:
        if period is self.period:
            self.found = found
            self._show()

    def _compose(self) -> None:
        self._span = QWidget()
        self._span.setLayout(widgets.row(self._from_label, self.since, self._until_label, self.until, None, gap=10))
        for box in (self.since, self.until):
            box.setMinimumWidth(190)
            box.activated.connect(self._span_chosen)
        self._span.hide()
        tools = widgets.row(self.zones, 8, self.summary, None, self.print, gap=8)
        layout = widgets.column(tools, self._span, self._stack, gap=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _renew_choices(self) -> None:
        """Offer today's and tomorrow's half hours; the first time, from now until tonight."""
        choices, now = steps(self._parts.times), self._parts.times.now()
        if choices[0] != self._choices[0] or self.since.currentIndex() <= 0:
            self._choices = choices
            self._name_choices()
            self.since.setCurrentIndex(near(now, choices))
            self.until.setCurrentIndex(near(span(Period.TODAY, self._parts.times)[1], choices))

    def _name_choices(self) -> None:
        for box in (self.since, self.until):
            place = box.currentIndex()
            box.clear()
            box.addItems([self._parts.times.moment(each) for each in self._choices])
            box.setCurrentIndex(place)

    @Slot()
    def _span_chosen(self) -> None:
        if self.until.currentIndex() <= self.since.currentIndex():
            later = min(self.since.currentIndex() + 1, len(self._choices) - 1)
            self.until.setCurrentIndex(later)
        self.read()

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if self.isVisible() and (changes.orders or changes.all_orders) and not self._soon.isActive():
            self._soon.start()

    def _failed(self, error: ZitiError) -> None:
        self.found = None
        self.summary.setText("")
        self.print.setEnabled(False)
        self.nothing.say("attention", words.error(error))
        self._stack.setCurrentIndex(1)

    @Slot()
    def _show(self) -> None:
        found = self.found
        if found is None:
            self.nothing.say("pick", self.tr("Reading the orders."))
            self._stack.setCurrentIndex(1)
            return
        current = self.rows.currentIndex().data(PICK)
        self.model.show_list(found, self.zones.zone)
        if current and current.pick and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.model.place_of(current.pick.product_number))
        shown = [row.pick for row in self.model.rows if row.pick]
        left = sum(pick.left for pick in shown)
        self.summary.setText(self._said(found, left) if shown else "")
        self.print.setEnabled(bool(left))
        self.nothing.say("pick", self._reason_for_nothing(found))
        self._stack.setCurrentIndex(0 if shown else 1)

    def _said(self, found: PickList, left: int) -> str:
        pieces = self.tr("%n piece(s) to fetch", "", left) if left else self.tr("Everything is fetched")
        if self.period is not Period.NEXT:
            return pieces
        said = self.tr("%1: %2", "when, how much")
        return said.replace("%1", self._parts.times.moment(found.opens_from)).replace("%2", pieces)

    def _reason_for_nothing(self, found: PickList) -> str:
        if found.picks:
            return self.tr("Nothing of this kind to fetch. Tap All to see the rest.")
        return self.tr("Nothing to fetch for this time: everything is packed, or nothing was ordered.")

    def _tick(self, pick: Pick) -> None:
        usecase = partial(tick, pick=pick, by=self._parts.clerk) if pick.left else partial(untick, pick=pick)
        self._parts.tasks.ask(usecase, self._ticked)

    def _ticked(self, _changes: Changes) -> None:
        self.read()

    def _print(self) -> None:
        if self.found is None:
            return
        language = self._parts.preferences.now.language
        usecase = partial(print_pick_list, found=self.found, zone=self.zones.zone, language=language)
        self._parts.tasks.ask(usecase, self._printed)

    def _printed(self, _changes: Changes) -> None:
        if not self._parts.preferences.now.receipt_printer:
            self._parts.tasks.problem.emit(self.tr("It waits for a printer: choose one in the settings."))
