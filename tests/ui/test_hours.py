"""Hours on screen are the store's, on a machine whose own zone is another."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.core.till import STORE, order
from tests.ui.shop import Shop
from ui.frame import Frame
from ui.pages import specs
from ui.window import Window

# Neither the zone of a developer nor of a test machine.
FAR = "Asia/Kolkata"


def _reads(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel))


def test_lists_show_the_stores_hours_from_the_first_page_on(shop: Shop, qapp: QApplication, qtbot: QtBot) -> None:
    shop.feed([replace(STORE, time_zone=FAR), order(5)])
    window = Window(specs(shop.parts))
    qtbot.addWidget(window)
    Frame(qapp, window, shop.parts).start()
    window.show()
    qtbot.waitUntil(lambda: "08:30–14:30" in _reads(window))


def test_lists_follow_a_store_that_moves_to_another_zone(window: Window, shop: Shop, qtbot: QtBot) -> None:
    shop.feed([order(5)])
    qtbot.waitUntil(lambda: "11:00–17:00" in _reads(window))
    shop.feed([replace(STORE, time_zone=FAR)])
    qtbot.waitUntil(lambda: "08:30–14:30" in _reads(window))
