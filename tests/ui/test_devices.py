"""Serial scanners and the watched folder run as the settings say, and each reaches the window by a signal."""

from __future__ import annotations

import os
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from scanner.folder import FolderState
from scanner.folder import State as FolderStateName
from scanner.keys.ports import Port
from scanner.keys.serial import SerialText
from scanner.keys.serial_source import SerialSource, SourceState, State
from tests.core.till import order
from tests.ui.shop import Shop
from ui.counter.page import CounterPage
from ui.devices import Devices
from ui.scan_test import Ending
from ui.window import Window


@dataclass
class Device:
    """A device that only remembers."""

    name: str
    say: Callable[[Any], None]
    tell: Callable[[Any], None]
    told: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.told.append("start")

    def stop(self) -> None:
        self.told.append("stop")


@dataclass
class Desk:
    """Everything that was made."""

    scanners: list[Device] = field(default_factory=list)
    folders: list[Device] = field(default_factory=list)

    def scanner(self, identity: str, on_text: Any, on_state: Any) -> Device:
        self.scanners.append(Device(identity, on_text, on_state))
        return self.scanners[-1]

    def folder(self, path: str, on_picture: Any, on_state: Any) -> Device:
        self.folders.append(Device(path, on_picture, on_state))
        return self.folders[-1]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def devices(qapp: QApplication, desk: Desk) -> Iterator[Devices]:
    devices = Devices(desk.scanner, desk.folder, lambda: [Port("a:b:1", "/dev/x", "Scanner", likely=True)])
    yield devices
    devices.stop()


def test_nothing_runs_that_nobody_chose(devices: Devices, desk: Desk) -> None:
    devices.follow(Settings())
    assert (desk.scanners, desk.folders) == ([], [])


def test_what_is_chosen_runs_and_stays_when_something_else_changes(devices: Devices, desk: Desk, qtbot: QtBot) -> None:
    first = Settings(serial_scanners=("a", "b"), watched_folder="/in")
    devices.follow(first)
    devices.follow(replace(first, theme="dark"))
    devices.follow(replace(first, serial_scanners=("b",)))
    assert [(each.name, each.told[0]) for each in desk.scanners] == [("a", "start"), ("b", "start")]
    qtbot.waitUntil(lambda: desk.scanners[0].told == ["start", "stop"])
    assert desk.scanners[1].told == ["start"]
    assert [each.told for each in desk.folders] == [["start"]]


def test_another_folder_takes_the_place_of_the_first(devices: Devices, desk: Desk, qtbot: QtBot) -> None:
    devices.follow(Settings(watched_folder="/in"))
    devices.follow(Settings(watched_folder="/out"))
    qtbot.waitUntil(lambda: desk.folders[0].told == ["start", "stop"])
    desk.folders[0].tell(FolderState(FolderStateName.MISSING))
    desk.folders[1].tell(FolderState(FolderStateName.WATCHING))
    qtbot.waitUntil(lambda: devices.folder_state == "watching")
    devices.follow(Settings())
    assert devices.folder_state == "off"


def test_texts_and_states_arrive(devices: Devices, desk: Desk, qtbot: QtBot) -> None:
    devices.follow(Settings(serial_scanners=("a",)))
    with qtbot.waitSignal(devices.scanned) as heard:
        desk.scanners[0].say(SerialText("123", Ending.ENTER, 4, 0.01))
    assert heard.args == ["123"]
    with qtbot.waitSignal(devices.scanner_changed) as changed:
        desk.scanners[0].tell(SourceState("a", State.BUSY))
    assert changed.args == ["a", "busy"]
    assert devices.states == {"a": "busy"}


def test_what_a_scanner_says_after_it_was_let_go_is_dropped(devices: Devices, desk: Desk, qtbot: QtBot) -> None:
    devices.follow(Settings(serial_scanners=("a",)))
    devices.follow(Settings())
    with qtbot.assertNotEmitted(devices.scanner_changed, wait=50):
        desk.scanners[0].tell(SourceState("a", State.STOPPED))
    assert devices.states == {}


def test_ports_are_looked_for_elsewhere(devices: Devices, qtbot: QtBot) -> None:
    with qtbot.waitSignal(devices.ports_found) as found:
        devices.find_ports()
    assert [port.name for port in found.args[0]] == ["Scanner"]


def test_a_listing_that_breaks_finds_nothing(qapp: QApplication, desk: Desk, qtbot: QtBot) -> None:
    def fail() -> list[Port]:
        raise OSError("the bus is gone")

    devices = Devices(desk.scanner, desk.folder, fail)
    with qtbot.waitSignal(devices.ports_found) as found:
        devices.find_ports()
    assert found.args == [()]


def test_a_serial_scan_and_a_picture_reach_the_counter(
    shop: Shop, window: Window, page: CounterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = shop.till.code(order())
    master, slave = os.openpty()
    tty.setraw(slave)
    port = Port("a:b:1", os.ttyname(slave), "Scanner")

    def source(identity: str, on_text: Any, on_state: Any) -> SerialSource:
        return SerialSource(identity, on_text, on_state, find=lambda: [port])

    monkeypatch.setattr(shop.parts.devices, "_make_scanner", source)
    seen: list[str] = []
    shop.parts.scan.picture_without_code.connect(lambda: seen.append("picture"))
    shop.parts.preferences.set(serial_scanners=("a:b:1",), watched_folder=str(tmp_path))
    qtbot.waitUntil(lambda: shop.parts.devices.states.get("a:b:1") == "ready")
    window.go("settings")
    os.write(master, f"{code}\r".encode())
    qtbot.waitUntil(lambda: window.current == "counter")
    qtbot.waitUntil(lambda: page.card.view is not None and page.card.view.word != "Ready to scan")
    qtbot.waitUntil(lambda: shop.parts.devices.folder_state == "watching")
    (tmp_path / "photo.png").write_bytes(b"no picture")
    qtbot.waitUntil(lambda: seen == ["picture"], timeout=10_000)
    shop.parts.devices.stop()
    os.close(master)
    os.close(slave)
