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
