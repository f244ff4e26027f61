"""A start that ends before there is a window says why on the screen, not only on a console that nobody sees."""

from __future__ import annotations

import io
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.errors import AlreadyRunning
from ui import sorry
from ui.i18n import Language

PROBLEM = AlreadyRunning("Another window has /home/li/ziti open (process 4711).")


def test_a_second_start_says_that_one_is_open_already(
    qapp: QApplication, english: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    said: list[str] = []

    def read() -> None:
        window = next(each for each in qapp.topLevelWidgets() if each.isVisible() and each.findChild(QPushButton))
        said.extend(label.text() for label in window.findChildren(QLabel))
        window.findChildren(QPushButton)[0].click()

    QTimer.singleShot(0, read)
    sorry.say(PROBLEM)
    english.speak("en")
    assert len(said) == 2
    assert "已" in said[0]
    assert said[1] == str(PROBLEM)


def test_where_there_is_no_screen_the_console_is_enough(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    before: list[QWidget] = qapp.topLevelWidgets()
    sorry.say(PROBLEM)
    assert qapp.topLevelWidgets() == before
