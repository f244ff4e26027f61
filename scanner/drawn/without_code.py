"""Frames that show no code and look as if they might: noise, pages, patterns, shops, symbols without a meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from scanner.drawn import phone
from scanner.drawn.screen import matrix
from scanner.drawn.shot import Size
from scanner.vision import Frame, cv2, to_uint8

Chance = np.random.Generator

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,:;"


def frames(kind: str, size: Size, count: int, seed: int = 0) -> Iterator[Frame]:
    """Yield `count` BGR frames of a kind; the same arguments are the same frames."""
    for number in range(count):
        chance = np.random.default_rng((seed, KINDS.index(kind), *size, number))
        drawn = _DRAWINGS[kind](size, chance)
        yield drawn if drawn.ndim == 3 else to_uint8(cv2.cvtColor(_seen(drawn, chance), cv2.COLOR_GRAY2BGR))


def _seen(drawn: Frame, chance: Chance) -> Frame:
    """Return a drawing as a camera sees it: turned, a little unsharp, with noise."""
    height, width = drawn.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(chance.normal(0, 12)), 1.0)
    turned = cv2.warpAffine(drawn, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
    soft = cv2.GaussianBlur(turned, (0, 0), float(chance.uniform(0.4, 1.6)))
    grain = chance.standard_normal(drawn.shape, dtype=np.float32) * np.float32(chance.uniform(1, 9))
    return to_uint8(np.clip(soft + grain, 0, 255))


def _noise(size: Size, chance: Chance) -> Frame:
    """Return dots of one size, two values or many: to a decoder, modules without a meaning."""
    dot = int(chance.integers(1, 9))
    dots = chance.integers(0, 256, (size[1] // dot + 1, size[0] // dot + 1), dtype=np.uint8)
    if chance.random() < 0.7:
        dots = to_uint8(np.where(dots > chance.integers(60, 200), 255, 0))
    return to_uint8(np.kron(dots, np.ones((dot, dot), np.uint8))[: size[1], : size[0]])


def _page(size: Size, chance: Chance) -> Frame:
    paper = np.full((size[1], size[0]), int(chance.integers(190, 256)), np.uint8)
    scale, line = float(chance.uniform(0.3, 1.0)), 0
    while line < size[1]:
        line += int(34 * scale)
        text = "".join(chance.choice(list(_LETTERS), 90))
        cv2.putText(paper, text, (8, line), cv2.FONT_HERSHEY_SIMPLEX, scale, (20,), 1 + int(scale > 0.6), cv2.LINE_AA)
    return paper


def _checks(size: Size, chance: Chance) -> Frame:
    across, down = int(chance.integers(2, 24)), int(chance.integers(2, 24))
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    return to_uint8(np.where((x // across + y // down) % 2, 235, 20))


def _stripes(size: Size, chance: Chance) -> Frame:
    """Return a bar code, or a grating."""
    widths = chance.integers(2, 14, size[0])
    values = np.repeat(np.arange(size[0]) % 2 * 235 + 10, widths)[: size[0]]
    return to_uint8(np.tile(values, (size[1], 1)))


def _finders(size: Size, chance: Chance) -> Frame:
    """Return symbols whose data mean nothing, or bare finder patterns; often several."""
    dots = np.full((size[1] // 2, size[0] // 2), 255, np.uint8)
    for _ in range(int(chance.integers(1, 4))):
        symbol = to_uint8(np.where(_scrambled(chance), 0, 255))
        wide = int(chance.integers(1, 4))
        drawn = np.kron(symbol, np.ones((wide, wide), np.uint8))[: dots.shape[0] - 8, : dots.shape[1] - 8]
        top, left = (int(chance.integers(0, a - b + 1)) for a, b in zip(dots.shape, drawn.shape, strict=True))
        dots[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    return to_uint8(cv2.resize(dots, size, interpolation=cv2.INTER_NEAREST))


def _scrambled(chance: Chance) -> NDArray[np.bool_]:
    """Return a code's finder and timing patterns and its format around data that no one encoded."""
    text = "".join(map(str, chance.integers(0, 10, int(chance.integers(20, 255)))))
    real = matrix(text, int(chance.integers(8)))
    modules = len(real)
    fixed = np.zeros_like(real)
    fixed[:9, :9] = fixed[:9, modules - 8 :] = fixed[modules - 8 :, :9] = True
    if chance.random() < 0.8:
        fixed[6, :] = fixed[:, 6] = True
    rest = chance.random(real.shape) < chance.choice([0.0, 0.5, 0.5, 0.5])
    return np.asarray(np.where(fixed, real, rest), dtype=np.bool_)


def _shop(size: Size, chance: Chance) -> Frame:
    seed = int(chance.integers(64))
    return phone.empty_counter(phone.View(size=size, seed=seed, noise=float(chance.uniform(2, 14))))


_DRAWINGS: dict[str, Callable[[Size, Chance], Frame]] = {
    "noise": _noise,
    "page": _page,
    "checks": _checks,
    "stripes": _stripes,
    "finders": _finders,
    "shop": _shop,
}
KINDS = tuple(_DRAWINGS)
