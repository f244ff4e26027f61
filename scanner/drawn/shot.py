"""What one synthetic frame is made of: the phone, how it is held, the light, the camera."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Size: TypeAlias = tuple[int, int]
Spot: TypeAlias = tuple[float, float]
Floats: TypeAlias = NDArray[np.float32]
Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Glare:
    """A light that the glass mirrors, in parts of the code's side; `strength` 1 is the screen's white."""

    shape: Literal["lamp", "window", "streak"]
    centre: Spot
    extent: Spot
    angle: float
    strength: float
    softness: float


@dataclass(frozen=True, slots=True)
class Finger:
    """A finger that lies on the screen, from its tip to where it leaves; in parts of the code's side."""

    tip: Spot
    root: Spot
    width: float


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame. Blur in pixels, angles in degrees, light in parts of the screen's white.

    `size` is width, height. `ppm` is the mean of pixels per module over the code's area. `white` is where the screen's
    white lies on the sensor (1 saturates it), `isp_gain` what the camera multiplies by afterwards. `grid` is the
    display's pixels per module, 0 for a display too fine to matter.
    """

    size: Size
    text: str
    seed: int
    ppm: float
    mask: int = 0
    quiet: float = 4.0
    busy: bool = False
    inverted: bool = False
    grid: int = 0
    x: float = 0.0
    y: float = 0.0
    roll: float = 0.0
    tilt_x: float = 0.0
    tilt_y: float = 0.0
    focal: float = 1.1
    lens: float = 0.45
    defocus: float = 0.0
    motion: float = 0.0
    motion_angle: float = 0.0
    bend: float = 0.0
    glare: tuple[Glare, ...] = ()
    fingers: tuple[Finger, ...] = ()
    room: float = 0.3
    veil: float = 0.02
    white: float = 0.8
    noise: float = 0.01
    isp_gain: float = 1.0
    bayer: bool = True
    sharpen: float = 0.3
    jpeg: int = 80


def placing(shot: Shot, modules: int) -> Matrix:
    """Return the homography from the code (0 to 1 along each side) to the frame's pixels."""
    width, height = shot.size
    turn = _rotation(shot.tilt_x, shot.tilt_y, shot.roll)
    focal = shot.focal * width
    lens = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    centred = np.array([[1.0, 0, -0.5], [0, 1.0, -0.5], [0, 0, 1.0]])
    distance = focal / (shot.ppm * modules)
    seen = np.eye(3)
    for _ in range(4):
        place = np.array([shot.x * height, shot.y * height, focal]) * distance / focal
        seen = lens @ np.column_stack([turn[:, 0], turn[:, 1], place]) @ centred
        distance *= pixels_per_module(seen, modules) / shot.ppm
    return np.asarray(seen, dtype=np.float64)


def corners(seen: Matrix, border: float = 0.0) -> Matrix:
    """Return the code's four corners in the frame, 4 × 2; `border` moves them outwards, in parts of its side."""
    low, high = -border, 1 + border
    points = np.array([[low, low, 1], [high, low, 1], [high, high, 1], [low, high, 1]]) @ seen.T
    return np.asarray(points[:, :2] / points[:, 2:], dtype=np.float64)


def pixels_per_module(seen: Matrix, modules: int) -> float:
    """Return the side of a square of a module's mean area in the frame."""
    x, y = corners(seen).T
    area = 0.5 * abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))
    return math.sqrt(area) / modules


def _rotation(tilt_x: float, tilt_y: float, roll: float) -> Matrix:
    a, b, c = (math.radians(angle) for angle in (tilt_x, tilt_y, roll))
    about_x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    about_y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    about_z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    return np.asarray(about_x @ about_y @ about_z, dtype=np.float64)
