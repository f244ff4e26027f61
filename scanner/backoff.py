"""The pauses between attempts to reach a device that is gone: 1, 2, 5, then every 10 seconds."""

from __future__ import annotations

PAUSES = (1.0, 2.0, 5.0, 10.0)


class BackOff:
    """Counts the attempts that failed in a row."""

    def __init__(self) -> None:
        self._attempts = 0

    def next(self) -> float:
        """Return the pause in seconds before the next attempt."""
        pause = PAUSES[min(self._attempts, len(PAUSES) - 1)]
        self._attempts += 1
        return pause

    def reset(self) -> None:
        """Begin again with the shortest pause: the device works."""
        self._attempts = 0
