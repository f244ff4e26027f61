"""Finds where a QR code may be when the decoders do not: by its finder patterns, squares in rings in squares.

Three of them are a symbol's corners. Where a thumb or a reflection hides one, the other two still say where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.reading import symbol
from scanner.reading.zxing import Corners
from scanner.vision import Frame, cv2

Points = NDArray[np.float32]

_SMALLEST = 8.0
_MOST_FINDERS = 10
# Of these any two may belong together, in six ways each.
_MOST_PAIRED = 7
_MOST_PLACES = 6
# Areas of a finder pattern: core 9, ring's inside 25, whole 49 modules; ink spreads, blur and tilt eat.
_INSIDE = (0.25, 0.85)
_CORE = (0.06, 0.40)
_FINDER = np.array([[0, 0], [7, 0], [7, 7], [0, 7]], np.float32)
_CROOKED = 0.45
# How far two patterns' corners may be from where an upright symbol has them, in modules.
_MISFIT = 0.7


class Role(Enum):
    """Which of a symbol's finder patterns one is, as its steps across and down."""

    CORNER = (0, 0)
    RIGHT = (1, 0)
    BELOW = (0, 1)


@dataclass(frozen=True, slots=True)
class Finder:
    """A finder pattern: its centre (2,), its outer corners (4, 2) clockwise, and its width in pixels."""

    centre: Points
    corners: Points
    width: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a symbol may be: top left, top right, bottom right, bottom left (4, 2), and its version.

    `loose` are the corners, by number, that no finder pattern holds.
    """

    corners: Corners
    version: int
    loose: tuple[int, ...] = (2,)


def finders(binary: Frame, grey: Frame) -> list[Finder]:
    """Return what looks like a finder pattern in a black and white frame, the largest first, its corners as in grey."""
    contours, tree = cv2.findContours(binary, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return []
    found = [_finder(contours, tree[0], number) for number in range(len(contours)) if tree[0][number][2] >= 0]
    known = sorted((finder for finder in found if finder), key=lambda finder: -finder.width)
    return [_refined(finder, grey) for finder in known[:_MOST_FINDERS]]


def places(found: list[Finder]) -> list[Place]:
    """Return where three finder patterns may make a symbol, the most regular first."""
    rated = [(_crookedness(*three), three) for three in permutations(found, 3)]
    likely = sorted((each for each in rated if each[0] < _CROOKED), key=lambda each: each[0])
    return [_placed(dict(zip(Role, three, strict=True)))[0] for _, three in likely[:_MOST_PLACES]]


def half_hidden(found: list[Finder]) -> list[Place]:
    """Return where two finder patterns may be a symbol's, the best fit first."""
    rated = []
    for pair in permutations(found[:_MOST_PAIRED], 2):
        narrow, wide = sorted(finder.width for finder in pair)
        if wide < 1.5 * narrow and float(np.linalg.norm(pair[0].centre - pair[1].centre)) > 1.5 * wide:
            rated += [_placed(dict(zip(roles, pair, strict=True))) for roles in combinations(Role, 2)]
    likely = sorted((each for each in rated if each[1] < _MISFIT), key=lambda each: each[1])
    return [place for place, _ in likely]


def _finder(contours: Sequence[Any], tree: Any, number: int) -> Finder | None:
    """Return the finder pattern whose outline is this contour, if a ring and a core are inside it and in its middle."""
    outline = contours[number]
    area = cv2.contourArea(outline)
    if area < _SMALLEST * _SMALLEST:
        return None
    for ring in _children(tree, number):
        inside = cv2.contourArea(contours[ring])
        if not _INSIDE[0] < inside / area < _INSIDE[1]:
            continue
        for core in _children(tree, ring):
            share = cv2.contourArea(contours[core]) / area
            if _CORE[0] < share < _CORE[1] and _is_centred(outline, contours[core], area):
                return _squared(outline, area, inside)
    return None


def _children(tree: Any, number: int) -> Iterator[int]:
    child = int(tree[number][2])
    while child >= 0:
        yield child
        child = int(tree[child][0])


def _is_centred(outline: Any, core: Any, area: float) -> bool:
    return bool(np.linalg.norm(_middle(outline) - _middle(core)) < 0.15 * area**0.5)


def _middle(contour: Any) -> Points:
    moments = cv2.moments(contour)
    return np.array([moments["m10"], moments["m01"]], np.float32) / np.float32(max(moments["m00"], 1e-6))


