"""How much work may still be done on one frame, in CPU time: what else the machine does takes nothing from it."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]


class Budget:
    """CPU seconds of this thread, from now on."""

    def __init__(self, seconds: float, clock: Clock = time.thread_time) -> None:
        self._clock = clock
        self._seconds = seconds
        self._began = clock()

    @property
    def spent(self) -> float:
        """CPU seconds used so far."""
        return self._clock() - self._began

    def allows(self, seconds: float) -> bool:
        """Tell whether work that may take this long still fits."""
        return self.spent + seconds <= self._seconds


class Pace:
    """What work costs, in CPU seconds for each pixel by kind: what was said at first, then what was seen."""

    def __init__(self, first: dict[str, float], *, caution: float, forgets: float = 0.0) -> None:
        """Multiply what was seen by `caution`; let it fade by `forgets` of itself each time, towards the newest."""
        self._first = first
        self._caution = caution
        self._forgets = forgets
        self._seen: dict[str, float] = {}

    def expected(self, kind: str, pixels: float, worst: float) -> float:
        """Return the CPU seconds that work on so many pixels may take, `worst` at most."""
        if kind in self._seen:
            return min(worst, self._caution * self._seen[kind] * pixels)
        return min(worst, self._first[kind] * pixels) if kind in self._first else worst

    def learn(self, kind: str, pixels: float, seconds: float) -> None:
        """Take note of what work took."""
        newest = seconds / max(1.0, pixels)
        before = self._seen.get(kind, newest)
        self._seen[kind] = max(newest, before * (1 - self._forgets))
