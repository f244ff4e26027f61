"""From a symbol's place in a frame to how dark each of its modules is: bent, blurred, unevenly lit or partly hidden.

The symbol is laid flat, a plane at first; then the grid is bent until the timing and alignment patterns fit, and drawn
along with the picture (optical flow towards what was read so far), which follows cloth, cans and lens. Brightness
becomes darkness by the light and dark found nearby, and blur is undone by a filter learnt from the modules that are
known beforehand: every symbol brings its own training data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.reading import symbol
from scanner.reading.correct import Darkness
from scanner.reading.zxing import Corners
from scanner.vision import Frame, cv2

Floats = NDArray[np.float32]

# Modules around the symbol that are looked at too: their light is known, and the flow needs an edge.
_BORDER = 2
_WIDEST_PATCH = 264
_FINEST, _COARSEST = 8, 4
# Following bent material converges in a few rounds, or not at all.
_ROUNDS = 4
# How far a bend is tried, in modules, coarse to fine; a step must gain this much to be kept.
_STEPS = (1.0, 0.5, 0.25)
_TURNS = 3
_GAIN = 0.002
# Neighbouring modules that blur mixes in, to each side, and how strongly the filter is held to "no blur".
_REACH = 2
_RIDGE = 2.0
_CERTAIN = 0.6
# Light this much brighter than paper, in parts of the contrast, is a reflection and says nothing.
_REFLECTION = 0.35


@dataclass(frozen=True, slots=True)
class Patch:
    """A symbol laid flat, `pixels` to the module, with a border; grey levels as floats."""

    grey: Floats
    pixels: int
    version: int

    @property
    def modules(self) -> int:
        """How many modules wide the symbol is."""
        return symbol.side(self.version)


@dataclass(frozen=True, slots=True)
class Map:
    """Where in the patch each of its points is to be taken from: two float arrays of the patch's shape."""

    x: Floats
    y: Floats


