"""Draws lots for what goes wrong in a frame: each kind of trouble is a recipe over an ordinary shot."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scanner.drawn.screen import hidden, matrix
from scanner.drawn.shot import Finger, Glare, Shot, Size, corners, placing

Chance = np.random.Generator
Recipe = Callable[[Shot, Chance], Shot]

# What pixels of a frame 640 wide are at this size.
_NARROW = 640


def recipe(kind: str, size: Size, number: int, seed: int, *, ppm: float | None = None) -> Shot:
    """Return the shot of that number; the same arguments are the same shot."""
    chance = np.random.default_rng((seed, KINDS.index(kind), *size, number))
    shot = _RECIPES[kind](_ordinary(size, chance), chance)
    return _in_view(shot if ppm is None else replace(shot, ppm=ppm), chance)


def _ordinary(size: Size, chance: Chance) -> Shot:
    """Return a code held still and straight, in good light: what every kind starts from."""
    wide = size[0] / _NARROW
    length = chance.integers(220, 255) if chance.random() < 0.8 else chance.integers(40, 220)
    return Shot(
        size=size,
        text="".join(map(str, chance.integers(0, 10, length))),
        seed=int(chance.integers(1 << 31)),
        ppm=_between(chance, 2.8, 5.8) * (1 + 0.45 * (wide - 1)),
        mask=int(chance.integers(8)),
        roll=float(chance.normal(0, 9)),
        tilt_x=float(chance.normal(0, 6)),
        tilt_y=float(chance.normal(0, 6)),
        focal=_between(chance, 0.8, 1.4),
        lens=_between(chance, 0.35, 0.75),
        room=_between(chance, 0.1, 0.7),
        veil=_between(chance, 0.005, 0.06),
        white=_between(chance, 0.5, 1.05),
        noise=_between(chance, 0.004, 0.022),
        bayer=bool(chance.random() < 0.6),
        sharpen=_between(chance, 0, 0.8),
        jpeg=int(chance.integers(62, 93)),
    )


def _plain(shot: Shot, _chance: Chance) -> Shot:
    return shot


def _perspective(shot: Shot, chance: Chance) -> Shot:
    tilt, towards = _between(chance, 15, 42), _between(chance, 0, 2 * math.pi)
    roll = _between(chance, -180, 180) if chance.random() < 0.3 else _between(chance, -30, 30)
    return replace(shot, tilt_x=tilt * math.sin(towards), tilt_y=tilt * math.cos(towards), roll=roll)


def _motion(shot: Shot, chance: Chance) -> Shot:
    length = 2 + 12 * float(chance.beta(1.0, 2.6))
    bend = float(chance.normal(0, 0.12)) if chance.random() < 0.4 else 0.0
    return replace(shot, motion=length * _blur_scale(shot), motion_angle=_between(chance, 0, 180), bend=bend)


def _defocus(shot: Shot, chance: Chance) -> Shot:
    return replace(shot, defocus=(1 + 3 * float(chance.beta(1.0, 2.0))) * _blur_scale(shot))


def _glare(shot: Shot, chance: Chance) -> Shot:
    count = 1 if chance.random() < 0.75 else 2
    return replace(shot, glare=tuple(_light(chance) for _ in range(count)), veil=_between(chance, 0.01, 0.12))


def _moire(shot: Shot, chance: Chance) -> Shot:
    pitch = _between(chance, 0.75, 2.3)
    grid = int(np.clip(round(shot.ppm / pitch), 2, 7))
    return replace(shot, grid=grid, lens=_between(chance, 0.25, 0.55), bayer=True, sharpen=_between(chance, 0.2, 1.2))


def _low_light(shot: Shot, chance: Chance) -> Shot:
    """Return a screen turned down in a dark room, or a bright one that drowns in its own bloom."""
    if chance.random() < 0.2:
        return replace(shot, white=_between(chance, 1.2, 3.0), room=_between(chance, 0.01, 0.08), veil=0.02)
    return replace(
        shot,
        white=_between(chance, 0.04, 0.22),
        isp_gain=_between(chance, 1.0, 2.5),
        noise=_between(chance, 0.015, 0.06),
        veil=_between(chance, 0.02, 0.35),
        jpeg=int(chance.integers(50, 85)),
    )


def _inverted(shot: Shot, _chance: Chance) -> Shot:
    return replace(shot, inverted=True)


def _finger(shot: Shot, chance: Chance) -> Shot:
    """Return a finger over a corner or an edge, hiding about as much as level M restores, now and then more."""
    most = 0.1 if chance.random() < 0.85 else 0.16
    for _ in range(60):
        held = replace(shot, fingers=(_a_finger(chance),), room=max(shot.room, 0.15))
        if 0.01 < hidden(held) < most:
            return held
    return shot


def _small_quiet_zone(shot: Shot, chance: Chance) -> Shot:
    return replace(shot, quiet=float(chance.choice([0.0, 0.5, 1.0, 1.5, 2.0])), busy=True)


def _combination(shot: Shot, chance: Chance) -> Shot:
    """Return a tilted, slightly moved and unsharp shot in noise, and one or two troubles more, all mild."""
    tilt, towards = _between(chance, 5, 28), _between(chance, 0, 2 * math.pi)
    shot = replace(
        shot,
        ppm=0.9 * shot.ppm,
        tilt_x=tilt * math.sin(towards),
        tilt_y=tilt * math.cos(towards),
        roll=_between(chance, -25, 25),
        motion=_between(chance, 0, 1.6),
        motion_angle=_between(chance, 0, 180),
        defocus=_between(chance, 0, 0.8),
        noise=_between(chance, 0.006, 0.026),
    )
    for trouble in chance.choice(len(_MILD), int(chance.integers(0, 4)), replace=False, p=_ODDS):
        shot = _MILD[int(trouble)](shot, chance)
    return shot


def _mild_glare(shot: Shot, chance: Chance) -> Shot:
    light = _light(chance)
    return replace(shot, glare=(replace(light, strength=min(light.strength, 0.8)),))


def _mild_dark(shot: Shot, chance: Chance) -> Shot:
    return replace(shot, white=_between(chance, 0.15, 0.4), veil=_between(chance, 0.03, 0.2))


def _mild_busy(shot: Shot, chance: Chance) -> Shot:
    return replace(shot, quiet=float(chance.choice([1.0, 2.0, 3.0])), busy=True)


_MILD: tuple[Recipe, ...] = (_mild_glare, _mild_dark, _mild_busy, _inverted)
_ODDS = (0.35, 0.3, 0.25, 0.1)


def _light(chance: Chance) -> Glare:
    """Return a lamp, a window or a streak somewhere on or beside the code; at times right on a finder pattern."""
    shape = ("lamp", "window", "streak")[int(chance.choice(3, p=[0.5, 0.25, 0.25]))]
    long, wide = {"lamp": (0.24, 0.2), "window": (0.22, 0.18), "streak": (0.7, 0.045)}[shape]
    size = _between(chance, 0.5, 1.25)
    centre = (_between(chance, -0.1, 1.1), _between(chance, -0.1, 1.1))
    if chance.random() < 0.2:
        corner = ((0.08, 0.08), (0.92, 0.08), (0.08, 0.92))[int(chance.integers(3))]
        centre = (corner[0] + _between(chance, -0.1, 0.1), corner[1] + _between(chance, -0.1, 0.1))
    return Glare(
        shape=shape,  # type: ignore[arg-type]
        centre=centre,
        extent=(long * size, wide * size * _between(chance, 0.5, 1.0)),
        angle=_between(chance, 0, 180),
        strength=float(np.exp(_between(chance, math.log(0.4), math.log(6)))),
        softness=float(np.exp(_between(chance, math.log(0.008), math.log(0.08)))),
    )


def _a_finger(chance: Chance) -> Finger:
    """Return a finger that comes from outside and ends on the code: mostly where no finder pattern is."""
    width, depth = _between(chance, 0.16, 0.34), _between(chance, -0.06, 0.22)
    side = float(chance.choice([0, 1, 2, 3, 0.5, 1.5, 2.5, 3.5], p=[0.15, 0.15, 0.15, 0.1, 0.3, 0.05, 0.05, 0.05]))
    # 0 is right, 1 below, 2 left, 3 above; 0.5 is the corner without a finder pattern.
    angle = math.radians(90 * side)
    ray = max(abs(math.cos(angle)), abs(math.sin(angle)))
    along = 0.0 if side % 1 else _between(chance, -0.32, 0.32)
    reach = 0.5 / ray - depth + width / 2
    tip = (
        0.5 + reach * math.cos(angle) - along * math.sin(angle),
        0.5 + reach * math.sin(angle) + along * math.cos(angle),
    )
    leave = angle + _between(chance, -0.5, 0.5)
    return Finger(tip=tip, root=(tip[0] + 1.2 * math.cos(leave), tip[1] + 1.2 * math.sin(leave)), width=width)


def _in_view(shot: Shot, chance: Chance) -> Shot:
    """Return the shot with the whole code inside the frame, somewhere near the middle."""
    modules = len(matrix(shot.text, shot.mask))
    across, down = float(chance.uniform(-1, 1)), float(chance.uniform(-1, 1))
    for _ in range(12):
        box = corners(placing(shot, modules), 1 / modules)
        low, high = box.min(axis=0), box.max(axis=0)
        room = np.array(shot.size) - (high - low) - 4
        if room.min() >= 0:
            middle = (low + high) / 2 - np.array(shot.size) / 2
            shift = np.clip(0.5 * room * (across, down), -0.2 * shot.size[1], 0.2 * shot.size[1]) - middle
            return replace(shot, x=float(shift[0]) / shot.size[1], y=float(shift[1]) / shot.size[1])
        shot = replace(shot, ppm=shot.ppm * 0.94)
    return shot


def _blur_scale(shot: Shot) -> float:
    """Return how many pixels a pixel's blur of a frame 640 wide is here: a finer sensor sees it finer, too."""
    return shot.size[0] / _NARROW * 0.65 if shot.size[0] > _NARROW else 1.0


def _between(chance: Chance, low: float, high: float) -> float:
    return float(chance.uniform(low, high))


_RECIPES: dict[str, Recipe] = {
    "plain": _plain,
    "perspective": _perspective,
    "motion": _motion,
    "defocus": _defocus,
    "glare": _glare,
    "moire": _moire,
    "low_light": _low_light,
    "inverted": _inverted,
    "finger": _finger,
    "small_quiet_zone": _small_quiet_zone,
    "combination": _combination,
}
KINDS = tuple(_RECIPES)
