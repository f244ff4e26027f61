"""Goods that come back: which of a receipt's, how the money goes back, and a manager who says why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.money import format_fen
from app.domain.till import SaleLine, Tender, TenderKind, split_refund, total
from app.usecases.sell import Sale
from ui import theme, widgets
from ui.in_place import InPlace
from ui.manager_panel import ManagerPanel
from ui.till.amount import ICONS, tender_word
from ui.till.trouble import Trouble
from ui.widgets import Button
from ui.words import Times


class BackButton(Button):
    """A line of the receipt: the first tap takes all of it back, each further one a piece less."""

    def __init__(self, line: SaleLine) -> None:
        super().__init__(role="rowbutton", clicked=self._tap)
        self.line, self.back = line, 0
        self._show()

    def _tap(self) -> None:
        self.back = self.back - 1 if self.back else self.line.quantity
        self._show()

    def _show(self) -> None:
        text = f"{self.line.quantity} × {self.line.name}   {format_fen(self.line.price_fen)}"
        back = self.tr("%1 come back").replace("%1", str(self.back)) if self.back else ""
        self.setText(f"{text}   {back}".rstrip())
        theme.mark(self, soft="wait" if self.back else "")


class RefundPanel(InPlace):
    """Emits `asked(receipt)` for a number, and `refunded(lines, tenders, pin, reason)` for what a manager allows."""

    asked = Signal(int)
    refunded = Signal(object, object, str, str)
    manager_asked = Signal()
    reprint_asked = Signal(int)

    def __init__(self, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._times = times
        self.sale: Sale | None = None
        self._may_refund = True
        self.title = widgets.label("title")
        self.number = widgets.Field()
        self.number.setMaxLength(20)
        widgets.without_input_method(self.number)
        self.number.returnPressed.connect(self._ask)
        self.look = Button("search", clicked=self._ask)
        self._recent_place = widgets.column(gap=6)
        self.recent: list[Button] = []
        self.lines: list[BackButton] = []
        self._facts = widgets.label("muted", wrap=True)
        self._lines_place, self._ways_place = widgets.column(gap=6), widgets.row(gap=6)
        self._ways: dict[TenderKind, Button] = {}
        self._split = widgets.label("muted", wrap=True)
        self.trouble = Trouble()
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._allowed)
        self.go = Button("undo", role="primary", tint="on_accent", clicked=self.manager_asked.emit)
        self.reprint = Button("print", role="second", clicked=self._reprint)
        self.back = Button(role="second", clicked=self.close_panel)
        self._compose()
        self.retranslate()

    def open_panel(self, recent: tuple[Sale, ...], *, till_is_open: bool) -> None:
        """Ask for a receipt; the last ones are a tap away. Only an open till pays back."""
        self.sale = None
        self._may_refund = till_is_open
        self.number.clear()
        self.trouble.say("")
        self.manager.hide()
        self.lines, self._ways = [], {}
        for place in (self._recent_place, self._lines_place, self._ways_place):
            widgets.empty(place)
        self.recent = [self._receipt(sale) for sale in recent]
        for button in self.recent:
            self._recent_place.addWidget(button)
        self._show()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sale(self, sale: Sale) -> None:
        """Show a receipt's lines, those that can still come back."""
        self.sale = sale
        self.number.clear()
        self.manager.hide()
        self.trouble.say(self._why_not(sale))
        widgets.empty(self._lines_place)
        self.lines = [BackButton(line) for line in sale.left]
        for each in self.lines:
            each.clicked.connect(self._show_sum)
            self._lines_place.addWidget(each)
        self._offer_ways(sale)
        self._show()

    def show_refunded(self, sale: Sale) -> None:
        """Show what is left of a receipt after something of it came back."""
        self.show_sale(sale)
        self._facts.setText(self.tr("Paid back. The receipt for it is being printed.") + "   " + self._facts.text())

    def ask_manager(self, known: str) -> None:
        """Ask for a manager's word."""
        reasons = [self.tr("Wrong goods"), self.tr("Not good"), self.tr("Changed mind")]
        self.manager.open_panel(self.tr("A manager takes this sale back"), reasons, known)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.manager.hide()
        self.trouble.say(sentence)

    @Slot()
    def close_panel(self) -> None:
        """Go back to selling."""
        self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Receipts and goods that come back"))
        self.number.setPlaceholderText(self.tr("Receipt number"))
        self.number.setAccessibleName(self.tr("Receipt number"))
        self.look.setText(self.tr("Find"))
        self.reprint.setText(self.tr("Print again"))
        self.back.setText(self.tr("Back"))
        for kind, button in self._ways.items():
            button.setText(tender_word(kind))
        self._show()

    @property
    def wanted(self) -> tuple[SaleLine, ...]:
        """What comes back."""
        return tuple(
            SaleLine(each.line.product_number, each.back, each.line.price_fen, each.line.name)
            for each in self.lines
            if each.back
        )

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """How the money goes back: as it was chosen, and in cash what was not paid so."""
        kind = next((kind for kind, button in self._ways.items() if button.isChecked()), TenderKind.CASH)
        return split_refund(total(self.wanted), kind, self.sale.returnable if self.sale else ())

    def _compose(self) -> None:
        ask = widgets.row(self.number, self.look, gap=8)
        ask.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(
            widgets.column(
                self._recent_place,
                self._facts,
                self._lines_place,
                self._ways_place,
                self._split,
                self.manager,
                None,
                gap=8,
            )
        )
        buttons = widgets.row(self.go, self.reprint, self.back, gap=8)
        buttons.setStretch(0, 1)
        layout = widgets.column(
            self.title, ask, widgets.scrolled(inside), self.trouble.label, buttons, margin=14, gap=8
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _offer_ways(self, sale: Sale) -> None:
        widgets.empty(self._ways_place)
        self._ways = {}
        group = QButtonGroup(self)
        if not sale.left:
            return
        for kind in dict.fromkeys([*(tender.kind for tender in sale.returnable), TenderKind.CASH]):
            button = Button(ICONS[kind], clicked=self._show_sum)
            button.setCheckable(True)
            button.setText(tender_word(kind))
            group.addButton(button)
            self._ways[kind] = button
            self._ways_place.addWidget(button)
        self._ways_place.addStretch(1)
        next(iter(self._ways.values())).setChecked(True)

    def _receipt(self, sale: Sale) -> Button:
        button = Button(role="rowbutton", clicked=partial(self.asked.emit, sale.receipt))
        when = self._times.moment(sale.at)
        button.setText(f"{sale.receipt:06d}   {when}   {format_fen(sale.total_fen)}   {sale.by}")
        return button

    def _show(self) -> None:
        found = self.sale is not None
        for button in self.recent:
            button.setVisible(not found)
        self._facts.setVisible(found)
        self.reprint.setVisible(found)
        self.go.setVisible(bool(self.sale and self.sale.left and self._may_refund))
        if self.sale:
            paid = " · ".join(f"{tender_word(each.kind)} {format_fen(each.fen)}" for each in self.sale.tenders)
            facts = (f"{self.sale.receipt:06d}", self._times.moment(self.sale.at), self.sale.by, paid)
            self._facts.setText("   ".join(filter(None, facts)))
        self._show_sum()

    @Slot()
    def _show_sum(self) -> None:
        fen = total(self.wanted)
        self.go.setEnabled(bool(self.wanted))
        self.go.setText(self.tr("Pay back %1").replace("%1", format_fen(fen)))
        ways = [f"{tender_word(each.kind)} {format_fen(each.fen)}" for each in self.tenders]
        self._split.setText(self.tr("It goes back as %1").replace("%1", " + ".join(ways)))
        self._split.setVisible(len(ways) > 1)

    @Slot()
    def _ask(self) -> None:
        text = self.number.text().strip()
        if text.isascii() and text.isdigit() and int(text) < 2**62:
            self.asked.emit(int(text))
        else:
            self.trouble.say(self.tr("A receipt number has digits only: it stands on top of the receipt."))

    def _reprint(self) -> None:
        if self.sale:
            self.reprint_asked.emit(self.sale.receipt)

    @Slot(str, str)
    def _allowed(self, pin: str, reason: str) -> None:
        if self.sale is None:
            return
        self.refunded.emit(self.wanted, self.tenders, pin, reason)

    def _why_not(self, sale: Sale) -> str:
        if not sale.left:
            return self.tr("Everything of this receipt has come back already.")
        return "" if self._may_refund else self.tr("The till is closed: open it to take goods back.")
