"""Another time for an order, asked in place: the windows that HQ offers, one tap each, then the big button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QProgressBar, QWidget

from app.domain.window import Window, WindowOffer
from ui import theme, widgets
from ui.in_place import InPlace
from ui.widgets import Button
from ui.words import Times

_COLUMNS = 2


class MovePanel(InPlace):
    """Emits `answered(window)`; while HQ is asked it says so, and what HQ refused stands in words."""

    answered = Signal(object)  # app.domain.window.Window
    opened = Signal()

    def __init__(self, times: Times) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._times = times
        self.buttons: list[Button] = []
        self._offers: tuple[WindowOffer, ...] | None = None
        self._chosen: Window | None = None
        self.title = widgets.label("title", wrap=True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setLayout(widgets.column(self._holder(), None))
        self._scroll = widgets.scrolled(inside)
        self._group = QButtonGroup(self)
        self.trouble = widgets.label(wrap=True)
        theme.mark(self.trouble, soft="no")
        self.go = Button("clock", role="primary", tint="on_accent", clicked=self._submit)
        self.back = Button(role="second", clicked=self.close_panel)
        buttons = widgets.row(self.go, self.back, gap=8)
        buttons.setStretch(0, 1)
        layout = widgets.column(self.title, self._busy, self.trouble, self._scroll, buttons, margin=12, gap=8)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.retranslate()
        self.hide()

    def open_panel(self) -> None:
        """Show that HQ is asked."""
        self._show_offers(None)
        self.complain("")
        self.wait()
        self.opened.emit()
        self.show()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Show that HQ is asked: nothing can be chosen meanwhile."""
        self._busy.show()
        self._scroll.setEnabled(False)
        self.go.setEnabled(False)

    def take_offers(self, offers: tuple[WindowOffer, ...]) -> None:
        """Let the clerk choose."""
        self._busy.hide()
        self._scroll.setEnabled(True)
        self._show_offers(offers)
        if not any(offer.why is None for offer in offers):
            self.complain(self.tr("No other time is free."))

    def refuse(self, sentence: str, *, choose_again: bool) -> None:
        """Say why it was not taken."""
        self._busy.hide()
        self._scroll.setEnabled(choose_again)
        self.complain(sentence)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, sentence: str) -> None:
        """Say what is wrong, or nothing."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("When does the customer want to come?"))
        self.go.setText(self.tr("Move it"))
        self.back.setText(self.tr("Back"))
        for button, say in zip(self.buttons, self._sayings(), strict=True):
            button.setText(say())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves the order."""
        if event.key() in widgets.ENTER:
            self._submit()
        else:
            super().keyPressEvent(event)

    def _holder(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(self._grid)
        return holder

    def _show_offers(self, offers: tuple[WindowOffer, ...] | None) -> None:
        self._offers, self._chosen = offers, None
        widgets.empty(self._grid)
        self.buttons = []
        for place, offer in enumerate(offers or ()):
            button = Button(clicked=partial(self._choose, offer.window))
            button.setCheckable(True)
            button.setEnabled(offer.why is None)
            self._group.addButton(button)
            self.buttons.append(button)
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        self.go.setEnabled(False)
        self.retranslate()

    def _sayings(self) -> list[Callable[[], str]]:
        return [partial(self._say, offer) for offer in self._offers or ()]

    def _say(self, offer: WindowOffer) -> str:
        when = self._times.window(offer.window)
        return when if offer.why is None else self.tr("%1, full").replace("%1", when)

    def _choose(self, window: Window) -> None:
        self._chosen = window
        self.complain("")
        self.go.setEnabled(True)
        # Enter means the big button now, not the window once more.
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _submit(self) -> None:
        if self._chosen and self.go.isEnabled():
            self.answered.emit(self._chosen)
