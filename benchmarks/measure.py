"""What every benchmark shares: sizes, samples taken in turns, percentiles, and a figure beside its floor."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything; `SMALL` only proves that the benchmarks still run."""

    orders: int = 100_000
    verdicts: int = 3_000
    hand_overs: int = 600
    feed_rows: int = 10_000
    feed_rounds: int = 3
    counter_checks: int = 1_000
    start_orders: int = 10_000
    starts: int = 7
    scans: int = 720
    window_scans: int = 720
    stall_rounds: int = 3
    stall_peace: float = 3.0
    stall_frames: int = 20
    placed: int = 2_000
    pages: int = 40
    arrivals: int = 150
    film_frames: int = 3_150
    board_tasks: int = 10_000
    board_rounds: int = 5


FULL = Sizes()
SMALL = Sizes(
    orders=300,
    verdicts=20,
    hand_overs=10,
    feed_rows=400,
    feed_rounds=1,
    counter_checks=10,
    start_orders=50,
    starts=1,
    scans=20,
    window_scans=10,
    stall_rounds=1,
    stall_peace=0.2,
    stall_frames=2,
    placed=24,
    pages=2,
    arrivals=4,
    film_frames=210,
    board_tasks=60,
    board_rounds=1,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; `factor` × `floor`, or the fixed `limit`, is what it is to stay within.

    With neither it is for information. `floor` without `factor` is what the same run gave the bare thing.
    `more_is_better`: the value is not to stay below that, but to come up to it.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    factor: float | None = None
    limit: float | None = None
    note: str = ""
    more_is_better: bool = False

    @property
    def allowed(self) -> float | None:
        """The largest value that reaches the figure, or the smallest."""
        if self.factor is not None and self.floor is not None:
            return self.factor * self.floor
        return self.limit

    @property
    def ratio(self) -> float | None:
        """How many floors the value is."""
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether it is; `None` for a figure that is only told."""
        if self.allowed is None:
            return None
        return self.value >= self.allowed if self.more_is_better else self.value <= self.allowed

    @property
    def outcome(self) -> str:
        """In words; a missed figure with the ratio by which."""
        if self.allowed is None or self.reached is None:
            return ""
        if self.reached:
            return "reached"
        over, under = (self.allowed, self.value) if self.more_is_better else (self.value, self.allowed)
        # Where nothing at all is allowed (an order lost), there is no ratio to tell.
        return f"MISSED by × {over / under:.2f}" if under else "MISSED"


def seconds(act: Callable[[], object]) -> float:
    """Run it and return how long it took."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def in_turns(
    *acts: Callable[[int], object], times: int, between: Callable[[], object] = lambda: None
) -> list[list[float]]:
    """Run the acts one after the other, `times` times, the first one changing; return the seconds of each act.

    `between` runs after each turn and is not timed.
    """
    samples: list[list[float]] = [[] for _ in acts]
    for number in range(times):
        for step in range(len(acts)):
            at = (number + step) % len(acts)
            samples[at].append(seconds(partial(acts[at], number)))
        between()
    return samples


def percentile(samples: Iterable[float], part: float) -> float:
    """Return the smallest sample that at least `part` percent of the samples do not exceed."""
    ranked = sorted(samples)
    return ranked[max(0, math.ceil(part / 100 * len(ranked)) - 1)]


def median(samples: Iterable[float]) -> float:
    """Return the middle."""
    return statistics.median(samples)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the rise per unit of x of the line that fits the points best."""
    return statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope


def millis(value: float) -> float:
    """Return seconds as milliseconds."""
    return value * 1_000
