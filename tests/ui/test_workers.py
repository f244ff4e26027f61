"""Threads as Qt sees them: calls from any thread become signals in the Qt thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QColor, QImage, qGray, qRgb
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refused, ZitiError
from scanner.camera.identity import Identity
from scanner.camera.listing import CameraInfo
from scanner.reading.sight import Hint
from sync.link import LinkState
from tests.conftest import ExpectLog
from tests.core.till import NOON
from tests.ui.shop import Shop
from ui.workers import ScanWorker, SyncWorker, _as_image, is_code


class Loop:
    """A loop that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def nudge(self) -> None:
        self.told.append("nudge")

    def stop(self) -> None:
        self.told.append("stop")


class Camera:
    """Starts loops by name and keeps what they call back."""

    def __init__(self) -> None:
        self.loops: list[tuple[str, Loop]] = []

    def __call__(
        self, name: str, /, *, on_text: Any, on_frame: Any, on_whole: Any, on_state: Any, on_hint: Any
    ) -> Loop:
        self.on_text, self.on_frame, self.on_whole = on_text, on_frame, on_whole
        self.on_state, self.on_hint = on_state, on_hint
        self.loops.append((name, Loop()))
        return self.loops[-1][1]


@pytest.fixture
def camera() -> Camera:
    return Camera()


@pytest.fixture
def scan(qapp: QApplication, camera: Camera) -> Iterator[ScanWorker]:
    worker = ScanWorker(camera, lambda _: [])
    yield worker
    worker.stop()


