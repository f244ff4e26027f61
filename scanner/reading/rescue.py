"""Reads symbols that the decoders see but cannot read: each place is tried until one gives its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.reading import correct, grid, symbol
from scanner.reading.budget import Budget
from scanner.reading.locate import Place
from scanner.vision import Frame, cv2

# A reading that is this far from the fixed patterns is of something else.
_LIKENESS = 0.72
_LATEST_VERSION = 25
# Less than this many pixels to the module carries nothing.
_FINEST = 1.5
_MOST = 3
# CPU seconds that one round of one place usually takes; at most the double.
ROUND = 0.018


def read(frame: Frame, places: Iterable[Place], budget: Budget) -> list[bytes]:
    """Return the contents of the symbols in these places, as far as the budget goes."""
    found = []
    for place in _worth_trying(places):
        if not budget.allows(ROUND):
            break
        content = _content(frame, place, budget)
        if content is not None:
            found.append(content)
    return list(dict.fromkeys(found))


def most_promising(frame: Frame, places: Iterable[Place], budget: Budget) -> list[Place]:
    """Return the few places whose fixed patterns are where they should be; there are many ways to complete a half."""
    rated: list[tuple[float, int, Place]] = []
    for place in _worth_trying(places):
        if not budget.allows(ROUND):
            break
        rated.append((-grid.promise(frame, place), len(rated), place))
    return [place for *_, place in sorted(rated)[:_MOST]]


def _worth_trying(places: Iterable[Place]) -> Iterator[Place]:
    for place in places:
        size = symbol.side(place.version)
        if place.version <= _LATEST_VERSION and cv2.contourArea(place.corners) > (_FINEST * size) ** 2:
            yield place


def _content(frame: Frame, place: Place, budget: Budget) -> bytes | None:
    for dark in grid.darkness(frame, place):
        if grid.likeness(dark, place.version) < _LIKENESS:
            return None
        for level, mask in grid.formats(dark, place.version):
            content = correct.content(dark, place.version, level, mask)
            if content is not None:
                return content
        if not budget.allows(ROUND):
            return None
    return None
