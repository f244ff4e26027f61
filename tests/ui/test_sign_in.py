"""Signing in and out in a real window: nobody works unseen, and nothing that was begun is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.records import StaffRecord
from tests.core.till import PIN, PIN_HASH
from tests.ui.shop import Shop
from ui.frame import Frame
from ui.sign_in.page import SignInPage
from ui.window import Window


@pytest.fixture
def door(shop: Shop, window: Window, qtbot: QtBot) -> SignInPage:
    """Return the locked door of a store with a clerk and a manager who have PINs."""
    shop.till.feed(StaffRecord("s2", "Li Na", "clerk", PIN_HASH, True))
    window.go("board")
    shop.parts.preferences.set(sign_in=True)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = window.page("sign_in")
    assert isinstance(page, SignInPage)
    qtbot.waitUntil(lambda: len(page.names) == 2)
    return page


def test_in_by_keys_and_out_by_the_clock(shop: Shop, window: Window, door: SignInPage, qtbot: QtBot) -> None:
    window.go("counter")
    shop.parts.scan.hear_wedge("5600")
    assert window.current == "sign_in"
    assert "First sign in" in door.trouble.text()
    door.names["s2"].click()
    door.pin.setText("000000")
    door.go.click()
    qtbot.waitUntil(lambda: "not the PIN" in door.trouble.text())
    QTest.keyClicks(door, PIN)
    QTest.keyClick(door.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "board")
    assert (shop.parts.clerk, shop.parts.manages, window.top.clerk.text()) == ("Li Na", False, "Li Na")

    # A tap on the name changes the shift; a manager is not asked again.
    window.top.clerk.click()
    qtbot.waitUntil(lambda: window.current == "sign_in" and bool(door.names))
    door.names["s1"].click()
    door.pin.setText(PIN)
    door.go.click()
    qtbot.waitUntil(lambda: window.current == "board")
    assert (shop.parts.clerk, shop.parts.manages) == ("王店长", True)

    frame = window.findChild(Frame)
    assert frame
    frame._idle._minutes = 0.000001  # type: ignore[assignment]
    qtbot.wait(5)
    frame._idle.look()
    assert window.current == "sign_in"
    assert not shop.parts.session.present


def test_a_store_without_pins_is_not_locked_out(shop: Shop, window: Window, qtbot: QtBot) -> None:
    shop.till.storage._conn.execute("UPDATE staff SET pin_hash = ''")
    shop.parts.preferences.set(sign_in=True)
    shop.parts.tasks.page_wanted.emit("sign_in")
    page = window.page("sign_in")
    assert isinstance(page, SignInPage)
    qtbot.waitUntil(page.without.isVisible)
    page.without.click()
    assert (window.current, shop.parts.clerk) == ("counter", "小林")
