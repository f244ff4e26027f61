"""While Qt loads a plugin our translator is not asked: it would need Python's lock under the system's loader lock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.i18n import Language


class Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.changes = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.changes += event.type() == QEvent.Type.LanguageChange


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    spoken.speak("zh_CN")
    qapp.processEvents()
    yield spoken
    with spoken.unasked():
        spoken._spoken = []


def title() -> str:
    return QCoreApplication.translate("pages", "Board")


def test_nothing_is_asked_meanwhile(language: Language) -> None:
    with language.unasked():
        assert title() == "Board"


def test_the_language_is_back_afterwards(language: Language) -> None:
    before = title()
    with language.unasked():
        pass
    assert title() == before != "Board"


def test_no_widget_hears_of_it(language: Language, qtbot: QtBot, qapp: QApplication) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    with language.unasked():
        pass
    qapp.processEvents()
    assert listener.changes == 0
