"""One grey frame while it is being read: what was made of it once, and where a code was seen but not read."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from scanner.faults import NotAFrame
from scanner.reading import prepare
from scanner.reading.deblur import Character, character
from scanner.reading.locate import Finder, Place, finders
from scanner.vision import Frame, to_grey

SHORTEST = 24
LONGEST = 4096


class Picture:
    """A checked grey frame; raises `NotAFrame` for what may not be given to a decoder."""

    def __init__(self, frame: object) -> None:
        self.grey = checked_grey(frame)
        self.seen: list[Place] = []

    @cached_property
    def character(self) -> Character:
        """How its busiest part looks."""
        return character(self.grey)

    @property
    def pixels(self) -> int:
        """How many pixels the frame has."""
        return self.grey.size

    @cached_property
    def threshold(self) -> Frame:
        """The frame in black and white."""
        return prepare.threshold(self.grey)

    @cached_property
    def finders(self) -> list[Finder]:
        """What looks like a finder pattern."""
        return finders(self.threshold, self.grey)

    @cached_property
    def coarse_finders(self) -> list[Finder]:
        """What looks like a finder pattern when fine detail is left out."""
        return finders(prepare.coarse_threshold(self.grey), self.grey)


def checked_grey(frame: object) -> Frame:
    """Return the frame's brightness, or raise `NotAFrame`: decoders crash on or misread anything else."""
    if not isinstance(frame, np.ndarray) or frame.dtype != np.uint8:
        raise NotAFrame("A frame must be an array of 8-bit pixels.")
    if not (frame.ndim == 2 or (frame.ndim == 3 and frame.shape[2] in (3, 4))):
        raise NotAFrame("A frame must be grey, or have three or four colour channels.")
    if not all(SHORTEST <= side <= LONGEST for side in frame.shape[:2]):
        raise NotAFrame(f"A frame must be {SHORTEST} to {LONGEST} pixels wide and high.")
    return np.ascontiguousarray(to_grey(frame))
