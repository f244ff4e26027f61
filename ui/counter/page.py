"""The counter's page: card on the left, scanner, search and lists on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui import widgets
from ui.counter.card import Card
from ui.counter.side import Side
from ui.words import Times

_CONTROL = Qt.KeyboardModifier.ControlModifier


class CounterPage(QWidget):
    """Widgets and signals only; `presenter.Presenter` drives it."""

    entered = Signal()
    escaped = Signal()
    language_changed = Signal()

    def __init__(self, times: Times) -> None:
        super().__init__()
        # The page itself holds the focus: a plain widget, where no input method eats what a scanner types.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = Card(times)
        self.side = Side(times)
        layout = widgets.row(self.card, self.side, margin=16, gap=16)
        layout.setStretch(0, 11)
        layout.setStretch(1, 8)
        self.setLayout(layout)
        self.side.search.returnPressed.connect(self._search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the big button says, Escape steps back, a digit goes to the search field."""
        if event.key() in widgets.ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.text().isalnum() and event.text().isascii() and not event.modifiers() & _CONTROL:
            self.side.search.take_over(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.side.retranslate()
            self.language_changed.emit()
        super().changeEvent(event)

    def rest(self) -> None:
        """Put the focus where a scan types nothing and Enter means the big button."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        if self.side.search.text().strip():
            self.rest()
            self.side.search.submit()
        else:
            self.entered.emit()
