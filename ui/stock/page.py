"""The stock page on screen: the table, what narrows it down, and what can be done with a line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from app.changes import Changes
from app.domain.barcode import is_barcode
from app.domain.verdict import Tone
from app.errors import ZitiError
from app.usecases.count_stock import count_stock
from app.usecases.set_offer import set_offer
from app.usecases.stock import StockRow, list_evening, stock
from ui import widgets, words
from ui.parts import Parts
from ui.product_filter import ProductFilter, by_barcode
from ui.stock.count_panel import CountPanel
from ui.stock.model import Column, StockModel
from ui.widgets import Button, EmptyState

# HQ's answers come in runs: one reading anew is enough for all of them.
_RELOAD_MS = 300
_ROW = 52
_NOT_COUNTED = (Column.RESERVED, Column.AVAILABLE, Column.OFFERED)


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
        self.offer, self.count, self.tonight = Button("bag"), Button("stock"), Button("clock")
        self.filter = ProductFilter(self.offer, self.count, self.tonight)
        self.counting = CountPanel()
        self.table = QTableView()
        self.nothing = EmptyState("stock")
        self._stack = QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._compose()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.count.setText(self.tr("Count"))
        self.tonight.setText(self.tr("Offer tonight"))
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
        row = by_barcode(self.model.rows, text)
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
        layout = widgets.column(self.filter, both, gap=10)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.filter.changed.connect(self._look)
        self.offer.clicked.connect(self._switch_offer)
        self.count.clicked.connect(self._count)
        self.tonight.clicked.connect(self._list_tonight)
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
        self.offer.setEnabled(row is not None and not self.model.counting)
        self.offer.setText(self.tr("Offer again") if row and not row.listed else self.tr("Sold out"))

    @Slot()
    def _show_counts(self) -> None:
        self.counting.show_count(len(self.model.counts))

    @Slot()
    def _show_in_hand(self) -> None:
        if self.model.counting:
            row = self._chosen()
            self.counting.show_row(row, self.model.counts.get(row.product.number) if row else None)

    # ── what somebody does ─────────────────────────────────────────────────────────────────────────────────

    @Slot(str, str)
    def _look(self, text: str, zone: str) -> None:
        self.model.look_for(text, zone)
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
        self.count.setEnabled(not counting)
        self.tonight.setEnabled(not counting)
        self._show_offer()

    def _chosen(self) -> StockRow | None:
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def _show_line(self, row: StockRow) -> None:
        place = self.model.place_of(row.product.number)
        if place >= 0:
            column = Column.COUNTED if self.model.counting else Column.NAME
            self.table.setCurrentIndex(self.model.index(place, column))
