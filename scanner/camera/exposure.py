"""When the camera should see darker or brighter: a pure brain over each picture's light, and the hand that obeys it.

A camera's own exposure looks at the whole counter; the phone's screen in the middle then burns out, or stays dark
before a bright window. Whether a driver honours what it is told is read back: one that does not is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from scanner.vision import Frame, cv2, to_grey, to_uint8

# Parts of the middle that are burnt out, and the brightness that all but the brightest twentieth stays below.
_BURNT_SHARE = 0.3
_DARK_BELOW = 60.0
_WHITE = 250

_DARKEST, _BRIGHTEST = -4, 2
# Seconds: how long the light must be wrong, how long a driver takes to follow, how long it is right before auto again.
_PERSISTS, _SETTLES, _CALM = 0.5, 0.8, 30.0
_LOOK_EVERY = 0.2


class Order(StrEnum):
    """What the camera is told."""

    DARKER = "darker"
    BRIGHTER = "brighter"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Light:
    """The middle of a picture: the share of it that is burnt out (0 to 1), and how bright its bright parts are."""

    burnt: float
    bright: float

    @property
    def is_good(self) -> bool:
        """Whether codes can be read in it."""
        return self.burnt <= _BURNT_SHARE and self.bright >= _DARK_BELOW


def light_of(frame: Frame) -> Light:
    """Measure the middle two thirds of a frame, every fourth pixel: a tenth of a millisecond."""
    height, width = frame.shape[:2]
    middle = to_uint8(frame[height // 6 : height - height // 6 : 4, width // 6 : width - width // 6 : 4])
    grey = to_grey(np.ascontiguousarray(middle))
    return Light(float(np.mean(grey >= _WHITE)), float(np.percentile(grey, 95)))


class Exposure:
    """Decides from the light of successive pictures; all times are monotonic seconds."""

    def __init__(self) -> None:
        self.given_up = False
        self._level = 0
        self._limits = [_DARKEST, _BRIGHTEST]
        self._wish: Order | None = None
        self._since = 0.0
        self._blind_until = float("-inf")

    @property
    def is_auto(self) -> bool:
        """Whether the camera is left to itself."""
        return self._level == 0

    def see(self, light: Light, at: float) -> Order | None:
        """Take the light of one picture; return what to tell the camera now."""
        if self.given_up or at < self._blind_until:
            return None
        wish = self._wished(light)
        if wish != self._wish or (wish is None and not light.is_good):
            self._wish, self._since = wish, at
        if wish is None:
            return self._ordered(Order.AUTO, at) if not self.is_auto and at - self._since >= _CALM else None
        return self._ordered(wish, at) if at - self._since >= _PERSISTS else None

    def refused(self, order: Order) -> None:
        """Take note that the driver did not do it: with the first order it never will, later its range ends here."""
        step = _STEPS[order]
        self._level -= step
        if self._level == 0:
            self.given_up = True
        else:
            self._limits[step > 0] = self._level

    def _wished(self, light: Light) -> Order | None:
        darkest, brightest = self._limits
        if light.burnt > _BURNT_SHARE:
            return Order.AUTO if self._level > 0 else Order.DARKER if self._level > darkest else None
        if light.bright < _DARK_BELOW:
            return Order.AUTO if self._level < 0 else Order.BRIGHTER if self._level < brightest else None
        return None

    def _ordered(self, order: Order, at: float) -> Order:
        self._level = 0 if order is Order.AUTO else self._level + _STEPS[order]
        self._wish, self._since, self._blind_until = None, at, at + _SETTLES
        return order


_STEPS = {Order.DARKER: -1, Order.BRIGHTER: 1, Order.AUTO: 0}


class Controls(Protocol):
    """What can be turned on a camera."""

    def obey(self, order: Order) -> bool: ...  # noqa: D102  tells whether the camera did it
    def leave_to_itself(self) -> None: ...  # noqa: D102


class CaptureControls:
    """Focus and exposure of an opened capture; every property is read back, for most drivers ignore some."""

    def __init__(self, capture: cv2.VideoCapture, backend: int) -> None:
        self._capture = capture
        v4l2 = backend == cv2.CAP_V4L2
        # V4L2: 3 is aperture priority, 1 manual, the exposure is a time in 0.1 ms. Elsewhere it is a power of two.
        self._auto, self._manual = (3.0, 1.0) if v4l2 else (1.0, 0.0)
        self._is_time = v4l2
        self._backlight = capture.get(cv2.CAP_PROP_BACKLIGHT)
        self._touched = False
        capture.set(cv2.CAP_PROP_AUTOFOCUS, 1)
        # A program that was killed while the exposure was in its hands has left it so.
        capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, self._auto)

    def obey(self, order: Order) -> bool:
        """Do it; tell whether the camera followed."""
        if order is Order.AUTO:
            self.leave_to_itself()
            return True
        return (order is Order.DARKER and self._without_backlight()) or self._stepped(order)

    def leave_to_itself(self) -> None:
        """Give the exposure back to the camera as it was found."""
        if self._touched:
            self._capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, self._auto)
            if self._backlight > 0:
                self._capture.set(cv2.CAP_PROP_BACKLIGHT, self._backlight)
        self._touched = False

    def _without_backlight(self) -> bool:
        # Its compensation brightens the picture for a dark face before a window: the opposite of a phone's screen.
        if self._capture.get(cv2.CAP_PROP_BACKLIGHT) <= 0:
            return False
        self._touched = True
        self._capture.set(cv2.CAP_PROP_BACKLIGHT, 0)
        return self._capture.get(cv2.CAP_PROP_BACKLIGHT) == 0

    def _stepped(self, order: Order) -> bool:
        before = self._capture.get(cv2.CAP_PROP_EXPOSURE)
        self._touched = True
        self._capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, self._manual)
        self._capture.set(cv2.CAP_PROP_EXPOSURE, self._next(before, order))
        after = self._capture.get(cv2.CAP_PROP_EXPOSURE)
        return after < before if order is Order.DARKER else after > before

    def _next(self, exposure: float, order: Order) -> float:
        if self._is_time:
            return max(1.0, round(exposure * 0.6)) if order is Order.DARKER else round(exposure * 1.6) + 1.0
        return exposure - 1 if order is Order.DARKER else exposure + 1


class Tuner:
    """Looks at a stream's light a few times a second and has the controls follow; runs on the thread that reads."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._brain = Exposure()
        self._looked_at = float("-inf")

    def see(self, frame: Frame, at: float) -> None:
        """Take a frame at monotonic seconds."""
        if self._brain.given_up or at - self._looked_at < _LOOK_EVERY:
            return
        self._looked_at = at
        order = self._brain.see(light_of(frame), at)
        if order and not self._controls.obey(order):
            self._brain.refused(order)
            if self._brain.is_auto:
                self._controls.leave_to_itself()

    def end(self) -> None:
        """Leave the camera as it was found."""
        self._controls.leave_to_itself()
