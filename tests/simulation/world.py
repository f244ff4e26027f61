"""The simulated world: one time line, one seeded source of luck, a trace, and what really happened to the goods."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

DAWN = datetime(2026, 8, 1, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai
DAY = 12 * 3600.0


class PowerCut(BaseException):
    """The machine is off: whatever was being done on it is not done any further. No mistake of anyone's code."""


class Broken(AssertionError):
    """A promise of the system was not kept."""


@dataclass(frozen=True)
class Mood:
    """How rough a day is: chances per message and per commit, and how often things go down."""

    message_fault: float
    power_cut: float
    outages: int
    hq_restarts: int
    wall_error: timedelta

    @classmethod
    def draw(cls, luck: random.Random) -> Mood:
        """Draw a day: calm ones find other mistakes than rough ones."""
        return cls(
            message_fault=luck.choice([0.0, 0.1, 0.3, 0.5]),
            power_cut=luck.choice([0.0, 0.01, 0.04]),
            outages=luck.choice([0, 1, 3]),
            hq_restarts=luck.choice([0, 0, 1, 3]),
            wall_error=timedelta(hours=luck.choice([0, 0, -30, 5])),
        )


CALM = Mood(0.0, 0.0, 0, 0, timedelta())


class World:
    """Runs events in the order of their time; whoever waits inside an event lets the others go on meanwhile."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        self.mood = Mood.draw(self.luck)
        self.seconds = 0.0
        self.lines: list[str] = []
        self.goods = Goods()
        self.under_way = 0
        self._digest = hashlib.sha256()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    @property
    def now(self) -> datetime:
        """The true time."""
        return DAWN + timedelta(seconds=self.seconds)

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Have something happen later."""
        heapq.heappush(self._events, (self.seconds + seconds, next(self._order), event))

    def pass_time(self, seconds: float) -> None:
        """Let the world go on for so long; events may wait in turn, and then it takes longer."""
        until = self.seconds + seconds
        while self._events and self._events[0][0] <= until:
            at, _, event = heapq.heappop(self._events)
            self.seconds = max(self.seconds, at)
            event()
        self.seconds = max(self.seconds, until)

    def note(self, who: str, what: str) -> None:
        """Write a line of the trace."""
        line = f"{self.seconds:10.3f} {who}: {what}"
        self.lines.append(line)
        self._digest.update(line.encode())

    @property
    def digest(self) -> str:
        """The trace so far, as a hash."""
        return self._digest.hexdigest()

    def chance(self, probability: float) -> bool:
        """Draw yes or no."""
        return self.luck.random() < probability


class WorldClock:
    """A machine's clocks: the wall may be wrong, the monotonic one only counts."""

    def __init__(self, world: World, error: timedelta = timedelta()) -> None:
        self._world = world
        self.error = error

    def now(self) -> datetime:
        return self._world.now + self.error

    def monotonic(self) -> float:
        return self._world.seconds


@dataclass(frozen=True, slots=True)
class Give:
    """Goods that went over the counter: under which attempt, where, and whether a manager allowed what no rule does."""

    order_number: int
    attempt_id: str
    terminal: str
    unguarded: bool


@dataclass(slots=True)
class Goods:
    """What no database knows: which parcels really left the store, and which came back."""

    gives: dict[str, Give] = field(default_factory=dict)
    returned: set[str] = field(default_factory=set)

    def give(self, give: Give) -> None:
        """Hand goods to a customer; a second parcel without a manager's word must not happen."""
        self.gives[give.attempt_id] = give
        guarded = [other for other in self.outside(give.order_number) if not other.unguarded]
        if len(guarded) > 1:
            raise Broken(f"order {give.order_number} was handed over twice and no manager said so: {guarded}")

    def take_back(self, attempt_id: str) -> None:
        """Get goods back from a customer."""
        self.returned.add(attempt_id)

    def outside(self, order_number: int) -> list[Give]:
        """List an order's hand-overs whose goods are with a customer."""
        return [
            give
            for give in self.gives.values()
            if give.order_number == order_number and give.attempt_id not in self.returned
        ]
