"""Synthetic frames of a pickup code on a customer's phone, as a webcam at a counter sees it, of every sort of trouble.

Light is drawn in linear parts of the screen's white and goes the way of light: the display and its pixel grid, what
the glass mirrors, motion and lens, the sensor's clip and noise, the camera's gamma, sharpening and JPEG.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.drawn import screen
from scanner.drawn.optics import blurred, developed, mirrored, softened, to_light
from scanner.drawn.phone_art import counter
from scanner.drawn.recipes import KINDS, recipe
from scanner.drawn.screen import Art
from scanner.drawn.shot import Floats, Matrix, Shot, Size, corners, placing
from scanner.vision import Frame, cv2

__all__ = ["KINDS", "Case", "case", "frames", "picture"]

# Light as 16-bit whole numbers while it is warped: three times quicker than floats.
_FULL = 20_000.0


@dataclass(frozen=True, slots=True)
class Case:
    """A BGR frame, the text of the code in it, and what it was made of."""

    frame: Frame
    text: str
    kind: str
    px_per_module: float
    shot: Shot


def frames(kind: str, size: Size, count: int, seed: int = 0, *, ppm: float | None = None) -> Iterator[Case]:
    """Yield `count` frames of a kind; the same arguments are the same frames. `ppm` fixes the pixels per module."""
    return (case(kind, size, number, seed, ppm=ppm) for number in range(count))


def case(kind: str, size: Size, number: int, seed: int = 0, *, ppm: float | None = None) -> Case:
    """Return one frame of a kind."""
    shot = recipe(kind, size, number, seed, ppm=ppm)
    return Case(picture(shot), shot.text, kind, shot.ppm, shot)


def picture(shot: Shot) -> Frame:
    """Return the BGR frame of a shot."""
    modules = len(screen.matrix(shot.text, shot.mask))
    seen = placing(shot, modules)
    # Two samples each way for every pixel of the frame; three where the display's stripes are to be seen.
    fine = 3 if shot.grid else 2
    art = screen.draw(shot, 3 * shot.grid if shot.grid else round(2 * shot.ppm) + 1)
    phone = _phone(art, shot, seen, fine)
    light = _surroundings(shot)
    light *= _shadowed(phone[..., 3], shot.size)[..., None]
    light += phone[..., :3]
    light += _glass(art, seen, shot)[..., None]
    return developed(light if shot.grid else blurred(light, shot), shot)


def _phone(art: Art, shot: Shot, seen: Matrix, fine: int) -> Floats:
    """Return the phone's light and its cover in the frame, height × width × 4."""
    side = art.modules * art.texels
    to_code = np.array([[1 / side, 0, -art.origin[0] / side], [0, 1 / side, -art.origin[1] / side], [0, 0, 1.0]])
    packed, (left, top) = _shining(art, shot, np.linalg.inv(seen @ to_code))
    to_code[:2, 2] += (left / side, top / side)
    finer = np.array([[fine, 0, (fine - 1) / 2], [0, fine, (fine - 1) / 2], [0, 0, 1.0]])
    size = (shot.size[0] * fine, shot.size[1] * fine)
    warped = cv2.warpPerspective(packed, finer @ seen @ to_code, size, flags=cv2.INTER_LINEAR)
    if shot.grid:
        warped = blurred(np.asarray(warped, dtype=np.float32), shot, fine)
    small = cv2.resize(warped, shot.size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32) / np.float32(_FULL)


def _shining(art: Art, shot: Shot, to_texels: Matrix) -> tuple[NDArray[np.uint16], tuple[int, int]]:
    """Return the light and cover of the part of the drawing that the frame sees, and where that part begins."""
    left, top, right, bottom = _seen_part(art, shot, to_texels)
    # A cut through a display pixel would shift its stripes.
    left, top = (low - max(0, low - edge) % 3 for low, edge in zip((left, top), art.screen[:2], strict=True))
    light = to_light()[art.colour[top:bottom, left:right]]
    if shot.grid:
        x0, y0, x1, y1 = art.screen
        screen.display_grid(light, (max(0, x0 - left), max(0, y0 - top), x1 - left, y1 - top))
    shines = art.glow[top:bottom, left:right, None] > 127
    cover = art.cover[top:bottom, left:right, None].astype(np.float32) / np.float32(255)
    light *= np.where(shines, np.float32(1.0), np.float32(shot.room)) * cover
    whole = np.concatenate([light, cover], axis=2) * np.float32(_FULL)
    return np.clip(whole, 0, 65535).astype(np.uint16), (left, top)


def _seen_part(art: Art, shot: Shot, to_texels: Matrix) -> tuple[int, int, int, int]:
    width, height = shot.size
    points = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64) @ to_texels.T
    high, wide = art.cover.shape
    if points[:, 2].min() <= 0:
        return 0, 0, wide, high
    flat = points[:, :2] / points[:, 2:]
    low, top = np.clip(flat.min(axis=0) - 8, 0, (wide - 1, high - 1)).astype(int)
    right, bottom = np.clip(flat.max(axis=0) + 8, 1, (wide, high)).astype(int)
    return int(low), int(top), max(int(right), int(low) + 1), max(int(bottom), int(top) + 1)


def _glass(art: Art, seen: Matrix, shot: Shot) -> Floats:
    """Return the light that the screen's glass mirrors: the room as a veil, lamps and windows as glare."""
    side = art.modules * art.texels
    left, top, right, bottom = art.screen
    outline = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]], np.float64)
    outline[:, :2] = (outline[:, :2] - art.origin) / side
    points = outline @ seen.T
    mask = np.zeros((shot.size[1], shot.size[0]), np.uint8)
    flat = np.round(16 * points[:, :2] / points[:, 2:]).astype(np.int32)
    cv2.fillPoly(mask, [flat], (255,), cv2.LINE_AA, shift=4)
    light = np.full(mask.shape, shot.veil, np.float32)
    for each in shot.glare:
        light += mirrored(each, seen, shot.size)
    return np.asarray(light * (mask.astype(np.float32) / 255), dtype=np.float32)


def _shadowed(cover: Floats, size: Size) -> Floats:
    return np.asarray((1 - np.clip(cover, 0, 1)) * (1 - 0.35 * softened(cover, 0.02 * size[1])), dtype=np.float32)


def _surroundings(shot: Shot) -> Floats:
    return _place(shot.seed % 8, shot.size) * np.float32(shot.room)


@lru_cache(maxsize=16)
def _place(seed: int, size: Size) -> Floats:
    return np.asarray(to_light()[counter(seed, size)], dtype=np.float32)


def outline(shot: Shot) -> Matrix:
    """Return the code's corners in the frame, 4 × 2, clockwise from its top left."""
    return corners(placing(shot, len(screen.matrix(shot.text, shot.mask))))
