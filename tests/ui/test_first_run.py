"""A newcomer's way on a new machine: enrolment, what is ready, the first customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.order import Status
from app.domain.records import KeyRecord, StaffRecord
from tests.core.till import NOON, PIN_HASH, STORE, Till, order
from tests.ui.shop import Shop, _parts
from tests.ui.test_enrol_page import CODE
from ui.counter.page import CounterPage
from ui.counter.presenter import Phase, Presenter
from ui.enrol.page import EnrolPage
from ui.enrol.ready import ReadyPage
from ui.frame import Frame
from ui.pages import specs
from ui.window import Window


@pytest.fixture
def new(tmp_path: Path, qapp: QApplication) -> Iterator[Shop]:
    """Return a terminal that belongs to no store; HQ takes it in at once."""
    (tmp_path / "till").mkdir()
    till = Till(tmp_path / "till")
    nudges: list[int] = []
    shop = Shop(till, _parts(till, "en", "light", nudges, lambda *_: till.enrol()), nudges=nudges)
    shop.parts.preferences.now = replace(shop.parts.preferences.now, camera_on=False, clerk="")
    till.storage._on_changes = shop.parts.tasks.hear
    yield shop
    shop.parts.devices.stop()
    till.storage.close()


@pytest.fixture
def screen(new: Shop, qapp: QApplication, qtbot: QtBot) -> Iterator[Window]:
    """Return its window as it opens for the first time."""
    window = Window(specs(new.parts))
    frame = Frame(qapp, window, new.parts)
    frame.start()
    frame.screen.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.current == "enrol" and window.isActiveWindow())
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def enrol(screen: Window, qtbot: QtBot) -> ReadyPage:
    page = screen.page("enrol")
    assert isinstance(page, EnrolPage)
    for name, text in (("address", "https://hq.example.com"), ("code", CODE), ("name", "Counter 1")):
        page.fields[name].line.setText(text)
    QTest.keyClick(page.fields["name"].line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.current == "ready")
    ready = screen.page("ready")
    assert isinstance(ready, ReadyPage)
    return ready


def tell(shop: Shop) -> None:
    """Let HQ's first news arrive: the store, its staff, a key and a packed order."""
    key = KeyRecord(1, shop.till.key.public_key().public_bytes_raw(), False)
    staff = StaffRecord("s1", "王店长", "manager", PIN_HASH, True)
    shop.till.feed(STORE, staff, key, order(status=Status.PREPARED, prepared_at=NOON))


def test_from_the_first_start_to_the_first_hand_over(new: Shop, screen: Window, qtbot: QtBot) -> None:
    ready = enrol(screen, qtbot)
    assert ready.title.text() == "This terminal is ready"
    assert not any(step.is_ready for step in ready.steps.values())
    assert "No order is here yet" in ready.steps["order"].text.text()

    tell(new)
    qtbot.waitUntil(lambda: ready.steps["order"].is_ready)
    assert ready.title.text() == "This terminal belongs to Riverside now"
    assert ready.steps["order"].text.text().startswith("The first order is here: #4821, wanted")
    assert "1 person has a PIN" in ready.steps["pins"].text.text()
    ready.name.setText(" Mei ")
    ready.name.editingFinished.emit()
    assert ready.steps["person"].is_ready

    ready.printer.click()
    assert screen.current == "settings"
    new.parts.preferences.set(receipt_printer="file:/dev/usb/lp0")
    new.parts.tasks.page_wanted.emit("ready")
    assert ready.steps["printer"].is_ready

    QTest.keyClick(ready, Qt.Key.Key_Return)
    page = screen.page("counter")
    assert isinstance(page, CounterPage)
    presenter = page.findChild(Presenter)
    assert presenter
    new.parts.scan.text.emit(new.till.code(order()), "scanner")
    for phase in (Phase.SHOWN, Phase.GRANTED, Phase.DONE):
        qtbot.waitUntil(lambda phase=phase: presenter.phase is phase)  # type: ignore[misc]
        if phase is not Phase.DONE:
            QTest.keyClick(page, Qt.Key.Key_Return)
    assert new.till.status(order().number) == "completed"
    assert new.till.sql("SELECT by FROM redemptions") == [("Mei",)]
    assert ready.steps["scanner"].is_ready


def test_a_scan_leads_from_the_first_steps_to_the_counter(new: Shop, screen: Window, qtbot: QtBot) -> None:
    enrol(screen, qtbot)
    tell(new)
    new.parts.scan.hear_wedge(new.till.code(order()))
    qtbot.waitUntil(lambda: screen.current == "counter")


def test_who_has_seen_them_once_begins_at_the_counter(new: Shop, screen: Window, qtbot: QtBot) -> None:
    new.parts.preferences.now = replace(new.parts.preferences.now, welcomed=True)
    page = screen.page("enrol")
    assert isinstance(page, EnrolPage)
    new.till.enrol()
    new.parts.sync.enrolled.emit(None)
    qtbot.waitUntil(lambda: screen.current == "counter")
