"""Which keys of a burst are the scanner's, judged by rhythm alone: all likely answers, the likeliest first; pure.

A scanner is regular: its gaps lie around one pace, now and then one is longer because the computer paused. A person's
key cuts one of these gaps in two, or stands in a pause. Each way to leave keys out has a price, the sum of what is
unlikely about the gaps that remain and about the keys that are left out; the ways are listed in the order of price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations, pairwise

# Prices are negative logarithms of rough probabilities.
_INTRUDER = 4.0
_PAUSE = 4.0
_TOO_SHORT = 5.0
_TOO_LONG = 25.0
_LONGEST_GAP = 0.120
# Nobody presses two keys within 40 ms; two fingers that fall at once do.
_QUICKEST_FINGERS = 0.040
_RUSHED = 4.0
# A key is weighed together with its doubtful neighbours, which explain the same oddity; this many at most.
_LARGEST_GROUP = 5
_DOUBTFUL = 3.0
_EDGE = 14

Removed = frozenset[int]
Option = tuple[float, Removed]


@dataclass(frozen=True, slots=True)
class Pace:
    """A scanner's rhythm, in seconds: the usual gap and how far gaps stray from it."""

    gap: float
    spread: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Pace:
        """Measure a burst; a few keys of a person do not change what is usual."""
        from statistics import median  # it loads fractions and decimals, for which no start should wait

        gaps = [after - before for before, after in pairwise(times)]
        usual = median(gaps)
        stray = median(abs(gap - usual) for gap in gaps)
        return cls(usual, max(stray, 0.08 * usual, 0.0004))

    def price(self, gap: float) -> float:
        """Return how unlikely this gap is between two keys of the scanner."""
        if gap > _LONGEST_GAP:
            return _TOO_LONG
        off = (gap - self.gap) / self.spread
        return min(off * off / 2, _PAUSE if off > 0 else _TOO_SHORT)


def likely_removals(times: Sequence[float]) -> Iterator[Removed]:
    """Yield which keys (by index) may be a person's, the likeliest set first; every set comes once, at last all."""
    pace = Pace.of(times)
    groups = [*_groups(times, pace), _head(times, pace), _tail(times, pace)]
    seen: set[Removed] = set()
    for removed in _cheapest(groups):
        if removed not in seen:
            seen.add(removed)
            yield removed


def _groups(times: Sequence[float], pace: Pace) -> list[list[Option]]:
    """Return for each group of neighbouring keys its ways, the cheapest first."""
    return [_ways(times, pace, group) for group in _neighbourhoods(times, pace)]


def _neighbourhoods(times: Sequence[float], pace: Pace) -> Iterator[list[int]]:
    group: list[int] = []
    for index in range(1, len(times) - 1):
        doubtful = _gain(times, pace, index) < _DOUBTFUL
        if group and (not doubtful or len(group) == _LARGEST_GROUP):
            yield group
            group = []
        if doubtful:
            group.append(index)
        else:
            yield [index]
    if group:
        yield group


def _gain(times: Sequence[float], pace: Pace, index: int) -> float:
    """Return what leaving out this one key adds to the price; below nothing it is likely a person's."""
    before, here, after = times[index - 1 : index + 2]
    return _INTRUDER + pace.price(after - before) - pace.price(here - before) - pace.price(after - here)


def _ways(times: Sequence[float], pace: Pace, group: list[int]) -> list[Option]:
    options = [
        (_group_price(times, pace, group, out), frozenset(out))
        for count in range(len(group) + 1)
        for out in combinations(group, count)
    ]
    return _relative(options)


def _group_price(times: Sequence[float], pace: Pace, group: list[int], out: tuple[int, ...]) -> float:
    kept = [group[0] - 1, *(index for index in group if index not in out), group[-1] + 1]
    gaps = sum(pace.price(times[after] - times[before]) for before, after in pairwise(kept))
    return gaps + _fingers([times[index] for index in out])


def _fingers(moments: Sequence[float]) -> float:
    """Return how unlikely it is that a person pressed keys at these moments."""
    rushed = sum(after - before < _QUICKEST_FINGERS for before, after in pairwise(moments))
    return _INTRUDER * len(moments) + _RUSHED * rushed


def _head(times: Sequence[float], pace: Pace) -> list[Option]:
    """Return the ways to leave out the first keys."""
    options: list[Option] = []
    saved = 0.0
    for count in range(min(_EDGE, len(times) - 2)):
        options.append((_fingers(times[:count]) - saved, frozenset(range(count))))
        saved += pace.price(times[count + 1] - times[count])
    return _relative(options)


def _tail(times: Sequence[float], pace: Pace) -> list[Option]:
    """Return the ways to leave out the last keys: the mirror of `_head`."""
    last = len(times) - 1
    mirrored = _head([-time for time in reversed(times)], pace)
    return [(price, frozenset(last - index for index in removed)) for price, removed in mirrored]


def _relative(options: list[Option]) -> list[Option]:
    """Sort by price, and let the cheapest cost nothing."""
    ordered = sorted(options, key=_price)
    return [(price - ordered[0][0], removed) for price, removed in ordered]


def _price(option: Option) -> float:
    return option[0]


def _cheapest(groups: list[list[Option]]) -> Iterator[Removed]:
    """Yield one way of each group together, in the order of their summed prices.

    The classic of the k smallest sums: with the groups in the order of what their second way costs, each combination
    has one parent, so nothing is visited twice and each step adds three at most.
    """
    base = frozenset().union(*(group[0][1] for group in groups))
    yield base
    open_ = sorted((group for group in groups if len(group) > 1), key=_second)
    if not open_:
        return
    heap: list[tuple[float, int, int, int, tuple[tuple[int, int], ...]]] = []
    count = 0
    heappush(heap, (open_[0][1][0], count, 0, 1, ()))
    while heap:
        price, _, group, way, settled = heappop(heap)
        yield _together(base, open_, (*settled, (group, way)))
        steps = [(group, way + 1, settled, open_[group][way][0])] if way + 1 < len(open_[group]) else []
        if group + 1 < len(open_):
            steps.append((group + 1, 1, (*settled, (group, way)), 0.0))
            if way == 1:
                steps.append((group + 1, 1, settled, open_[group][1][0]))
        for next_group, next_way, others, less in steps:
            count += 1
            heappush(heap, (price - less + open_[next_group][next_way][0], count, next_group, next_way, others))


def _second(group: list[Option]) -> float:
    return group[1][0]


def _together(base: Removed, groups: list[list[Option]], chosen: tuple[tuple[int, int], ...]) -> Removed:
    removed = set(base)
    for group, way in chosen:
        removed -= groups[group][0][1]
        removed |= groups[group][way][1]
    return frozenset(removed)
