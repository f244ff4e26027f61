"""The exposure follows the phone's screen where the driver lets it, and is the camera's own again afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from scanner.camera.exposure import CaptureControls, Exposure, Light, Order, Tuner, light_of
from scanner.vision import Frame, cv2

GOOD, BURNT, DARK = Light(0.02, 180), Light(0.6, 255), Light(0.0, 30)
STEP = 0.25


def _orders(*script: tuple[Light, float], brain: Exposure | None = None) -> list[Order]:
    """Show each light for so many seconds; return what the camera was told."""
    brain, at, told = brain or Exposure(), 100.0, []
    for light, seconds in script:
        for _ in range(round(seconds / STEP)):
            told.append(brain.see(light, at))
            at += STEP
    return [order for order in told if order]


def test_good_light_is_left_alone() -> None:
    assert _orders((GOOD, 120)) == []


def test_a_flash_of_light_is_no_reason() -> None:
    assert _orders((GOOD, 2), (BURNT, 0.25), (GOOD, 2), (BURNT, 0.25), (GOOD, 2)) == []


def test_a_burnt_out_screen_makes_the_camera_darker_until_it_is_not() -> None:
    assert _orders((BURNT, 1.5), (GOOD, 10)) == [Order.DARKER] * 1
    assert _orders((BURNT, 3), (GOOD, 10)) == [Order.DARKER] * 2


def test_a_dark_picture_makes_the_camera_brighter_within_reason() -> None:
    assert _orders((DARK, 60)) == [Order.BRIGHTER] * 2


def test_a_lamp_that_stays_burnt_ends_in_the_darkest_step() -> None:
    assert _orders((BURNT, 60)) == [Order.DARKER] * 4


def test_when_the_phone_has_gone_the_camera_is_left_to_itself() -> None:
    assert _orders((BURNT, 1.5), (DARK, 3)) == [Order.DARKER, Order.AUTO, Order.BRIGHTER]
    assert _orders((BURNT, 1.5), (GOOD, 40)) == [Order.DARKER, Order.AUTO]


def test_a_driver_that_does_not_follow_is_asked_once() -> None:
    brain = Exposure()

    assert _orders((BURNT, 1), brain=brain) == [Order.DARKER]
    brain.refused(Order.DARKER)

    assert _orders((BURNT, 60), (DARK, 60), brain=brain) == []


def test_the_end_of_the_drivers_range_is_no_refusal() -> None:
    brain = Exposure()
    told = _orders((BURNT, 2.2), brain=brain)
    brain.refused(Order.DARKER)

    assert told == [Order.DARKER] * 2
    assert not brain.given_up
    assert brain._limits == [-1, 2]


def test_the_light_is_that_of_the_middle() -> None:
    frame = np.full((480, 640, 3), 255, np.uint8)
    frame[80:400, 106:534] = 40

    assert light_of(frame).burnt < 0.02
    assert light_of(np.full((48, 64), 255, np.uint8)) == Light(1.0, 255.0)
    assert light_of(np.zeros((1, 1), np.uint8)) == Light(0.0, 0.0)


class FakeCapture:
    """A capture with properties that can be turned, within a range, or that only pretends so."""

    def __init__(self, *, honours: bool = True, backlight: float = 0.0, lowest: float = 3.0) -> None:
        self._honours, self._lowest = honours, lowest
        self.properties = {
            cv2.CAP_PROP_AUTO_EXPOSURE: 3.0,
            cv2.CAP_PROP_EXPOSURE: 166.0,
            cv2.CAP_PROP_BACKLIGHT: backlight,
        }

    def get(self, prop: int) -> float:
        return self.properties.get(prop, -1.0)

    def set(self, prop: int, value: float) -> bool:
        if prop == cv2.CAP_PROP_EXPOSURE:
            value = max(self._lowest, value) if self._honours else self.get(prop)
        self.properties[prop] = value
        return True

    @property
    def exposure(self) -> tuple[float, float]:
        return self.properties[cv2.CAP_PROP_AUTO_EXPOSURE], self.properties[cv2.CAP_PROP_EXPOSURE]


def _controls(capture: FakeCapture, backend: int = cv2.CAP_V4L2) -> CaptureControls:
    return CaptureControls(capture, backend)  # type: ignore[arg-type]


def test_the_focus_is_the_cameras_own() -> None:
    capture = FakeCapture()
    _controls(capture)

    assert capture.properties[cv2.CAP_PROP_AUTOFOCUS] == 1


def test_an_exposure_that_was_left_in_hand_is_given_back_when_the_camera_is_opened() -> None:
    capture = FakeCapture()
    capture.properties[cv2.CAP_PROP_AUTO_EXPOSURE] = 1.0
    _controls(capture)

    assert capture.exposure[0] == 3.0


@pytest.mark.parametrize(("order", "exposure"), [(Order.DARKER, 100), (Order.BRIGHTER, 267)])
def test_a_step_turns_the_exposure_and_auto_gives_it_back(order: Order, exposure: float) -> None:
    capture = FakeCapture()
    controls = _controls(capture)

    assert controls.obey(order)
    assert capture.exposure == (1.0, exposure)
    assert controls.obey(Order.AUTO)
    assert capture.exposure[0] == 3.0


def test_windows_counts_exposure_in_powers_of_two() -> None:
    capture = FakeCapture(lowest=-13)
    capture.properties[cv2.CAP_PROP_EXPOSURE] = -6.0

    assert _controls(capture, cv2.CAP_DSHOW).obey(Order.DARKER)
    assert capture.exposure == (0.0, -7.0)


def test_the_backlights_compensation_goes_first_and_comes_back() -> None:
    capture = FakeCapture(backlight=2.0)
    controls = _controls(capture)

    assert controls.obey(Order.DARKER)
    assert (capture.properties[cv2.CAP_PROP_BACKLIGHT], capture.exposure) == (0.0, (3.0, 166.0))
    controls.leave_to_itself()
    assert capture.properties[cv2.CAP_PROP_BACKLIGHT] == 2.0


def _frames(tuner: Tuner, frame: Frame, seconds: float) -> None:
    for step in range(round(seconds * 30)):
        tuner.see(frame, 50.0 + step / 30)


def test_a_driver_that_ignores_it_gets_its_own_exposure_back_and_is_left_alone() -> None:
    capture = FakeCapture(honours=False)
    tuner = Tuner(_controls(capture))

    _frames(tuner, np.full((480, 640), 255, np.uint8), 5)

    assert capture.exposure == (3.0, 166.0)
    assert tuner._brain.given_up


def test_at_the_end_the_camera_is_as_it_was_found() -> None:
    capture = FakeCapture()
    tuner = Tuner(_controls(capture))
    _frames(tuner, np.full((480, 640), 255, np.uint8), 5)
    assert capture.exposure[0] == 1.0

    tuner.end()

    assert capture.exposure[0] == 3.0
