"""Symbols that no decoder reads: hidden, bent, blurred and washed out ones are read by their grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode.util import QRData

from scanner.reading import correct, deblur, grid, locate, rescue, symbol, zxing
from scanner.reading.budget import Budget
from scanner.reading.locate import Place
from scanner.reading.picture import Picture
from scanner.vision import Frame, cv2, to_uint8

Draw = Callable[[str | bytes], Frame]

LEVELS = {"L": 1, "M": 0, "Q": 3, "H": 2}


def _modules(text: str, version: int, level: str = "M", mask: int = 2) -> np.ndarray:
    code = qrcode.QRCode(version=version, error_correction=LEVELS[level], mask_pattern=mask)
    code.add_data(QRData(text))
    code.make(fit=False)
    return np.array(code.modules, dtype=bool)


def _seen(modules: np.ndarray) -> correct.Darkness:
    return np.where(modules, 1, -1).astype(np.float32)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("version", [1, 2, 6, 7, 14, 25, 40])
def test_a_symbol_is_built_as_the_standard_says(version: int, level: str) -> None:
    drawn = _modules("4821", version, level)
    known = symbol.known(version, level, 2)

    assert ((known == 1) == drawn)[known != symbol.UNKNOWN].all()
    assert (known == symbol.UNKNOWN).sum() == len(symbol.data_order(version))
    assert correct.content(_seen(drawn), version, level, 2) == b"4821"


@settings(max_examples=40, deadline=None)
@given(lost=st.lists(st.integers(0, 40), min_size=2, max_size=2), side=st.integers(3, 9))
def test_what_is_known_to_be_hidden_is_restored(lost: list[int], side: int) -> None:
    seen = _seen(_modules("1" * 250, 6))
    seen[lost[0] : lost[0] + side, lost[1] : lost[1] + side] = 0.01

    assert correct.content(seen, 6, "M", 2) == b"1" * 250


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), version=st.integers(1, 7), level=st.sampled_from("LMQH"))
def test_noise_is_never_corrected_into_a_content(seed: int, version: int, level: str) -> None:
    size = symbol.side(version)
    noise = np.random.default_rng(seed).uniform(-1, 1, (size, size)).astype(np.float32)

    assert correct.content(noise, version, level, 0) is None


def _framed(modules: np.ndarray, pixels: int = 6, margin: int = 40) -> tuple[Frame, np.ndarray]:
    """Return a symbol on white, and its corners."""
    drawn = np.kron(np.where(modules, 20, 235).astype(np.uint8), np.ones((pixels, pixels), np.uint8))
    end = margin + len(drawn)
    corners = np.array([[margin, margin], [end, margin], [end, end], [margin, end]], np.float32)
    return np.pad(drawn, margin, constant_values=235), corners


def _rescued(frame: Frame, corners: np.ndarray, version: int) -> list[bytes]:
    return rescue.read(frame, [Place(corners, version)], Budget(5.0))


def test_a_blur_of_half_a_module_each_way_is_undone() -> None:
    frame, corners = _framed(_modules("1" * 200, 6))
    blurred = to_uint8(cv2.GaussianBlur(frame, (0, 0), 3.4))

    assert zxing.read(blurred) == []
    assert _rescued(blurred, corners, 6) == [b"1" * 200]


def test_a_bent_code_is_laid_flat() -> None:
    frame, _ = _framed(_modules("1" * 200, 6), pixels=8)
    middle = len(frame) / 2
    x, y = np.meshgrid(np.arange(len(frame), dtype=np.float32), np.arange(len(frame), dtype=np.float32))
    bow_x, bow_y = (8 * (1 - ((axis - middle) / (middle - 40)) ** 2) for axis in (y, x))
    bent = cv2.remap(frame, x + np.float32(0.6) * bow_x, y + bow_y, cv2.INTER_LINEAR, borderValue=(235,))
    picture = Picture(to_uint8(bent))

    assert zxing.read(picture.grey) == []
    assert b"1" * 200 in rescue.read(picture.grey, locate.places(picture.finders), Budget(5.0))


def test_a_reflection_across_the_code_is_seen_through() -> None:
    frame, corners = _framed(_modules("1" * 200, 6))
    shone = frame.copy()
    cv2.ellipse(shone, (190, 205), (100, 25), 32, 0, 360, (255,), -1)

    assert zxing.read(shone) == []
    assert _rescued(shone, corners, 6) == [b"1" * 200]


@pytest.mark.parametrize("hidden", [(40, 40), (286 - 42, 40), (40, 286 - 42)])
def test_a_thumb_over_one_finder_pattern_hides_nothing_that_counts(hidden: tuple[int, int]) -> None:
    frame, _ = _framed(_modules("1" * 200, 6))
    cv2.rectangle(frame, hidden, (hidden[0] + 44, hidden[1] + 44), (110,), -1)
    found = Picture(frame).finders
    places = rescue.most_promising(frame, locate.half_hidden(found), Budget(5.0))

    assert len(found) == 2
    assert rescue.read(frame, places, Budget(5.0)) == [b"1" * 200]


@pytest.mark.parametrize("angle", [0, 35, 90, 140])
def test_a_hand_that_moves_is_undone(angle: int) -> None:
    frame, _ = _framed(_modules("1" * 200, 6), margin=150)
    trail = np.zeros((25, 25), np.uint8)
    step = (round(8 * 13.5 * np.cos(np.radians(angle))), round(8 * 13.5 * np.sin(np.radians(angle))))
    cv2.line(trail, (192 - step[0], 192 - step[1]), (192 + step[0], 192 + step[1]), (255,), 1, cv2.LINE_AA, shift=4)
    moved = to_uint8(cv2.filter2D(frame, -1, trail / float(trail.sum())))

    assert zxing.read(moved) == []
    assert [b"1" * 200] in [zxing.read(clear) for clear in deblur.sharpened(deblur.character(moved))]


def test_a_still_picture_is_not_deblurred(draw: Draw) -> None:
    assert list(deblur.sharpened(deblur.character(draw("4821")))) == []


def test_finder_patterns_are_found_with_their_true_size(draw: Draw) -> None:
    found = Picture(draw("4821")).finders

    assert [round(finder.width / 8) for finder in found] == [7, 7, 7]


def test_three_finder_patterns_say_which_version_it_is() -> None:
    for version in (1, 3, 6, 9):
        frame, corners = _framed(_modules("4821", version))
        place = locate.places(Picture(frame).finders)[0]

        assert place.version == version
        assert np.abs(place.corners - corners).max() < 6


def test_the_likelier_formats_come_first() -> None:
    assert grid.formats(_seen(_modules("4821", 3, "Q", 5)), 3)[0] == ("Q", 5)


def test_a_picture_without_a_symbol_rescues_nothing() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (200, 200), np.uint8)

    assert _rescued(noise, np.array([[20, 20], [180, 20], [180, 180], [20, 180]], np.float32), 4) == []


def test_a_spent_budget_tries_nothing() -> None:
    frame, corners = _framed(_modules("4821", 2))

    assert rescue.read(frame, [Place(corners, 2)], Budget(0.0)) == []
