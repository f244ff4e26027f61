"""The settings page: each choice is in force at once and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.settings import Settings
from scanner.keys.serial import SerialText
from scanner.reading import stills
from tests.ui.shop import Shop
from ui import theme
from ui.scan_test import TEST_CODE, Diagnosis, Ending, Port, Problem, Source
from ui.settings_page.page import SettingsPage
from ui.settings_page.test_code import TestCode as QrCode
from ui.settings_page.test_code import modules
from ui.settings_page.tester import ScannerTest
from ui.window import Window

TRACES = Path(__file__).parents[1] / "scanner" / "data" / "traces"


@pytest.fixture
def settings(window: Window) -> SettingsPage:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def choose(settings: SettingsPage, name: str, text: str) -> None:
    group = settings.choices[name]
    next(button for button in group.findChildren(QPushButton) if button.text() == text).click()


def test_a_choice_is_in_force_at_once(settings: SettingsPage, shop: Shop) -> None:
    choose(settings, "theme", "Dark")
    assert shop.parts.preferences.now.theme == "dark"
    assert theme.look().colours is theme.DARK


def test_a_choice_is_kept(settings: SettingsPage, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Settings] = []
    monkeypatch.setattr(shop.parts.preferences, "_keep", kept.append)
    choose(settings, "one_tap", "On")
    assert [each.one_tap for each in kept] == [True]


def test_the_choice_in_force_stays_marked_when_tapped_again(settings: SettingsPage) -> None:
    choose(settings, "language", "English")
    marked = [button.text() for button in settings.choices["language"].findChildren(QPushButton) if button.isChecked()]
    assert marked == ["English"]


def test_the_clerks_name_stands_in_the_top_bar(settings: SettingsPage, window: Window, shop: Shop) -> None:
    settings._clerk.setText("  Chen ")
    settings._clerk.editingFinished.emit()
    assert shop.parts.clerk == "Chen"
    assert window.top.clerk.text() == "Chen"


def test_a_camera_is_chosen_by_its_name(settings: SettingsPage, shop: Shop) -> None:
    settings._show_cameras((("camera:name=Front", "Front"), ("camera:name=Desk", "Desk")))
    settings._camera.setCurrentIndex(2)
    settings._camera.activated.emit(2)
    assert shop.parts.preferences.now.camera == "camera:name=Desk"


def test_a_chosen_camera_that_is_unplugged_stays_chosen(settings: SettingsPage, shop: Shop) -> None:
    shop.parts.preferences.set(camera="camera:name=Desk+cam&port=2")
    settings._show_cameras(())
    assert settings._camera.currentData() == "camera:name=Desk+cam&port=2"
    assert settings._camera.currentText() == "Desk cam"


def test_a_camera_that_was_chosen_by_its_name_stays_chosen(settings: SettingsPage, shop: Shop) -> None:
    shop.parts.preferences.set(camera="Desk")
    settings._show_cameras((("camera:name=Front", "Front"), ("camera:name=Desk", "Desk")))
    assert settings._camera.currentText() == "Desk"
    assert settings._camera.count() == 3


# -- the scanner's sheet ----------------------------------------------------------------------------------------------


@pytest.fixture
def tester(settings: SettingsPage) -> ScannerTest:
    settings.show_sheet(1)
    return settings._tester


def scan(text: str) -> None:
    for character in text:
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_0
        target = QApplication.focusWindow()
        assert target is not None
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(target, press)


def test_the_code_on_screen_is_one_that_scans_well() -> None:
    assert len(modules()) <= 41
    assert (len(TEST_CODE), TEST_CODE.isdigit()) == (225, True)


def test_the_code_on_screen_is_read_by_the_decoder(tester: ScannerTest, qtbot: QtBot) -> None:
    shown = tester.findChild(QrCode)
    assert shown is not None
    picture = shown.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    assert stills.read(rows[:, : picture.width()].copy()) == [TEST_CODE]


def test_a_test_scan_is_judged_and_does_not_reach_the_counter(
    tester: ScannerTest, window: Window, shop: Shop, qtbot: QtBot
) -> None:
    tester.start()
    with qtbot.assertNotEmitted(shop.parts.scan.text):
        scan(TEST_CODE + "\r")
        qtbot.waitUntil(lambda: not tester.findings.isHidden())
    assert tester.findings.headline.text() == "It works."
    assert tester.findings.facts[0].text() == "USB scanner that types (keyboard wedge)"
    assert tester.findings.facts[3].text() == "Enter"
    assert window.current == "settings"
    assert not shop.parts.scan.testing
    assert len(tester.trace.strokes) == 226


def test_a_missing_enter_is_named_with_its_fix(tester: ScannerTest, qtbot: QtBot) -> None:
    tester.start()
    scan(TEST_CODE)
    qtbot.waitUntil(lambda: not tester.findings.isHidden())
    assert tester.findings.headline.text() == "It works, but could be better."
    said = [label.text() for label in tester.findings.advice.findChildren(QLabel)]
    assert said[0] == "The scanner sends no Enter after the code."


def test_an_input_method_is_named(tester: ScannerTest, qtbot: QtBot) -> None:
    tester.start()
    qtbot.waitUntil(tester.hasFocus)
    for count in range(1, 30):
        QApplication.sendEvent(tester, QInputMethodEvent("2" * count, []))
    qtbot.waitUntil(lambda: not tester.findings.isHidden())
    said = [label.text() for label in tester.findings.advice.findChildren(QLabel)]
    assert said[0] == "An input method takes the keys."


def test_a_serial_scanner_is_named(tester: ScannerTest, shop: Shop) -> None:
    tester.start()
    shop.parts.devices.heard.emit(SerialText(TEST_CODE, Ending.ENTER, 226, 0.01))
    assert tester.findings.facts[0].text() == "Serial scanner"
    assert tester.findings.headline.text() == "It works."


def test_the_camera_is_named(tester: ScannerTest, shop: Shop) -> None:
    tester.start()
    shop.parts.scan._hear_text(TEST_CODE)
    assert tester.findings.facts[0].text() == "Camera"


def test_escape_ends_the_test_and_gives_the_scanner_back(tester: ScannerTest, shop: Shop, qtbot: QtBot) -> None:
    tester.start()
    assert shop.parts.scan.testing
    qtbot.waitUntil(tester.hasFocus)
    QTest.keyClick(tester, Qt.Key.Key_Escape)
    assert not shop.parts.scan.testing


def test_leaving_the_page_ends_the_test(tester: ScannerTest, window: Window, shop: Shop) -> None:
    tester.start()
    window.go("counter")
    assert not shop.parts.scan.testing


def test_a_recording_is_kept_and_opened_again(tester: ScannerTest, tmp_path: Path) -> None:
    tester.load((TRACES / "digits_lost.json").read_text("utf-8"))
    assert tester.findings.headline.text() == "The code did not arrive as it is."
    tester._save(str(tmp_path / "trace.json"))
    before = tester.trace
    tester._open(str(tmp_path / "trace.json"))
    assert tester.trace == before


def test_a_file_that_is_no_recording_is_told(tester: ScannerTest, window: Window, tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_bytes(b"\xff\xfe{}")
    tester._open(str(tmp_path / "notes.json"))
    assert window.banner.text == "This file is not a recording of a scanner that can be read."


@pytest.mark.parametrize("found", [Diagnosis(source, problems=tuple(Problem)) for source in Source])
def test_every_finding_has_words(tester: ScannerTest, found: Diagnosis) -> None:
    tester.findings.show_diagnosis(found)
    assert tester.findings.headline.text()


def test_a_serial_port_is_used_once_it_is_chosen(settings: SettingsPage, shop: Shop) -> None:
    shop.parts.devices.ports_found.emit((Port("0c2e:b:1", "/dev/ttyACM0", "Xenon", likely=True),))
    chosen = [shop.parts.preferences.now.serial_scanners]
    for _ in range(2):
        settings._serial._toggle("0c2e:b:1")
        chosen.append(shop.parts.preferences.now.serial_scanners)
    assert chosen == [(), ("0c2e:b:1",), ()]


def test_a_chosen_scanner_that_is_unplugged_stays_in_the_list(settings: SettingsPage, shop: Shop) -> None:
    shop.parts.preferences.set(serial_scanners=("0c2e:b:1",))
    shop.parts.devices.ports_found.emit(())
    assert "0c2e:b:1" in [label.text() for label in settings._serial.findChildren(QLabel)]


def test_a_folder_is_watched_and_let_go(settings: SettingsPage, shop: Shop, tmp_path: Path) -> None:
    settings._folder.choose(str(tmp_path))
    assert shop.parts.preferences.now.watched_folder == str(tmp_path)
    assert str(tmp_path) in settings._folder._hint.text()
    settings._folder._switch_off()
    assert shop.parts.preferences.now.watched_folder == ""


def test_the_camera_is_seen_where_it_is_chosen(settings: SettingsPage, shop: Shop) -> None:
    settings.show_sheet(1)
    shop.parts.scan._take_state("running")
    shop.parts.scan.frame.emit(QImage(64, 48, QImage.Format.Format_RGB32))
    assert not settings._live._picture.pixmap().isNull()
    shop.parts.scan._take_state("lost")
    assert settings._live._picture.text() == "The camera is gone; it is being looked for."
