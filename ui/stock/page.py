"""The stock page on screen: the table, what narrows it down, and what can be done with a line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QToolButton,
    QWidget,
)

from app.changes import Changes
from app.domain.barcode import is_barcode
from app.domain.verdict import Tone
from app.errors import ZitiError
from app.usecases import StockRow, count_stock, list_evening, set_offer, stock
from ui import icons, widgets, words
from ui.icons import Icon
from ui.parts import Parts
from ui.stock.count_panel import CountPanel
from ui.stock.model import Column, StockModel
from ui.widgets import Button, EmptyState

_TYPING_MS = 120
# HQ's answers come in runs: one reading anew is enough for all of them.
_RELOAD_MS = 300
_ROW = 52
_NOT_COUNTED = (Column.RESERVED, Column.AVAILABLE, Column.OFFERED)


class Strip(QFrame):
    """What to look for, and what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(170)
        self.text.setTextMargins(28, 0, 0, 0)
        glass = widgets.row(Icon("search", "muted"), None)
        glass.setContentsMargins(12, 0, 0, 0)
        self.text.setLayout(glass)
        self.zones = QButtonGroup(self)
        chips = [self._chip(zone) for zone in ("", *words.ZONES)]
        self.offer = Button("bag")
        self.count = Button("stock")
        self.tonight = Button("clock")
        bar = widgets.row(self.text, *chips, self.offer, self.count, self.tonight, gap=8)
        bar.setStretch(0, 1)
        self.setLayout(bar)
        self.dress()

    def dress(self) -> None:
        """Draw the chips in the theme's colours."""
        for chip in self.zones.buttons():
            zone = str(chip.property("zone"))
            if zone:
                chip.setIcon(icons.icon(words.zone_icon(zone), "text", checked="on_accent_soft"))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.text.setPlaceholderText(self.tr("Name, article number or barcode"))
        self.text.setAccessibleName(self.tr("Find a product"))
        for chip in self.zones.buttons():
            zone = str(chip.property("zone"))
            chip.setText("" if zone else self.tr("All"))
            chip.setToolTip(words.zone(zone) if zone else self.tr("All"))
            chip.setAccessibleName(chip.toolTip())
        self.count.setText(self.tr("Count"))
        self.tonight.setText(self.tr("Offer tonight"))

    @property
    def zone(self) -> str:
        """The zone that is looked for, empty for all."""
        chip = self.zones.checkedButton()
        return str(chip.property("zone")) if chip else ""

    def _chip(self, zone: str) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("role", "chip")
        chip.setProperty("zone", zone)
        chip.setCheckable(True)
        chip.setChecked(not zone)
        self.zones.addButton(chip)
        return chip


