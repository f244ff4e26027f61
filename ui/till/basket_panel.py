"""The basket: what is sold, how many, at which price, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.domain.money import format_fen
from app.domain.records import ProductRecord
from app.domain.till import SaleLine, total
from ui import theme, widgets
from ui.basket import Basket
from ui.manager_panel import ManagerPanel
from ui.till.amount import AmountField
from ui.till.trouble import Trouble
from ui.widgets import Button, EmptyState

_STEP = 52


class LineRow(QFrame):
    """A product in the basket: one less, one more, another price."""

    stepped = Signal(int, int)  # product number, pieces
    price_asked = Signal(int)  # product number

    def __init__(self, line: SaleLine, *, changed_price: bool) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.line = line
        name = widgets.label(text=line.name, wrap=True)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.price = Button(role="quiet", clicked=self._ask_price)
        self.price.setText(format_fen(line.price_fen) + (" *" if changed_price else ""))
        self.price.setToolTip(self.tr("Another price"))
        self.price.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.less = Button("minus", clicked=partial(self._step, -1))
        self.more = Button("plus", clicked=partial(self._step, 1))
        for button, said in ((self.less, self.tr("one less")), (self.more, self.tr("one more"))):
            button.setFixedWidth(_STEP)
            button.setAccessibleName(f"{line.name}: {said}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        count = widgets.label("title", str(line.quantity))
        count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        count.setMinimumWidth(36)
        cost = widgets.label("title", format_fen(line.total_fen))
        cost.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = widgets.row(self.less, count, self.more, self.price, None, cost, gap=4)
        self.setLayout(widgets.column(name, foot, margin=8, gap=4))

    def _step(self, pieces: int) -> None:
        self.stepped.emit(self.line.product_number, pieces)

    def _ask_price(self) -> None:
        self.price_asked.emit(self.line.product_number)


class PricePanel(QFrame):
    """Asks for another price in place; who is no manager gives a manager's PIN with it."""

    priced = Signal(int, int)  # product number, fen: a manager is at the counter
    pin_given = Signal(int, int, str)  # product number, fen, PIN
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._number = 0
        self._manages = False
        self.title = widgets.label("title", wrap=True)
        self.field = AmountField()
        self.field.returnPressed.connect(self._next)
        self.go = Button(clicked=self._next)
        self.back = Button(role="quiet", clicked=self.close_panel)
        self.trouble = Trouble()
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._allowed)
        row = widgets.row(self.field, self.go, self.back, None, gap=8)
        self.setLayout(widgets.column(self.title, row, self.trouble.label, self.manager, margin=10, gap=8))
        self.retranslate()
        self.hide()

    def open_panel(self, line: SaleLine, *, manages: bool) -> None:
        """Ask for the price of a product."""
        self._number, self._manages = line.product_number, manages
        self.title.setText(line.name)
        self.trouble.say("")
        self.manager.hide()
        self.field.show_fen(line.price_fen)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Leave the price as it is."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.field.setAccessibleName(self.tr("New price"))
        self.go.setText(self.tr("Set price"))
        self.back.setText(self.tr("Back"))

    @Slot()
    def _next(self) -> None:
        if self.field.fen is None:
            self.trouble.say(self.tr("Type the price like 12.80."))
        elif self._manages:
            self.priced.emit(self._number, self.field.fen)
            self.close_panel()
        else:
            self.trouble.say("")
            reasons = [self.tr("Damaged"), self.tr("Last day")]
            self.manager.open_panel(self.tr("A manager allows it"), reasons)

    @Slot(str, str)
    def _allowed(self, pin: str, _reason: str) -> None:
        if self.field.fen is not None:
            self.pin_given.emit(self._number, self.field.fen, pin)


class BasketPanel(QFrame):
    """Shows the basket and leads on to paying."""

    pay_asked = Signal()

    def __init__(self, basket: Basket) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._basket = basket
        self._lines: tuple[SaleLine, ...] = ()
        self.title = widgets.label("title")
        self.addon = Button("bag", role="quiet", tint="accent", clicked=basket.part_from_order)
        self.clear = Button("close", role="quiet", tint="accent", clicked=basket.clear)
        self.rows: list[LineRow] = []
        self.price = PricePanel()
        self.pay = Button("enter", role="primary", tint="on_accent", clicked=self.pay_asked.emit)
        self._place = widgets.column(gap=6)
        inside = QWidget()
        inside.setLayout(self._place)
        self._scroll = widgets.scrolled(inside)
        self._nothing = EmptyState("bag", 44)
        self._total = widgets.label("big")
        self._total_word = widgets.label("muted")
        head = widgets.row(self.title, None, self.addon, self.clear, gap=4)
        foot = widgets.row(self._total_word, None, self._total)
        layout = widgets.column(head, self._nothing, self._scroll, self.price, foot, self.pay, margin=12, gap=8)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.retranslate()

    def show_lines(self, products: Mapping[int, ProductRecord]) -> None:
        """Show what is in the basket now."""
        self._lines = self._basket.lines(products)
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Basket"))
        self.clear.setText(self.tr("Empty it"))
        self._nothing.text.setText(self.tr("Tap a product or scan its barcode."))
        self._total_word.setText(self.tr("Total"))
        self.pay.setText(self.tr("Pay"))
        self.price.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @property
    def lines(self) -> Sequence[SaleLine]:
        """What is shown."""
        return self._lines

    def _show(self) -> None:
        bar = self._scroll.verticalScrollBar()
        grown = len(self._lines) > len(self.rows)
        widgets.empty(self._place)
        self.rows = [LineRow(line, changed_price=line.product_number in self._basket.prices) for line in self._lines]
        for row in self.rows:
            row.stepped.connect(self._basket.add)
            row.price_asked.connect(self._ask_price)
            self._place.addWidget(row)
        self._place.addStretch(1)
        self._nothing.setVisible(not self._lines)
        self._scroll.setVisible(bool(self._lines))
        self.clear.setVisible(bool(self._lines))
        addon = self._basket.addon
        self.addon.setVisible(addon is not None)
        if addon:
            self.addon.setText(self.tr("with %1").replace("%1", addon.label))
            self.addon.setToolTip(self.tr("Tap to sell it on its own"))
        self._total.setText(format_fen(total(self._lines)))
        self.pay.setEnabled(bool(self._lines))
        theme.mark(self._total, soft="")
        if grown:
            bar.rangeChanged.connect(self._to_end, Qt.ConnectionType.SingleShotConnection)

    @Slot(int, int)
    def _to_end(self, _least: int, most: int) -> None:
        self._scroll.verticalScrollBar().setValue(most)

    @Slot(int)
    def _ask_price(self, number: int) -> None:
        line = next((line for line in self._lines if line.product_number == number), None)
        if line:
            self.price.open_panel(line, manages=bool(self.property("manages")))
