"""A USB scanner types into whatever has the focus; none of it may stay there or press anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from scanner.keys.wedge import WedgeAssembler
from tests.core.till import order
from tests.ui.shop import Shop
from ui.counter.page import CounterPage
from ui.wedge_fields import acts_on
from ui.wedge_filter import KeyClock, PreeditWatch, WedgeFilter
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
        self.combo, self.spin, self.list = QComboBox(), QSpinBox(), QListWidget()
        self.combo.addItems(["no", "1080p", "2 K", "4 K"])
        self.list.addItems(["no", "1080p", "2 K", "4 K"])
        self.list.setCurrentRow(0)
        self.spin.setRange(0, 99)
        self.spin.setValue(7)
        layout = QVBoxLayout(self)
        for part in (self.field, self.button, self.combo, self.spin, self.list):
            layout.addWidget(part)


@pytest.fixture
def pace() -> Pace:
    return Pace()


@pytest.fixture
def wedge(qapp: QApplication, pace: Pace) -> Iterator[WedgeFilter]:
    """Install the filter with the test's clock."""
    wedge = WedgeFilter(WedgeAssembler(is_code), now=pace)
    wedge.watch(qapp)
    yield wedge
    wedge.unwatch(qapp)
    wedge.deleteLater()


@pytest.fixture
def heard(wedge: WedgeFilter) -> list[str]:
    """Collect what the filter hears."""
    heard: list[str] = []
    wedge.scanned.connect(heard.append)
    return heard


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


# -- whatever has the focus -------------------------------------------------------------------------------------


def test_a_selected_text_that_the_first_digit_replaced_comes_back(
    heard: list[str], form: Form, press: Press, code: str
) -> None:
    form.field.setText("shelf A-12")
    form.field.setFocus()
    form.field.selectAll()
    press(code + "\r", gap=0.008)
    assert heard == [code]
    assert (form.field.text(), form.field.selectedText()) == ("shelf A-12", "shelf A-12")


def test_a_digit_typed_right_before_a_scan_stays(heard: list[str], form: Form, press: Press, code: str) -> None:
    form.field.setText("old")
    form.field.setFocus()
    form.field.selectAll()
    press("4", gap=0.2)
    press(code + "\r", gap=0.008)
    assert (heard, form.field.text()) == ([code], "4")


def test_a_spin_box_keeps_its_number(heard: list[str], form: Form, press: Press, code: str) -> None:
    form.spin.setFocus()
    form.spin.selectAll()
    press(code + "\r", gap=0.008)
    assert (heard, form.spin.value()) == ([code], 7)


def test_a_combo_box_keeps_its_choice(heard: list[str], form: Form, press: Press, code: str, qtbot: QtBot) -> None:
    form.combo.setFocus()
    with qtbot.assertNotEmitted(form.combo.activated):
        press(code + "\r", gap=0.008)
    assert (heard, form.combo.currentIndex()) == ([code], 0)


def test_an_open_list_keeps_its_choice(heard: list[str], form: Form, press: Press, code: str, qtbot: QtBot) -> None:
    form.combo.showPopup()
    qtbot.waitUntil(form.combo.view().isVisible)
    with qtbot.assertNotEmitted(form.combo.activated):
        press(code + "\r", gap=0.008)
    assert (heard, form.combo.currentIndex()) == ([code], 0)
    form.combo.hidePopup()


def test_a_list_keeps_its_row(heard: list[str], form: Form, press: Press, code: str) -> None:
    form.list.setFocus()
    press(code + "\r", gap=0.008)
    assert (heard, form.list.currentRow()) == ([code], 0)


