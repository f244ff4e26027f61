"""What the window is given by `main.py`: everything that is not a widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ui.preferences import Preferences
from ui.sounds import Sounds
from ui.tasks import Tasks
from ui.words import Times
from ui.workers import ScanWorker, SyncWorker


@dataclass(frozen=True, slots=True)
class Parts:
    """The terminal behind its face; `settings_set_aside` is where a settings file went that could not be read."""

    tasks: Tasks
    times: Times
    preferences: Preferences
    scan: ScanWorker
    sync: SyncWorker
    sounds: Sounds
    settings_set_aside: Path | None = None

    @property
    def clerk(self) -> str:
        """Who stands at the counter."""
        return self.preferences.now.clerk
