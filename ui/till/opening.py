"""The till is closed: open it with a float, look at earlier shifts and receipts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from ui import widgets
from ui.icons import Icon
from ui.number_pad import NumberPad
from ui.till.amount import AmountField
from ui.till.past_shifts import PastShifts
from ui.till.trouble import Trouble
from ui.widgets import ENTER, Button

_FIGURES = "0123456789."
_CONTROL = Qt.KeyboardModifier.ControlModifier


class OpenForm(QFrame):
    """The till is closed: how much change lies in its drawer?"""

    opened = Signal(int)  # float in fen
    receipts_asked = Signal()

    def __init__(self, past: PastShifts) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.title = widgets.label("big")
        self.text = widgets.label("muted", wrap=True)
        self.amount = AmountField()
        self.amount.returnPressed.connect(self._open)
        self._word = widgets.label()
        self.trouble = Trouble()
        self.go = Button("drawer", role="primary", tint="on_accent", clicked=self._open)
        self.pad = NumberPad(self.amount)
        self.past = past
        self.receipts = Button("undo", role="second", clicked=self.receipts_asked.emit)
        amount = widgets.row(self._word, self.amount)
        amount.setStretch(1, 1)
        head = widgets.row(Icon("drawer", "muted", 40), self.title, None)
        left = widgets.column(head, self.text, amount, self.pad, self.trouble.label, self.go, None)
        right = widgets.column(self.past, self.receipts)
        right.setStretch(0, 1)
        both = widgets.row(left, 12, right, margin=24, gap=16)
        both.setStretch(0, 1)
        both.setStretch(2, 1)
        self.setLayout(both)
        self.setMaximumSize(1080, 620)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("The till is closed"))
        self.text.setText(
            self.tr("Count the change in the drawer and open the till. Handing orders over works without it.")
        )
        self._word.setText(self.tr("In the drawer"))
        self.amount.setAccessibleName(self.tr("In the drawer"))
        self.amount.setPlaceholderText("200.00")
        self.go.setText(self.tr("Open the till"))
        self.receipts.setText(self.tr("Receipts"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Take Enter as the big button and figures for the amount, where nobody else wants them; tell if it was one."""
        if event.key() in ENTER:
            self._open()
        elif event.text() and event.text() in _FIGURES and not event.modifiers() & _CONTROL:
            self.amount.take_over(event.text())
        else:
            return False
        return True

    @Slot()
    def _open(self) -> None:
        fen = self.amount.fen
        if fen is None:
            self.trouble.say(self.tr("Type the amount like 200 or 200.00; 0 if the drawer is empty."))
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.trouble.say("")
        self.amount.clear()
        self.opened.emit(fen)
