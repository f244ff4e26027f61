"""No bit stream in a symbol stops a decoder or the ladder, nor hides another code in the same frame."""

from __future__ import annotations

from functools import reduce
from itertools import count
from operator import xor

import numpy as np
import pytest

from scanner.drawn import screen
from scanner.drawn.crafted import KINDS, appended, number, shown, symbol, symbols
from scanner.reading import stills, zbar, zxing
from scanner.reading.budget import Budget
from scanner.reading.ladder import STILL_SECONDS, Ladder, Reading
from scanner.reading.picture import Picture
from scanner.reading.rungs import FULL
from scanner.vision import Frame

# Times the kinds: more than five thousand streams.
EACH = 340
CLEAN = "48210937" * 4
END = (0, 4)


def ticking_ladder(frame: Frame, tick: float) -> tuple[Reading, int]:
    """Climb by a clock that moves on whenever it is looked at, so that the work does not depend on the machine."""
    looks = count()
    reading = Ladder(Picture(frame), Budget(STILL_SECONDS, lambda: next(looks) * tick)).climb(FULL)
    return reading, next(looks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_crafted_stream_stops_neither_the_decoders_nor_the_ladder(kind: str) -> None:
    for crafted in symbols(kind, EACH, seed=1):
        frame = shown([crafted.modules], scale=2)
        for decoder in (zxing, zbar):
            assert all(isinstance(content, bytes) for content in decoder.read(frame))
        reading, looks = ticking_ladder(frame, tick=0.03)
        assert all(isinstance(text, str) for text in reading.texts)
        # Once the budget is spent no further rung begins: each looks once, or twice and works.
        assert looks <= 2 * len(FULL) + 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_code_beside_a_crafted_one_is_still_read(kind: str) -> None:
    clean = screen.matrix(CLEAN, 3)

    for crafted in symbols(kind, EACH, seed=2):
        frame = shown([crafted.modules, clean], scale=2)
        assert CLEAN in stills.read(frame)
        assert CLEAN.encode() in zbar.read(frame)


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_ladder_bears_a_crafted_stream(kind: str) -> None:
    for crafted in symbols(kind, 4, seed=3):
        assert all(isinstance(text, str) for text in stills.read(shown([crafted.modules], scale=3)))


def test_the_kinds_make_more_than_five_thousand() -> None:
    assert EACH * len(KINDS) >= 5_000


def test_what_is_crafted_without_mischief_is_read() -> None:
    frame = shown([symbol([*number("4821093"), END])], scale=3)

    assert zxing.read(frame) == zbar.read(frame) == [b"4821093"]


def test_the_same_seed_is_the_same_mischief() -> None:
    first, second = (list(symbols("any_bits", 3, seed=4)) for _ in range(2))

    assert all(np.array_equal(one.modules, other.modules) for one, other in zip(first, second, strict=True))


PARTS = (b"one half, ", b"the other")
PARITY = reduce(xor, b"".join(PARTS))


@pytest.mark.parametrize("parity", [PARITY, PARITY ^ 1])
def test_a_structured_append_in_one_frame_gives_its_parts_or_the_whole(parity: int) -> None:
    texts = stills.read(shown(appended(PARTS, parity), scale=3))

    assert "".join(texts) == b"".join(PARTS).decode()


def test_an_unfinished_structured_append_does_not_lose_the_frame_s_other_code() -> None:
    frame = shown([appended(PARTS, PARITY)[0], screen.matrix(CLEAN, 3)], scale=3)

    assert zbar.read(frame) == [CLEAN.encode()]
    assert CLEAN in stills.read(frame)
