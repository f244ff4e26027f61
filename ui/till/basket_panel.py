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
from ui.till.line_panel import LinePanel
from ui.widgets import Button, EmptyState

_STEP = 52


class LineRow(QFrame):
    """A product in the basket: one less, one more, another number or price."""

    stepped = Signal(int, int)  # product number, pieces
    price_asked = Signal(object)  # SaleLine
    pieces_asked = Signal(object)  # SaleLine

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
        self.count = Button(role="tight", clicked=self._ask_pieces)
        self.count.setText(str(line.quantity))
        self.count.setToolTip(self.tr("Another number"))
        self.count.setAccessibleName(f"{line.name}: {line.quantity}")
        self.count.setMinimumWidth(_STEP)
        self.count.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cost = widgets.label("title", format_fen(line.total_fen))
        cost.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = widgets.row(name, cost, gap=8)
        head.setStretch(0, 1)
        foot = widgets.row(self.less, self.count, self.more, None, self.price, gap=4)
        self.setLayout(widgets.column(head, foot, margin=8, gap=4))

    @property
    def buttons(self) -> dict[str, Button]:
        """What can be pressed, by its name."""
        return {"less": self.less, "count": self.count, "more": self.more, "price": self.price}

    @property
    def held(self) -> str:
        """The name of the button that has the keyboard, empty for none."""
        return next((name for name, button in self.buttons.items() if button.hasFocus()), "")

    def _step(self, pieces: int) -> None:
        self.stepped.emit(self.line.product_number, pieces)

    def _ask_price(self) -> None:
        self.price_asked.emit(self.line)

    def _ask_pieces(self) -> None:
        self.pieces_asked.emit(self.line)


class BasketPanel(QFrame):
    """Shows the basket and leads on to paying."""

    pay_asked = Signal()
    clear_asked = Signal()

    def __init__(self, basket: Basket) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._basket = basket
        self._lines: tuple[SaleLine, ...] = ()
        self.title = widgets.label("title")
        self.addon = Button("bag", role="quiet", tint="accent", clicked=basket.part_from_order)
        self.clear = Button("close", role="quiet", tint="accent", clicked=self.clear_asked.emit)
        self.rows: list[LineRow] = []
        self.line_panel = LinePanel()
        self.line_panel.counted.connect(basket.put)
        self.manager = ""
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
        layout = widgets.column(head, self._nothing, self._scroll, self.line_panel, foot, self.pay, margin=12, gap=8)
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
        held = next(((row.line.product_number, row.held) for row in self.rows if row.held), None)
        widgets.empty(self._place)
        self.rows = [LineRow(line, changed_price=line.product_number in self._basket.prices) for line in self._lines]
        for row in self.rows:
            row.stepped.connect(self._basket.add)
            row.price_asked.connect(self._ask_price)
            row.pieces_asked.connect(self._ask_pieces)
            self._place.addWidget(row)
            if held and held[0] == row.line.product_number:
                # The keyboard stays on the button that it pressed.
                row.buttons[held[1]].setFocus(Qt.FocusReason.OtherFocusReason)
        self._place.addStretch(1)
        self._nothing.setVisible(not self._lines)
        if not self._lines:
            self.line_panel.close_panel()
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

    @Slot(object)
    def _ask_price(self, line: SaleLine) -> None:
        self.line_panel.ask_price(line, self.manager)

    @Slot(object)
    def _ask_pieces(self, line: SaleLine) -> None:
        self.line_panel.ask_pieces(line)
