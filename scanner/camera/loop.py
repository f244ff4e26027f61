"""The scan loop: one thread grabs the newest frame, one decodes it and tells; nothing here waits for the screen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from scanner.camera.confirm import Confirmer
from scanner.camera.grabber import MakeCamera, Pause
from scanner.camera.hints import Hints
from scanner.camera.inbox import Delivery, Inbox, ScanState, State
from scanner.camera.keeper import Keeper
from scanner.camera.watchdog import Patience
from scanner.faults import DecoderMissing, NotAFrame
from scanner.reading.sight import Hint, Look
from scanner.vision import Frame, cv2, to_uint8

__all__ = ["Hint", "Look", "Patience", "ScanLoop", "ScanState", "State"]

log = logging.getLogger(__name__)

PREVIEW_WIDTH = 480
PREVIEW_EVERY = 1 / 15

Decode = Callable[[Frame], Look]


def _say_nothing(_hint: Hint | None) -> None:
    """Leave hints unheard."""


def _show_nothing(_frame: Frame) -> None:
    """Leave whole pictures unseen."""


class ScanLoop:
    """Reads codes from a camera until stopped; every callback runs on the decode thread.

    `make_camera` is called for each attempt to open the camera, on the thread that then reads it. `on_text` gets a
    text once per showing (see `Confirmer`), `on_frame` a small picture at most 15 times a second and `on_whole` the
    same in full size, `on_state` and `on_hint` each change. Tests bring their own `clock` (monotonic seconds) and
    `pause` (seconds between two attempts to open the camera); the built-in pause ends early when the loop is stopped
    or a camera comes or goes.
    """

    def __init__(
        self,
        make_camera: MakeCamera,
        on_text: Callable[[str], object],
        on_frame: Callable[[Frame], object],
        on_state: Callable[[ScanState], object],
        *,
        decode: Decode,
        on_hint: Callable[[Hint | None], object] = _say_nothing,
        on_whole: Callable[[Frame], object] = _show_nothing,
        clock: Callable[[], float] = time.monotonic,
        pause: Pause | None = None,
        patience: Patience = Patience(),  # noqa: B008  it is frozen
    ) -> None:
        self._on_text, self._on_frame, self._on_state, self._on_hint = on_text, on_frame, on_state, on_hint
        self._decode: Decode | None = decode
        self._confirmer, self._confirming = Confirmer(), threading.Lock()
        self._on_whole = on_whole
        self._hints = Hints()
        self._hint: Hint | None = None
        self._clock, self._patience = clock, patience
        self._inbox = Inbox()
        self._state: ScanState | None = None
        self._when_well = ScanState(State.RUNNING)
        self._heard_at = self._preview_at = float("-inf")
        self._complaints: set[str] = set()
        self._keeper = Keeper(make_camera, self._inbox, clock=clock, pause=pause, patience=patience)
        self._thread = threading.Thread(target=self._run, name="scan-decode", daemon=True)

    def start(self) -> None:
        """Start both threads; a loop is started once."""
        self._keeper.start()
        self._thread.start()

    def stop(self, timeout: float = 3.0) -> bool:
        """Ask every thread to end, then wait; tell whether they did (a driver may hang in a read)."""
        deadline = time.monotonic() + timeout
        self._inbox.close()
        grabbed = self._keeper.stop(timeout)
        if not self._thread.ident or self._thread is threading.current_thread():
            return grabbed
        self._thread.join(max(0.0, deadline - time.monotonic()))
        return grabbed and not self._thread.is_alive()

    def acknowledge(self, text: str) -> None:
        """Let the same text pass again at once: its result has been dealt with. Any thread may call this."""
        with self._confirming:
            self._confirmer.acknowledge(text)

    def _run(self) -> None:
        while (delivery := self._inbox.take(self._patience.turn)) is not None:
            try:
                self._handle(delivery)
            except Exception as error:  # noqa: BLE001  thread edge: no frame, no listener may end scanning for the day
                self._complain(error)
        self._report(ScanState(State.STOPPED))

    def _complain(self, error: Exception) -> None:
        # Thirty times a second the same line would push everything else out of the log.
        kind = f"{type(error).__name__}: {error}"
        if kind not in self._complaints:
            self._complaints = {*self._complaints, kind} if len(self._complaints) < 100 else {kind}
            log.error("a frame or a listener failed", exc_info=error)

    def _handle(self, delivery: Delivery) -> None:
        for state in delivery.states:
            self._report(state)
        if delivery.frame is not None:
            self._heard_at = self._clock()
            self._report(self._when_well)
            self._show(delivery.frame)
            self._read(delivery.frame)
        elif not delivery.states:
            self._look_after()

    def _look_after(self) -> None:
        """Tell of a camera that has fallen silent, and have one that hangs replaced."""
        if self._state == self._when_well and self._clock() - self._heard_at >= self._patience.silent:
            self._report(ScanState(State.LOST, "The camera has given no picture for a while."))
        if stuck := self._keeper.check():
            self._report(stuck)

    def _report(self, state: ScanState) -> None:
        if state == self._state:
            return
        self._state = state
        if state != self._when_well:
            self._suggest(None)
        self._on_state(state)

    def _suggest(self, hint: Hint | None) -> None:
        if hint != self._hint:
            self._hint = hint
            self._on_hint(hint)

    def _show(self, frame: Frame) -> None:
        now = self._clock()
        if now - self._preview_at < PREVIEW_EVERY:
            return
        self._preview_at = now
        self._on_whole(to_uint8(frame))
        scale = min(1.0, PREVIEW_WIDTH / frame.shape[1])
        self._on_frame(to_uint8(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)))

    def _read(self, frame: Frame) -> None:
        if self._decode is None:
            return
        try:
            look = self._decode(frame)
        except NotAFrame:
            look = Look()  # a camera of 16 pixels, or of 5,000: there is nothing to read, and nothing to fear
        except DecoderMissing as missing:
            # The camera picture stays useful for the clerk; reading is not tried again with every frame.
            self._decode = None
            self._when_well = ScanState(State.DECODER_MISSING, str(missing))
            self._report(self._when_well)
            return
        self._suggest(self._hints.after(look, self._clock()))
        for text in look.texts:
            if self._is_new(text):
                self._on_text(text)

    def _is_new(self, text: str) -> bool:
        with self._confirming:
            return self._confirmer.see(text, self._clock())
