"""The grab thread's work: open the camera, hand on its frames, and open it again whenever it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event

from scanner.camera.device import Camera
from scanner.faults import CameraBusy, CameraFault, CameraLost, CameraMissing
from scanner.camera.inbox import Inbox, ScanState, State
from scanner.camera.watchdog import BackOff, Watchdog

log = logging.getLogger(__name__)

_STATE_OF: dict[type[CameraFault], State] = {CameraMissing: State.MISSING, CameraBusy: State.BUSY}


class Grabber:
    """Feeds an inbox from a camera until `stopping` is set; `pause` waits up to the given seconds between attempts."""

    def __init__(
        self,
        camera: Camera,
        inbox: Inbox,
        stopping: Event,
        clock: Callable[[], float],
        pause: Callable[[float], object],
    ) -> None:
        self._camera = camera
        self._inbox = inbox
        self._stopping = stopping
        self._clock = clock
        self._pause = pause
        self._back_off = BackOff()

    def run(self) -> None:
        """Grab until stopped; no failure of the camera ends this."""
        while not self._stopping.is_set():
            self._inbox.put_state(ScanState(State.OPENING))
            self._inbox.put_state(self._attempt())
            if not self._stopping.is_set():
                self._pause(self._back_off.next())

    def _attempt(self) -> ScanState:
        """Open and stream once; return the state in which that ended."""
        try:
            self._camera.open()
            self._stream()
        except CameraFault as fault:
            return ScanState(_STATE_OF.get(type(fault), State.LOST), str(fault))
        except Exception as error:
            # Thread edge: whatever a driver throws, the camera is tried again rather than the thread lost.
            log.exception("the camera failed in an unknown way")
            return ScanState(State.LOST, f"The camera failed: {error}")
        finally:
            self._release()
        return ScanState(State.STOPPED)

    def _stream(self) -> None:
        watchdog = Watchdog()
        while not self._stopping.is_set():
            frame = self._camera.read()
            fault = watchdog.fault(frame, self._clock())
            if fault or frame is None:
                raise CameraLost(fault)
            self._back_off.reset()
            self._inbox.put_frame(frame)

    def _release(self) -> None:
        try:
            self._camera.close()
        except Exception:
            # Thread edge: a driver that cannot even be closed must not end the attempts to open it again.
            log.exception("the camera could not be closed")
