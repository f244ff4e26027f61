"""The printers that are plugged in or known to the system, each with a tap to use it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from app.domain.document import Paper
from ui import printer_words, theme, widgets
from ui.parts import Parts
from ui.printing_room import Nearby
from ui.settings_page.choices import setting_row
from ui.widgets import Button

_FIELDS = {Paper.RECEIPT: "receipt_printer", Paper.LABEL: "label_printer"}


class FoundPrinters(QFrame):
    """What was found at the last look; printers in the network do not show themselves and are typed in."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._printers: tuple[Nearby, ...] | None = None
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.again = Button(clicked=self._look)
        self._rows = widgets.column(gap=6)
        self.setLayout(widgets.column(setting_row(self._title, self._hint, self.again), self._rows, gap=4))
        parts.printers.found.connect(self._take)
        parts.preferences.changed.connect(self._draw)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Found on this machine"))
        self.again.setText(self.tr("Look again"))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is there."""
        super().showEvent(event)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.again.setEnabled(False)
        self._parts.printers.look_around()

    @Slot(object)
    def _take(self, found: tuple[Nearby, ...]) -> None:
        self._printers = found
        self.again.setEnabled(True)
        self._draw()

    @Slot()
    def _draw(self, *_news: object) -> None:
        widgets.empty(self._rows)
        for each in self._printers or ():
            self._rows.addWidget(self._row(each))
        self._hint.setText(self._said())

    def _said(self) -> str:
        if self._printers is None:
            return self.tr("Looking …")
        if not self._printers:
            return self.tr("Nothing found. Type the address of a network printer in above.")
        return self.tr("Network printers do not show up here: type their address in above.")

    def _row(self, found: Nearby) -> QFrame:
        row = widgets.frame("row")
        way, _, where = found.address.partition(":")
        buttons = [self._use(found.address, paper) for paper in Paper]
        # A maker may give it any name: the way to it tells two of one name apart.
        place = widgets.label("muted", f"{printer_words.way(way, Paper.RECEIPT)} · {where}", wrap=True)
        layout = widgets.row(widgets.column(widgets.label("", found.name, wrap=True), place, gap=0), *buttons, gap=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(14, 6, 4, 6)
        row.setLayout(layout)
        row.setMinimumHeight(theme.TOUCH)
        return row

    def _use(self, address: str, paper: Paper) -> Button:
        button = Button(clicked=partial(self._choose, address, paper))
        button.setCheckable(True)
        button.setChecked(getattr(self._parts.preferences.now, _FIELDS[paper]) == address)
        button.setText(self.tr("For receipts") if paper is Paper.RECEIPT else self.tr("For labels"))
        return button

    def _choose(self, address: str, paper: Paper) -> None:
        chosen = getattr(self._parts.preferences.now, _FIELDS[paper]) == address
        self._parts.preferences.set(**{_FIELDS[paper]: "" if chosen else address})
        self._parts.printers.try_again()
