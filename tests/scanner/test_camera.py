"""Each kind of camera opens, gives frames and goes away in the ways its users are told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scanner.drawn import phone
from scanner.camera.device import CameraInfo, Granted, OpenCVCamera, SequenceCamera, list_cameras
from scanner.reading.ladder import decode
from scanner.faults import CameraBusy, CameraLost, CameraMissing
from scanner.vision import Frame, cv2

Draw = Callable[[str | bytes], Frame]
MJPG = cv2.VideoWriter.fourcc(*"MJPG")


def _shades(*shades: int) -> list[Frame]:
    return [np.full((480, 640, 3), shade, np.uint8) for shade in shades]


def _no_wait(seconds: float) -> None:
    """Take no time between two frames."""


class FakeCapture:
    """A cv2 capture that is opened by one backend only, and grants one size whatever is asked."""

    opened_by = cv2.CAP_V4L2
    grants = (1280, 720)

    def __init__(self, device: int | str, backend: int) -> None:
        self._good = backend == self.opened_by
        self.asked: dict[int, float] = {}

    def isOpened(self) -> bool:  # noqa: N802  cv2's own name
        return self._good

    def set(self, prop: int, value: float) -> bool:
        self.asked[prop] = value
        return True

    def get(self, prop: int) -> float:
        sizes = {cv2.CAP_PROP_FRAME_WIDTH: self.grants[0], cv2.CAP_PROP_FRAME_HEIGHT: self.grants[1]}
        return sizes.get(prop, self.asked.get(prop, 0))

    def read(self) -> tuple[bool, Frame | None]:
        raise cv2.error("the cable was pulled")

    def release(self) -> None:
        self._good = False


@pytest.fixture
def fake_capture(monkeypatch: pytest.MonkeyPatch) -> type[FakeCapture]:
    fake = type("OneCapture", (FakeCapture,), {})
    monkeypatch.setattr(cv2, "VideoCapture", fake)
    return fake


def test_a_video_file_is_shown_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "counter.avi"
    film = cv2.VideoWriter(str(path), MJPG, 30, (640, 480))
    for frame in _shades(10, 120, 240):
        film.write(frame)
    film.release()
    source = OpenCVCamera(path)

    source.open()
    shown = [source.read() for _ in range(4)]
    source.close()

    assert [frame is None or round(float(frame.mean()), -1) for frame in shown] == [10, 120, 240, True]


def test_a_sequence_of_pictures_is_a_camera(draw: Draw, tmp_path: Path) -> None:
    for number, moment in enumerate(phone.approach(draw("4821"), 2, phone.VGA, empty=1, coming=0, steady=2)):
        cv2.imwrite(str(tmp_path / f"frame-{number:03}.png"), moment)
    source = OpenCVCamera(str(tmp_path / "frame-%03d.png"))

    source.open()
    frames = [frame for frame in (source.read() for _ in range(3)) if frame is not None]
    source.close()

    assert [decode(frame) for frame in frames] == [[], ["4821"], ["4821"]]


def test_a_file_can_be_opened_again_from_its_start(tmp_path: Path) -> None:
    for number, frame in enumerate(_shades(10, 240)):
        cv2.imwrite(str(tmp_path / f"{number}.png"), frame)
    source = OpenCVCamera(str(tmp_path / "%d.png"))

    source.open()
    first = source.read()
    source.open()
    again = source.read()
    source.close()

    assert first is not None
    assert again is not None
    assert np.array_equal(first, again)


@pytest.mark.parametrize("device", [97, "/dev/video97", "no such film.mp4", "/no/such/folder/%d.png"])
def test_a_camera_that_is_not_there_is_missing(device: int | str) -> None:
    with pytest.raises(CameraMissing, match="plugged in"):
        OpenCVCamera(device).open()


def test_a_file_that_is_no_film_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_text("words")

    with pytest.raises(CameraBusy, match="another program"):
        OpenCVCamera(path).open()


def test_a_closed_camera_gives_no_frames_and_closes_twice() -> None:
    source = OpenCVCamera("film.mp4")

    source.close()
    source.close()

    with pytest.raises(CameraLost):
        source.read()


def test_a_camera_is_asked_for_the_wanted_size(fake_capture: type[FakeCapture]) -> None:
    source = OpenCVCamera("/dev/null")

    source.open()

    assert source.granted == Granted(1280, 720, 30, "MJPG")


def test_a_camera_that_refuses_the_wanted_size_gets_the_small_one(fake_capture: type[FakeCapture]) -> None:
    fake_capture.grants = (640, 480)
    source = OpenCVCamera("/dev/null")

    source.open()

    assert source.granted == Granted(640, 480, 30, "MJPG")


def test_windows_tries_the_second_driver_when_the_first_fails(
    fake_capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    fake_capture.opened_by = cv2.CAP_DSHOW
    source = OpenCVCamera(0)

    source.open()

    assert source.granted


def test_a_camera_that_no_driver_opens_is_busy(fake_capture: type[FakeCapture]) -> None:
    fake_capture.opened_by = cv2.CAP_DSHOW

    with pytest.raises(CameraBusy):
        OpenCVCamera("/dev/null").open()


def test_a_driver_that_fails_while_reading_is_a_lost_camera(fake_capture: type[FakeCapture]) -> None:
    source = OpenCVCamera("/dev/null")
    source.open()

    with pytest.raises(CameraLost):
        source.read()


def test_the_kernel_names_each_camera_once(tmp_path: Path) -> None:
    for node, index, name in (
        ("video10", "0", "Counter cam"),
        ("video2", "0", "HD Webcam"),
        ("video3", "1", "HD Webcam"),
    ):
        (tmp_path / node).mkdir()
        (tmp_path / node / "index").write_text(f"{index}\n")
        (tmp_path / node / "name").write_text(f"{name}\n")

    assert list_cameras(tmp_path) == [CameraInfo("/dev/video2", "HD Webcam"), CameraInfo("/dev/video10", "Counter cam")]


def test_a_camera_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    (tmp_path / "video0").mkdir()

    assert list_cameras(tmp_path) == [CameraInfo("/dev/video0", "video0")]


def test_a_machine_without_cameras_lists_none(tmp_path: Path) -> None:
    assert list_cameras(tmp_path / "none") == []


def test_other_systems_list_the_numbers_that_open(
    fake_capture: type[FakeCapture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    fake_capture.opened_by = cv2.CAP_MSMF

    assert list_cameras()[:2] == [CameraInfo(0, "Camera 1"), CameraInfo(1, "Camera 2")]


def test_prepared_frames_are_shown_once_in_order() -> None:
    first, second = _shades(1, 2)
    source = SequenceCamera([first, None, second], sleep=_no_wait)

    source.open()

    assert [source.read() is frame for frame in (first, None, second, None)] == [True] * 4


def test_prepared_frames_are_shown_in_a_loop() -> None:
    frames = _shades(1, 2)
    source = SequenceCamera(frames, loop=True, sleep=_no_wait)

    source.open()

    assert all(source.read() is frame for frame in frames * 3)


def test_prepared_frames_keep_the_pace() -> None:
    pauses: list[float] = []
    source = SequenceCamera(_shades(1, 2), fps=20, sleep=pauses.append)

    source.open()
    source.read()
    source.read()

    assert pauses == [1 / 20, 1 / 20]


def test_a_loop_of_nothing_gives_nothing() -> None:
    source = SequenceCamera([], loop=True, sleep=_no_wait)

    source.open()

    assert source.read() is None


def test_prepared_frames_need_an_open_camera() -> None:
    source = SequenceCamera(_shades(1), sleep=_no_wait)
    source.open()
    source.close()

    with pytest.raises(CameraLost):
        source.read()