def test_an_open_menu_does_nothing(heard: list[str], form: Form, press: Press, code: str, qtbot: QtBot) -> None:
    menu = QMenu(form)
    menu.addActions([menu.addAction("1 bag"), menu.addAction("&2 bags")])
    menu.popup(form.mapToGlobal(form.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    with qtbot.assertNotEmitted(menu.triggered):
        press(code + "\r", gap=0.008)
    assert heard == [code]
    menu.close()


@pytest.mark.parametrize("text", ["A B C D 1 2\r", "12 4\r", "AB\rCD\rEF\r"])
def test_spaces_and_line_ends_of_a_foreign_scan_press_no_button(
    heard: list[str], form: Form, press: Press, text: str, qtbot: QtBot
) -> None:
    form.button.setFocus()
    with qtbot.assertNotEmitted(form.button.pressed):
        press(text, gap=0.008)


def test_a_persons_space_presses_the_button(heard: list[str], form: Form, press: Press, qtbot: QtBot) -> None:
    form.button.setFocus()
    press("4", gap=1)
    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    assert not acts_on(form.button, " ", in_a_hurry=False)
    with qtbot.waitSignal(form.button.pressed):
        QApplication.sendEvent(form.button, pressed)


# -- input methods -----------------------------------------------------------------------------------------------


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_full_width_digits_that_an_input_method_finishes_are_a_scan(
    heard: list[str], form: Form, pace: Pace, press: Press, code: str
) -> None:
    form.field.setText("shelf ")
    form.field.setFocus()
    for digit in code.translate(str.maketrans("0123456789", "０１２３４５６７８９")):
        pace.seconds += 0.008
        commit(form.field, digit)
    press("\r", gap=0.008)
    assert (heard, form.field.text()) == ([code], "shelf ")


def test_a_word_that_an_input_method_finishes_at_once_is_no_scan(heard: list[str], form: Form) -> None:
    form.field.setFocus()
    commit(form.field, "自提收银台系统")
    assert (heard, form.field.text()) == ([], "自提收银台系统")


def test_an_input_method_that_swallows_a_scan_is_told_once(
    wedge: WedgeFilter, form: Form, pace: Pace, qtbot: QtBot
) -> None:
    told: list[bool] = []
    wedge.swallowed_by_input_method.connect(lambda: told.append(True))
    form.field.setFocus()
    for count in range(1, 60):
        pace.seconds += 0.008
        QApplication.sendEvent(form.field, QInputMethodEvent("2" * count, []))
    assert told == [True]


def test_a_person_with_an_input_method_is_left_alone(wedge: WedgeFilter, form: Form, pace: Pace, qtbot: QtBot) -> None:
    form.field.setFocus()
    with qtbot.assertNotEmitted(wedge.swallowed_by_input_method):
        for count in range(1, 20):
            pace.seconds += 0.09
            QApplication.sendEvent(form.field, QInputMethodEvent("nihao"[:count], []))


def test_each_burst_of_pre_edits_is_told_anew() -> None:
    watch = PreeditWatch()
    bursts = [[start + 0.008 * key for key in range(40)] for start in (1, 5)]
    assert [sum(watch.is_scan(at) for at in burst) for burst in bursts] == [1, 1]


def test_a_deleted_field_leaves_no_trace(wedge: WedgeFilter, form: Form, press: Press) -> None:
    form.field.setFocus()
    form.field.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press("4821", gap=0.2)


def test_the_counters_fields_for_digits_take_no_input_method(page: CounterPage) -> None:
    fields = (page.side.search, page.card.manager.pin, page.side.manager.pin)
    assert [field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) for field in fields] == [False] * 3


def test_what_stands_in_the_search_field_survives_a_scan_onto_the_page(
    page: CounterPage, press_for_real: Scan, code: str, qtbot: QtBot
) -> None:
    page.side.search.setText("48")
    page.rest()
    press_for_real(code)
    qtbot.waitUntil(lambda: page.card.view is not None and page.card.view.word != "Ready to scan")
    assert page.side.search.text() == "48"


# -- the clock ----------------------------------------------------------------------------------------------------


def test_keys_that_waited_for_a_busy_window_keep_their_own_times(pace: Pace) -> None:
    clock = KeyClock(pace)
    pace.seconds = 100.0
    assert clock.at(5000) == pytest.approx(100.0)
    pace.seconds = 100.9
    moments = [clock.at(5000 + 8 * number) for number in range(1, 5)]
    assert moments == pytest.approx([100.008, 100.016, 100.024, 100.032])


def test_keys_without_a_stamp_are_now(pace: Pace) -> None:
    clock = KeyClock(pace)
    assert clock.at(0) == pace.seconds


def test_another_clock_is_followed(pace: Pace) -> None:
    clock = KeyClock(pace)
    clock.at(4_294_967_000)
    pace.seconds += 0.5
    assert clock.at(200) == pytest.approx(pace.seconds)


def test_a_stall_of_the_window_does_not_tear_a_scan(
    wedge: WedgeFilter, heard: list[str], form: Form, press: Press, pace: Pace, code: str
) -> None:
    press(code[:100], gap=0.008)
    pace.seconds += 0.1
    wedge._poll()
    press(code[100:] + "\r", gap=0.008)
    assert heard == [code]
