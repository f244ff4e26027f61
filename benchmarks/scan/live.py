"""The live loop on drawn approaches: what a frame costs, and how soon a readable code becomes a text."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.scan.readers import LADDER, READERS, SINGLES, read
from scanner.drawn import counter_frames, phone, without_code
from scanner.drawn.screen import matrix
from scanner.reading.live import LiveDecoder
from scanner.vision import Frame, to_grey

FRAME_SECONDS = 1 / 30
_EMPTY, _COMING, _STEADY = 4, 12, 16
# Shown to the live loop without an end: what is hard to read costs most.
_HARD = ("motion", "defocus", "glare", "low_light", "combination")
_LOOKS = 8

# What one frame gives: its texts and the CPU seconds that it took.
Step = Callable[[Frame, float], tuple[list[str], float]]


@dataclass(frozen=True, slots=True)
class Approach:
    """The frames of a phone coming into view, and the text of its code."""

    frames: list[Frame]
    text: str


@dataclass(frozen=True, slots=True)
class Watched:
    """How one watcher did on one approach: CPU seconds of each frame, and seconds from readable to text."""

    seconds: list[float]
    delay: float | None


def approaches(size: tuple[int, int], count: int, seed: int = 0) -> Iterator[Approach]:
    """Yield approaches of customers who take care or none."""
    for number in range(count):
        chance = random.Random((seed << 16) + number)
        text = "".join(chance.choices("0123456789", k=chance.randint(220, 254)))
        code = np.where(np.pad(matrix(text, number % 8), 4), 0, 255).astype(np.uint8)
        drawn = np.kron(code, np.ones((8, 8), np.uint8))
        held = {"empty": _EMPTY, "coming": _COMING, "steady": _STEADY, "care": chance.uniform(0.2, 0.9)}
        yield Approach(phone.approach(drawn, 1000 * seed + number, size, **held), text)  # type: ignore[arg-type]


def watch_all(approach: Approach) -> dict[str, Watched]:
    """Return how the live decoder and each decoder alone do on an approach; none when no frame of it is readable."""
    readable = first_readable(approach)
    watchers = {LADDER: _live(), **{name: _alone(name) for name in SINGLES}}
    return {name: _watch(step, approach, readable) for name, step in watchers.items()}


def first_readable(approach: Approach) -> int | None:
    """Return the first frame that the full ladder reads, which needs no frame before it."""
    for number, frame in enumerate(approach.frames):
        if number >= _EMPTY and read(READERS[LADDER], frame).has(approach.text):
            return number
    return None


def _live() -> Step:
    moment = 0.0
    decoder = LiveDecoder(now=lambda: moment)

    def step(frame: Frame, at: float) -> tuple[list[str], float]:
        nonlocal moment
        moment = at
        began = time.thread_time()
        texts = list(decoder(frame).texts)
        return texts, time.thread_time() - began

    return step


def _alone(name: str) -> Step:
    def step(frame: Frame, _: float) -> tuple[list[str], float]:
        seen = read(READERS[name], to_grey(frame))
        return seen.texts, seen.seconds

    return step


def _watch(step: Step, approach: Approach, readable: int | None) -> Watched:
    """Let the camera give 30 frames a second: the newest is taken when the one before is done, the rest pass by."""
    seconds: list[float] = []
    number, free = 0, 0.0
    while number < len(approach.frames):
        taken = max(free, number * FRAME_SECONDS)
        texts, spent = step(approach.frames[number], taken)
        seconds.append(spent)
        free = taken + spent
        if approach.text in texts:
            since = number if readable is None else min(readable, number)
            return Watched(seconds, free - since * FRAME_SECONDS)
        number = max(number + 1, int(free / FRAME_SECONDS))
    return Watched(seconds, None if readable is None else (len(approach.frames) - readable) * FRAME_SECONDS)


def unread(size: tuple[int, int], count: int, seed: int = 0) -> list[float]:
    """Return the CPU seconds of each live frame while no code is shown, or one that is hard to read, for a while."""
    seconds: list[float] = []
    for frame in _scenes(size, count, seed):
        step = _live()
        seconds += [step(frame, number * FRAME_SECONDS)[1] for number in range(_LOOKS)]
    return seconds


def _scenes(size: tuple[int, int], count: int, seed: int) -> Iterator[Frame]:
    for kind in without_code.KINDS:
        yield from without_code.frames(kind, size, count, seed)
    for kind in _HARD:
        yield from (case.frame for case in counter_frames.frames(kind, size, count, seed))


def delays(watched: Sequence[dict[str, Watched]], name: str) -> list[float]:
    """Return one watcher's seconds from the first readable frame to the text, where there was one."""
    return [each[name].delay for each in watched if each[name].delay is not None]  # type: ignore[misc]
