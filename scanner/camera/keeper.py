"""Keeps one grab thread going: a thread that hangs in its driver cannot be ended, so it is left behind and replaced."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread, current_thread

from scanner.camera.grabber import Grabber, MakeCamera, Pause
from scanner.camera.hotplug import AttentivePause
from scanner.camera.inbox import Inbox, ScanState, State
from scanner.camera.watchdog import Patience

log = logging.getLogger(__name__)

# Each thread that is left behind holds a capture and its buffers; a driver that hangs this often hangs for good.
MOST_LEFT = 3
_STUCK = "The camera's driver does not answer. Unplug the camera and plug it in again."


class Keeper:
    """Starts grab threads over fresh cameras, one at a time, until it is stopped."""

    def __init__(
        self,
        make_camera: MakeCamera,
        inbox: Inbox,
        *,
        clock: Callable[[], float],
        pause: Pause | None,
        patience: Patience,
    ) -> None:
        self._make_camera = make_camera
        self._inbox = inbox
        self._clock = clock
        self._stopping = Event()
        self._pause = pause or AttentivePause(self._stopping.wait)
        self._patience = patience
        self._changing = Lock()
        self._grabber: Grabber | None = None
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Start the first thread."""
        with self._changing:
            self._begin()

    def check(self) -> ScanState | None:
        """Replace a thread that hangs; return the state to tell when that cannot be done any more."""
        with self._changing:
            if self._stopping.is_set() or self._grabber is None or not self._grabber.hangs():
                return None
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            if len(self._threads) > MOST_LEFT:
                return ScanState(State.STUCK, _STUCK)
            log.info("the camera's driver hangs: its thread is left behind")
            self._grabber.abandon()
            self._begin()
            return None

    def stop(self, timeout: float) -> bool:
        """Ask every thread to end, wait up to `timeout` seconds; tell whether they did (a driver may hang)."""
        self._stopping.set()
        with self._changing:
            threads = [thread for thread in self._threads if thread is not current_thread()]
        deadline = time.monotonic() + timeout
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _begin(self) -> None:
        grabber = Grabber(
            self._make_camera, self._inbox.new_sender(), self._stopping, self._clock, self._pause, self._patience
        )
        thread = Thread(target=grabber.run, name="scan-grab", daemon=True)
        self._grabber = grabber
        self._threads.append(thread)
        thread.start()
