"""What would help the camera: judged from where a code is seen but not read, and said only when it lasts."""

from __future__ import annotations

from collections import Counter, deque

import numpy as np

from scanner.reading import symbol
from scanner.reading.ladder import Reading
from scanner.reading.locate import Place
from scanner.reading.picture import Picture
from scanner.reading.sight import Hint
from scanner.vision import Frame, cv2

# The ladder's working limit under tilt, blur and noise.
CLOSER_BELOW = 2.6
# How long the same trouble must be there before it is said, and how long it then stays; seconds.
_SAID_AFTER = 0.6
_SAID_FOR = 1.5
_OFTEN = 0.5
# How far a symbol may wander between two frames, in parts of its width.
_STILL = 0.06
# Less sharp than a code in focus; measured on drawn phones.
_BLURRED = 0.09
_DARK = 70.0
_PITCH_DARK = 24.0
# A part of a symbol that is all light, while the rest has light and dark, is washed out by a reflection.
_WASHED_PARTS = 0.10
_PARTS = 8
_SIZE = 64


class Adviser:
    """Turns frames that were not read into at most one hint at a time; times are monotonic seconds."""

    def __init__(self) -> None:
        self._troubles: deque[tuple[float, Hint | None]] = deque()
        self._said: tuple[Hint, float] | None = None
        self._last_middle: np.ndarray | None = None

    def advise(self, picture: Picture, reading: Reading, at: float) -> Hint | None:
        """Take one frame and what was read of it; return what to say now."""
        if reading.contents:
            self._forget()
            return None
        self._troubles.append((at, self._trouble(picture)))
        while at - self._troubles[0][0] > _SAID_AFTER:
            self._troubles.popleft()
        lasting = self._lasting(at)
        if lasting:
            self._said = lasting, at
        if self._said and at - self._said[1] > _SAID_FOR:
            self._said = None
        if self._said:
            return self._said[0]
        return Hint.FOREIGN if reading.foreign else None

    def _forget(self) -> None:
        self._troubles.clear()
        self._said = None

    def _lasting(self, at: float) -> Hint | None:
        """Return the trouble of most frames, once they span long enough."""
        if at - self._troubles[0][0] < 0.8 * _SAID_AFTER:
            return None
        hint, times = Counter(trouble for _, trouble in self._troubles).most_common(1)[0]
        return hint if hint and times >= _OFTEN * len(self._troubles) else None

    def _trouble(self, picture: Picture) -> Hint | None:
        if not picture.seen:
            self._last_middle = None
            return _of_nothing_seen(picture)
        place = max(picture.seen, key=_width)
        moved, self._last_middle = self._moved(place), place.corners.mean(axis=0)
        if _width(place) / symbol.side(place.version) < CLOSER_BELOW:
            return Hint.CLOSER
        flat = _flat(picture.grey, place)
        if float(np.percentile(flat, 90)) < _DARK:
            return Hint.TOO_DARK
        if _washed(flat) >= _WASHED_PARTS:
            return Hint.TILT
        return Hint.HOLD_STILL if moved else None

    def _moved(self, place: Place) -> bool:
        if self._last_middle is None:
            return False
        step = float(np.linalg.norm(place.corners.mean(axis=0) - self._last_middle))
        return step > _STILL * _width(place)


def _of_nothing_seen(picture: Picture) -> Hint | None:
    """Return what is wrong with a frame in which no symbol is seen; an empty counter is all right."""
    if float(np.percentile(picture.grey[::8, ::8], 99)) < _PITCH_DARK:
        return Hint.TOO_DARK
    looks = picture.character
    unclear = looks.is_smeared or looks.sharp < _BLURRED
    return Hint.HOLD_STILL if looks.is_code_like and unclear else None


def _width(place: Place) -> float:
    return float(cv2.contourArea(place.corners) ** 0.5)


def _flat(grey: Frame, place: Place) -> Frame:
    """Return the symbol upright, small and square."""
    square = np.array([[0, 0], [_SIZE, 0], [_SIZE, _SIZE], [0, _SIZE]], np.float32)
    plane = cv2.getPerspectiveTransform(place.corners, square)
    return np.asarray(cv2.warpPerspective(grey, plane, (_SIZE, _SIZE), flags=cv2.INTER_AREA), np.uint8)


def _washed(flat: Frame) -> float:
    """Return in how many of a symbol's parts, of all, even the darkest point is light."""
    dark, light = np.percentile(flat, 10), np.percentile(flat, 90)
    step = _SIZE // _PARTS
    darkest = flat.reshape(_PARTS, step, _PARTS, step).min(axis=(1, 3))
    return float((darkest > (float(dark) + float(light)) / 2).mean())
