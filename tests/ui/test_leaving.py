"""Closing the program: what would wait is said first, and a kiosk is left by a manager's PIN alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.verdict import Role
from app.usecases.set_offer import set_offer
from app.usecases.shift import open_shift
from app.usecases.sign_in import Member
from tests.core.till import PIN
from tests.ui.shop import Shop
from ui.frame import Frame
from ui.leaving import LeavePage
from ui.window import Window


@pytest.fixture
def frame(window: Window, qtbot: QtBot) -> Frame:
    """Return what drives the window, once it knows how the terminal stands."""
    frame = window.findChild(Frame)
    assert frame
    qtbot.waitUntil(lambda: frame._health is not None)
    return frame


@pytest.fixture
def look(frame: Frame, qtbot: QtBot) -> Callable[[], None]:
    """Return a function that lets the frame look again how the terminal stands."""

    def look() -> None:
        before = frame._health
        frame._ask_health()
        qtbot.waitUntil(lambda: frame._health is not before)

    return look


def page_of(window: Window) -> LeavePage:
    page = window.page("leave")
    assert isinstance(page, LeavePage)
    return page


def test_where_nothing_waits_the_window_goes_at_once(frame: Frame, window: Window) -> None:
    assert frame._health
    assert window.may_close()
    assert window.current == "counter"


def test_what_would_wait_is_said_first(shop: Shop, window: Window, look: Callable[[], None]) -> None:
    shop.till(set_offer, [1001], offered=False, by="Li Na")
    shop.till(open_shift, 100, by="Li Na")
    look()
    window.go("board")
    assert not window.may_close()
    page = page_of(window)
    assert (window.current, page.isVisible()) == ("leave", True)
    assert "The shift is still open" in page.text.text()
    assert "1 entry has not reached HQ yet" in page.text.text()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.current == "board"
    assert not window.may_close()
    page.go.click()
    assert window.isHidden()


def test_a_program_that_is_told_to_end_ends(shop: Shop, window: Window, look: Callable[[], None]) -> None:
    shop.till(set_offer, [1001], offered=False, by="Li Na")
    look()
    assert window.close()


def test_the_settings_and_the_keys_lead_there_and_back(window: Window, shop: Shop) -> None:
    window.go("settings")
    QTest.keyClick(window, Qt.Key.Key_F1)
    shop.parts.tasks.page_wanted.emit("leave")
    page = page_of(window)
    assert "Everything has been sent" in page.text.text()
    page.stay.click()
    assert window.current == "settings"


@pytest.fixture
def kiosk(shop: Shop, window: Window, qtbot: QtBot) -> LeavePage:
    """Return the way out of a kiosk whose clerk has signed in."""
    qtbot.waitUntil(lambda: shop.parts.session.has_managers)
    shop.parts.preferences.set(kiosk=True, sign_in=True)
    shop.parts.session.enter(Member("s2", "Li", Role.CLERK, has_pin=True))
    return page_of(window)


def test_only_a_managers_pin_leaves_a_kiosk(kiosk: LeavePage, window: Window, qtbot: QtBot) -> None:
    assert window.isFullScreen()
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert not window.may_close()
    kiosk.go.click()
    assert window.isVisible()
    kiosk.manager.pin.setText("000000")
    kiosk.manager._go.click()
    qtbot.waitUntil(lambda: "not taken" in kiosk.manager._trouble.text())
    assert window.isVisible()
    kiosk.manager.pin.setText(PIN)
    kiosk.manager._go.click()
    qtbot.waitUntil(window.isHidden)


def test_a_locked_kiosk_is_left_the_same_way_and_stays_locked_otherwise(
    kiosk: LeavePage, window: Window, shop: Shop
) -> None:
    shop.parts.tasks.page_wanted.emit("sign_in")
    assert not window.may_close()
    assert window.current == "leave"
    window.go("counter")
    assert window.current == "leave"
    kiosk.stay.click()
    window.go("counter")
    assert window.current == "sign_in"


def test_a_kiosk_that_is_switched_off_has_its_frame_again(kiosk: LeavePage, window: Window, shop: Shop) -> None:
    shop.parts.preferences.set(kiosk=False)
    assert not window.isFullScreen()
    assert not window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.isVisible()
    assert not kiosk.isVisible()
