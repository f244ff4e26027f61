"""After a sale: the change in large figures, and the way to the next customer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame

from app.domain.money import format_fen
from app.usecases.sell import Sale
from ui import theme, widgets
from ui.icons import Icon
from ui.widgets import Button


class DonePanel(QFrame):
    """Shows what was sold and what goes back to the customer."""

    next_asked = Signal()
    print_asked = Signal(int)  # receipt number

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._sale: Sale | None = None
        self.head = widgets.frame("head")
        self._icon = Icon("check", "on_yes", 40)
        self._word = widgets.label("big")
        self._change_word = widgets.label("muted")
        self._change = widgets.label("word")
        self._facts = widgets.label(wrap=True)
        self.go = Button("enter", role="primary", tint="on_accent", clicked=self.next_asked.emit)
        self.again = Button("print", role="second", clicked=self._print)
        head = widgets.row(self._icon, self._word, None, margin=14)
        self.head.setLayout(head)
        widgets.tone(self.head, "yes")
        theme.mark(self._word, role="big")
        buttons = widgets.row(self.go, self.again, gap=8)
        buttons.setStretch(0, 1)
        body = widgets.column(self._change_word, self._change, self._facts, None, buttons, margin=14)
        self.setLayout(widgets.column(self.head, body, gap=0))
        self.retranslate()

    def show_sale(self, sale: Sale) -> None:
        """Show a sale that was made."""
        self._sale = sale
        self.retranslate()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._word.setText(self.tr("Sold"))
        self.go.setText(self.tr("Next sale"))
        self.again.setText(self.tr("Print again"))
        if self._sale is None:
            return
        change = self._sale.change_fen
        self._change_word.setText(self.tr("Change"))
        for each in (self._change_word, self._change):
            each.setVisible(bool(change))
        self._change.setText(format_fen(change))
        facts = [self.tr("Receipt %1").replace("%1", f"{self._sale.receipt:06d}"), format_fen(self._sale.total_fen)]
        if self._sale.order:
            facts.append(self.tr("with %1").replace("%1", self._sale.order))
        self._facts.setText(" · ".join(facts))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _print(self) -> None:
        if self._sale:
            self.print_asked.emit(self._sale.receipt)
