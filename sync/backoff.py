"""How long to wait before the next try: full jitter, so that a chain's terminals do not return all at once."""

from __future__ import annotations

import random

BASE_SECONDS = 1.0
CAP_SECONDS = 300.0
_MAX_DOUBLINGS = 16


def delay(failures: int, draw: float, retry_after: float | None = None) -> float:
    """Return the seconds to wait after the `failures`th failure in a row (≥ 1), with `draw` from [0, 1).

    HQ's `retry_after` is waited out in full, up to the cap; the jitter comes on top, or all terminals would
    return in the same second.
    """
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(failures - 1, _MAX_DOUBLINGS))
    floor = min(max(retry_after or 0.0, 0.0), CAP_SECONDS)
    return floor + draw * ceiling


class Backoff:
    """Counts failures in a row and draws the waits between them."""

    def __init__(self, rng: random.Random | None = None) -> None:
        self._rng = rng or random.Random()  # noqa: S311 - jitter guards nothing
        self._failures = 0

    def failed(self, retry_after: float | None = None) -> float:
        """Count one more failure and return the seconds to wait."""
        self._failures += 1
        return delay(self._failures, self._rng.random(), retry_after)

    def succeeded(self) -> None:
        """Start over."""
        self._failures = 0
