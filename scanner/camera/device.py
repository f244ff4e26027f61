"""A camera behind a five-line port: a real one through cv2, a video file or pictures, or frames by script."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scanner.faults import CameraBusy, CameraLost, CameraMissing
from scanner.vision import Frame, cv2, to_uint8

_BACKENDS = {"win32": (cv2.CAP_MSMF, cv2.CAP_DSHOW), "darwin": (cv2.CAP_AVFOUNDATION,)}

WANTED_SIZES = ((1280, 720), (640, 480))
WANTED_FPS = 30
DRIVERS = Path("/sys/class/video4linux")


class Camera(Protocol):
    """Anything that gives frames; `open` raises a `CameraFault`, `read` answers None when there is no frame."""

    def open(self) -> None: ...  # noqa: D102  the class says it
    def read(self) -> Frame | None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be chosen: `device` goes to `OpenCVCamera`, `name` is shown."""

    device: int | str
    name: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What the camera really gives, whatever was asked for; 0 fps and no format when it does not say."""

    width: int
    height: int
    fps: float
    pixel_format: str


class OpenCVCamera:
    """A camera by number or device path; also the path of a video file or of a sequence such as `frame-%03d.png`."""

    def __init__(self, device: int | str | Path) -> None:
        self._device = _as_device(device)
        self._capture: cv2.VideoCapture | None = None
        self.granted: Granted | None = None

    def open(self) -> None:
        """Open the device and agree on a size, or raise `CameraMissing` or `CameraBusy`."""
        self.close()
        if not _exists(self._device):
            raise CameraMissing(f"There is no camera or file “{self._device}”. Is it plugged in?")
        for backend in _backends(self._device):
            capture = cv2.VideoCapture(self._device, backend)
            if capture.isOpened():
                self._capture = capture
                self.granted = _negotiate(capture) if _is_live(self._device) else _granted(capture)
                return
            capture.release()
        raise CameraBusy(
            f"“{self._device}” cannot be opened: another program may be using it, or it may not be allowed."
        )

    def read(self) -> Frame | None:
        """Return the next frame, None when there is none; raise `CameraLost` when the device went away."""
        if self._capture is None:
            raise CameraLost("The camera is not open.")
        try:
            good, frame = self._capture.read()
        except cv2.error as error:
            raise CameraLost("The camera stopped giving pictures.") from error
        return to_uint8(frame) if good and frame is not None else None

    def close(self) -> None:
        """Give the device back; closing twice is harmless."""
        if self._capture is not None:
            self._capture.release()
        self._capture = None
        self.granted = None


class SequenceCamera:
    """Shows prepared frames at `fps`; a None among them is a frame that failed."""

    def __init__(
        self,
        frames: Iterable[Frame | None],
        *,
        fps: float = 30.0,
        loop: bool = False,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._frames = tuple(frames)
        self._pause = 1.0 / fps
        self._loop = loop
        self._sleep = sleep
        self._shown: Iterator[Frame | None] | None = None

    def open(self) -> None:
        """Start from the first frame."""
        self._shown = iter(self._frames)

    def read(self) -> Frame | None:
        """Return the next frame, None after the last one."""
        if self._shown is None:
            raise CameraLost("The camera is not open.")
        self._sleep(self._pause)
        try:
            return next(self._shown)
        except StopIteration:
            if not (self._loop and self._frames):
                return None
        self._shown = iter(self._frames)
        return next(self._shown)

    def close(self) -> None:
        """Stop; closing twice is harmless."""
        self._shown = None


def list_cameras(drivers: Path = DRIVERS) -> list[CameraInfo]:
    """Return the cameras that can be chosen; outside Linux each number is tried, which takes seconds."""
    if _has_device_files():
        return _listed_by_the_kernel(drivers)
    return [CameraInfo(number, f"Camera {number + 1}") for number in range(4) if _opens(number)]


def _listed_by_the_kernel(drivers: Path) -> list[CameraInfo]:
    nodes = sorted(drivers.glob("video*"), key=lambda node: (len(node.name), node.name))
    return [CameraInfo(f"/dev/{node.name}", _fact(node, "name") or node.name) for node in nodes if _is_capture(node)]


def _is_capture(node: Path) -> bool:
    # One webcam has several nodes; the first gives pictures, the others metadata.
    return _fact(node, "index") in ("", "0")


def _fact(node: Path, fact: str) -> str:
    try:
        return (node / fact).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _opens(number: int) -> bool:
    camera = OpenCVCamera(number)
    try:
        camera.open()
    except (CameraMissing, CameraBusy):
        return False
    camera.close()
    return True


def _as_device(device: int | str | Path) -> int | str:
    if isinstance(device, int):
        return f"/dev/video{device}" if _has_device_files() else device
    return str(device)


def _has_device_files() -> bool:
    return sys.platform.startswith("linux")


def _is_live(device: int | str) -> bool:
    return isinstance(device, int) or device.startswith("/dev/")


def _is_sequence(device: int | str) -> bool:
    return isinstance(device, str) and "%" in Path(device).name


def _exists(device: int | str) -> bool:
    if isinstance(device, int):
        return device >= 0
    return Path(device).parent.is_dir() if _is_sequence(device) else Path(device).exists()


def _backends(device: int | str) -> tuple[int, ...]:
    if _is_sequence(device):
        return (cv2.CAP_IMAGES,)
    if not _is_live(device):
        return (cv2.CAP_FFMPEG,)
    return _BACKENDS.get(sys.platform, (cv2.CAP_V4L2,))


def _negotiate(capture: cv2.VideoCapture) -> Granted:
    granted = _granted(capture)
    for width, height in WANTED_SIZES:
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        capture.set(cv2.CAP_PROP_FPS, WANTED_FPS)
        granted = _granted(capture)
        if (granted.width, granted.height) == (width, height):
            break
    return granted


def _granted(capture: cv2.VideoCapture) -> Granted:
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    letters = code.to_bytes(4, "little").decode("ascii", "replace") if 0 < code < 2**32 else ""
    return Granted(
        int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        float(capture.get(cv2.CAP_PROP_FPS)),
        letters,
    )
