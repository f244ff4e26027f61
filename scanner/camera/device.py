"""A camera behind a five-line port: a real one through cv2, a video file or pictures, or frames by script."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from scanner.camera.exposure import CaptureControls, Tuner
from scanner.camera.formats import Granted, as_frame, granted_by, negotiate
from scanner.camera.listing import BACKENDS, Door, has_device_files
from scanner.faults import CameraBusy, CameraLost, CameraMissing
from scanner.vision import Frame, cv2

log = logging.getLogger(__name__)


class Camera(Protocol):
    """Anything that gives frames; `open` raises a `CameraFault`, `read` answers None when there is no frame."""

    def open(self) -> None: ...  # noqa: D102  the class says it
    def read(self) -> Frame | None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class OpenCVCamera:
    """A camera by number or device path; also the path of a video file or of a sequence such as `frame-%03d.png`.

    `doors` are tried in turn; without them the system's own for this device. `door` is the one that is open.
    """

    def __init__(
        self, device: int | str | Path, doors: Sequence[Door] = (), *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._device = _as_device(device)
        self._doors = tuple(doors) or tuple(Door(backend, self._device) for backend in _backends(self._device))
        self._clock = clock
        self._capture: cv2.VideoCapture | None = None
        self._tuner: Tuner | None = None
        self.door: Door | None = None
        self.granted: Granted | None = None

    def open(self) -> None:
        """Open the device and agree on a size, or raise `CameraMissing` or `CameraBusy`."""
        self.close()
        if not _exists(self._device):
            raise CameraMissing(f"There is no camera or file “{self._device}”. Is it plugged in?")
        for door in self._doors:
            capture = cv2.VideoCapture(door.device, door.backend)
            if capture.isOpened():
                self._take(capture, door)
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
            good, raw = self._capture.read()
            frame = as_frame(raw) if good else None
            if frame is not None and self._tuner:
                self._tuner.see(frame, self._clock())
        except cv2.error as error:
            raise CameraLost("The camera stopped giving pictures.") from error
        return frame

    def close(self) -> None:
        """Give the device back as it was found; closing twice is harmless."""
        capture, self._capture = self._capture, None
        tuner, self._tuner = self._tuner, None
        self.door = self.granted = None
        if capture is None:
            return
        try:
            if tuner:
                tuner.end()
        finally:
            capture.release()

    def _take(self, capture: cv2.VideoCapture, door: Door) -> None:
        self._capture, self.door = capture, door
        if _is_live(self._device):
            self.granted = negotiate(capture)
            self._tuner = Tuner(CaptureControls(capture, door.backend))
            log.info("camera %s opened: %s", door.device, self.granted)
        else:
            self.granted = granted_by(capture)


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


def _as_device(device: int | str | Path) -> int | str:
    if isinstance(device, int):
        return f"/dev/video{device}" if has_device_files() else device
    return str(device)


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
    return BACKENDS.get(sys.platform, BACKENDS["linux"])
