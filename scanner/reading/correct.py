"""From how dark each module seems to the code's content: doubtful codewords are erased, which doubles what can be lost.

A Reed-Solomon block with `n` correcting codewords mends `n / 2` errors, but `n` losses whose places are known. Glare
and fingers leave such places: the least certain codewords are given up, ever more of them, until the block comes out
(generalised minimum distance decoding, Forney 1966). The corrected symbol is drawn anew and read by zxing-cpp.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import reedsolo
from numpy.typing import NDArray

from scanner.reading import symbol, zxing
from scanner.vision import Frame

# How dark a module seems: 1 dark, -1 light, 0 cannot be told.
Darkness = NDArray[np.float32]
_Words = NDArray[np.uint8]

# What stays unused for correcting vouches for the result: with nothing left, anything at all would be "corrected".
_SPARE = 2
# The result must agree with what was seen, less what was corrected.
_AGREEMENT = 0.85
_TRIALS = 8
_MODULE = 4
_BORDER = 4


def content(darkness: Darkness, version: int, level: str, mask: int) -> bytes | None:
    """Return what a symbol's modules say, or None when too much is lost."""
    words, certainty = _codewords(darkness, version, mask)
    for place, correcting in symbol.blocks(version, level):
        block = _corrected(words[place], certainty[place], correcting)
        if block is None:
            return None
        words[place] = block
    modules = _modules(words, version, level, mask)
    if float(((darkness > 0) == (modules == 1)).mean()) < _AGREEMENT:
        return None
    read = zxing.read(_drawn(modules))
    return read[0] if read else None


def _codewords(darkness: Darkness, version: int, mask: int) -> tuple[_Words, NDArray[np.float32]]:
    """Return the symbol's codewords as they were seen, and how certain each is: as its two weakest bits."""
    order = symbol.data_order(version)
    whole = len(order) // 8 * 8
    rows, columns = order[:whole, 0], order[:whole, 1]
    seen = darkness[rows, columns]
    bits = (seen > 0) ^ symbol.masked(version, mask)[rows, columns]
    weakest = np.sort(np.abs(seen).reshape(-1, 8), axis=1)[:, :2]
    return np.packbits(bits.reshape(-1, 8), axis=1)[:, 0], weakest.sum(axis=1)


def _corrected(words: _Words, certainty: NDArray[np.float32], correcting: int) -> _Words | None:
    doubtful = np.argsort(certainty, kind="stable")
    most = correcting - min(_SPARE, correcting // 2)
    for erased in range(0, most + 1, max(2, most // _TRIALS)):
        lost = doubtful[:erased]
        try:
            _, mended, _ = _codec(correcting).decode(bytearray(words.tobytes()), erase_pos=lost.tolist())
        except reedsolo.ReedSolomonError:
            continue
        block = np.frombuffer(bytes(mended), np.uint8)
        changed = np.flatnonzero(block != words)
        if 2 * len(np.setdiff1d(changed, lost)) + erased <= most:
            return block
    return None


@lru_cache(maxsize=16)
def _codec(correcting: int) -> reedsolo.RSCodec:
    return reedsolo.RSCodec(correcting, fcr=0, prim=0x11D, generator=2)


def _modules(words: _Words, version: int, level: str, mask: int) -> symbol.Modules:
    """Return the whole symbol of some codewords; the few bits after the last one are zero."""
    order = symbol.data_order(version)
    bits = np.zeros(len(order), bool)
    bits[: 8 * len(words)] = np.unpackbits(words)
    rows, columns = order[:, 0], order[:, 1]
    modules = symbol.known(version, level, mask).copy()
    modules[rows, columns] = bits ^ symbol.masked(version, mask)[rows, columns]
    return modules


def _drawn(modules: symbol.Modules) -> Frame:
    light = np.where(np.pad(modules, _BORDER) == 1, 0, 255).astype(np.uint8)
    return np.kron(light, np.ones((_MODULE, _MODULE), np.uint8))