def elsewhere(act: Callable[[], Any]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def test_a_code_from_the_camera_thread_arrives_in_the_qt_thread(scan: ScanWorker, camera: Camera, qtbot: QtBot) -> None:
    scan.start("front")
    qtbot.waitUntil(lambda: bool(camera.loops))
    where = []
    scan.state_changed.connect(lambda _: where.append(QThread.currentThread().isMainThread()))
    with qtbot.waitSignal(scan.text) as heard:
        elsewhere(lambda: (camera.on_state(SimpleNamespace(name="running")), camera.on_text("123")))
    assert heard.args == ["123", "camera"]
    qtbot.waitUntil(lambda: scan.state == "running")
    assert all(where)


def test_another_camera_starts_after_the_first_has_stopped(scan: ScanWorker, camera: Camera, qtbot: QtBot) -> None:
    scan.start("front")
    qtbot.waitUntil(lambda: len(camera.loops) == 1)
    scan.start("desk")
    qtbot.waitUntil(lambda: len(camera.loops) == 2)
    assert camera.loops[0][1].told == ["stop"]


def test_only_the_newest_frame_is_shown(scan: ScanWorker, camera: Camera, qtbot: QtBot) -> None:
    scan.start("front")
    qtbot.waitUntil(lambda: bool(camera.loops))
    shown: list[QImage] = []
    scan.frame.connect(shown.append)
    frame = np.zeros((4, 6, 3), np.uint8)
    elsewhere(lambda: [camera.on_frame(frame) for _ in range(10)])
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1


@pytest.mark.parametrize(("mirrored", "left"), [(True, 200), (False, 10)])
def test_the_picture_is_mirrored_for_the_screen_only(
    scan: ScanWorker, camera: Camera, qtbot: QtBot, mirrored: bool, left: int
) -> None:
    scan.start("front")
    qtbot.waitUntil(lambda: bool(camera.loops))
    scan.mirrored = mirrored
    frame = np.full((4, 6), 10, np.uint8)
    frame[:, 3:] = 200
    with qtbot.waitSignal(scan.frame) as shown:
        elsewhere(lambda: camera.on_frame(frame))
    assert qGray(shown.args[0].pixel(0, 0)) == left
    assert frame[0, 0] == 10


def test_a_photograph_is_the_newest_whole_frame_and_there_is_none_without_a_camera(
    scan: ScanWorker, camera: Camera, qtbot: QtBot
) -> None:
    scan.start("front")
    qtbot.waitUntil(lambda: bool(camera.loops))
    elsewhere(lambda: camera.on_whole(np.full((40, 60), 10, np.uint8)))
    assert scan.photograph() is None
    with qtbot.waitSignal(scan.state_changed):
        elsewhere(lambda: camera.on_state(SimpleNamespace(name="running")))
    elsewhere(lambda: camera.on_whole(np.full((40, 60), 99, np.uint8)))
    seen = scan.photograph()
    assert seen is not None
    assert (seen.width(), seen.height(), QColor(seen.pixel(1, 1)).value()) == (60, 40, 99)
    with qtbot.waitSignal(scan.state_changed):
        elsewhere(lambda: camera.on_state(SimpleNamespace(name="lost")))
    assert scan.photograph() is None


def test_a_hint_arrives_in_the_qt_thread_and_goes(scan: ScanWorker, camera: Camera, qtbot: QtBot) -> None:
    scan.start("front")
    qtbot.waitUntil(lambda: bool(camera.loops))
    with qtbot.waitSignals([scan.hint_changed] * 2):
        elsewhere(lambda: (camera.on_hint(Hint.TILT), camera.on_hint(None)))
    assert scan.hint == ""
    with qtbot.waitSignal(scan.hint_changed) as told:
        elsewhere(lambda: camera.on_hint(Hint.CLOSER))
    assert told.args == ["closer"]


def test_cameras_are_told_at_once_and_when_one_comes_or_goes(
    scan: ScanWorker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = CameraInfo("Desk", Identity("Desk", port="2"), ())
    lists = iter([[], [], [desk]])
    monkeypatch.setattr("scanner.camera.listing.list_cameras", lambda: next(lists, [desk]))
    monkeypatch.setattr("scanner.camera.hotplug.LOOK_EVERY", 0.001)
    told: list[object] = []
    scan.cameras_found.connect(told.append)
    scan.find_cameras()
    qtbot.waitUntil(lambda: len(told) == 2)
    scan.leave_cameras()
    assert told == [(), ((str(desk.identity), "Desk"),)]
    assert scan.camera_name(str(desk.identity)) == "Desk"


def test_a_frame_keeps_its_colours() -> None:
    frame = np.zeros((3, 5, 3), np.uint8)
    frame[:, :, 2] = 255
    assert _as_image(frame).pixel(4, 2) == qRgb(255, 0, 0)
    assert _as_image(frame[:, :, 0].copy()).format() == QImage.Format.Format_Grayscale8
    with_alpha = np.dstack([frame, np.zeros((3, 5), np.uint8)])
    assert _as_image(with_alpha).pixel(4, 2) == qRgb(255, 0, 0)


def test_what_cannot_be_read_ends_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    def fail(_source: Any) -> list[str]:
        raise ValueError("not a picture")

    worker = ScanWorker(Camera(), fail)
    with qtbot.waitSignal(worker.picture_without_code):
        worker.read_picture("/tmp/notes.txt")


def test_the_link_is_told_in_the_screens_own_words(qapp: QApplication, qtbot: QtBot) -> None:
    hear: list[Callable[..., None]] = []

    def start(on_link: Callable[..., None]) -> Loop:
        hear.append(on_link)
        return Loop()

    worker = SyncWorker(start, lambda *_: None)
    worker.start()
    with qtbot.waitSignal(worker.link_changed) as told:
        elsewhere(lambda: hear[0](LinkState(last_contact=NOON)))
    assert (told.args[0].kind, told.args[0].last_contact) == ("online", NOON)
    assert worker.link is told.args[0]


def test_sync_starts_once(qapp: QApplication) -> None:
    started: list[Loop] = []

    def start(_on_link: Callable[..., None]) -> Loop:
        started.append(Loop())
        return started[-1]

    worker = SyncWorker(start, lambda *_: None)
    worker.start()
    worker.start()
    assert len(started) == 1


def test_a_refused_enrolment_is_told(qapp: QApplication, qtbot: QtBot) -> None:
    def refuse(*_: object) -> None:
        raise Refused("wrong code")

    worker = SyncWorker(lambda _: Loop(), refuse)
    with qtbot.waitSignal(worker.enrol_failed) as told:
        worker.enrol("http://hq", "CODE", "Counter 1")
    assert isinstance(told.args[0], Refused)


def test_an_enrolment_that_breaks_is_told_too(qapp: QApplication, qtbot: QtBot, expect_log: ExpectLog) -> None:
    expect_log("nobody foresaw")

    def fail(*_: object) -> None:
        raise KeyError("x")

    worker = SyncWorker(lambda _: Loop(), fail)
    with qtbot.waitSignal(worker.enrol_failed) as told:
        worker.enrol("http://hq", "CODE", "Counter 1")
    assert type(told.args[0]) is ZitiError


def test_a_code_is_known_by_its_form(shop: Shop) -> None:
    from tests.core.till import order

    assert is_code(shop.till.code(order()))
    assert not is_code("4006381333931")
