"""Undoes a hand's movement: the part of a frame that is busiest, sharpened along the way in which it is smeared.

A moving phone draws each point into a short line. Its direction is the one in which the picture changes least; its
length is not known and tried (Wiener's filter, with the line as the blur and a fixed share of noise).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.vision import Frame, cv2

Floats = NDArray[np.float32]
Spectrum = NDArray[np.complex128]

# Pixels: shorter ones the decoders read as they are, of longer ones nothing is left.
_LENGTHS = (9.5, 13.5, 7.5, 11.0, 15.5, 12.0, 5.5)
_NOISE = 0.02
# The busiest part, in parts of the frame's shorter side, and in pixels at most.
_PART = 0.7
_WIDEST = 400
_COARSE = 4
# Where light does not change more in one direction than in another, nothing was smeared.
_SMEARED = 0.6
_POINTS = 48
_ROOM = 32


@dataclass(frozen=True, slots=True)
class Character:
    """How a frame's busiest part looks: a sharp code has about 115, 0.9 and 0.2.

    `busy` is how much light changes there, 0 to 120; `even` whether it does so in every direction, 0 to 1; `sharp` how
    suddenly.
    """

    busy: float
    even: float
    sharp: float


def character(grey: Frame) -> Character:
    """Return how the frame's busiest part looks."""
    part, busy = _busiest(grey)
    edges = cv2.Laplacian(cv2.GaussianBlur(part, (0, 0), 1.0), cv2.CV_32F)
    return Character(busy, _smear(part)[1], float(edges.std()) / max(1.0, float(part.std())))


def sharpened(grey: Frame) -> Iterator[Frame]:
    """Yield the frame's busiest part with movements of several lengths undone; nothing when it is not smeared."""
    part, _ = _busiest(grey)
    angle, evenness = _smear(part)
    if evenness > _SMEARED:
        return
    height, width = (cv2.getOptimalDFTSize(side + _ROOM) for side in part.shape)
    edges = (0, height - part.shape[0], 0, width - part.shape[1])
    spectrum = np.fft.rfft2(cv2.copyMakeBorder(part, *edges, cv2.BORDER_REFLECT))
    for length in _LENGTHS:
        line = np.fft.rfft2(_line((height, width), length, angle))
        clear = np.fft.irfft2(spectrum * np.conj(line) / (np.abs(line) ** 2 + _NOISE), (height, width))
        shown = np.clip(clear[: part.shape[0], : part.shape[1]], 0, 255)
        yield np.ascontiguousarray(shown.astype(np.uint8))


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


def _smear(part: Frame) -> tuple[float, float]:
    """Return the direction in which light changes least, in radians, and how much it does, in parts of the most."""
    across, down = _slopes(np.asarray(cv2.GaussianBlur(part, (0, 0), 1.0), np.float32))
    mixed = float((across * down).sum())
    changes = np.array([[float((across**2).sum()), mixed], [mixed, float((down**2).sum())]])
    amounts, directions = np.linalg.eigh(changes)
    return float(np.arctan2(directions[1, 0], directions[0, 0])), float(amounts[0] / max(amounts[1], 1e-9))


def _line(shape: tuple[int, int], length: float, angle: float) -> Floats:
    """Return a line through the first pixel, wrapped around the edges; its light is 1 in all."""
    steps = np.linspace(-0.5, 0.5, _POINTS) * length
    x, y = steps * np.cos(angle), steps * np.sin(angle)
    drawn = np.zeros(shape, np.float32)
    for dx in (0, 1):
        for dy in (0, 1):
            weight = np.abs(1 - dx - (x - np.floor(x))) * np.abs(1 - dy - (y - np.floor(y))) / _POINTS
            rows, columns = (np.floor(y).astype(int) + dy) % shape[0], (np.floor(x).astype(int) + dx) % shape[1]
            np.add.at(drawn, (rows, columns), weight)
    return drawn
