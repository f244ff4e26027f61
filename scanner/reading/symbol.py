"""The build of a QR code (ISO/IEC 18004): where its fixed patterns, its format and its codewords stand.

Modules are square arrays [row, column]; in those that hold what is known, 1 is dark, 0 light, -1 not known.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, product

import numpy as np
from numpy.typing import NDArray
from qrcode import constants
from qrcode.base import rs_blocks
from qrcode.util import BCH_type_info, BCH_type_number, mask_func, pattern_position

Modules = NDArray[np.int8]
Bits = NDArray[np.bool_]

LEVELS = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
UNKNOWN = -1
_LAST_VERSION = 40

_FINDER = np.ones((7, 7), np.int8)
_FINDER[1:6, 1:6] = 0
_FINDER[2:5, 2:5] = 1
_ALIGNMENT = np.ones((5, 5), np.int8)
_ALIGNMENT[1:4, 1:4] = 0
_ALIGNMENT[2, 2] = 1


def side(version: int) -> int:
    """Return how many modules wide a version is."""
    return 17 + 4 * version


def version_of(modules: float) -> int:
    """Return the version nearest to a width in modules, measured or guessed."""
    return min(_LAST_VERSION, max(1, round((modules - 17) / 4)))


@lru_cache(maxsize=48)
def fixed(version: int) -> Modules:
    """Return the modules that every symbol of a version has; the format's and the data's are not known."""
    size = side(version)
    known = np.full((size, size), UNKNOWN, np.int8)
    track = np.arange(8, size - 8)
    known[6, track] = known[track, 6] = track % 2 == 0
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        known[max(0, row - 1) : row + 8, max(0, column - 1) : column + 8] = 0
        known[row : row + 7, column : column + 7] = _FINDER
    for row, column in _alignment_centres(version):
        known[row - 2 : row + 3, column - 2 : column + 3] = _ALIGNMENT
    known[size - 8, 8] = 1
    if version >= 7:
        _draw_version(known, version)
    return _frozen(known)


@lru_cache(maxsize=48)
def beyond_finders(version: int) -> Modules:
    """Return the fixed modules without the three finder patterns: what tells whether the rest is in its place."""
    known = fixed(version).copy()
    known[:9, :9] = known[:9, -8:] = known[-8:, :9] = UNKNOWN
    return _frozen(known)


@lru_cache(maxsize=64)
def known(version: int, level: str, mask: int) -> Modules:
    """Return the modules that every symbol of a version, level and mask has."""
    modules = fixed(version).copy()
    bits = format_bits(level, mask)
    for place in format_places(version):
        modules[place[:, 0], place[:, 1]] = bits
    return _frozen(modules)


@lru_cache(maxsize=32)
def format_bits(level: str, mask: int) -> Modules:
    """Return the fifteen bits that say level and mask, lowest first."""
    word = BCH_type_info((LEVELS[level] << 3) | mask)
    return np.array([(word >> bit) & 1 for bit in range(15)], np.int8)


@lru_cache(maxsize=48)
def format_places(version: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the two copies of the format's fifteen bits stand, (15, 2) rows and columns each, lowest first."""
    size = side(version)
    down = [*range(6), 7, 8]
    upright = [(row, 8) for row in down] + [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    split = [(8, size - 1 - bit) for bit in range(8)] + [(size - 15 + bit, 8) for bit in range(8, 15)]
    return np.array(upright), np.array(split)


@lru_cache(maxsize=48)
def data_order(version: int) -> NDArray[np.intp]:
    """Return the places of the data's bits in order, (bits, 2) rows and columns: two columns wide, up and down."""
    size = side(version)
    free = fixed(version) == UNKNOWN
    for place in format_places(version):
        free[place[:, 0], place[:, 1]] = False
    columns = [*range(size - 1, 6, -2), 5, 3, 1]
    ways = (range(size - 1, -1, -1), range(size))
    snake = chain.from_iterable(product(ways[turn % 2], (right, right - 1)) for turn, right in enumerate(columns))
    return np.array([(row, column) for row, column in snake if free[row, column]])


@lru_cache(maxsize=96)
def masked(version: int, mask: int) -> Bits:
    """Return which modules of the data a mask turns over."""
    size, turns = side(version), mask_func(mask)
    return np.array([[turns(row, column) for column in range(size)] for row in range(size)])


@lru_cache(maxsize=96)
def blocks(version: int, level: str) -> tuple[tuple[NDArray[np.intp], int], ...]:
    """Return each block's codewords, as places in the symbol's sequence, and how many of them correct errors."""
    shapes = [(block.data_count, block.total_count - block.data_count) for block in rs_blocks(version, LEVELS[level])]
    places: list[list[int]] = [[] for _ in shapes]
    at = 0
    for part in (0, 1):
        for turn in range(max(shape[part] for shape in shapes)):
            for block, shape in enumerate(shapes):
                if turn < shape[part]:
                    places[block].append(at)
                    at += 1
    return tuple((np.array(place), shape[1]) for place, shape in zip(places, shapes, strict=True))


def _alignment_centres(version: int) -> list[tuple[int, int]]:
    lines = pattern_position(version)
    if not lines:
        return []
    first, last = lines[0], lines[-1]
    under_finders = {(first, first), (first, last), (last, first)}
    return [place for place in product(lines, lines) if place not in under_finders]


def _draw_version(known: Modules, version: int) -> None:
    size, word = side(version), BCH_type_number(version)
    for bit in range(18):
        row, column = divmod(bit, 3)
        known[row, size - 11 + column] = known[size - 11 + column, row] = (word >> bit) & 1


def _frozen(modules: Modules) -> Modules:
    modules.setflags(write=False)
    return modules
