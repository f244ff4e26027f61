"""Finds the camera that is remembered, at each opening anew: it may come back under another number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from threading import Lock

from scanner.camera.device import OpenCVCamera
from scanner.camera.identity import Identity, found, name_of
from scanner.camera.listing import CameraInfo, Door, list_cameras
from scanner.faults import CameraLost, CameraMissing
from scanner.vision import Frame


class Finder:
    """Makes cameras from what is remembered of them, and learns which way into each of them works."""

    def __init__(
        self,
        listed: Callable[[], Sequence[CameraInfo]] = list_cameras,
        make: Callable[[int | str, Sequence[Door]], OpenCVCamera] = OpenCVCamera,
    ) -> None:
        self._listed = listed
        self._make = make
        self._good: dict[Identity, int] = {}
        self._bad: dict[Identity, int] = {}
        self._learning = Lock()

    def camera(self, remembered: str) -> FoundCamera:
        """Return the camera; empty stands for the first one there is."""
        return FoundCamera(self, remembered)

    def locate(self, remembered: str) -> CameraInfo:
        """Return where the camera is now, or raise `CameraMissing`; another one is never taken in its place."""
        info = found(self._listed(), remembered, attrgetter("identity"))
        if info is not None:
            return info
        if remembered:
            raise CameraMissing(f"The camera “{name_of(remembered)}” is not plugged in.")
        raise CameraMissing("There is no camera.")

    def open(self, info: CameraInfo) -> OpenCVCamera:
        """Open a camera through the way that worked before, or raise a `CameraFault`."""
        camera = self._make(info.doors[0].device, self._in_order(info))
        camera.open()
        return camera

    def learn(self, info: CameraInfo, door: Door, *, gave_pictures: bool) -> None:
        """Take note how it went: some cameras open through a backend that then shows nothing."""
        with self._learning:
            (self._good if gave_pictures else self._bad)[info.identity] = door.backend
            (self._bad if gave_pictures else self._good).pop(info.identity, None)

    def _in_order(self, info: CameraInfo) -> Sequence[Door]:
        with self._learning:
            good, bad = self._good.get(info.identity), self._bad.get(info.identity)
        return sorted(info.doors, key=lambda door: (door.backend == bad) - (door.backend == good))


class FoundCamera:
    """A `Camera` that is looked for by its identity whenever it is opened."""

    def __init__(self, finder: Finder, remembered: str) -> None:
        self._finder = finder
        self._remembered = remembered
        self._info: CameraInfo | None = None
        self._camera: OpenCVCamera | None = None
        self._gave_pictures: bool | None = None  # None until the first read

    def open(self) -> None:
        """Find and open it, or raise `CameraMissing` or `CameraBusy`."""
        self.close()
        self._info = self._finder.locate(self._remembered)
        self._gave_pictures = None
        self._camera = self._finder.open(self._info)

    def read(self) -> Frame | None:
        """Return the next frame, None when there is none; raise `CameraLost` when the device went away."""
        if self._camera is None:
            raise CameraLost("The camera is not open.")
        self._gave_pictures = bool(self._gave_pictures)
        frame = self._camera.read()
        self._gave_pictures = self._gave_pictures or frame is not None
        return frame

    def close(self) -> None:
        """Give the device back; closing twice is harmless."""
        camera, self._camera = self._camera, None
        if camera is None:
            return
        if self._info and camera.door and self._gave_pictures is not None:
            self._finder.learn(self._info, camera.door, gave_pictures=self._gave_pictures)
        camera.close()
