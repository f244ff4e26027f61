"""Yes, wait, no and new work for the ear; a machine without the sound library beeps."""

from __future__ import annotations

import importlib
import logging
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from app.domain.verdict import Tone
from resources import ROOT

log = logging.getLogger(__name__)

NEW = "new"


class Sounds:
    """Plays a sound for each tone and for new work; the library is loaded by `prepare`, after the first frame."""

    def __init__(self) -> None:
        self.on = True
        self._effects: dict[str, Any] = {}

    def prepare(self) -> None:
        """Load the sounds; `ImportError` is what a Linux without PulseAudio's library answers."""
        try:
            multimedia = importlib.import_module("PySide6.QtMultimedia")
        except ImportError as error:
            log.info("no sound library, the program beeps instead: %s", error)
            return
        if multimedia.QMediaDevices.defaultAudioOutput().isNull():
            log.info("no loudspeaker, the program beeps instead")
            return
        for name in (*Tone, NEW):
            effect = multimedia.QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(ROOT / "sounds" / f"{name}.wav")))
            self._effects[name] = effect

    def play(self, tone: Tone) -> None:
        """Play a tone's sound, if sounds are on."""
        self._play(tone)

    def ring(self) -> None:
        """Say that new work has come, if sounds are on."""
        self._play(NEW)

    def _play(self, name: str) -> None:
        if not self.on:
            return
        if effect := self._effects.get(name):
            effect.play()
        else:
            QApplication.beep()
