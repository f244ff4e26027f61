"""What the grab thread leaves for the decode thread: the newest frame only, and every change of state in order."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from scanner.vision import Frame


class State(StrEnum):
    """What the scanner is doing, by name."""

    OPENING = "opening"
    RUNNING = "running"
    LOST = "lost"
    MISSING = "missing"
    BUSY = "busy"
    STUCK = "stuck"
    DECODER_MISSING = "decoder_missing"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ScanState:
    """A state and, when something is wrong, the sentence that says what."""

    name: State
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was waiting: states first, then the frame; both empty when the wait was in vain."""

    states: tuple[ScanState, ...] = ()
    frame: Frame | None = None


class Inbox:
    """A one-frame letter box: a frame that nobody has taken is replaced by the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._states: list[ScanState] = []
        self._frame: Frame | None = None
        self._closed = False
        self._sender: Sender | None = None

    def new_sender(self) -> Sender:
        """Return who may deliver from now on; what an earlier one sends is thrown away."""
        with self._changed:
            self._sender = Sender(self)
            return self._sender

    def put(self, sender: Sender, *, state: ScanState | None = None, frame: Frame | None = None) -> None:
        """Leave a change of state, or the newest frame; frames from before a state are of no interest any more."""
        with self._changed:
            if sender is not self._sender:
                return
            if state:
                self._states.append(state)
            self._frame = frame
            self._changed.notify()

    def close(self) -> None:
        """Wake the reader for the last time."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def take(self, timeout: float) -> Delivery | None:
        """Return what is waiting, an empty delivery after `timeout` seconds of nothing, None when closed."""
        with self._changed:
            self._changed.wait_for(self._has_something, timeout)
            if self._closed:
                return None
            delivery = Delivery(tuple(self._states), self._frame)
            self._states.clear()
            self._frame = None
            return delivery

    def _has_something(self) -> bool:
        return self._closed or bool(self._states) or self._frame is not None


class Sender:
    """One grab thread's way into the inbox."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def put_state(self, state: ScanState) -> None:
        """Leave a change of state."""
        self._inbox.put(self, state=state)

    def put_frame(self, frame: Frame) -> None:
        """Leave the newest frame."""
        self._inbox.put(self, frame=frame)
