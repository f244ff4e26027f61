"""Pure judgement over a camera's frames: is it giving fresh pictures, and when to try it again."""

from __future__ import annotations

from zlib import crc32

from scanner.vision import Frame

BACK_OFF = (1.0, 2.0, 5.0, 10.0)


class Watchdog:
    """Says what is wrong with a stream of frames; all times are monotonic seconds."""

    def __init__(self, *, frozen_after: float = 1.0) -> None:
        self._frozen_after = frozen_after
        self._checksum: int | None = None
        self._fresh_at = 0.0

    def fault(self, frame: Frame | None, at: float) -> str | None:
        """Take one read of the camera; return the sentence why it must be opened again, or None when it is well."""
        if frame is None:
            return "The camera gave no picture."
        # Every eighth row is enough: sensor noise makes each row of a living picture new.
        checksum = crc32(frame[::8].tobytes())
        if checksum != self._checksum:
            self._checksum, self._fresh_at = checksum, at
            return None
        return "The picture stands still." if at - self._fresh_at > self._frozen_after else None


class BackOff:
    """The pauses between attempts to open a camera: 1, 2, 5, then 10 seconds."""

    def __init__(self) -> None:
        self._attempts = 0

    def next(self) -> float:
        """Return the pause before the next attempt."""
        pause = BACK_OFF[min(self._attempts, len(BACK_OFF) - 1)]
        self._attempts += 1
        return pause

    def reset(self) -> None:
        """Begin again with the shortest pause: the camera works."""
        self._attempts = 0
