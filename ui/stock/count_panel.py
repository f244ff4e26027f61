"""While somebody counts: the product in hand, how many there are of it, and the end of the counting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from app.usecases.stock import StockRow
from ui import theme, widgets
from ui.number_pad import NumberPad
from ui.widgets import Button

MOST_DIGITS = 6


class CountPanel(QFrame):
    """Emits `counted(pieces)` with each stroke (-1: nothing stands there), `next_asked` when a product is done."""

    counted = Signal(int)
    next_asked = Signal()
    kept = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._tonight = False
        self._many = 0
        self.title, self.hint = widgets.label("title", wrap=True), widgets.label("muted", wrap=True)
        self.product = widgets.label("title", wrap=True)
        self.figure = widgets.Field()
        self.figure.setMaxLength(MOST_DIGITS)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        widgets.without_input_method(self.figure)
        self.figure.textEdited.connect(self._tell)
        self.figure.returnPressed.connect(self.next_asked.emit)
        self.pad = NumberPad(self.figure, point=False)
        self.pad.typed.connect(self._tell)
        self.next = Button("next", clicked=self.next_asked.emit)
        self.trouble = widgets.label(wrap=True)
        theme.mark(self.trouble, soft="no")
        self.go = Button("check", role="primary", tint="on_accent", clicked=self.kept.emit)
        self.back = Button(clicked=self.closed.emit)
        buttons = widgets.column(self.go, self.back, gap=8)
        entry = widgets.row(self.figure, self.next, gap=8)
        entry.setStretch(0, 1)
        self.setLayout(
            widgets.column(
                self.title,
                self.hint,
                widgets.frame("rule"),
                self.product,
                entry,
                self.pad,
                self.trouble,
                None,
                buttons,
                margin=14,
                gap=8,
            )
        )
        self.setFixedWidth(330)
        self.retranslate()
        self.hide()

    def begin(self, *, tonight: bool) -> None:
        """Count; `tonight`: what there is of it is offered at once."""
        self._tonight = tonight
        self.retranslate()
        self._complain("")
        self.show()

    def show_row(self, row: StockRow | None, pieces: int | None) -> None:
        """Show the product in hand and what was counted of it."""
        self.product.setText(row.product.name if row else self.tr("Tap a product"))
        self.figure.setEnabled(row is not None)
        self._complain("")
        text = "" if pieces is None else str(pieces)
        if self.figure.text() != text:
            self.figure.setText(text)
        self.figure.selectAll()
        if self.isVisible():
            self.figure.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_count(self, many: int) -> None:
        """Show how many products are counted."""
        self._many = many
        self.go.setText(self.tr("Keep %n figure(s)", "", many))
        self.go.setEnabled(bool(many))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        if self._tonight:
            self.title.setText(self.tr("What is left tonight?"))
            self.hint.setText(self.tr("What is above 0 is offered at once, what is 0 no longer."))
        else:
            self.title.setText(self.tr("Count what is on the shelf"))
            self.hint.setText(self.tr("Type figures or scan piece by piece: only what you count is changed."))
        self.figure.setPlaceholderText(self.tr("Counted"))
        self.figure.setAccessibleName(self.tr("Counted"))
        self.next.setText(self.tr("Next"))
        self.back.setText(self.tr("Back"))
        self.show_count(self._many)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _tell(self) -> None:
        text = self.figure.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            self._complain(self.tr("A count is a number from 0 up."))
            return
        self._complain("")
        self.counted.emit(int(text) if text else -1)

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
