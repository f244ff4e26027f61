"""The sale page on screen: the products on the left, the basket and its payment on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import widgets
from ui.basket import Basket
from ui.parts import Parts
from ui.product_filter import ProductFilter
from ui.till.basket_panel import BasketPanel
from ui.till.done_panel import DonePanel
from ui.till.grid import TileModel, TileView
from ui.till.opening import OpenForm
from ui.till.past_shifts import PastShifts
from ui.till.presenter import Presenter
from ui.till.refund_panel import RefundPanel
from ui.till.report_panel import ReportPanel
from ui.till.shift_panel import ShiftPanel
from ui.till.tender_panel import TenderPanel
from ui.widgets import ENTER, Button, EmptyState


class Products(QWidget):
    """The tiles with what narrows them down."""

    def __init__(self) -> None:
        super().__init__()
        self.model = TileModel()
        self.view = TileView(self.model)
        self.shift = Button("drawer")
        self.receipts = Button("undo")
        self.filter = ProductFilter(self.shift, self.receipts)
        self.nothing = EmptyState("search")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        self.filter.changed.connect(self.model.look_for)
        self.model.modelReset.connect(self._show)
        layout = widgets.column(self.filter, self._stack, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.receipts.setText(self.tr("Receipts"))
        self.view.setAccessibleName(self.tr("Products"))
        self._show()

    @Slot()
    def _show(self) -> None:
        empty = not self.model.rowCount()
        self._stack.setCurrentIndex(1 if empty else 0)
        if self.model.total:
            self.nothing.say("search", self.tr("No product matches what you look for."))
        else:
            self.nothing.say("bag", self.tr("No products yet: they come from HQ by themselves."))


class SalePage(QWidget):
    """The clerk's sale."""

    entered = Signal()
    left_panel = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.basket: Basket = parts.basket
        self.products = Products()
        self.basket_panel = BasketPanel(parts.basket)
        self.tender, self.done = TenderPanel(), DonePanel()
        self.refund = RefundPanel(parts.times)
        self.shift = ShiftPanel(parts.times)
        self.opening = OpenForm(PastShifts(parts.times))
        self.report = ReportPanel()
        self._left, self._right, self._whole = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._compose()
        self.presenter = Presenter(self, parts)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.products.retranslate()
        self.presenter.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self.presenter.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the storage rest."""
        super().hideEvent(event)
        self.presenter.sleep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the big button, Escape goes back; a closed till takes the figures of its float too."""
        selling = self.is_open and self._left.currentWidget() is self.products
        if event.key() in ENTER and selling:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.is_open:
            self.left_panel.emit()
        elif not (self._is_closed and self.opening.take_key(event)):
            super().keyPressEvent(event)

    def take_scan(self, text: str) -> bool:
        """Take a barcode that was scanned while this page is shown; False for what is not one of our products."""
        return self.presenter.take_scan(text)

    @Slot()
    def show_closed(self) -> None:
        """Show that the till is closed."""
        self._whole.setCurrentIndex(1)

    @Slot()
    def show_selling(self) -> None:
        """Show the products and the basket."""
        self._right.show()
        self._whole.setCurrentIndex(0)
        self._left.setCurrentWidget(self.products)
        self._right.setCurrentWidget(self.basket_panel)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_report(self) -> None:
        """Show a shift's report in the place of everything."""
        self._whole.setCurrentWidget(self._reading)

    def show_receipts(self) -> None:
        """Show the receipts in the products' place; a closed till has no basket beside them."""
        self._right.setVisible(self.presenter.is_open)
        self._whole.setCurrentIndex(0)
        self._left.setCurrentWidget(self.refund)

    def show_right(self, panel: QWidget) -> None:
        """Show a panel in the basket's place."""
        self._whole.setCurrentIndex(0)
        self._right.setCurrentWidget(panel)

    def show_left(self, panel: QWidget) -> None:
        """Show a panel in the products' place."""
        self._left.setCurrentWidget(panel)

    @property
    def reads_report(self) -> bool:
        """Whether a report is shown."""
        return self._whole.currentWidget() is self._reading

    @property
    def _is_closed(self) -> bool:
        return self._whole.currentIndex() == 1

    @property
    def right(self) -> QWidget | None:
        """The panel on the right."""
        return self._right.currentWidget()

    @property
    def is_open(self) -> bool:
        """Whether the till is shown as open."""
        return self._whole.currentIndex() == 0

    def _compose(self) -> None:
        left: tuple[QWidget, ...] = (self.products, self.shift, self.refund)
        right: tuple[QWidget, ...] = (self.basket_panel, self.tender, self.done)
        for stack, panels in ((self._left, left), (self._right, right)):
            for panel in panels:
                stack.addWidget(panel)
        self._right.setMinimumWidth(400)
        self._right.setMaximumWidth(520)
        both = widgets.row(self._left, self._right, gap=12)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        both.setContentsMargins(14, 12, 14, 12)
        selling, closed, self._reading = QWidget(), QWidget(), QWidget()
        selling.setLayout(both)
        for place, panel in ((closed, self.opening), (self._reading, self.report)):
            centred = widgets.row(None, panel, None, margin=16)
            centred.setStretch(1, 100)
            place.setLayout(centred)
        for whole in (selling, closed, self._reading):
            self._whole.addWidget(whole)
        self.setLayout(widgets.column(self._whole))