class StockPage(QWidget):
    """The manager's shelf."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._tonight = False
        self._keeping = False
        self._stale = True
        self._loaded = False
        self.model = StockModel()
        self.strip, self.counting = Strip(), CountPanel()
        self.table = QTableView()
        self.nothing = EmptyState("stock")
        self._stack = QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._soon = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._compose()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.strip.retranslate()
        self.table.setAccessibleName(self.tr("Stock"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self._show_state()
        self._show_counts()
        self._show_offer()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.strip.dress()
            self._fit()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up counting by Escape."""
        if event.key() == Qt.Key.Key_Escape and self.model.counting:
            self._end_counting()
        else:
            super().keyPressEvent(event)

    def take_scan(self, text: str) -> bool:
        """Take a barcode that was scanned: while somebody counts one piece more, else its line is shown."""
        row = next((row for row in self.model.rows if text and text in (row.product.barcode, row.product.sku)), None)
        if row is None:
            return self._refuse_barcode(text)
        if self.model.counting:
            self.model.count(row.product.number, self.model.counts.get(row.product.number, 0) + 1)
        self._show_line(row)
        self._show_in_hand()
        return True

    def _refuse_barcode(self, text: str) -> bool:
        if not is_barcode(text):
            return False
        self._parts.sounds.play(Tone.NO)
        sentence = self.tr("No product of this store has the barcode %1.").replace("%1", text[:20])
        self._parts.tasks.problem.emit(sentence)
        return True

    # ── how it is made ─────────────────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._fit()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        panel = widgets.frame("panel")
        panel.setLayout(widgets.column(self._stack, margin=6))
        both = widgets.row(panel, self.counting, gap=10)
        both.setStretch(0, 1)
        layout = widgets.column(self.strip, both, gap=10)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._look)
        self.strip.text.textChanged.connect(self._wait)
        self.strip.zones.buttonClicked.connect(self._look)
        self.strip.offer.clicked.connect(self._switch_offer)
        self.strip.count.clicked.connect(self._count)
        self.strip.tonight.clicked.connect(self._list_tonight)
        self._soon.timeout.connect(self._read)
        self.counting.counted.connect(self._take_figure)
        self.counting.next_asked.connect(self._next)
        self.counting.kept.connect(self._finish_counting)
        self.counting.closed.connect(self._end_counting)
        self.model.counts_changed.connect(self._show_counts)
        self.model.modelReset.connect(self._fit)
        self.model.modelReset.connect(self._show_offer)
        self.table.selectionModel().selectionChanged.connect(self._show_offer)
        self.table.selectionModel().currentChanged.connect(self._show_in_hand)
        self.table.clicked.connect(self._show_in_hand)
        self._parts.tasks.changed.connect(self._follow)

    def _fit(self) -> None:
        header = self.table.horizontalHeader()
        # A hundred digits are as wide as a hundred others: the column widths follow the letters alone.
        letter = self.table.fontMetrics().horizontalAdvance("国")
        self.table.verticalHeader().setDefaultSectionSize(max(_ROW, self.table.fontMetrics().lineSpacing() + 24))
        for column in range(self.model.columnCount()):
            stretch = column == Column.NAME
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
            if not stretch:
                header.resizeSection(column, letter * 7)
            # Who counts needs the names; what is promised and offered is for another time.
            self.table.setColumnHidden(column, self.model.counting and column in _NOT_COUNTED)

    # ── what is ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.stock or changes.catalogue or changes.outbox or changes.till:
            self._stale = True
            if self.isVisible():
                self._soon.start()

    @Slot()
    def _read(self) -> None:
        self._stale = False
        self._parts.tasks.ask_quietly(stock, self._show)

    def _show(self, rows: tuple[StockRow, ...]) -> None:
        chosen = self._chosen()
        self._loaded = True
        if rows != self.model.rows:
            self.model.show_rows(rows)
            if chosen:
                self._show_line(chosen)
        self._show_state()

    def _show_state(self) -> None:
        empty = not self.model.rowCount()
        self._stack.setCurrentIndex(1 if empty else 0)
        if not self._loaded:
            self.nothing.say("clock", self.tr("Reading the stock."))
        elif self.model.total:
            self.nothing.say("search", self.tr("No product matches what you look for."))
        else:
            self.nothing.say("stock", self.tr("No products yet: they come from HQ by themselves."))

    @Slot()
    def _show_offer(self) -> None:
        row = self._chosen()
        self.strip.offer.setEnabled(row is not None and not self.model.counting)
        self.strip.offer.setText(self.tr("Offer again") if row and not row.listed else self.tr("Sold out"))

    @Slot()
    def _show_counts(self) -> None:
        self.counting.show_count(len(self.model.counts))

    @Slot()
    def _show_in_hand(self) -> None:
        if self.model.counting:
            row = self._chosen()
            self.counting.show_row(row, self.model.counts.get(row.product.number) if row else None)

    # ── what somebody does ─────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _wait(self) -> None:
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        self.model.look_for(self.strip.text.text(), self.strip.zone)
        self._show_state()

    @Slot()
    def _switch_offer(self) -> None:
        row = self._chosen()
        if row:
            usecase = partial(set_offer, products=[row.product.number], offered=not row.listed, by=self._parts.clerk)
            self._parts.tasks.ask(usecase)

    @Slot()
    def _count(self) -> None:
        self._begin_counting(tonight=False)

    @Slot()
    def _list_tonight(self) -> None:
        self._begin_counting(tonight=True)

    def _begin_counting(self, *, tonight: bool) -> None:
        self._tonight = tonight
        self.model.set_counting(on=True)
        self.counting.begin(tonight=tonight)
        self._dim(counting=True)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Column.COUNTED))
        self._show_in_hand()

    @Slot()
    def _end_counting(self) -> None:
        self.counting.hide()
        self.model.set_counting(on=False)
        self._dim(counting=False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _take_figure(self, pieces: int) -> None:
        row = self._chosen()
        if row:
            self.model.count(row.product.number, pieces if pieces >= 0 else None)

    @Slot()
    def _next(self) -> None:
        place = self.table.currentIndex().row() + 1
        if place < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, Column.COUNTED))
        else:
            self.counting.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _finish_counting(self) -> None:
        counts = dict(self.model.counts)
        if self._keeping or not counts:
            return
        self._keeping = True
        if self._tonight:
            usecase = partial(list_evening, left=counts, by=self._parts.clerk)
        else:
            usecase = partial(count_stock, counts=counts, by=self._parts.clerk)
        self._parts.tasks.ask(usecase, self._counted, self._not_counted)

    def _counted(self, _changes: Changes) -> None:
        self._keeping = False
        self._parts.sync.nudge()
        self._end_counting()

    def _not_counted(self, error: ZitiError) -> None:
        # The figures stay as they were typed.
        self._keeping = False
        self._parts.tasks.problem.emit(words.error(error))

    def _dim(self, *, counting: bool) -> None:
        self.strip.count.setEnabled(not counting)
        self.strip.tonight.setEnabled(not counting)
        self._show_offer()

    def _chosen(self) -> StockRow | None:
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def _show_line(self, row: StockRow) -> None:
        place = self.model.place_of(row.product.number)
        if place >= 0:
            column = Column.COUNTED if self.model.counting else Column.NAME
            self.table.setCurrentIndex(self.model.index(place, column))
