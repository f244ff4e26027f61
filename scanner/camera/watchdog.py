"""Pure judgement over a camera's frames: is it giving fresh pictures?"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from scanner.vision import Frame

# A picture with less contrast than this shows nothing: a covered lens, a dark shop.
_FLAT = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a camera is waited for, in seconds.

    `frozen`: the same picture; `dark`: the same picture of nothing, which a covered lens gives too; `silent`: no
    picture until that is told; `hung_read`, `hung_open`: a driver that does not come back from a call; `proven`: fresh
    pictures until the next fault is tried again at once; `turn`: between two looks whether all is well.
    """

    frozen: float = 1.0
    dark: float = 15.0
    silent: float = 2.0
    hung_read: float = 4.0
    hung_open: float = 30.0
    proven: float = 5.0
    turn: float = 0.5


class Watchdog:
    """Says what is wrong with a stream of frames; all times are monotonic seconds."""

    def __init__(self, patience: Patience = Patience()) -> None:
        self._patience = patience
        self._checksum: int | None = None
        self._began: float | None = None
        self._fresh_at = 0.0

    def fault(self, frame: Frame | None, at: float) -> str | None:
        """Take one read of the camera; return the sentence why it must be opened again, or None when it is well."""
        if frame is None:
            return "The camera gave no picture."
        self._began = at if self._began is None else self._began
        # Every eighth row is enough: sensor noise makes each row of a living picture new.
        rows = frame[::8]
        checksum = crc32(rows.tobytes())
        if checksum != self._checksum:
            self._checksum, self._fresh_at = checksum, at
            return None
        stood = at - self._fresh_at
        if stood <= self._patience.frozen or (stood <= self._patience.dark and int(np.ptp(rows)) < _FLAT):
            return None
        return "The picture stands still."

    def is_proven(self, at: float) -> bool:
        """Tell whether the camera has given fresh pictures for a while."""
        return self._began is not None and at - self._began >= self._patience.proven
