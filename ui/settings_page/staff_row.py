"""Who may sign in here, and the way to lock the terminal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from app.changes import Changes
from app.domain.verdict import Role
from app.usecases.sign_in import Member, members
from ui import widgets
from ui.parts import Parts
from ui.settings_page.choices import setting_row


class StaffRow(QFrame):
    """The names, and a button that locks."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._members: tuple[Member, ...] = ()
        self._title, self.who = widgets.label("title"), widgets.label("muted", wrap=True)
        self.lock = widgets.Button("lock", clicked=partial(parts.tasks.page_wanted.emit, "sign_in"))
        self.setLayout(setting_row(self._title, self.who, self.lock))
        parts.tasks.changed.connect(self._follow)
        parts.preferences.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self, *_news: object) -> None:
        """Say everything in the language in force."""
        self._title.setText(self.tr("Who may sign in"))
        self.lock.setText(self.tr("Lock now"))
        self.lock.setVisible(self._parts.preferences.now.sign_in)
        manager = self.tr("manager")
        names = [
            f"{each.name} ({manager})" if each.role is Role.MANAGER else each.name
            for each in self._members
            if each.has_pin
        ]
        nobody = self.tr("Nobody has a PIN yet. HQ gives names, roles and PINs; they arrive here by themselves.")
        self.who.setText(" · ".join(names) or nobody)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look who works here now."""
        super().showEvent(event)
        self._read()

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.profile and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._parts.tasks.ask_quietly(members, self._show)

    def _show(self, found: tuple[Member, ...]) -> None:
        self._members = found
        self.retranslate()
