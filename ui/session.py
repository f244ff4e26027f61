"""Who signed in, while signing in is asked for, and whether a manager lets the settings be changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.usecases.sign_in import Member


class Session(QObject):
    """Holds who is here; `present` is also true where somebody goes on without a PIN because nobody has one.

    `has_managers`: whether any manager of this store has a PIN; where none has, nothing can be asked of one.
    `unlocked_by`: the manager who opened the settings for whoever is at the counter, until they are left.
    """

    changed = Signal()
    rights_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.member: Member | None = None
        self.present = False
        self.has_managers = False
        self.unlocked_by = ""

    def enter(self, member: Member | None) -> None:
        """Let somebody in."""
        self.member, self.present = member, True
        self._tell()

    def leave(self) -> None:
        """Let nobody work until the next one comes."""
        self.member, self.present = None, False
        self._tell()

    def know(self, *, has_managers: bool) -> None:
        """Take note of whether a manager's PIN can be asked for."""
        if has_managers != self.has_managers:
            self.has_managers = has_managers
            self.rights_changed.emit()

    def unlock(self, manager: str) -> None:
        """Let the settings be changed because a manager says so; empty: no longer."""
        if manager != self.unlocked_by:
            self.unlocked_by = manager
            self.rights_changed.emit()

    def _tell(self) -> None:
        self.unlocked_by = ""
        self.changed.emit()
        self.rights_changed.emit()
