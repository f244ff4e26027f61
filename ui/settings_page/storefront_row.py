"""The way from the settings to the storefront's QR code, where there is a storefront on this PC."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from ui import widgets
from ui.parts import Parts
from ui.settings_page.choices import setting_row


class StorefrontRow(QFrame):
    """One row with a button."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.show_code = widgets.Button("store", clicked=self._ask)
        self.setLayout(setting_row(self._title, self._hint, self.show_code))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Storefront"))
        self._hint.setText(self.tr("Customers scan this code and order."))
        self.show_code.setText(self.tr("Show the QR code"))

    @Slot()
    def _ask(self) -> None:
        self._parts.tasks.page_wanted.emit("shop")
