"""The day's figures on screen: four large ones, the hours as bars, who did it, and what is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QStackedWidget, QWidget

from app.changes import Changes
from app.errors import ZitiError
from app.usecases.figures import StoreFigures, figures
from app.usecases.print_queue import queue_print
from ui import theme, widgets, words
from ui.parts import Parts
from ui.today import sayings
from ui.today.chart import HourChart
from ui.widgets import Button, EmptyState

REFRESH_MS = 60_000
SOON_MS = 1_000
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Tile(QFrame):
    """One large figure with its name, and the one before it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.name, self.value, self.before = widgets.label("muted"), widgets.label("word"), widgets.label("muted")
        self.name.setWordWrap(True)
        self.setLayout(widgets.column(self.name, self.value, self.before, margin=14, gap=2))

    def show_figure(self, name: str, value: str, before: str) -> None:
        """Show a figure."""
        self.name.setText(name)
        self.value.setText(value)
        self.before.setText(before)
        self.setAccessibleName(f"{name} {value}")


class TodayPage(QWidget):
    """What happened today, this week, or on a day before."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._back = 0
        self._found: StoreFigures | None = None
        self._previous: StoreFigures | None = None
        self.spans = [Button(clicked=partial(self._choose, span)) for span in (DAY, WEEK)]
        self._span = DAY
        group = QButtonGroup(self)
        for button in self.spans:
            button.setCheckable(True)
            group.addButton(button)
        self.spans[0].setChecked(True)
        self.earlier, self.later = Button(clicked=self._go_earlier), Button(clicked=self._go_later)
        self.earlier.setText("‹")
        self.later.setText("›")
        self.when = widgets.label("title")
        self.export, self.print = Button("upload", clicked=self._ask_file), Button("print", clicked=self._print)
        self.tiles = [Tile() for _ in range(4)]
        self.chart = HourChart()
        self._chart_title, self._clerks_title, self._late_title = (widgets.label("title") for _ in range(3))
        self._clerks, self._late = widgets.column(gap=6), widgets.column(gap=6)
        self.nothing = EmptyState("clock")
        self._stack = QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._read)
        self._again = QTimer(self, interval=REFRESH_MS)
        self._again.timeout.connect(self._read)
        self._compose()
        parts.tasks.changed.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.spans[0].setText(self.tr("Day"))
        self.spans[1].setText(self.tr("Week"))
        self.earlier.setAccessibleName(self.tr("Earlier"))
        self.later.setAccessibleName(self.tr("Later"))
        self.export.setText(self.tr("Save as CSV"))
        self.print.setText(self.tr("Print"))
        self._chart_title.setText(self.tr("Handed over by the hour"))
        self._clerks_title.setText(self.tr("By clerk"))
        self._late_title.setText(self.tr("Overdue"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.chart.dress()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read, and read again from time to time."""
        super().showEvent(event)
        self._again.start()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._again.stop()

    # ── how it is made ─────────────────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        bar = widgets.row(*self.spans, 8, self.earlier, self.when, self.later, None, self.export, self.print, gap=8)
        for button in (self.earlier, self.later):
            button.setFixedWidth(theme.TOUCH + 8)
        tiles = widgets.row(*self.tiles, gap=10)
        for place in range(len(self.tiles)):
            tiles.setStretch(place, 1)
        chart, clerks, late = (widgets.frame("panel") for _ in range(3))
        chart.setLayout(widgets.column(self._chart_title, self.chart, margin=14, gap=6))
        for panel, title, rows in ((clerks, self._clerks_title, self._clerks), (late, self._late_title, self._late)):
            inside = QWidget()
            inside.setLayout(widgets.column(rows, None))
            panel.setLayout(widgets.column(title, widgets.scrolled(inside), margin=14, gap=6))
        lower = widgets.row(chart, clerks, late, gap=10)
        for place, share in enumerate((5, 3, 3)):
            lower.setStretch(place, share)
        whole, empty = QWidget(), QWidget()
        column = widgets.column(tiles, lower, gap=10)
        column.setStretch(1, 1)
        whole.setLayout(column)
        empty.setLayout(widgets.column(self.nothing))
        self._stack.addWidget(whole)
        self._stack.addWidget(empty)
        layout = widgets.column(bar, self._stack, gap=10)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    # ── what is ────────────────────────────────────────────────────────────────────────────────────────────

    def _times(self, back: int) -> tuple[datetime, datetime]:
        local = self._parts.times.local(self._parts.times.now())
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if self._span == WEEK:
            midnight -= timedelta(days=midnight.weekday())
        since = midnight - back * self._span
        return since, since + self._span

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        news = changes.orders or changes.all_orders or changes.till
        if news and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _read(self) -> None:
        now, before = self._times(self._back), self._times(self._back + 1)
        ask = self._parts.tasks.ask_quietly
        ask(partial(figures, since=before[0], until=before[1]), self._keep_previous, self._failed)
        ask(partial(figures, since=now[0], until=now[1]), self._take, self._failed)

    def _keep_previous(self, found: StoreFigures) -> None:
        self._previous = found

    def _take(self, found: StoreFigures) -> None:
        self._found = found
        self._show()

    def _failed(self, error: ZitiError) -> None:
        self.nothing.say("attention", words.error(error))
        self._stack.setCurrentIndex(1)

    def _show(self) -> None:
        since, until = self._times(self._back)
        self.when.setText(self._title(since, until))
        self.later.setEnabled(self._back > 0)
        found = self._found
        some = found is not None and found.whole.orders > 0
        for button in (self.export, self.print):
            button.setEnabled(some)
        if found is None:
            self.nothing.say("clock", self.tr("Adding up."))
        elif not some:
            self.nothing.say("clock", self.tr("No order was to be collected in this time."))
        self._stack.setCurrentIndex(0 if some else 1)
        if found and some:
            self._show_figures(found)

    def _title(self, since: datetime, until: datetime) -> str:
        if self._span == DAY:
            return self._parts.times.day(since)
        return f"{since:%m-%d} – {until - DAY:%m-%d}"

    def _show_figures(self, found: StoreFigures) -> None:
        before = self._previous.whole if self._previous else None
        whole = found.whole
        rate = self.tr("%1 of %2 due").replace("%1", str(whole.redeemed)).replace("%2", str(whole.due))
        self._tile(0, self.tr("Collection rate"), sayings.percent(whole.redemption_rate), rate)
        was = sayings.seconds(before.mean_scan_seconds) if before else sayings.NONE
        self._tile(1, self.tr("From scan to hand-over"), sayings.seconds(whole.mean_scan_seconds), self._before(was))
        was = sayings.seconds(before.mean_redemption_seconds) if before else sayings.NONE
        waiting = sayings.seconds(whole.mean_redemption_seconds)
        self._tile(2, self.tr("From ready to collected"), waiting, self._before(was))
        was = sayings.percent(before.addon_rate) if before else sayings.NONE
        self._tile(3, self.tr("Add-on rate"), sayings.percent(whole.addon_rate), self._before(was))
        self.chart.show_counts(whole.by_hour)
        self._show_clerks(found)
        self._show_late(found)

    def _tile(self, place: int, name: str, value: str, below: str) -> None:
        self.tiles[place].show_figure(name, value, below)

    def _before(self, value: str) -> str:
        text = self.tr("the day before: %1") if self._span == DAY else self.tr("the week before: %1")
        return text.replace("%1", value)

    def _show_clerks(self, found: StoreFigures) -> None:
        widgets.empty(self._clerks)
        for name, theirs in found.by_clerk:
            row = widgets.frame("row")
            facts = self.tr("%n hand-over(s)", "", theirs.handed_over)
            scan = sayings.seconds(theirs.mean_scan_seconds)
            layout = widgets.row(
                widgets.label("title", name or sayings.NONE),
                None,
                widgets.label("", facts),
                widgets.label("muted", scan),
            )
            layout.setContentsMargins(12, 8, 12, 8)
            row.setLayout(layout)
            self._clerks.addWidget(row)
        if not found.by_clerk:
            self._clerks.addWidget(widgets.label("muted", self.tr("Nothing was handed over yet."), wrap=True))

    def _show_late(self, found: StoreFigures) -> None:
        widgets.empty(self._late)
        for late in found.late:
            button = widgets.order_button(
                late.label,
                widgets.label(),
                self._parts.times.moment(late.closed_at),
                late.status,
                tapped=partial(self._parts.tasks.order_wanted.emit, late.number),
            )
            self._late.addWidget(button)
        more = found.late_count - len(found.late)
        if more > 0:
            self._late.addWidget(widgets.label("muted", self.tr("%n more", "", more)))
        if not found.late:
            self._late.addWidget(widgets.label("muted", self.tr("Nothing is overdue."), wrap=True))

    # ── what somebody does ─────────────────────────────────────────────────────────────────────────────────

    def _choose(self, span: timedelta) -> None:
        self._span, self._back = span, 0
        self._read()

    def _go_earlier(self) -> None:
        self._back += 1
        self._read()

    def _go_later(self) -> None:
        self._back = max(0, self._back - 1)
        self._read()

    def _ask_file(self) -> None:
        since, _ = self._times(self._back)
        dialog = QFileDialog(self.window(), self.export.text(), f"ziti-{since:%Y-%m-%d}.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    @Slot(str)
    def save(self, path: str) -> None:
        """Write the figures to a file."""
        if self._found is None:
            return
        try:
            Path(path).write_bytes(sayings.as_csv(self._found, self.when.text()))
        except OSError:
            self._parts.tasks.problem.emit(self.tr("The file could not be written there: choose another folder."))

    def _print(self) -> None:
        if self._found:
            paper = sayings.as_paper(self._found, self.when.text())
            self._parts.tasks.ask(partial(queue_print, document=paper))
