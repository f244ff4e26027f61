"""A real window over a real terminal of store 7, offscreen; Qt's messages fail a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import KeyRecord, NeighbourRecord
from tests.ui.shop import Shop, open_shop
from ui.counter.page import CounterPage
from ui.counter.presenter import Presenter
from ui.frame import Frame
from ui.i18n import Language
from ui.pages import specs
from ui.window import Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the one thing that the offscreen platform always says."""
    for item in items:
        if "tests/ui/" in item.nodeid:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> Language:
    """Speak English below whatever a window speaks, so that plurals read as a person says them."""
    language = Language(qapp)
    language.speak("en")
    return language


@pytest.fixture
def shop(tmp_path: Path, qapp: QApplication) -> Iterator[Shop]:
    """Open the terminal of store 7, with its keys and a neighbour."""
    shop = open_shop(tmp_path / "till")
    shop.parts.preferences.now = replace(shop.parts.preferences.now, camera_on=False)
    shop.till.feed(
        NeighbourRecord(8, "Hillside", "8 Hill Street", 1200),
        KeyRecord(1, shop.till.key.public_key().public_bytes_raw(), False),
    )
    yield shop
    shop.parts.devices.stop()
    shop.till.storage.close()


@pytest.fixture
def window(shop: Shop, qapp: QApplication, qtbot: QtBot) -> Iterator[Window]:
    """Open that terminal's window on the counter, active and as large as the smallest screen."""
    window = Window(specs(shop.parts))
    frame = Frame(qapp, window, shop.parts)
    frame.start()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.current == "counter" and window.isActiveWindow())
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(window: Window) -> CounterPage:
    """Return the counter's page."""
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    return page


@pytest.fixture
def presenter(page: CounterPage) -> Presenter:
    """Return what drives the counter's page."""
    presenter = page.findChild(Presenter)
    assert presenter is not None
    return presenter


@pytest.fixture
def prefer(shop: Shop) -> Callable[..., None]:
    """Return a function that changes settings as the settings page does."""
    return shop.parts.preferences.set
