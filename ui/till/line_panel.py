"""Asks in place for another number of pieces, or for another price that a manager allows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot

from app.domain.till import MOST_PIECES, SaleLine
from ui import widgets
from ui.in_place import InPlace
from ui.manager_panel import ManagerPanel
from ui.number_pad import NumberPad
from ui.till.amount import AmountField
from ui.till.trouble import Trouble
from ui.widgets import Button


class LinePanel(InPlace):
    """Emits `counted(product, pieces)` at once, and `priced(product, fen, PIN, reason)` for the manager's yes or no."""

    counted = Signal(int, int)
    priced = Signal(int, int, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._line = SaleLine(0, 0, 0)
        self._of_price = False
        self._manager = ""
        self.title = widgets.label("title", wrap=True)
        self.field = AmountField()
        self.field.returnPressed.connect(self._next)
        self.go = Button(clicked=self._next)
        self.back = Button(role="quiet", clicked=self.close_panel)
        self.trouble = Trouble()
        self.pad = NumberPad(self.field)
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._allowed)
        self.manager.closed.connect(self.pad.show)
        row = widgets.row(self.field, self.go, self.back, None, gap=8)
        inside = widgets.column(self.title, row, self.trouble.label, self.pad, self.manager, margin=10, gap=8)
        self.setLayout(inside)
        self.retranslate()
        self.hide()

    def ask_price(self, line: SaleLine, manager: str) -> None:
        """Ask for the price of a product; `manager` is who is at the counter anyway, empty where a PIN is needed."""
        self._manager = manager
        self._open(line, of_price=True)
        self.field.show_fen(line.price_fen)

    def ask_pieces(self, line: SaleLine) -> None:
        """Ask for the number of pieces of a product."""
        self._open(line, of_price=False)
        self.field.setText(str(line.quantity))
        self.field.selectAll()

    @Slot()
    def close_panel(self) -> None:
        """Leave the line as it is."""
        self.manager.hide()
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.back.setText(self.tr("Back"))
        self.go.setText(self.tr("Set price") if self._of_price else self.tr("Set pieces"))
        self.field.setAccessibleName(self.tr("New price") if self._of_price else self.tr("Pieces"))

    def _open(self, line: SaleLine, *, of_price: bool) -> None:
        self._line, self._of_price = line, of_price
        self.title.setText(line.name)
        self.trouble.say("")
        self.manager.hide()
        self.pad.show()
        self.pad.keys["."].setVisible(of_price)
        self.retranslate()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _next(self) -> None:
        if self._of_price:
            self._ask_manager()
        else:
            self._count()

    def _count(self) -> None:
        text = self.field.text().strip()
        if text.isascii() and text.isdigit() and int(text) <= MOST_PIECES:
            self.close_panel()
            self.counted.emit(self._line.product_number, int(text))
        else:
            most = self.tr("Type a number of pieces from 0 to %1.")
            self.trouble.say(most.replace("%1", str(MOST_PIECES)))

    def _ask_manager(self) -> None:
        if self.field.fen is None:
            self.trouble.say(self.tr("Type the price like 12.80."))
            return
        self.trouble.say("")
        self.pad.hide()
        reasons = [self.tr("Damaged"), self.tr("Last day")]
        title = self.tr("Why another price?") if self._manager else self.tr("A manager allows it")
        self.manager.open_panel(title, reasons, self._manager)

    @Slot(str, str)
    def _allowed(self, pin: str, reason: str) -> None:
        if self.field.fen is not None:
            self.priced.emit(self._line.product_number, self.field.fen, pin, reason)
