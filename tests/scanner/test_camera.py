"""Each kind of camera opens, gives frames and goes away in the ways its users are told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scanner.camera.device import OpenCVCamera, SequenceCamera
from scanner.camera.formats import Granted, as_frame
from scanner.drawn import phone
from scanner.faults import CameraBusy, CameraLost, CameraMissing
from scanner.reading import stills
from scanner.vision import Frame, cv2

Draw = Callable[[str | bytes], Frame]
MJPG = cv2.VideoWriter.fourcc(*"MJPG")


def _shades(*shades: int) -> list[Frame]:
    return [np.full((480, 640, 3), shade, np.uint8) for shade in shades]


def _no_wait(seconds: float) -> None:
    """Take no time between two frames."""


class FakeCapture:
    """A cv2 capture that is opened by one backend only, and honours only some requests."""

    opened_by = cv2.CAP_V4L2
    sizes: tuple[tuple[int, int], ...] = ((1280, 720), (640, 480))
    fps: dict[int, float] = {}  # noqa: RUF012  what is granted at which width
    frame: Frame | None = None

    def __init__(self, device: int | str, backend: int) -> None:
        self.device, self.backend = device, backend
        self._good = backend == self.opened_by
        self.asked: dict[int, float] = {}
        self._granted = self.sizes[-1]

    def isOpened(self) -> bool:  # noqa: N802  cv2's own name
        return self._good

    def set(self, prop: int, value: float) -> bool:
        self.asked[prop] = value
        if prop == cv2.CAP_PROP_FRAME_HEIGHT:
            wanted = int(self.asked[cv2.CAP_PROP_FRAME_WIDTH]), int(value)
            self._granted = wanted if wanted in self.sizes else self.sizes[-1]
        return True

    def get(self, prop: int) -> float:
        width, height = self._granted
        told = {cv2.CAP_PROP_FRAME_WIDTH: width, cv2.CAP_PROP_FRAME_HEIGHT: height}
        if prop == cv2.CAP_PROP_FPS and width in self.fps:
            return self.fps[width]
        return told.get(prop, self.asked.get(prop, 0))

    def read(self) -> tuple[bool, Frame | None]:
        if self.frame is None:
            raise cv2.error("the cable was pulled")
        return True, self.frame

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

    assert [stills.read(frame) for frame in frames] == [[], ["4821"], ["4821"]]


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


@pytest.mark.parametrize(
    ("sizes", "granted"),
    [
        (((640, 480),), (640, 480)),
        (((1920, 1080), (640, 480)), (640, 480)),
        (((640, 480), (1920, 1080)), (640, 480)),
        (((320, 240),), (320, 240)),
    ],
)
def test_what_is_granted_is_read_back(
    fake_capture: type[FakeCapture], sizes: tuple[tuple[int, int], ...], granted: tuple[int, int]
) -> None:
    fake_capture.sizes = sizes
    source = OpenCVCamera("/dev/null")

    source.open()

    assert source.granted == Granted(*granted, 30, "MJPG")


def test_a_large_picture_that_comes_too_slowly_is_given_up_for_a_small_one(fake_capture: type[FakeCapture]) -> None:
    fake_capture.fps = {1280: 9.0}
    source = OpenCVCamera("/dev/null")

    source.open()

    assert source.granted == Granted(640, 480, 30, "MJPG")


def test_a_camera_that_does_not_tell_its_pace_keeps_the_large_picture(fake_capture: type[FakeCapture]) -> None:
    fake_capture.fps = {1280: 0.0}
    source = OpenCVCamera("/dev/null")

    source.open()

    assert source.granted == Granted(1280, 720, 0, "MJPG")


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


# ── what drivers send ───────────────────────────────────────────────────────────────────────────────────────────

GREY = np.arange(48 * 64, dtype=np.uint16).reshape(48, 64)


@pytest.mark.parametrize(
    ("raw", "shape"),
    [
        (GREY.astype(np.uint8), (48, 64)),
        (GREY.astype(np.uint8)[:, :, None], (48, 64)),
        (np.full((48, 64, 2), 90, np.uint8), (48, 64)),
        (np.full((48, 64, 3), 90, np.uint8), (48, 64, 3)),
        (np.full((48, 64, 4), 90, np.uint8), (48, 64, 4)),
        (GREY, (48, 64)),
        (GREY.astype(np.float32) / GREY.max(), (48, 64)),
        (np.full((48, 64), np.nan), (48, 64)),
        (cv2.imencode(".jpg", np.full((48, 64, 3), 90, np.uint8))[1].reshape(1, -1), (48, 64, 3)),
    ],
    ids=["grey", "one channel", "YUYV", "BGR", "BGRA", "16 bits", "parts of one", "no numbers", "JPEG"],
)
def test_whatever_a_driver_sends_becomes_a_frame(raw: object, shape: tuple[int, ...]) -> None:
    frame = as_frame(raw)

    assert frame is not None
    assert frame.shape == shape
    assert frame.dtype == np.uint8


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "words",
        np.zeros((0, 64), np.uint8),
        np.zeros((48, 64, 5), np.uint8),
        np.zeros((48, 63, 2), np.uint8),
        np.zeros((48, 64), np.complex64),
        np.zeros((1, 99), np.uint8),
        np.zeros((2, 2, 2, 2), np.uint8),
    ],
)
def test_what_is_no_picture_is_no_frame(raw: object) -> None:
    assert as_frame(raw) is None


def test_bright_and_dark_survive_the_change_to_8_bits() -> None:
    deep = as_frame(GREY * 16)
    parts = as_frame(GREY.astype(np.float32) / GREY.max())

    assert deep is not None
    assert parts is not None
    assert (deep[0, 0], deep[-1, -1], parts[0, 0], parts[-1, -1]) == (0, 255, 0, 255)


def test_a_camera_that_sends_yuyv_is_read(fake_capture: type[FakeCapture]) -> None:
    fake_capture.frame = np.full((480, 640, 2), 90, np.uint8)
    source = OpenCVCamera("/dev/null")
    source.open()

    frame = source.read()

    assert frame is not None
    assert frame.shape == (480, 640)
