"""The webcam of the demo's counter: an empty counter until somebody holds a phone into view."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scanner.drawn import phone
from scanner.vision import Frame

FPS = 12.0
SIZE = phone.VGA
_SEED = 4


class CounterCamera:
    """A `scanner.camera.device.Camera` that is fed: any thread may call `show` and `take_away`."""

    def __init__(self) -> None:
        view = phone.hold(_SEED, SIZE, care=0.8)
        self._empty = [phone.empty_counter(_moment(view, number)) for number in range(3)]
        self._lock = threading.Lock()
        self._next: Iterator[Frame] = itertools.cycle(self._empty)

    def open(self) -> None:
        """Begin; there is nothing to wait for."""

    def read(self) -> Frame:
        """Return the next frame at the camera's own pace."""
        time.sleep(1 / FPS)
        with self._lock:
            return next(self._next)

    def close(self) -> None:
        """End; there is nothing to give back."""

    def show(self, frames: Sequence[Frame], *, steady: int) -> None:
        """Bring a phone into view: all frames once, then the last `steady` ones for as long as it is held."""
        with self._lock:
            self._next = itertools.chain(frames, itertools.cycle(frames[-steady:]))

    def take_away(self) -> None:
        """Leave the counter empty again."""
        with self._lock:
            self._next = itertools.cycle(self._empty)


COMING, STEADY = 3, 3


def approaching(code: Frame | bytes, seed: int) -> list[Frame]:
    """Draw a customer who brings a phone with this code into view and holds it."""
    return phone.approach(code, seed, SIZE, empty=0, coming=COMING, steady=STEADY, care=0.8)


def _moment(view: phone.View, number: int) -> phone.View:
    return replace(view, moment=number)
