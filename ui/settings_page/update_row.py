"""Which release this is, whether a newer one waits, and what must be finished before it is installed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from ui import theme, widgets
from ui.parts import Parts
from ui.settings_page.choices import setting_row


class UpdateRow(QFrame):
    """Says; it installs nothing."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._title, self.hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.news = widgets.label(wrap=True)
        self.news.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.look = widgets.Button("sync", clicked=self._look)
        self.look.setVisible(parts.updates.can_look)
        self.setLayout(widgets.column(setting_row(self._title, self.hint, self.look), self.news, gap=4))
        parts.updates.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything in the language in force."""
        updates = self._parts.updates
        self._title.setText(self.tr("Program"))
        self.look.setText(self.tr("Look for a newer one"))
        here = self.tr("This is version %1.").replace("%1", updates.here)
        known = updates.newest is not None and updates.waiting is None
        self.hint.setText(f"{here} {self.tr('It is the newest that HQ knows of.')}" if known else here)
        self.news.setVisible(updates.waiting is not None)
        self.news.setText(self._waiting())
        theme.mark(self.news, soft="accent")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what would have to wait."""
        super().showEvent(event)
        self._parts.updates.read(self._parts.tasks)

    def _waiting(self) -> str:
        updates = self._parts.updates
        if updates.waiting is None:
            return ""
        ready = self.tr("Version %1 is ready.").replace("%1", updates.waiting.version)
        return "\n".join(filter(None, (f"{ready} {self._when()}", updates.waiting.url, updates.waiting.notes)))

    def _when(self) -> str:
        left = self._parts.updates.left
        if left is None:
            return ""
        if left.shift_open:
            return self.tr("Install it when the shift is closed.")
        if left.unsent:
            return self.tr("First let %n entry(s) go to HQ.", "", left.unsent)
        if left.parked:
            return self.tr("First look at what was put aside, on the Sync page.")
        return self.tr("It can be installed now.")

    def _look(self) -> None:
        self.look.setEnabled(False)
        self._parts.updates.check_aside(self._parts.tasks, self._looked)

    def _looked(self) -> None:
        self.look.setEnabled(True)
        if self._parts.updates.newest is None:
            self.hint.setText(self.tr("HQ cannot be asked now; it is tried again by itself."))
