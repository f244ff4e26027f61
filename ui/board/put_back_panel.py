"""Asks in place why goods go back: the usual reasons by one tap, any other in words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot

from ui import theme, widgets
from ui.in_place import InPlace
from ui.widgets import Button


class PutBackPanel(InPlace):
    """Emits `answered(order numbers, reason)`: these goods leave the shelf."""

    answered = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._numbers: list[int] = []
        self.title = widgets.label("title", wrap=True)
        self.hint = widgets.label("muted", wrap=True)
        self.reasons = [Button(clicked=partial(self._choose, place)) for place in range(3)]
        self.reason = widgets.Field()
        self.reason.setMaxLength(120)
        self.reason.returnPressed.connect(self._submit)
        self.trouble = widgets.label(wrap=True)
        theme.mark(self.trouble, soft="no")
        self.go = Button("put_back", role="primary", tint="on_accent", clicked=self._submit)
        self.back = Button(role="quiet", tint="accent", clicked=self.close_panel)
        why = widgets.row(*self.reasons, self.reason, self.go, self.back, gap=8)
        why.setStretch(len(self.reasons), 1)
        self.setLayout(widgets.column(self.title, self.hint, why, self.trouble, margin=12, gap=8))
        self.retranslate()
        self.hide()

    def open_panel(self, numbers: list[int]) -> None:
        """Ask about orders."""
        self._numbers = numbers
        self.reason.clear()
        self._complain("")
        self.retranslate()
        self.show()
        self.reasons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Put %n order(s) back: why?", "", len(self._numbers)))
        self.hint.setText(
            self.tr("What is good can be sold again, the rest is taken off in Stock. The order stays open at HQ.")
        )
        for button, text in zip(self.reasons, self._usual(), strict=True):
            button.setText(text)
        self.reason.setPlaceholderText(self.tr("Reason"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.go.setText(self.tr("Put back"))
        self.back.setText(self.tr("Back"))

    def _usual(self) -> tuple[str, str, str]:
        return self.tr("Nobody came"), self.tr("Customer comes another day"), self.tr("No longer good")

    def _choose(self, place: int) -> None:
        self.reason.setText(self._usual()[place])
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    @Slot()
    def _submit(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._complain(self.tr("A reason is missing: choose one or write it."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.answered.emit(self._numbers, reason)
        self.close_panel()
