"""Who signed in, while signing in is asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.usecases import Member


class Session(QObject):
    """Holds who is here; `present` is also true where somebody goes on without a PIN because nobody has one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.member: Member | None = None
        self.present = False

    def enter(self, member: Member | None) -> None:
        """Let somebody in."""
        self.member, self.present = member, True
        self.changed.emit()

    def leave(self) -> None:
        """Let nobody work until the next one comes."""
        self.member, self.present = None, False
        self.changed.emit()
