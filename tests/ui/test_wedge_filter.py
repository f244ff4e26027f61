"""A USB scanner types into whatever has the focus; none of it may stay there or press anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from scanner.keys.wedge import WedgeAssembler
from tests.core.till import order
from tests.ui.shop import Shop
from ui.counter.page import CounterPage
from ui.wedge_filter import WedgeFilter
from ui.window import Window
from ui.workers import is_code

Press = Callable[..., None]
Scan = Callable[[str], None]


class Pace:
    """The seconds on a clock that moves with each key."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Form(QWidget):
    """A field and a button, as any page has them."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.button = QLineEdit(), QPushButton("Pay")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)


@pytest.fixture
def pace() -> Pace:
    return Pace()


@pytest.fixture
def heard(qapp: QApplication, pace: Pace) -> Iterator[list[str]]:
    """Install the filter with the test's clock, and collect what it hears."""
    heard: list[str] = []
    wedge = WedgeFilter(WedgeAssembler(is_code), now=pace)
    wedge.scanned.connect(heard.append)
    wedge.watch(qapp)
    yield heard
    wedge.unwatch(qapp)
    wedge.deleteLater()


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


@pytest.fixture
def press(pace: Pace) -> Press:
    """Return a function that types a text at a pace, as Qt delivers it: to the window that has the focus."""

    def act(text: str, *, gap: float) -> None:
        for character in text:
            pace.seconds += gap
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_0
            target = QApplication.focusWindow()
            assert target is not None
            QApplication.sendEvent(
                target, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
            )

    return act


@pytest.fixture
def code(shop: Shop) -> str:
    return shop.till.code(order())


def test_a_scan_is_heard_and_leaves_the_field_as_it_was(heard: list[str], form: Form, press: Press, code: str) -> None:
    form.field.setText("shelf ")
    form.field.setFocus()
    press(code + "\r", gap=0.008)
    assert heard == [code]
    assert form.field.text() == "shelf "


def test_the_enter_of_a_scan_presses_no_button(
    heard: list[str], form: Form, press: Press, code: str, qtbot: QtBot
) -> None:
    form.button.setFocus()
    with qtbot.assertNotEmitted(form.button.clicked):
        press(code + "\r", gap=0.008)
    assert heard == [code]


def test_a_field_too_short_for_a_scan_is_emptied_again(heard: list[str], form: Form, press: Press, code: str) -> None:
    form.field.setMaxLength(4)
    form.field.setFocus()
    press(code + "\r", gap=0.008)
    assert form.field.text() == ""


def test_fingers_are_left_alone(heard: list[str], form: Form, press: Press) -> None:
    form.field.setFocus()
    press("48213344", gap=0.15)
    assert form.field.text() == "48213344"
    assert heard == []


def test_a_scanner_without_enter_is_heard_after_a_silence(
    heard: list[str], form: Form, press: Press, pace: Pace, code: str, qtbot: QtBot
) -> None:
    form.field.setFocus()
    press(code, gap=0.008)
    pace.seconds += 1
    qtbot.waitUntil(lambda: heard == [code])


def test_a_scan_on_another_page_brings_the_counter_forward(
    shop: Shop, page: CounterPage, window: Window, press_for_real: Scan, qtbot: QtBot, code: str
) -> None:
    window.go("settings")
    press_for_real(code)
    qtbot.waitUntil(lambda: window.current == "counter")
    qtbot.waitUntil(lambda: page.card.view is not None and page.card.view.word != "Ready to scan")


@pytest.fixture
def press_for_real() -> Scan:
    """Return a function that types as fast as it can, with the program's own filter and clock."""

    def act(text: str) -> None:
        for character in text + "\r":
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_0
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
            target = QApplication.focusWindow()
            assert target is not None
            QApplication.sendEvent(target, event)

    return act
