"""Finds where a QR code may be when the decoders do not: by its finder patterns, squares in rings in squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.reading import symbol
from scanner.reading.zxing import Corners
from scanner.vision import Frame, cv2

Points = NDArray[np.float32]

_SMALLEST = 8.0
_MOST_FINDERS = 12
_MOST_PLACES = 6
# Areas of a finder pattern: core 9, ring's inside 25, whole 49 modules; ink spreads, blur and tilt eat.
_INSIDE = (0.25, 0.85)
_CORE = (0.06, 0.40)
_FINDER = np.array([[0, 0], [7, 0], [7, 7], [0, 7]], np.float32)


@dataclass(frozen=True, slots=True)
class Finder:
    """A finder pattern: its centre (2,), its outer corners (4, 2) clockwise, and its width in pixels."""

    centre: Points
    corners: Points
    width: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a symbol may be: top left, top right, bottom right, bottom left (4, 2), and its version."""

    corners: Corners
    version: int


def finders(binary: Frame) -> list[Finder]:
    """Return what looks like a finder pattern in a black and white frame, the largest first."""
    contours, tree = cv2.findContours(binary, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    found = [_finder(contours, tree[0], number) for number in range(len(contours)) if tree[0][number][2] >= 0]
    known = sorted((finder for finder in found if finder), key=lambda finder: -finder.width)
    return known[:_MOST_FINDERS]


def places(found: list[Finder]) -> list[Place]:
    """Return where three finder patterns may make a symbol, the most regular first."""
    rated = []
    for corner, right, below in permutations(found, 3):
        crookedness = _crookedness(corner, right, below)
        if crookedness < 0.6:
            rated.append((crookedness, corner, right, below))
    rated.sort(key=lambda each: each[0])
    return [place for _, *three in rated[:_MOST_PLACES] if (place := _place(*three))]


def _finder(contours: Sequence[Any], tree: Any, number: int) -> Finder | None:
    """Return the finder pattern whose outline is this contour, if a ring and a core are inside it and in its middle."""
    outline = contours[number]
    area = cv2.contourArea(outline)
    if area < _SMALLEST * _SMALLEST:
        return None
    for ring in _children(tree, number):
        if not _INSIDE[0] < cv2.contourArea(contours[ring]) / area < _INSIDE[1]:
            continue
        for core in _children(tree, ring):
            share = cv2.contourArea(contours[core]) / area
            if _CORE[0] < share < _CORE[1] and _is_centred(outline, contours[core], area):
                return _squared(outline, area)
    return None


def _children(tree: Any, number: int) -> Iterator[int]:
    child = int(tree[number][2])
    while child >= 0:
        yield child
        child = int(tree[child][0])


def _is_centred(outline: Any, core: Any, area: float) -> bool:
    return float(np.linalg.norm(_middle(outline) - _middle(core))) < 0.15 * area**0.5


def _middle(contour: Any) -> Points:
    moments = cv2.moments(contour)
    return np.array([moments["m10"], moments["m01"]], np.float32) / np.float32(max(moments["m00"], 1e-6))


def _squared(outline: Any, area: float) -> Finder | None:
    """Return a contour as four corners, clockwise on the screen, or None when it is no quadrangle."""
    hull = cv2.convexHull(outline)
    corners = cv2.approxPolyDP(hull, 0.08 * cv2.arcLength(hull, closed=True), closed=True).reshape(-1, 2)
    if len(corners) != 4:
        corners = cv2.boxPoints(cv2.minAreaRect(outline))
    if area < 0.6 * cv2.contourArea(hull) or cv2.contourArea(corners) < 0.5 * area:
        return None
    if cv2.contourArea(corners.astype(np.float32), oriented=True) < 0:
        corners = corners[::-1]
    return Finder(_middle(outline), np.asarray(corners, np.float32), area**0.5)


def _crookedness(corner: Finder, right: Finder, below: Finder) -> float:
    """Return how far three patterns are from an upright square's corners in this order: 0 not at all."""
    across, down = right.centre - corner.centre, below.centre - corner.centre
    turn = float(across[0] * down[1] - across[1] * down[0])
    lengths = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    widths = (corner.width, right.width, below.width)
    if turn <= 0 or min(lengths) < 1.3 * max(widths) or max(widths) > 2 * min(widths):
        return 1.0
    if max(lengths) > 2.5 * min(lengths) or max(lengths) > 30 * min(widths):
        return 1.0
    straight = abs(float(np.dot(across, down))) / (lengths[0] * lengths[1])
    return straight * 0.5 + abs(1 - lengths[0] / lengths[1]) * 0.3 + abs(1 - max(widths) / min(widths)) * 0.3


def _place(corner: Finder, right: Finder, below: Finder) -> Place | None:
    across, down = right.centre - corner.centre, below.centre - corner.centre
    length = (float(np.linalg.norm(across)) + float(np.linalg.norm(down))) / 2
    module = (corner.width + right.width + below.width) / 21
    version = symbol.version_of(7 + length / module)
    far = symbol.side(version) - 7
    shifts = (np.zeros(2), np.array([far, 0]), np.array([0, far]))
    flat = np.concatenate([_FINDER + shift for shift in shifts]).astype(np.float32)
    seen = np.concatenate([_turned(finder.corners, across, down) for finder in (corner, right, below)])
    plane, _ = cv2.findHomography(flat, seen.astype(np.float32))
    if plane is None:
        return None
    size = float(far + 7)
    outline = np.array([[[0, 0], [size, 0], [size, size], [0, size]]], np.float32)
    return Place(np.asarray(cv2.perspectiveTransform(outline, plane)[0], np.float32), version)


def _turned(corners: Points, across: Points, down: Points) -> Points:
    """Return a pattern's corners from the one that is top left in the symbol's own sense."""
    first = int(np.argmin(corners @ (across / np.linalg.norm(across) + down / np.linalg.norm(down))))
    return np.roll(corners, -first, axis=0)