def _squared(outline: Any, area: float, inside: float) -> Finder | None:
    """Return a contour as four corners, clockwise on the screen, or None when it is no quadrangle.

    Ink that spreads makes the ring's outline larger and its inside smaller: between them they tell its true size.
    """
    hull = cv2.convexHull(outline)
    corners = cv2.approxPolyDP(hull, 0.08 * cv2.arcLength(hull, closed=True), closed=True).reshape(-1, 2)
    if len(corners) != 4:
        corners = cv2.boxPoints(cv2.minAreaRect(outline))
    if area < 0.6 * cv2.contourArea(hull) or cv2.contourArea(corners) < 0.5 * area:
        return None
    if cv2.contourArea(corners.astype(np.float32), oriented=True) < 0:
        corners = corners[::-1]
    width, middle = (area**0.5 + inside**0.5) * 7 / 12, _middle(outline)
    return Finder(middle, np.asarray(middle + (corners - middle) * (width / area**0.5), np.float32), width)


def _refined(finder: Finder, grey: Frame) -> Finder:
    """Return a finder pattern with its corners found between the pixels."""
    reach = max(1, round(0.6 * finder.width / 7))
    if min(finder.corners.min(), *(np.array(grey.shape[::-1]) - finder.corners.max(axis=0))) <= reach + 3:
        return finder
    enough = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_COUNT, 20, 0.03)
    found = cv2.cornerSubPix(grey, finder.corners[:, None].copy(), (reach, reach), (-1, -1), enough)[:, 0]
    lost = np.abs(found - finder.corners).max() > reach
    return finder if lost else Finder(finder.centre, np.asarray(found, np.float32), finder.width)


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


def _placed(known: Mapping[Role, Finder]) -> tuple[Place, float]:
    """Return the symbol with these finder patterns, and how far their corners are from its, in modules.

    Three patterns say how the symbol lies in perspective; two are taken as seen straight on.
    """
    across, down = _axes({role: finder.centre for role, finder in known.items()})
    module = sum(finder.width for finder in known.values()) / (7 * len(known))
    version = symbol.version_of(7 + float(np.linalg.norm(across) + np.linalg.norm(down)) / (2 * module))
    size = symbol.side(version)
    flat = np.concatenate([_FINDER + np.multiply(role.value, size - 7) for role in known]).astype(np.float32)
    seen = np.concatenate([_turned(finder.corners, across, down) for finder in known.values()])
    plane = _plane(flat, seen, perspective=len(known) == 3)
    misfit = float(np.abs(_mapped(flat, plane) - seen).mean()) / module
    outline = np.array([[0, 0], [size, 0], [size, size], [0, size]], np.float32)
    held = {Role.CORNER: 0, Role.RIGHT: 1, Role.BELOW: 3}
    loose = tuple(sorted({0, 1, 2, 3} - {held[role] for role in known}))
    return Place(_mapped(outline, plane), version, loose), misfit


def _axes(centres: Mapping[Role, Points]) -> tuple[Points, Points]:
    """Return the steps from the first finder pattern to the right and to the lower one; right angles fill a gap."""
    if Role.CORNER not in centres:
        between = _step(centres[Role.RIGHT], centres[Role.BELOW])
        across = _step(between + _quarter_turn(between), np.zeros(2, np.float32)) / np.float32(2)
        return across, _quarter_turn(across)
    steps = {role: _step(centres[Role.CORNER], centre) for role, centre in centres.items()}
    across = steps[Role.RIGHT] if Role.RIGHT in steps else -_quarter_turn(steps[Role.BELOW])
    return across, steps[Role.BELOW] if Role.BELOW in steps else _quarter_turn(across)


def _step(start: Points, end: Points) -> Points:
    return np.asarray(end - start, np.float32)


def _quarter_turn(step: Points) -> Points:
    """Return a vector turned clockwise on the screen, where y points down."""
    return np.array([-step[1], step[0]], np.float32)


def _plane(flat: Points, seen: Points, *, perspective: bool) -> NDArray[np.float64]:
    if perspective:
        plane, _ = cv2.findHomography(flat, seen)
        if plane is not None:
            return np.asarray(plane, np.float64)
    columns, *_ = np.linalg.lstsq(np.column_stack([flat, np.ones(len(flat))]), seen, rcond=None)
    return np.vstack([columns.T, [0, 0, 1]])


def _mapped(points: Points, plane: NDArray[np.float64]) -> Points:
    return np.asarray(cv2.perspectiveTransform(points[None], plane)[0], np.float32)


def _turned(corners: Points, across: Points, down: Points) -> Points:
    """Return a pattern's corners from the one that is top left in the symbol's own sense."""
    first = int(np.argmin(corners @ (across / np.linalg.norm(across) + down / np.linalg.norm(down))))
    return np.roll(corners, -first, axis=0)
