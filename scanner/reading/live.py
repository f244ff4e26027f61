"""Reads a stream of frames: every frame once by the quickest rung, and what is left of its time goes to the others.

Where a symbol is seen but not read, the frame's time goes to that part of it: a small picture, on which every rung is
quick. Otherwise the whole frame is tried by one or two further rungs in turn, so that soon each has had its chance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from scanner.reading import rungs
from scanner.reading.advice import Adviser
from scanner.reading.budget import Budget, Pace
from scanner.reading.ladder import Accept, Ladder, Reading, as_text, require_decoder
from scanner.reading.locate import Place
from scanner.reading.picture import SHORTEST, Picture
from scanner.reading.rungs import Rung
from scanner.reading.sight import Look
from scanner.vision import Frame

# CPU seconds for one frame; thirty frames a second leave 33 ms, and the window and the shop want some of them.
FRAME_SECONDS = 0.019
# What a frame costs before anything was measured, CPU seconds for each pixel.
_PACE = {rungs.Worker.ZXING.name: 8e-9, rungs.Worker.ZBAR.name: 40e-9}
# A rung that was slow once is tried again before long.
_FORGETS = 0.02
_VGA = 640 * 480
# How long a symbol that is not seen any more may still be where it was.
_REMEMBERED = 0.5
# What is looked at around a symbol, in parts of its width: the quiet zone, and some way that the hand has moved.
_AROUND = 0.25

# On every frame that small, when the raw frame was not read.
_SMALL = (rungs.DOUBLE, rungs.EVEN_LIGHT)
_CLOSE = (rungs.DOUBLE, rungs.EVEN_LIGHT, rungs.SOFT, rungs.THRESHOLD, rungs.ZBAR_THRESHOLD)
_CLOSE_IN_TURN = (rungs.ZBAR_SHARP, rungs.ZBAR_RAW, rungs.ZBAR_SOFT)
# When a code must be there, for nothing else looks so, and yet none is seen.
_UNSEEN = (rungs.RESCUE_HALF, rungs.RESCUE_FOUND)
_RESCUE_EVERY = 8
_RESCUE_SECONDS = 0.036
_IN_TURN = (
    rungs.HALF,
    rungs.THRESHOLD,
    rungs.ZBAR_THRESHOLD,
    rungs.EVEN_LIGHT,
    rungs.SOFT,
    rungs.ZBAR_SOFT,
    rungs.DOUBLE,
    rungs.ZBAR_SHARP,
)
# Only the middle of a large frame, where the phone is held: the whole would take the time of three frames.
_MIDDLE_ONLY = frozenset({rungs.DOUBLE.name, *(rung.name for rung in _IN_TURN if rung.worker is rungs.Worker.ZBAR)})


class LiveDecoder:
    """Call it with each frame of one camera. `clock` is CPU time, `now` tells how old a hint is, both in seconds."""

    def __init__(
        self,
        accept: Accept | None = None,
        *,
        seconds: float = FRAME_SECONDS,
        clock: Callable[[], float] = time.thread_time,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._accept = accept
        self._seconds = seconds
        self._clock = clock
        self._now = now
        self._pace = Pace(_PACE, caution=1.0, forgets=_FORGETS)
        self._adviser = Adviser()
        self._turn = 0
        self._last: tuple[Place, float] | None = None

    def __call__(self, frame: Frame) -> Look:
        """Return what the frame shows; raise `NotAFrame` or `DecoderMissing`."""
        require_decoder()
        whole = self._ladder(Picture(frame), Budget(self._seconds, self._clock))
        reading = self._read(whole)
        hint = self._adviser.advise(whole.picture, reading, self._now())
        texts, foreign = reading.texts, [as_text(content) for content in reading.foreign]
        return Look(tuple(texts), tuple(foreign), reading.rung, hint)

    def _read(self, whole: Ladder) -> Reading:
        """Return the first accepted reading; a foreign code, a sticker's on the counter, does not end the search."""
        first = whole.climb((rungs.RAW,))
        if first.contents:
            return first
        self._turn += 1
        place = self._watched(whole.picture)
        foreign = dict.fromkeys(first.foreign)
        for reading in self._closely(whole, place) if place else self._widely(whole):
            if reading.contents:
                return reading
            foreign.update(dict.fromkeys(reading.foreign))
        return Reading(foreign=tuple(foreign))

    def _watched(self, picture: Picture) -> Place | None:
        """Return where a symbol is, or was a moment ago: the largest, as it is the nearest."""
        if picture.seen:
            self._last = max(picture.seen, key=lambda place: float(np.ptp(place.corners, axis=0).min())), self._now()
        if self._last and self._now() - self._last[1] > _REMEMBERED:
            self._last = None
        return self._last[0] if self._last else None

    def _closely(self, whole: Ladder, place: Place) -> Iterator[Reading]:
        part, corner = _around(whole.picture.grey, place)
        close = self._ladder(Picture(part), whole.budget)
        close.picture.seen = [Place(seen.corners - corner, seen.version) for seen in whole.picture.seen]
        yield close.climb(_CLOSE)
        if self._turn % _RESCUE_EVERY == 0:
            yield self._rescued(close.picture, rungs.RESCUE_SEEN)
        yield close.climb((self._next(_CLOSE_IN_TURN),))
        yield whole.climb((self._next(_IN_TURN),))

    def _widely(self, whole: Ladder) -> Iterator[Reading]:
        looks = whole.picture.character
        if looks.is_code_like and looks.is_smeared:
            yield whole.climb((rungs.DEBLUR,))
        if whole.picture.pixels <= _VGA:
            yield whole.climb(_SMALL)
        if looks.is_code_like and self._turn % _RESCUE_EVERY == 0:
            unseen = _UNSEEN[self._turn // _RESCUE_EVERY % len(_UNSEEN)]
            yield self._rescued(_middle(whole.picture.grey), unseen)
        rung = self._next(_IN_TURN)
        if whole.picture.pixels > _VGA and rung.name in _MIDDLE_ONLY:
            yield self._ladder(_middle(whole.picture.grey), whole.budget).climb((rung,))
        else:
            yield whole.climb((rung,))

    def _rescued(self, picture: Picture, rung: Rung) -> Reading:
        """Try the slowest of rungs, in a time of its own: the next frame is let go for it."""
        return self._ladder(picture, Budget(_RESCUE_SECONDS, self._clock)).climb((rung,))

    def _ladder(self, picture: Picture, budget: Budget) -> Ladder:
        return Ladder(picture, budget, self._accept, self._pace)

    def _next(self, among: tuple[Rung, ...]) -> Rung:
        return among[self._turn % len(among)]


def _around(grey: Frame, place: Place) -> tuple[Frame, np.ndarray]:
    """Return the part of a frame around a symbol, and where its corner is in the frame."""
    low, high = place.corners.min(axis=0), place.corners.max(axis=0)
    margin = _AROUND * float((high - low).max()) + 12
    height, width = grey.shape
    left, top = np.maximum(0, low - margin).astype(int)
    right, bottom = np.minimum((width, height), high + margin).astype(int)
    left, top = max(0, min(left, width - SHORTEST)), max(0, min(top, height - SHORTEST))
    right, bottom = max(right, left + SHORTEST), max(bottom, top + SHORTEST)
    return grey[top:bottom, left:right], np.array([left, top], np.float32)


def _middle(grey: Frame) -> Picture:
    """Return the middle of a frame, 640 × 480 at most."""
    height, width = grey.shape
    top, left = max(0, (height - 480) // 2), max(0, (width - 640) // 2)
    return Picture(grey[top : top + 480, left : left + 640])
