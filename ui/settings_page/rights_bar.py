"""Why some settings are grey, and the way for a manager to open them for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame

from ui import authorising, theme, widgets
from ui.manager_panel import ManagerPanel
from ui.parts import Parts


class RightsBar(QFrame):
    """Shown while something is barred, or was opened by a manager who is not signed in."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.said = widgets.label(wrap=True)
        self.unlock = widgets.Button("key", clicked=self._ask)
        self.lock = widgets.Button("lock", clicked=self.end)
        self.manager = ManagerPanel()
        self.manager.answered.connect(self._check)
        line = widgets.row(self.said, self.unlock, self.lock, gap=12)
        line.setStretch(0, 1)
        self.setMaximumWidth(1040)
        self.setLayout(widgets.column(line, self.manager, gap=8))
        parts.session.rights_changed.connect(self._show)
        parts.preferences.changed.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.unlock.setText(self.tr("Unlock with a manager's PIN"))
        self.lock.setText(self.tr("Lock again"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def end(self) -> None:
        """Let the settings be a manager's again."""
        self.manager.close_panel()
        self._parts.session.unlock("")

    def _ask(self) -> None:
        self.manager.ask_pin(self.tr("A manager lets the settings be changed"))

    @Slot(str, str)
    def _check(self, pin: str, _reason: str) -> None:
        authorising.check(self._parts.tasks, self.manager, pin, self._unlocked)

    def _unlocked(self, manager: str) -> None:
        self.manager.close_panel()
        self._parts.session.unlock(manager)

    @Slot()
    def _show(self, *_news: object) -> None:
        manager = self._parts.session.unlocked_by
        barred = not self._parts.may_set_up
        self.setVisible(barred or bool(manager))
        self.unlock.setVisible(barred)
        self.lock.setVisible(bool(manager))
        if barred:
            self.said.setText(self.tr("What is grey here a manager may change."))
        else:
            self.said.setText(self.tr("Opened by %1, until this page is left.").replace("%1", manager))
            self.manager.close_panel()
        theme.mark(self.said, soft="calm" if barred else "wait")
