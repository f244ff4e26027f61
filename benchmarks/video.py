"""Whether the scanner's memory stays flat over an hour of video: the real loop and decoder, fed as fast as they read.

`python -m benchmarks.video FRAMES` is the process that watches the film; a line for each sample: frames so far,
resident MB; at the end the texts that were told and the phones that were shown.
"""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import qrcode

from benchmarks.measure import Figure, Sizes, slope
from scanner.camera.loop import ScanLoop
from scanner.drawn import phone
from scanner.reading.live import LiveDecoder
from scanner.reading.sight import Look
from scanner.vision import Frame

FPS = 30
FRAMES_PER_HOUR = 3_600 * FPS
_FLAT_MB = 2.0
# Four customers, each for half a second, and then three seconds of an empty counter: longer than a code is remembered.
_CODES, _COMING, _STEADY, _EMPTY = 4, 3, 12, 90
_NOISES = 6
_EVERY = 60
_SHOWING = _COMING + _STEADY + _EMPTY
_PATIENCE_SECONDS = 60.0


def run(sizes: Sizes, _folder: Path) -> Iterator[Figure]:
    """Watch the film in a process of its own, and fit a line through the second half of it."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.video", str(sizes.film_frames)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.perf_counter() - started
    assert done.returncode == 0, done.stderr[-2_000:]
    *samples, last = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    told, shown = last
    assert told == shown, f"{told:.0f} texts were told of {shown:.0f} phones"
    late = [(count, megabytes) for count, megabytes in samples][len(samples) // 2 :]
    growth = slope(late) * FRAMES_PER_HOUR if len(late) > 1 else 0.0
    minutes = sizes.film_frames / FPS / 60
    note = f"{sizes.film_frames:,} frames, {minutes:.1f} min at {FPS} fps, {shown:.0f} phones, each told once"
    yield Figure("memory's growth in an hour of video", growth, "MB", limit=_FLAT_MB, note=note)
    yield Figure("memory in use (RSS), video", samples[-1][1], "MB", note=note)
    yield Figure("time for a frame, one after the other", 1_000 * took / sizes.film_frames, "ms", note="with the start")


class Film:
    """A `Camera` whose next frame comes when the last one was looked at; its clock is the film's own."""

    def __init__(self, length: int) -> None:
        self._frames = _cycle()
        self._length = length
        self._given = 0
        self._looked = threading.Semaphore(1)
        self.over = threading.Event()

    def open(self) -> None:
        """Begin; there is nothing to wait for."""

    def read(self) -> Frame | None:
        """Return the next frame, None when the film is over."""
        self._looked.acquire(timeout=_PATIENCE_SECONDS)
        if self._given == self._length:
            self.over.set()
            return None
        self._given += 1
        return self._frames[self._given % len(self._frames)]

    def close(self) -> None:
        """End; there is nothing to give back."""

    def looked(self) -> int:
        """Let the next frame come; return how many were given."""
        self._looked.release()
        return self._given

    def clock(self) -> float:
        """Return the seconds that have passed in the film."""
        return self._given / FPS

    @property
    def phones(self) -> int:
        """How many phones were brought into view and held."""
        return self._length // _SHOWING


class Watcher:
    """Watches a film through the real loop, and tells the memory."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._decode = LiveDecoder(now=film.clock)
        self._process = psutil.Process()
        self._preview = b""
        self.texts: list[str] = []
        self.loop = ScanLoop(
            lambda: film,
            self.texts.append,
            self._show,
            lambda _state: None,
            decode=self._look,
            clock=film.clock,
            pause=film.over.wait,
        )

    def _look(self, frame: Frame) -> Look:
        look = self._decode(frame)
        given = self._film.looked()
        if given % _EVERY == 0:
            print(given, self._process.memory_info().rss / 1e6, flush=True)
        return look

    def _show(self, picture: Frame) -> None:
        self._preview = picture[:, ::-1].tobytes()


def _cycle() -> list[Frame]:
    """Draw the film's cycle: it begins with the empty counter."""
    view = phone.hold(_CODES, phone.VGA, care=0.9)
    noises = [phone.empty_counter(replace(view, moment=number)) for number in range(_NOISES)]
    frames: list[Frame] = []
    for seed in range(_CODES):
        picture = io.BytesIO()
        qrcode.make(f"{7_654_321 + seed}" * 32, error_correction=qrcode.ERROR_CORRECT_M).save(picture)
        frames += [noises[number % _NOISES] for number in range(_EMPTY)]
        frames += phone.approach(picture.getvalue(), seed, phone.VGA, empty=0, coming=_COMING, steady=_STEADY, care=0.9)
    return frames


def main() -> int:
    """Watch a film of so many frames."""
    film = Film(int(sys.argv[1]))
    watcher = Watcher(film)
    watcher.loop.start()
    while not film.over.wait(1.0):
        pass
    watcher.loop.stop()
    print(len(watcher.texts), film.phones, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
