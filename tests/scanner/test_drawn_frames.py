"""Synthetic counter frames are the same each time, hold the code whole, and show the trouble they are named for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scanner.drawn import counter_frames, screen, without_code
from scanner.drawn.counter_frames import KINDS, case, frames, outline, picture
from scanner.drawn.recipes import recipe
from scanner.drawn.shot import Glare
from scanner.reading import zxing
from scanner.vision import to_grey

VGA = (640, 480)


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_is_what_a_camera_gives_and_the_same_each_time(kind: str) -> None:
    first, second = (next(frames(kind, VGA, 1, seed=5)) for _ in range(2))

    assert (first.frame.shape, first.kind) == ((480, 640, 3), kind)
    assert first.frame.dtype == np.uint8
    assert np.array_equal(first.frame, second.frame)
    assert first.text == second.text


def test_frames_differ_by_number_seed_kind_and_size() -> None:
    shots = [recipe("plain", VGA, 0, 0), recipe("plain", VGA, 1, 0), recipe("plain", VGA, 0, 1)]
    shots += [recipe("glare", VGA, 0, 0), recipe("plain", (1280, 720), 0, 0)]

    assert len({shot.text for shot in shots}) == 5


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [VGA, (1280, 720)])
def test_the_whole_code_is_in_the_frame_at_the_size_that_is_told(kind: str, size: tuple[int, int]) -> None:
    for number in range(12):
        shot = recipe(kind, size, number, 2)
        at = outline(shot)
        assert at.min() >= 0
        assert (at <= size).all()
        side = np.linalg.norm(at - np.roll(at, 1, axis=0), axis=1).mean()
        assert side / len(screen.matrix(shot.text, shot.mask)) == pytest.approx(shot.ppm, rel=0.2)


@pytest.mark.parametrize("kind", KINDS)
def test_codes_are_as_hq_draws_them(kind: str) -> None:
    for number in range(12):
        shot = recipe(kind, VGA, number, 3)
        assert shot.text.isdecimal()
        assert len(screen.matrix(shot.text, shot.mask)) <= 41


def test_the_pixels_for_each_module_can_be_fixed() -> None:
    assert case("combination", VGA, 0, 1, ppm=2.6).px_per_module == 2.6


@pytest.mark.parametrize("kind", ["plain", "inverted", "moire"])
def test_a_code_in_good_light_reads(kind: str) -> None:
    shown = case(kind, VGA, 0, 1, ppm=5.0)

    assert zxing.read(to_grey(shown.frame)) == [shown.text.encode()]


def test_each_trouble_spoils_the_code_when_there_is_too_much_of_it() -> None:
    plain = recipe("plain", VGA, 0, 1, ppm=5.0)
    lamp = Glare("lamp", (0.4, 0.4), (0.5, 0.5), 0, 6, 0.02)
    spoilt = [replace(plain, defocus=9.0), replace(plain, motion=30.0), replace(plain, glare=(lamp,))]
    spoilt += [replace(plain, white=0.002), replace(plain, noise=2.0)]

    assert all(zxing.read(to_grey(picture(shot))) == [] for shot in spoilt)


def test_a_finger_hides_a_part_of_the_code_that_level_m_may_restore() -> None:
    hidden = [screen.hidden(recipe("finger", VGA, number, 4)) for number in range(40)]

    assert all(0.01 < part < 0.16 for part in hidden)


def test_glare_saturates_a_part_of_the_code() -> None:
    shot = recipe("plain", VGA, 3, 1)
    dark, lit = (
        picture(replace(shot, glare=glare)) for glare in ((), (Glare("lamp", (0.5, 0.5), (0.3, 0.3), 0, 3, 0.01),))
    )
    x, y = outline(shot).mean(axis=0).astype(int)

    assert to_grey(dark)[y - 9 : y + 9, x - 9 : x + 9].min() < 120
    assert to_grey(lit)[y - 9 : y + 9, x - 9 : x + 9].min() > 240


@pytest.mark.parametrize("kind", without_code.KINDS)
def test_frames_without_a_code_show_none(kind: str) -> None:
    for frame in without_code.frames(kind, VGA, 3, seed=1):
        assert frame.shape == (480, 640, 3)
        assert zxing.read(to_grey(frame)) == []


def test_the_generator_is_listed_kind_by_kind() -> None:
    assert counter_frames.KINDS[0] == "plain"
    assert len(KINDS) == 11