def darkness(frame: Frame, corners: Corners, version: int) -> Iterator[Darkness]:
    """Yield how dark each module is (modules, modules), better from round to round."""
    patch = flatten(frame, corners, version)
    place = _bent(patch)
    for turn in range(_ROUNDS):
        taken = cv2.remap(patch.grey, place.x, place.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        seen = _contrasted(_brightness(taken, patch))
        yield _inner(seen)
        yield _inner(_sharpened(seen, version))
        if turn < _ROUNDS - 1:
            place = _followed(place, taken, _inner(seen), patch)


def formats(seen: Darkness, version: int) -> list[tuple[str, int]]:
    """Return the levels and masks that the format's two copies may say, the likeliest first, two at most."""
    signals = sum(seen[place[:, 0], place[:, 1]] for place in symbol.format_places(version))
    said = [(level, mask) for level in symbol.LEVELS for mask in range(8)]
    fits = [float(np.dot(signals, symbol.format_bits(level, mask) * 2.0 - 1.0)) for level, mask in said]
    best = np.argsort(fits)[::-1][:2]
    return [said[at] for at in best if fits[at] > 0.6 * fits[best[0]]]


def likeness(seen: Darkness, version: int) -> float:
    """Return in which part of the fixed modules a reading is as it must be: 0.5 by chance."""
    fixed = symbol.fixed(version)
    return float(((seen > 0) == (fixed == 1))[fixed != symbol.UNKNOWN].mean())


def flatten(frame: Frame, corners: Corners, version: int) -> Patch:
    """Return the symbol between four corners (4, 2), as if it were flat and upright."""
    size = symbol.side(version)
    pixels = max(_COARSEST, min(_FINEST, _WIDEST_PATCH // size))
    start, end = _BORDER * pixels, (_BORDER + size) * pixels
    flat = np.array([[start, start], [end, start], [end, end], [start, end]], np.float32)
    whole = (size + 2 * _BORDER) * pixels
    shrink = float(np.linalg.norm(corners[0] - corners[1])) / (size * pixels)
    if shrink > 1.5:
        frame = np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.35 * shrink), np.uint8)
    place = cv2.getPerspectiveTransform(np.asarray(corners, np.float32), flat)
    laid = cv2.warpPerspective(frame, place, (whole, whole), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return Patch(np.asarray(laid, np.float32), pixels, version)


def _plane(patch: Patch) -> Map:
    steps = np.arange(len(patch.grey), dtype=np.float32)
    x, y = np.meshgrid(steps, steps)
    return Map(x, y)


def _centres(patch: Patch) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    steps = np.arange(patch.modules + 2 * _BORDER)
    middles = np.round((steps + 0.5) * patch.pixels - 0.5).astype(np.intp)
    return np.ix_(middles, middles)


def _bows(place: Map, patch: Patch) -> tuple[Floats, Floats, Floats]:
    """Return the three shapes of a bend: along x, along y, and the far corner pulled away; each at most 1 inside."""
    half = patch.modules * patch.pixels / 2
    u, v = (place.x - len(patch.grey) / 2) / half, (place.y - len(patch.grey) / 2) / half
    return 1 - u * u, 1 - v * v, (1 + u) * (1 + v) / 4


def _bent(patch: Patch) -> Map:
    """Return the plane bent, by six numbers, to where the fixed patterns fit best."""
    plane, at = _plane(patch), _centres(patch)
    soft = np.asarray(cv2.GaussianBlur(patch.grey, (0, 0), 0.25 * patch.pixels), np.float32)
    coarse = Map(plane.x[at], plane.y[at])
    bows = _bows(coarse, patch)
    known = np.pad(symbol.beyond_finders(patch.version), _BORDER, constant_values=symbol.UNKNOWN)
    judged = known != symbol.UNKNOWN
    sign = np.where(known[judged] == 1, 1.0, -1.0)

    def fit(bend: NDArray[np.float64]) -> float:
        moved = _moved(coarse, bows, bend, patch.pixels)
        seen = cv2.remap(soft, moved.x, moved.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        dark = np.clip(_contrasted(np.asarray(seen, np.float32), rounds=0), -1, 1)
        return float((dark[judged] * sign).mean() + np.abs(_inner(dark)).mean())

    return _moved(plane, _bows(plane, patch), _climbed(fit), patch.pixels)


def _climbed(fit: Callable[[NDArray[np.float64]], float]) -> NDArray[np.float64]:
    """Return the six numbers from which no step leads higher."""
    best = np.zeros(6)
    height = fit(best)
    steps = [(size, axis, way) for size in _STEPS for _ in range(_TURNS) for axis in range(6) for way in (-1, 1)]
    for size, axis, way in steps:
        tried = best.copy()
        tried[axis] += way * size
        if (there := fit(tried)) > height + _GAIN:
            best, height = tried, there
    return best


def _moved(
    place: Map, bows: tuple[Floats, Floats, Floats], bend: NDArray[np.float64], pixels: int
) -> Map:
    x, y = (sum(float(much) * bow for much, bow in zip(part, bows, strict=True)) for part in (bend[:3], bend[3:]))
    return Map(np.asarray(place.x + pixels * x, np.float32), np.asarray(place.y + pixels * y, np.float32))


def _brightness(taken: Floats, patch: Patch) -> Floats:
    """Return the mean grey of each module's middle, the border's too."""
    middle = max(1, int(0.6 * patch.pixels) | 1)
    return np.asarray(cv2.blur(taken, (middle, middle))[_centres(patch)], np.float32)


def _contrasted(grey: Floats, *, rounds: int = 2) -> Darkness:
    """Return how dark modules are between the light and the dark around them; reflections count little."""
    spread = 3.6
    span = max(1.0, float(np.percentile(grey, 95) - np.percentile(grey, 5)))
    middle = cv2.GaussianBlur(grey, (0, 0), spread)
    light = dark = middle
    for _ in range(rounds + 1):
        is_dark = (grey < middle).astype(np.float32)
        dark = _mean_where(is_dark, grey, spread)
        light = _mean_where(1 - is_dark, grey, spread)
        middle = (dark + light) / 2
    seen = np.clip((middle - grey) / np.maximum((light - dark) / 2, 0.06 * span), -1.5, 1.5)
    paper, ink = float(np.median(light)), float(np.median(dark))
    beyond = (grey - paper) / max(1.0, paper - ink) - _REFLECTION
    return np.asarray(seen * np.exp(-6 * np.maximum(0, beyond)), np.float32)


def _mean_where(weight: Floats, grey: Floats, spread: float) -> Floats:
    share = cv2.GaussianBlur(weight, (0, 0), spread) + 1e-3
    return np.asarray(cv2.GaussianBlur(weight * grey, (0, 0), spread) / share, np.float32)


def _sharpened(seen: Darkness, version: int) -> Darkness:
    """Undo blur: the least-squares filter over neighbours that makes the known modules what they are."""
    known = np.pad(symbol.fixed(version), _BORDER, constant_values=0)
    certain = (known == symbol.UNKNOWN) & (np.abs(seen) > _CERTAIN)
    target = np.where(certain, np.sign(seen), np.where(known == 1, 1.0, -1.0))
    weight = np.where(known != symbol.UNKNOWN, 1.0, np.where(certain, 0.7, 0.0))
    weight[:_REACH] = weight[-_REACH:] = weight[:, :_REACH] = weight[:, -_REACH:] = 0
    reach = range(-_REACH, _REACH + 1)
    around = np.stack([np.roll(seen, (dy, dx), (0, 1)) for dy in reach for dx in reach] + [np.ones_like(seen)], -1)
    used, root = weight > 0, np.sqrt(weight[weight > 0])
    rows, wanted = around[used] * root[:, None], target[used] * root
    still = np.zeros(around.shape[-1])
    still[len(reach) ** 2 // 2] = 1
    normal = rows.T @ rows + _RIDGE * np.eye(len(still))
    return np.asarray(around @ np.linalg.solve(normal, rows.T @ wanted + _RIDGE * still), np.float32)


def _followed(place: Map, taken: Floats, seen: Darkness, patch: Patch) -> Map:
    """Return the map drawn towards where the picture has what was read so far."""
    fixed = symbol.fixed(patch.version)
    modules = np.pad(np.where(fixed == symbol.UNKNOWN, seen > 0, fixed == 1), _BORDER)
    drawn = np.kron(np.where(modules, -1.0, 1.0), np.ones((patch.pixels, patch.pixels))).astype(np.float32)
    drawn = np.asarray(cv2.GaussianBlur(drawn, (0, 0), 0.35 * patch.pixels), np.float32)
    window = 5 * patch.pixels | 1
    flow = cv2.calcOpticalFlowFarneback(
        _as_picture(drawn), _as_picture(_levelled(taken, patch.pixels)), np.zeros((*drawn.shape, 2), np.float32),
        0.5, 2, window, 2, 7, 1.5, cv2.OPTFLOW_FARNEBACK_GAUSSIAN,
    )  # fmt: skip
    flow = cv2.GaussianBlur(flow, (0, 0), 2 * patch.pixels)
    plane = _plane(patch)
    x, y = plane.x + flow[..., 0], plane.y + flow[..., 1]
    moved = (cv2.remap(axis, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for axis in (place.x, place.y))
    return Map(*(np.asarray(axis, np.float32) for axis in moved))


def _levelled(taken: Floats, pixels: int) -> Floats:
    """Return the patch between its local darkest (-1) and lightest (1)."""
    reach = 7 * pixels | 1
    soft = cv2.GaussianBlur(taken, (0, 0), 0.3 * pixels)
    around = np.ones((reach, reach), np.uint8)
    low, high = (cv2.blur(edge(soft, around), (reach, reach)) for edge in (cv2.erode, cv2.dilate))
    return np.asarray(np.clip((soft - (low + high) / 2) / np.maximum((high - low) / 2, 4), -1, 1), np.float32)


def _as_picture(levels: Floats) -> Frame:
    return np.clip(127 + 110 * levels, 0, 255).astype(np.uint8)


def _inner(modules: Floats) -> Floats:
    return modules[_BORDER:-_BORDER, _BORDER:-_BORDER]
