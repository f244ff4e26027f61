"""The settings while the program runs: one object that tells who must follow a change, and keeps it on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.settings import Settings


class Preferences(QObject):
    """Holds the settings in force; `keep` writes them and must not make the Qt thread wait."""

    changed = Signal(object)  # app.settings.Settings

    def __init__(self, settings: Settings, keep: Callable[[Settings], object]) -> None:
        super().__init__()
        self.now = settings
        self._keep = keep

    def set(self, **choices: Any) -> None:
        """Change some settings, by field name."""
        wanted = replace(self.now, **choices)
        if wanted != self.now:
            self.now = wanted
            self._keep(wanted)
            self.changed.emit(wanted)
