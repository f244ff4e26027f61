"""Undoes a hand's movement: the part of a frame that is busiest, sharpened along the way in which it is smeared.

A moving phone draws each point into a short line. Its direction is the one in which the picture changes least, its
length what the spectrum lacks along that; the likeliest are tried (Wiener's filter, with a fixed share of noise).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.vision import Frame, cv2

Floats = NDArray[np.float32]

# Pixels: shorter ones the decoders read as they are, of longer ones nothing is left.
_TRIED = np.arange(4.0, 26.0, 0.5)
_ATTEMPTS = 6
_APART = 1.0
# A spectrum by repetitions for each pixel, up to half of one, in so many steps; a movement shows in the slower ones.
_BINS = 64
_WAVES = (np.arange(_BINS) + 0.5) / (2 * _BINS)
_HEARD = (_WAVES > 0.015) & (_WAVES < 0.2)
# What a movement of each length leaves there, and the least that noise leaves.
_EXPECTED = np.log(np.sinc(np.outer(_TRIED, _WAVES[_HEARD])) ** 2 + 0.1)
_EXPECTED -= _EXPECTED.mean(axis=1, keepdims=True)
_EXPECTED /= np.linalg.norm(_EXPECTED, axis=1, keepdims=True)
_NOISE = 0.02
# The busiest part, in parts of the frame's shorter side, and in pixels at most.
_PART = 0.7
_WIDEST = 400
_SMALLEST = 48
_COARSE = 4
# Where light does not change more in one direction than in another, nothing was smeared.
_SMEARED = 0.6
# What drawn phones look like: a code from 100 on, moved ones below 0.3; an empty counter up to 70.
_CODE_LIKE = 85.0
_MOVED = 0.45
_ROOM = 32


@dataclass(frozen=True, slots=True)
class Character:
    """How a frame's busiest part looks: a sharp code has about 115, 0.9 and 0.2.

    `busy` is how much light changes there, 0 to 120; `even` whether it does so in every direction, 0 to 1; `sharp` how
    suddenly; `angle` the direction in which it does so least, in radians. `part` is the part itself.
    """

    part: Frame
    busy: float
    even: float
    sharp: float
    angle: float

    @property
    def is_code_like(self) -> bool:
        """Tell whether this is as busy as a code and hardly anything else on a counter."""
        return self.busy > _CODE_LIKE

    @property
    def is_smeared(self) -> bool:
        """Tell whether a movement drew all into one direction."""
        return self.even < _MOVED


def character(grey: Frame) -> Character:
    """Return how the frame's busiest part looks."""
    part, busy = _busiest(grey)
    soft = cv2.GaussianBlur(part, (0, 0), 1.0)
    angle, even = _smear(np.asarray(soft, np.float32))
    sharp = float(cv2.Laplacian(soft, cv2.CV_32F).std()) / max(1.0, float(part.std()))
    return Character(part, busy, even, sharp, angle)


def sharpened(looks: Character) -> Iterator[Frame]:
    """Yield the busiest part with its movement undone, by the likeliest lengths; nothing when it is not smeared."""
    part, angle = looks.part, looks.angle
    if looks.even > _SMEARED or min(part.shape) < _SMALLEST:
        return
    height, width = (cv2.getOptimalDFTSize(side + _ROOM) for side in part.shape)
    edges = (0, height - part.shape[0], 0, width - part.shape[1])
    spectrum = _spectrum(np.asarray(cv2.copyMakeBorder(part, *edges, cv2.BORDER_REFLECT), np.float32))
    along = _frequency((height, width), angle)
    for length in _lengths(part, angle):
        line = np.sinc(length * along)
        filtered = spectrum * (line / (line * line + _NOISE))[..., None]
        clear = cv2.idft(filtered, flags=cv2.DFT_REAL_OUTPUT | cv2.DFT_SCALE)
        shown = np.clip(clear[: part.shape[0], : part.shape[1]], 0, 255)
        yield np.ascontiguousarray(shown.astype(np.uint8))


def _spectrum(light: Floats) -> Floats:
    return np.asarray(cv2.dft(light, flags=cv2.DFT_COMPLEX_OUTPUT), np.float32)


def _lengths(part: Frame, angle: float) -> list[float]:
    """Return the likeliest lengths of the movement: those whose sinc is what the spectrum lacks along its direction.

    A code's spectrum falls off alike in all directions; so what it has beside the movement is what it would have had.
    """
    faded = (part - np.float32(part.mean())) * cv2.createHanningWindow(part.shape[::-1], cv2.CV_32F)
    spectrum = _spectrum(np.asarray(faded, np.float32))
    power = np.log(spectrum[..., 0] ** 2 + spectrum[..., 1] ** 2 + 1)
    along, beside = (_profile(power, _frequency(part.shape, way)) for way in (angle, angle + np.pi / 2))
    lacking = (along - beside)[_HEARD]
    likeness = _EXPECTED @ (lacking - lacking.mean())
    best = [float(_TRIED[number]) for number in np.argsort(likeness)[::-1]]
    chosen = best[:1]
    for length in best:
        if len(chosen) < _ATTEMPTS and min(abs(length - other) for other in chosen) >= _APART:
            chosen.append(length)
    return chosen


def _profile(power: Floats, frequency: Floats) -> Floats:
    """Return the mean of a spectrum's values by how often they repeat, `_BINS` of them up to half a pixel's."""
    bins = np.minimum((np.abs(frequency) * 2 * _BINS).astype(np.intp), _BINS - 1).ravel()
    total = np.bincount(bins, power.ravel(), _BINS)
    return np.asarray(total / np.maximum(1, np.bincount(bins, minlength=_BINS)), np.float32)


def _busiest(grey: Frame) -> tuple[Frame, float]:
    """Return the square in which light changes most, a code if there is one, and how much."""
    small = cv2.resize(grey, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    across, down = _slopes(np.asarray(small, np.float32))
    side = min(_WIDEST, int(_PART * min(grey.shape)))
    reach = max(1, int(0.8 * side / _COARSE)) | 1
    busy = cv2.blur(np.minimum(np.hypot(across, down), 120), (reach, reach))
    row, column = np.unravel_index(int(np.argmax(busy)), busy.shape)
    top = min(max(0, int(row) * _COARSE - side // 2), grey.shape[0] - side)
    left = min(max(0, int(column) * _COARSE - side // 2), grey.shape[1] - side)
    return grey[top : top + side, left : left + side], float(busy.max())


def _slopes(light: Floats) -> tuple[Floats, Floats]:
    across, down = (cv2.Sobel(light, cv2.CV_32F, *order) for order in ((1, 0), (0, 1)))
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _smear(soft: Floats) -> tuple[float, float]:
    """Return the direction in which light changes least, in radians, and how much it does, in parts of the most."""
    across, down = _slopes(soft)
    mixed = float((across * down).sum())
    changes = np.array([[float((across**2).sum()), mixed], [mixed, float((down**2).sum())]])
    amounts, directions = np.linalg.eigh(changes)
    evenness = float(amounts[0] / amounts[1]) if amounts[1] > soft.size else 1.0
    return float(np.arctan2(directions[1, 0], directions[0, 0])), evenness


def _frequency(shape: tuple[int, ...], angle: float) -> Floats:
    """Return how often each part of a spectrum repeats along a direction, for each pixel.

    A line's own spectrum is the sinc of its length times that, at every angle.
    """
    down, across = (np.fft.fftfreq(side).astype(np.float32) for side in shape)
    return np.asarray(across[None] * np.cos(angle) + down[:, None] * np.sin(angle), np.float32)
