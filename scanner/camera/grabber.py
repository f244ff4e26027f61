"""The grab thread's work: open the camera, hand on its frames, and open it again whenever it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import StrEnum
from threading import Event

from scanner.backoff import BackOff
from scanner.camera.device import Camera
from scanner.camera.formats import as_frame
from scanner.camera.inbox import ScanState, Sender, State
from scanner.camera.watchdog import Patience, Watchdog
from scanner.faults import CameraBusy, CameraFault, CameraLost, CameraMissing

log = logging.getLogger(__name__)

_STATE_OF: dict[type[CameraFault], State] = {CameraMissing: State.MISSING, CameraBusy: State.BUSY}

MakeCamera = Callable[[], Camera]
# Waits up to the given seconds; tells whether a camera came or went meanwhile.
Pause = Callable[[float], object]


class Call(StrEnum):
    """What the grab thread is in: one of the driver's calls, or none."""

    OPEN = "open"
    READ = "read"
    CLOSE = "close"
    NONE = "none"


class Grabber:
    """Feeds an inbox from a camera until `stopping` is set or it is abandoned in a call that does not come back."""

    def __init__(
        self,
        make_camera: MakeCamera,
        sender: Sender,
        stopping: Event,
        clock: Callable[[], float],
        pause: Pause,
        patience: Patience,
    ) -> None:
        self._make_camera = make_camera
        self._sender = sender
        self._stopping = stopping
        self._abandoned = False
        self._clock = clock
        self._pause = pause
        self._patience = patience
        self._back_off = BackOff()
        self._call = (Call.NONE, 0.0)

    def run(self) -> None:
        """Grab until it is over; no failure of the camera ends this."""
        while not self._is_over():
            self._sender.put_state(ScanState(State.OPENING))
            self._sender.put_state(self._attempt())
            if not self._is_over() and self._pause(self._back_off.next()):
                self._back_off.reset()

    def abandon(self) -> None:
        """Let this be the last attempt, whenever its call comes back. Any thread may call this."""
        self._abandoned = True

    def hangs(self) -> bool:
        """Tell whether the driver has not come back from a call for too long. Any thread may call this."""
        call, since = self._call
        if call is Call.NONE:
            return False
        limit = self._patience.hung_read if call is Call.READ else self._patience.hung_open
        return self._clock() - since > limit

    def _is_over(self) -> bool:
        return self._abandoned or self._stopping.is_set()

    def _attempt(self) -> ScanState:
        """Open and stream once; return the state in which that ended."""
        camera: Camera | None = None
        try:
            self._enter(Call.OPEN)
            camera = self._make_camera()
            camera.open()
            self._stream(camera)
        except CameraFault as fault:
            return ScanState(_STATE_OF.get(type(fault), State.LOST), str(fault))
        except Exception as error:
            # Thread edge: whatever a driver throws, the camera is tried again rather than the thread lost.
            log.exception("the camera failed in an unknown way")
            return ScanState(State.LOST, f"The camera failed: {error}")
        finally:
            self._release(camera)
        return ScanState(State.STOPPED)

    def _stream(self, camera: Camera) -> None:
        watchdog = Watchdog(self._patience)
        while not self._is_over():
            self._enter(Call.READ)
            frame = as_frame(camera.read())
            now = self._clock()
            fault = watchdog.fault(frame, now)
            if fault or frame is None:
                raise CameraLost(fault)
            if watchdog.is_proven(now):
                self._back_off.reset()
            self._sender.put_frame(frame)

    def _release(self, camera: Camera | None) -> None:
        self._enter(Call.CLOSE)
        try:
            if camera:
                camera.close()
        except Exception:
            # Thread edge: a driver that cannot even be closed must not end the attempts to open it again.
            log.exception("the camera could not be closed")
        self._enter(Call.NONE)

    def _enter(self, call: Call) -> None:
        self._call = (call, self._clock())
