"""The print queue's thread and its settings: what waits comes out by itself once there is a printer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.document import Paper
from app.domain.trial import trial_page
from app.usecases import print_queue, queue_print
from tests.ui.shop import Shop
from ui.paper import PaperView, write_pdf
from ui.parts import Parts
from ui.printers import Printers
from ui.settings_page.page import SettingsPage
from ui.window import Window

LABEL = trial_page(Paper.LABEL, "麦香坊", "zh_CN")


@pytest.fixture
def parts(shop: Shop) -> Iterator[Parts]:
    """Give that terminal a print queue with a thread."""
    preferences = shop.parts.preferences
    shop.parts = replace(shop.parts, printers=Printers(shop.till.storage.submit, lambda: preferences.now))
    yield shop.parts
    shop.parts.printers.stop()


def test_what_waits_comes_out_once_there_is_a_printer(parts: Parts, shop: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[str] = []
    parts.printers.trouble_changed.connect(lambda _paper, fault: said.append(fault), Qt.ConnectionType.QueuedConnection)
    parts.tasks.changed.connect(parts.printers.follow)
    parts.printers.start()
    parts.tasks.ask(partial(queue_print, document=LABEL, copies=2))
    qtbot.waitUntil(lambda: len(shop.till(print_queue)[Paper.LABEL]) == 1)
    folder = tmp_path / "printer"
    parts.preferences.set(receipt_printer=f"folder:{folder}")
    parts.printers.try_again()
    qtbot.waitUntil(lambda: "absent" in said)
    folder.mkdir()
    parts.printers.try_again()
    qtbot.waitUntil(lambda: len(list(folder.glob("*.escpos"))) == 2)
    qtbot.waitUntil(lambda: shop.till(print_queue)[Paper.LABEL] == ())
    qtbot.waitUntil(lambda: said[-1] == "")


def test_without_a_receipt_printer_a_paper_becomes_a_pdf(tmp_path: Path, qapp: object) -> None:
    assert qapp
    for width in (58, 80):
        write_pdf(LABEL, tmp_path / f"{width}.pdf", width)
        assert (tmp_path / f"{width}.pdf").read_bytes().startswith(b"%PDF")
    view = PaperView()
    view.show_document(LABEL, 58)
    narrow = view.width()
    view.show_document(LABEL, 80)
    assert view.width() > narrow
    view.deleteLater()


def test_the_settings_take_an_address_and_refuse_nonsense(shop: Shop, window: Window, qtbot: QtBot) -> None:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_sheet(2)
    form = page._printers[0]
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
    qtbot.waitUntil(page._queue.again.isVisible)
    assert page._queue._rows.count() == 1
    page._queue._drop(shop.till(print_queue)[Paper.RECEIPT][0].id)
    qtbot.waitUntil(lambda: not page._queue.again.isVisible())
    shop.parts.printers.trouble_changed.emit(Paper.RECEIPT, "no_paper")
    assert "Out of paper" in form.state.text()
    assert "Out of paper" in window.banner.text
