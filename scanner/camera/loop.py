"""The scan loop: one thread grabs the newest frame, one decodes it and tells; nothing here waits for the screen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from scanner.camera.device import Camera
from scanner.camera.confirm import Confirmer
from scanner.reading.ladder import LiveDecoder
from scanner.faults import DecoderMissing
from scanner.camera.grabber import Grabber
from scanner.camera.inbox import Delivery, Inbox, ScanState, State
from scanner.vision import Frame, cv2, to_uint8

__all__ = ["ScanLoop", "ScanState", "State"]

log = logging.getLogger(__name__)

PREVIEW_WIDTH = 480
PREVIEW_EVERY = 1 / 15
SILENT_AFTER = 2.0


class ScanLoop:
    """Reads codes from a camera until stopped; every callback runs on the decode thread.

    `on_text` gets a text once per showing (see `Confirmer`), `on_frame` a small BGR picture at most 15 times a second,
    `on_state` each change of state. Tests bring their own `clock` (monotonic seconds) and `pause` (seconds between
    two attempts to open the camera); the built-in pause ends early when the loop is stopped.
    """

    def __init__(
        self,
        camera: Camera,
        on_text: Callable[[str], object],
        on_frame: Callable[[Frame], object],
        on_state: Callable[[ScanState], object],
        *,
        decode: Callable[[Frame], list[str]] | None = None,
        confirmer: Confirmer | None = None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
        silent_after: float = SILENT_AFTER,
    ) -> None:
        self._on_text = on_text
        self._on_frame = on_frame
        self._on_state = on_state
        self._decode: Callable[[Frame], list[str]] | None = decode or LiveDecoder()
        self._confirmer = confirmer or Confirmer()
        self._confirming = threading.Lock()
        self._clock = clock
        self._silent_after = silent_after
        self._inbox = Inbox()
        self._stopping = threading.Event()
        self._state: ScanState | None = None
        self._when_well = ScanState(State.RUNNING)
        self._preview_at = float("-inf")
        grabber = Grabber(camera, self._inbox, self._stopping, clock, pause or self._stopping.wait)
        self._threads = (
            threading.Thread(target=grabber.run, name="scan-grab", daemon=True),
            threading.Thread(target=self._run, name="scan-decode", daemon=True),
        )

    def start(self) -> None:
        """Start both threads; a loop is started once."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 3.0) -> bool:
        """Ask both threads to end, then wait; tell whether they did (a driver may hang in a read)."""
        self._stopping.set()
        self._inbox.close()
        deadline = time.monotonic() + timeout
        others = [thread for thread in self._threads if thread.ident and thread is not threading.current_thread()]
        for thread in others:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in others)

    def acknowledge(self, text: str) -> None:
        """Let the same text pass again at once: its result has been dealt with. Any thread may call this."""
        with self._confirming:
            self._confirmer.acknowledge(text)

    def _run(self) -> None:
        while (delivery := self._inbox.take(self._silent_after)) is not None:
            try:
                self._handle(delivery)
            except Exception:
                # Thread edge: one bad frame or one failing listener must not end scanning for the rest of the day.
                log.exception("a frame or a listener failed")
        self._report(ScanState(State.STOPPED))

    def _handle(self, delivery: Delivery) -> None:
        for state in delivery.states:
            self._report(state)
        if delivery.frame is not None:
            self._report(self._when_well)
            self._show(delivery.frame)
            self._read(delivery.frame)
        elif not delivery.states and self._state == self._when_well:
            self._report(ScanState(State.LOST, "The camera has given no picture for a while."))

    def _report(self, state: ScanState) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)

    def _show(self, frame: Frame) -> None:
        now = self._clock()
        if now - self._preview_at < PREVIEW_EVERY:
            return
        self._preview_at = now
        scale = min(1.0, PREVIEW_WIDTH / frame.shape[1])
        self._on_frame(to_uint8(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)))

    def _read(self, frame: Frame) -> None:
        if self._decode is None:
            return
        try:
            texts = self._decode(frame)
        except DecoderMissing as missing:
            # The camera picture stays useful for the clerk; reading is not tried again with every frame.
            self._decode = None
            self._when_well = ScanState(State.DECODER_MISSING, str(missing))
            self._report(self._when_well)
            return
        for text in texts:
            if self._is_new(text):
                self._on_text(text)

    def _is_new(self, text: str) -> bool:
        with self._confirming:
            return self._confirmer.see(text, self._clock())
