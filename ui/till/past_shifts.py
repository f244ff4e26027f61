"""The shifts that were closed, the last one first; a tap shows the report."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import format_fen
from app.usecases.shift import Shift
from ui import widgets
from ui.widgets import Button, EmptyState
from ui.words import Times


class PastShifts(QWidget):
    """Emits `chosen(shift id)`."""

    chosen = Signal(str)

    def __init__(self, times: Times) -> None:
        super().__init__()
        self._times = times
        self._shifts: tuple[Shift, ...] = ()
        self.buttons: list[Button] = []
        self._title = widgets.label("title")
        self._nothing = EmptyState("drawer", 40)
        self._place = widgets.column(gap=6)
        inside = QWidget()
        inside.setLayout(self._place)
        self._scroll = widgets.scrolled(inside)
        layout = widgets.column(self._title, self._scroll, self._nothing, gap=8)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.retranslate()

    def show_shifts(self, shifts: tuple[Shift, ...]) -> None:
        """Show these."""
        if shifts != self._shifts:
            self._shifts = shifts
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Earlier shifts"))
        self._nothing.text.setText(self.tr("No shift has been closed here yet."))
        widgets.empty(self._place)
        self.buttons = [self._button(shift) for shift in self._shifts]
        for button in self.buttons:
            self._place.addWidget(button)
        self._place.addStretch(1)
        self._scroll.setVisible(bool(self.buttons))
        self._nothing.setVisible(not self.buttons)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _button(self, shift: Shift) -> Button:
        button = Button(role="rowbutton", clicked=partial(self.chosen.emit, shift.id))
        when = self._times.moment(shift.closed_at) if shift.closed_at else ""
        off = shift.difference_fen or 0
        mark = widgets.label("", signed(off) if off else self.tr("matches"))
        mark.setProperty("soft", "wait" if off else "yes")
        layout = widgets.row(widgets.label("", when), widgets.label("muted", shift.closed_by), None, mark, gap=10)
        layout.setContentsMargins(12, 5, 8, 5)
        button.setLayout(layout)
        button.setToolTip(self.tr("Show the report"))
        button.setAccessibleName(f"{when} {shift.closed_by} {mark.text()}")
        return button


def signed(fen: int) -> str:
    """Return an amount with its sign, 0 without."""
    return f"+{format_fen(fen)}" if fen > 0 else format_fen(fen)
