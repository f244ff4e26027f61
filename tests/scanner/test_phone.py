"""The drawn phone is the same each time, shows what it is given, and comes into view as a phone does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from scanner.drawn import phone
from scanner.reading.stills import read as decode
from scanner.vision import Frame, cv2

Draw = Callable[[str], Frame]


@pytest.mark.parametrize("size", [phone.HD, phone.VGA])
def test_a_frame_is_what_a_camera_of_that_size_gives(draw: Draw, size: tuple[int, int]) -> None:
    frame = phone.frame(draw("4821"), phone.View(size=size))

    assert frame.shape == (size[1], size[0], 3)
    assert frame.dtype == np.uint8


def test_the_same_view_is_the_same_picture(draw: Draw) -> None:
    first, second = (phone.frame(draw("4821"), phone.hold(5, phone.VGA)) for _ in range(2))

    assert np.array_equal(first, second)


def test_another_customer_is_another_picture(draw: Draw) -> None:
    assert phone.hold(5) != phone.hold(6)


def test_the_next_moment_differs_by_noise_only(draw: Draw) -> None:
    view = phone.View(size=phone.VGA)
    now, later = (phone.frame(draw("4821"), replace(view, moment=moment)).astype(int) for moment in (0, 1))

    assert 0 < np.abs(now - later).mean() < 12


def test_a_png_is_shown_like_its_pixels(draw: Draw) -> None:
    picture = draw("4821")
    view = phone.View(size=phone.VGA)

    assert np.array_equal(phone.frame(cv2.imencode(".png", picture)[1].tobytes(), view), phone.frame(picture, view))


def test_what_is_no_png_is_refused() -> None:
    with pytest.raises(ValueError, match="PNG"):
        phone.frame(b"not a picture", phone.View())


def test_a_careful_hand_is_straight_and_sharp() -> None:
    held = phone.hold(7, care=1.0)

    assert (held.roll, held.tilt_x, held.tilt_y, held.defocus, held.motion, held.glare) == (0, 0, 0, 0, 0, 0)


GOOD = phone.View(size=phone.VGA)


@pytest.mark.parametrize(
    "view",
    [
        replace(GOOD, defocus=12.0),
        replace(GOOD, motion=40.0),
        replace(GOOD, glare=6.0, glare_at=(0.5, 0.4)),
        replace(GOOD, tilt_y=78.0),
        replace(GOOD, noise=900.0),
    ],
)
def test_each_disturbance_can_spoil_the_code(draw: Draw, view: phone.View) -> None:
    assert decode(phone.frame(draw("1" * 230), GOOD)) == ["1" * 230]
    assert decode(phone.frame(draw("1" * 230), view)) == []


def test_an_approach_begins_empty_and_ends_readable(draw: Draw) -> None:
    frames = phone.approach(draw("1" * 230), 3, phone.VGA, empty=2, coming=4, steady=3)

    assert len(frames) == 9
    assert decode(frames[0]) == decode(frames[2]) == []
    assert decode(frames[-1]) == ["1" * 230]


def test_no_two_frames_of_an_approach_are_equal(draw: Draw) -> None:
    frames = phone.approach(draw("4821"), 4, phone.VGA, empty=3, coming=3, steady=4)

    assert len({frame.tobytes() for frame in frames}) == 10
