"""The print queue's threads and settings: what waits comes out by itself once there is a printer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.document import Document, Paper, Text
from app.domain.trial import trial_page
from app.usecases.print_queue import print_queue, queue_print
from tests.conftest import ExpectLog
from tests.ui.shop import Shop
from ui import printers, printing_room
from ui.paper import PaperView, write_pdf
from ui.parts import Parts
from ui.printers import Printers
from ui.printing_room import Nearby, Outcome
from ui.settings_page.page import SettingsPage
from ui.window import Window

LABEL = trial_page(Paper.LABEL, "麦香坊", "zh_CN")
RECEIPT = trial_page(Paper.RECEIPT, "麦香坊", "zh_CN")


@pytest.fixture
def parts(shop: Shop) -> Iterator[Parts]:
    """Give that terminal a print queue with its threads, which wake on what is told as in the real program."""
    preferences, one_at_a_time = shop.parts.preferences, threading.Lock()

    def submit(usecase: Any) -> Any:
        with one_at_a_time:
            return shop.till.storage.submit(usecase)

    shop.parts = replace(shop.parts, printers=Printers(submit, lambda: preferences.now))
    shop.parts.tasks._submit = shop.parts.tasks._background = submit
    shop.parts.tasks.changed.connect(shop.parts.printers.follow)
    yield shop.parts
    shop.parts.printers.stop()


def waiting(parts: Parts, qtbot: QtBot) -> dict[Paper, int]:
    """Return how much waits for each printer, asked as a page asks."""
    found: list[dict[Paper, Any]] = []
    parts.tasks.ask(print_queue, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return {paper: len(jobs) for paper, jobs in found[0].items()}


def test_what_waits_comes_out_once_there_is_a_printer(parts: Parts, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "printer"
    parts.preferences.set(receipt_printer=f"folder:{folder}")
    parts.printers.start()
    parts.tasks.ask(partial(queue_print, document=LABEL, copies=2))
    qtbot.waitUntil(lambda: parts.printers.trouble[Paper.LABEL] == "absent")
    folder.mkdir()
    parts.printers.try_again()
    qtbot.waitUntil(lambda: len(list(folder.glob("*.escpos"))) == 2)
    qtbot.waitUntil(lambda: parts.printers.trouble[Paper.LABEL] == "")
    assert waiting(parts, qtbot) == {Paper.RECEIPT: 0, Paper.LABEL: 0}


def test_a_printer_that_is_off_is_left_alone_between_tries_and_holds_up_no_other(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tried: list[str] = []
    hangs = threading.Event()

    def send(_document: Document, printer: printing_room.Printer, **_: object) -> Outcome:
        tried.append(printer.address)
        if printer.address == "usb:0001:0001":
            hangs.wait(60)
            return Outcome("absent")
        return Outcome()

    monkeypatch.setattr(printing_room, "send", send)
    monkeypatch.setattr(printers, "PAUSES", (3600.0,))
    parts.preferences.set(receipt_printer="usb:0002:0002", label_printer="usb:0001:0001")
    parts.printers.start()
    parts.tasks.ask(partial(queue_print, document=LABEL))
    qtbot.waitUntil(lambda: "usb:0001:0001" in tried)
    parts.tasks.ask(partial(queue_print, document=RECEIPT))
    qtbot.waitUntil(lambda: "usb:0002:0002" in tried)
    hangs.set()
    qtbot.waitUntil(lambda: parts.printers.trouble[Paper.LABEL] == "absent")
    # Everything that it could tell itself has been told by now: it sleeps until somebody queues or taps.
    before = tried.count("usb:0001:0001")
    qtbot.wait(400)
    assert tried.count("usb:0001:0001") - before <= 1
    assert waiting(parts, qtbot) == {Paper.RECEIPT: 0, Paper.LABEL: 1}


def test_a_paper_that_nobody_foresaw_lets_the_next_one_through(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, expect_log: ExpectLog
) -> None:
    expect_log("a document could not be printed")
    real = printing_room.send

    def send(document: Document, *rest: Any, **more: Any) -> Outcome:
        if document.title == "odd":
            raise ArithmeticError
        return real(document, *rest, **more)

    monkeypatch.setattr(printing_room, "send", send)
    parts.preferences.set(receipt_printer=f"folder:{tmp_path}")
    parts.tasks.ask(partial(queue_print, document=Document("odd", Paper.RECEIPT, (Text("odd"),))))
    parts.tasks.ask(partial(queue_print, document=RECEIPT))
    qtbot.waitUntil(lambda: waiting(parts, qtbot)[Paper.RECEIPT] == 2)
    parts.printers.start()
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.escpos"))) == 1)
    qtbot.waitUntil(lambda: waiting(parts, qtbot)[Paper.RECEIPT] == 1)


def test_without_a_receipt_printer_a_paper_becomes_a_pdf(tmp_path: Path, qapp: object) -> None:
    assert qapp
    printer = printing_room.Printer(f"pdf:{tmp_path}", 58)
    assert printing_room.send(LABEL, printer) == Outcome()
    (named,) = tmp_path.glob("*打印测试*.pdf")
    assert named.read_bytes().startswith(b"%PDF")
    assert printing_room.send(LABEL, printing_room.Printer(f"pdf:{tmp_path / 'gone'}", 58)).fault == "absent"
    write_pdf(LABEL, tmp_path / "80.pdf", 80)
    assert (tmp_path / "80.pdf").read_bytes().startswith(b"%PDF")
    view = PaperView()
    view.show_document(LABEL, 58)
    narrow = view.width()
    view.show_document(LABEL, 80)
    assert view.width() > narrow
    view.deleteLater()


@pytest.fixture
def page(window: Window) -> SettingsPage:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_sheet(2)
    return page


def test_the_settings_take_an_address_and_refuse_nonsense(
    shop: Shop, window: Window, page: SettingsPage, qtbot: QtBot
) -> None:
    form = page.printers[0]
    assert not form.test.isEnabled()
    form.way.setCurrentIndex(1)
    form.way.activated.emit(1)
    form.where.setText("a b")
    QTest.keyClick(form.where, Qt.Key.Key_Return)
    assert "no printer's address" in form.state.text()
    assert shop.parts.preferences.now.receipt_printer == ""
    form.where.setText("192.168.1.50")
    QTest.keyClick(form.where, Qt.Key.Key_Return)
    assert shop.parts.preferences.now.receipt_printer == "network:192.168.1.50"
    assert form.state.isHidden()
    form.test.click()
    qtbot.waitUntil(page.queue.again.isVisible)
    form.drawer.click()
    qtbot.waitUntil(lambda: page.queue._rows.count() == 2)
    slip = shop.till(print_queue)[Paper.RECEIPT][1].document
    assert slip
    assert slip.opens_drawer
    page.queue.look_at(shop.till(print_queue)[Paper.RECEIPT][0].id)
    assert page.queue.findChild(PaperView)
    for job in shop.till(print_queue)[Paper.RECEIPT]:
        page.queue._drop(job.id)
    qtbot.waitUntil(lambda: not page.queue.again.isVisible())
    for _ in range(2):
        shop.parts.printers.trouble_changed.emit(Paper.RECEIPT, "no_paper")
    assert "Out of paper" in form.state.text()
    qtbot.waitUntil(lambda: window.banner.text.startswith("Receipt printer: Out of paper"))
    window.banner.hide()
    # Labels come out of the same printer: its trouble is told once.
    shop.parts.printers.trouble_changed.emit(Paper.LABEL, "no_paper")
    qtbot.wait(50)
    assert window.banner.text == ""


def test_what_is_plugged_in_is_chosen_by_a_tap(shop: Shop, page: SettingsPage) -> None:
    shop.parts.printers.found.emit((Nearby("file:/dev/usb/lp0", "Gprinter GP-80"), Nearby("system:HP", "HP")))
    assert page.found._rows.count() == 2
    page.found._choose("file:/dev/usb/lp0", Paper.LABEL)
    assert shop.parts.preferences.now.label_printer == "file:/dev/usb/lp0"
    assert page.printers[1].where.text() == "/dev/usb/lp0"
    page.found._choose("file:/dev/usb/lp0", Paper.LABEL)
    assert shop.parts.preferences.now.label_printer == ""
