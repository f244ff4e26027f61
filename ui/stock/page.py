"""The stock page on screen: the table, what narrows it down, and what can be done with a line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Slot
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
from app.usecases import StockRow, count_stock, list_evening, set_offer, stock
from ui import icons, theme, widgets, words
from ui.icons import Icon
from ui.parts import Parts
from ui.stock.model import Column, StockModel
from ui.widgets import Button, EmptyState

_TYPING_MS = 120
_ROW = 52


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


class CountStrip(QFrame):
    """While somebody counts: what to do, how many figures there are, and the end of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title = widgets.label("title", wrap=True)
        self.text = widgets.label("muted", wrap=True)
        self.go = Button("check", role="primary", tint="on_accent")
        self.back = Button(role="second")
        said = widgets.column(self.title, self.text, gap=2)
        row = widgets.row(said, self.go, self.back, margin=12)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.hide()


class StockPage(QWidget):
    """The manager's shelf."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._tonight = False
        self._stale = True
        self._loaded = False
        self.model = StockModel()
        self.strip, self.counting = Strip(), CountStrip()
        self.table = QTableView()
        self.nothing = EmptyState("stock")
        self._stack = QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
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
            return False
        if self.model.counting:
            self.model.count(row.product.number, self.model.counts.get(row.product.number, 0) + 1)
        self._show_line(row)
        return True

    # ── how it is made ─────────────────────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        layout = widgets.column(self.strip, self.counting, panel, gap=10)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._look)
        self.strip.text.textChanged.connect(self._wait)
        self.strip.zones.buttonClicked.connect(self._look)
        self.strip.offer.clicked.connect(self._switch_offer)
        self.strip.count.clicked.connect(self._count)
        self.strip.tonight.clicked.connect(self._list_tonight)
        self.counting.go.clicked.connect(self._finish_counting)
        self.counting.back.clicked.connect(self._end_counting)
        self.model.counts_changed.connect(self._show_counts)
        self.model.modelReset.connect(self._fit)
        self.model.modelReset.connect(self._show_offer)
        self.table.selectionModel().selectionChanged.connect(self._show_offer)
        self.table.clicked.connect(self._edit)
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

    # ── what is ────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.stock or changes.catalogue or changes.outbox or changes.till:
            self._stale = True
            if self.isVisible():
                self._read()

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
        many = len(self.model.counts)
        self.counting.title.setText(
            self.tr("What is left tonight?") if self._tonight else self.tr("Count what is on the shelf")
        )
        self.counting.text.setText(
            self.tr("Type the figures or scan piece by piece. What is above 0 is offered at once, 0 no longer.")
            if self._tonight
            else self.tr("Type the figures or scan piece by piece. Only what you count is changed.")
        )
        self.counting.go.setText(self.tr("Keep %n figure(s)", "", many))
        self.counting.go.setEnabled(bool(many))
        self.counting.back.setText(self.tr("Back"))

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
        self._show_counts()
        self.counting.show()
        self._dim(counting=True)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Column.COUNTED))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _end_counting(self) -> None:
        self.counting.hide()
        self.model.set_counting(on=False)
        self._dim(counting=False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _finish_counting(self) -> None:
        # What is being typed belongs to it.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        counts = dict(self.model.counts)
        if self._tonight:
            self._parts.tasks.ask(partial(list_evening, left=counts, by=self._parts.clerk), self._counted)
        else:
            self._parts.tasks.ask(partial(count_stock, counts=counts, by=self._parts.clerk), self._counted)

    def _counted(self, _changes: Changes) -> None:
        self._end_counting()

    def _dim(self, *, counting: bool) -> None:
        self.strip.count.setEnabled(not counting)
        self.strip.tonight.setEnabled(not counting)
        self._show_offer()

    @Slot(QModelIndex)
    def _edit(self, index: QModelIndex) -> None:
        if self.model.counting:
            counted = self.model.index(index.row(), Column.COUNTED)
            self.table.setCurrentIndex(counted)
            self.table.edit(counted)

    def _chosen(self) -> StockRow | None:
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def _show_line(self, row: StockRow) -> None:
        place = self.model.place_of(row.product.number)
        if place >= 0:
            column = Column.COUNTED if self.model.counting else Column.NAME
            self.table.setCurrentIndex(self.model.index(place, column))
            theme.mark(self.table, soft="")
