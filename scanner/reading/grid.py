"""From a symbol's place in a frame to how dark each of its modules is: bent, blurred, unevenly lit or partly hidden.

The symbol is laid flat, a plane at first; then the grid is bent until the timing and alignment patterns fit, and drawn
along with the picture (optical flow towards what was read so far), which follows cloth, cans and lens. Brightness
becomes darkness by the light and dark found nearby, and blur is undone by a filter learnt from the modules that are
known beforehand: every symbol brings its own training data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from scanner.reading import symbol
from scanner.reading.correct import Darkness
from scanner.reading.locate import Place
from scanner.reading.zxing import Corners
from scanner.vision import Frame, cv2

Floats = NDArray[np.float32]
# How far each shape of a bend is drawn along x and along y, in modules: (2, shapes).
Bend = NDArray[np.float64]

# Modules around the symbol that are looked at too: their light is known, and the flow needs an edge.
_BORDER = 2
_WIDEST_PATCH = 264
_FINEST, _COARSEST = 8, 4
# Following bent material converges in a few rounds, or not at all.
_ROUNDS = 4
# How far a bend is tried, in modules, coarse to fine; a step must gain this much to be kept.
_STEPS = (1.0, 0.5, 0.25)
_LONG_STEPS = (2.0, *_STEPS)
_TURNS = 3
_GAIN = 0.002
# Neighbouring modules that blur mixes in, to each side, and how strongly the filter is held to "no blur".
_REACH = 2
_RIDGE = 2.0
_CERTAIN = 0.6
# Rounds in which the light and the dark around a module settle.
_SETTLED = 3
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


def darkness(frame: Frame, place: Place) -> Iterator[Darkness]:
    """Yield how dark each module is (modules, modules), better from round to round."""
    patch = flatten(frame, place.corners, place.version)
    version, where = place.version, _Bending(patch, place.loose).best()
    for turn in range(_ROUNDS):
        taken = _taken(patch.grey, where)
        seen = _contrasted(_brightness(taken, patch))
        yield _inner(seen)
        yield _inner(_sharpened(seen, version))
        if turn < _ROUNDS - 1:
            where = _followed(where, taken, _inner(seen), patch)


def formats(seen: Darkness, version: int) -> list[tuple[str, int]]:
    """Return the levels and masks that the format's two copies may say, the likeliest first, two at most."""
    signals = sum(seen[place[:, 0], place[:, 1]] for place in symbol.format_places(version))
    said = [(level, mask) for level in symbol.LEVELS for mask in range(8)]
    fits = [float(np.dot(signals, symbol.format_bits(level, mask) * 2.0 - 1.0)) for level, mask in said]
    best = np.argsort(fits)[::-1][:2]
    return [said[at] for at in best if fits[at] > 0.6 * fits[best[0]]]


def promise(frame: Frame, place: Place) -> float:
    """Return how well a place fits before it is bent: to try the best of many first."""
    bending = _Bending(flatten(frame, place.corners, place.version), place.loose)
    return bending.fit(bending.still)


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


def _centres(patch: Patch) -> tuple[NDArray[np.intp], ...]:
    steps = np.arange(patch.modules + 2 * _BORDER)
    middles = np.round((steps + 0.5) * patch.pixels - 0.5).astype(np.intp)
    return np.ix_(middles, middles)


class _Bending:
    """Bends the plane to where the fixed patterns fit best: bowed each way, and the loose corners pulled."""

    def __init__(self, patch: Patch, loose: tuple[int, ...]) -> None:
        self._patch, self._loose = patch, loose
        plane, at = _plane(patch), _centres(patch)
        self._dark = -_levelled(patch.grey, patch.pixels)
        self._coarse = Map(plane.x[at], plane.y[at])
        self._bows = self._shapes(self._coarse)
        known = np.pad(symbol.beyond_finders(patch.version), _BORDER, constant_values=symbol.UNKNOWN)
        self._judged = known != symbol.UNKNOWN
        self._sign = np.where(known[self._judged] == 1, 1.0, -1.0)
        self.still = np.zeros((2, len(self._bows)))

    def best(self) -> Map:
        """Return the map from which no further bend leads higher: first by the loose corners alone, a plane still."""
        pulls, shapes = range(2, len(self._bows)), len(self._bows)
        ways = [_way(shapes, axis, [shape]) for axis in range(2) for shape in range(shapes)]
        flat_ways = [_way(shapes, axis, [shape]) for axis in range(2) for shape in pulls]
        if len(self._loose) > 1:  # together they stretch and shear
            flat_ways += [_way(shapes, axis, pulls) for axis in range(2)]
        flat = self._climbed(self.still, flat_ways, _LONG_STEPS)
        bend = self._climbed(flat, ways, _STEPS[len(self._loose) - 1 :])
        plane = _plane(self._patch)
        return self._moved(plane, self._shapes(plane), bend)

    def _climbed(self, bend: Bend, ways: list[Bend], steps: tuple[float, ...]) -> Bend:
        height = self.fit(bend)
        for step in steps:
            for _ in range(_TURNS):
                before = height
                for way, size in product(ways, (-step, step)):
                    tried = bend + size * way
                    if (there := self.fit(tried)) > height + _GAIN:
                        bend, height = tried, there
                if height == before:
                    break
        return bend

    def fit(self, bend: Bend) -> float:
        """Return how well the fixed patterns beyond the finders are where they should be, and how clear all is."""
        moved = self._moved(self._coarse, self._bows, bend)
        dark = _taken(self._dark, moved)
        return float((dark[self._judged] * self._sign).mean() + np.abs(_inner(dark)).mean())

    def _shapes(self, place: Map) -> list[Floats]:
        """Return the shapes of a bend over a map, each at most 1 inside the symbol."""
        half = self._patch.modules * self._patch.pixels / 2
        middle = len(self._patch.grey) / 2
        u, v = (place.x - middle) / half, (place.y - middle) / half
        pulls = ((1 - u) * (1 - v), (1 + u) * (1 - v), (1 + u) * (1 + v), (1 - u) * (1 + v))
        return [1 - u * u, 1 - v * v, *(pulls[corner] / 4 for corner in self._loose)]

    def _moved(self, place: Map, bows: list[Floats], bend: Bend) -> Map:
        x, y = (self._patch.pixels * np.tensordot(part, bows, 1) for part in bend)
        return Map(np.asarray(place.x + x, np.float32), np.asarray(place.y + y, np.float32))


def _way(shapes: int, axis: int, which: Iterable[int]) -> Bend:
    way = np.zeros((2, shapes))
    way[axis, list(which)] = 1
    return way


def _brightness(taken: Floats, patch: Patch) -> Floats:
    """Return the mean grey of each module's middle, the border's too."""
    middle = max(1, int(0.6 * patch.pixels) | 1)
    return np.asarray(cv2.blur(taken, (middle, middle))[_centres(patch)], np.float32)


def _contrasted(grey: Floats) -> Darkness:
    """Return how dark modules are between the light and the dark around them; reflections count little."""
    spread = 3.6
    span = max(1.0, float(np.percentile(grey, 95) - np.percentile(grey, 5)))
    middle = cv2.GaussianBlur(grey, (0, 0), spread)
    light = dark = middle
    for _ in range(_SETTLED):
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
    step = Map(np.asarray(plane.x + flow[..., 0], np.float32), np.asarray(plane.y + flow[..., 1], np.float32))
    return Map(_taken(place.x, step), _taken(place.y, step))


def _taken(picture: Floats, where: Map) -> Floats:
    """Return a picture with each point taken from where a map says."""
    taken = cv2.remap(picture, where.x, where.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(taken, np.float32)


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
