"""A manager's PIN and reason, asked in place: the clerk stays, nothing covers the customer's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QLineEdit

from app.usecases.authorise import Answer
from ui import theme, widgets
from ui.flow import Flow

LONGEST_PIN = 12
_NARROWEST_PIN = 180
_AROUND_TEXT = 44


class ManagerPanel(QFrame):
    """Emits `answered(pin, reason)` once both are there; shows why a PIN was not taken.

    `known`: the manager who is at the counter anyway; then only a reason is asked for, and the PIN is empty.
    Opened by `ask_pin`, it asks for no reason.
    """

    answered = Signal(str, str)
    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.known = ""
        self.pin = widgets.Field()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(LONGEST_PIN)
        widgets.without_input_method(self.pin)
        self.pin.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.pin.returnPressed.connect(self._submit)
        self.reason = widgets.Field()
        self.reason.setMaxLength(120)
        self.reason.returnPressed.connect(self._submit)
        self.title = widgets.label("title", wrap=True)
        self._trouble = widgets.label(wrap=True)
        self._go = widgets.Button("key", clicked=self._submit)
        theme.mark(self._go, tone="accent")
        self._go.show_icon("key", "on_accent")
        self._back = widgets.Button(role="quiet", clicked=self.close_panel)
        self._quick = Flow(gap=8)
        # The room at the end is taken only where no reason is asked for.
        fields = widgets.row(self.pin, self.reason, None, gap=8)
        fields.setStretch(1, 1)
        fields.setStretch(2, 0)
        buttons = widgets.row(self._go, self._back, None, gap=8)
        self.setLayout(widgets.column(self.title, self._quick, fields, self._trouble, buttons, margin=12, gap=8))
        self.retranslate()
        self.hide()

    def open_panel(self, title: str, reasons: Sequence[str], known: str = "") -> None:
        """Ask; `reasons` are the usual ones, one tap each."""
        self.known = known
        self.pin.setVisible(not known)
        self.reason.show()
        self._open(title, reasons)

    def ask_pin(self, title: str) -> None:
        """Ask for a manager's PIN alone, where the title is reason enough."""
        self.known = ""
        self.pin.show()
        self.reason.hide()
        self._open(title, ())

    def _open(self, title: str, reasons: Sequence[str]) -> None:
        self.title.setText(title)
        self.pin.clear()
        self.reason.clear()
        self.refuse("")
        widgets.empty(self._quick)
        for reason in reasons:
            button = widgets.Button(clicked=partial(self._choose, reason))
            button.setText(reason)
            self._quick.addWidget(button)
        # First the others make room, then it shows: a window that once had to grow never shrinks again.
        self.opened.emit()
        self.show()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _first(self) -> QLineEdit:
        return self.reason if self.known else self.pin

    def close_panel(self) -> None:
        """Give up."""
        if not self.isHidden():
            self.pin.clear()
            self.hide()
            self.closed.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken; the field is ready for another try."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        theme.mark(self._trouble, soft="no")
        self._go.setEnabled(True)
        self.pin.clear()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_answer(self, allowed: Callable[[str], None], answer: Answer) -> None:
        """Go on with the manager's name, or say that the PIN was not taken."""
        if answer.manager:
            allowed(answer.manager)
        else:
            self.refuse(self._why(answer))

    def _why(self, answer: Answer) -> str:
        if answer.pause_seconds:
            return self.tr("Too many wrong PINs. Try again in %n second(s).", "", answer.pause_seconds)
        return self.tr("This PIN was not taken. After several wrong ones there is a pause.")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.pin.setPlaceholderText(self.tr("Manager's PIN"))
        self.pin.setAccessibleName(self.tr("Manager's PIN"))
        self._fit_pin()
        self.reason.setPlaceholderText(self.tr("Reason"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self._go.setText(self.tr("Allow"))
        self._back.setText(self.tr("Back"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_pin()
        super().changeEvent(event)

    def _fit_pin(self) -> None:
        """Let the field be as wide as the words in it, at any size of text."""
        words = self.pin.fontMetrics().horizontalAdvance(self.pin.placeholderText())
        self.pin.setFixedWidth(max(_NARROWEST_PIN, words + _AROUND_TEXT))

    def _choose(self, reason: str) -> None:
        self.reason.setText(reason)
        if not self.known and not self.pin.text():
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if not self.known and not self.pin.text():
            self.refuse(self.tr("The manager's PIN is missing."))
        elif not self.reason.isHidden() and not self.reason.text().strip():
            self._trouble.setText(self.tr("A reason is missing: choose one or write it."))
            self._trouble.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go.setEnabled(False)
            self.answered.emit(self.pin.text(), self.reason.text().strip())
