"""A camera is opened again when its stream is no good, and not more often than sensible."""

from __future__ import annotations

import numpy as np

from scanner.backoff import BackOff
from scanner.camera.watchdog import Watchdog
from scanner.vision import Frame


def _frame(shade: int) -> Frame:
    frame = np.full((48, 64, 3), shade, np.uint8)
    frame[10:30, 10:30] = shade ^ 128
    return frame


def test_changing_pictures_are_well() -> None:
    dog = Watchdog()

    assert [dog.fault(_frame(shade), shade * 0.4) for shade in range(20)] == [None] * 20


def test_a_missing_picture_is_a_fault() -> None:
    assert Watchdog().fault(None, 0.0)


def test_a_picture_that_stands_still_for_a_second_is_a_fault() -> None:
    dog = Watchdog()
    dog.fault(_frame(7), 5.0)

    assert dog.fault(_frame(7), 6.0) is None
    assert dog.fault(_frame(7), 6.1)


def test_a_covered_lens_stands_still_without_fault_for_a_while() -> None:
    dog, black = Watchdog(), np.zeros((48, 64), np.uint8)
    dog.fault(black, 5.0)

    assert dog.fault(black, 19.9) is None
    assert dog.fault(black, 20.1)


def test_a_camera_is_proven_by_five_seconds_of_pictures() -> None:
    dog = Watchdog()
    dog.fault(_frame(1), 5.0)
    dog.fault(_frame(2), 9.0)

    assert not dog.is_proven(9.0)
    assert dog.is_proven(10.0)


def test_a_change_starts_the_second_anew() -> None:
    dog = Watchdog()
    dog.fault(_frame(7), 5.0)
    dog.fault(_frame(8), 5.9)

    assert dog.fault(_frame(8), 6.8) is None


def test_attempts_come_after_one_two_five_and_then_every_ten_seconds() -> None:
    back_off = BackOff()

    assert [back_off.next() for _ in range(6)] == [1, 2, 5, 10, 10, 10]


def test_a_working_camera_starts_the_pauses_anew() -> None:
    back_off = BackOff()
    back_off.next()
    back_off.next()

    back_off.reset()

    assert back_off.next() == 1
