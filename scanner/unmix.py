"""Separates a scan from what the clerk typed at the same moment: by content first, then by the keys' timing.

A scanner is regular; a person's key squeezes itself between two of its keys, or stands alone in a pause. The keys that
look least like the scanner's are left out in every combination until `accept` knows the rest as a code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from statistics import median

from scanner.keytext import Hint, Key, digit_share, is_digit, understood

Accept = Callable[[str], bool]

# Longer than any pickup code with a clerk's keys among it; only these are worth a search.
LONGEST_SEARCHED = 400
MAX_TRIALS = 3000
_MAX_SUSPECTS = 10
_EDGE = 12
# A burst with this share of digits is a code of digits, and its letters are the clerk's.
_DIGITS_ONLY = 0.8
_LONG_ENOUGH = 30
_SQUEEZED = 1.5
_APART = 2.5
_SHORTEST_PAUSE = 0.020


@dataclass(frozen=True, slots=True)
class Unmixed:
    """A burst taken apart: the scan's text, the clerk's, and whether `accept` knew the scan."""

    text: str
    typed: str
    accepted: bool
    hints: frozenset[Hint]


def unmix(keys: Sequence[Key], accept: Accept | None = None) -> Unmixed:
    """Take a burst apart: what `accept` knows is the scan, else all that is likely the scanner's."""
    plain, hints = understood(keys)
    likely = _scanner_like(plain)
    if accept:
        for kept in islice(_ways(plain, likely), MAX_TRIALS):
            if accept(_text(kept)):
                return Unmixed(_text(kept), _typed(plain, kept), accepted=True, hints=hints)
    return Unmixed(_text(likely), _typed(plain, likely), accepted=False, hints=hints)


def _text(keys: Sequence[Key]) -> str:
    return "".join(key.text for key in keys).strip()


def _typed(keys: Sequence[Key], kept: Sequence[Key]) -> str:
    """Return the text of the keys that are not kept; keys are told apart by identity, two may be equal."""
    mine = {id(key) for key in kept}
    return "".join(key.text for key in keys if id(key) not in mine and key.text.isprintable())


def _scanner_like(keys: list[Key]) -> list[Key]:
    if len(keys) >= _LONG_ENOUGH and digit_share(keys) >= _DIGITS_ONLY:
        return [key for key in keys if is_digit(key)]
    return keys


def _ways(plain: list[Key], likely: list[Key]) -> Iterator[list[Key]]:
    """Yield what may be the scan, the likeliest first."""
    yield plain
    if len(plain) > LONGEST_SEARCHED or len(likely) < _LONG_ENOUGH:
        return
    pace = median(after.at - before.at for before, after in pairwise(likely))
    cores = [likely[head:tail] for head in _heads(likely, pace) for tail in _tails(likely, pace)]
    suspects = [(core, _suspects(core, pace)) for core in cores]
    for count in range(_MAX_SUSPECTS + 1):
        for core, doubtful in suspects:
            for left_out in combinations(doubtful, count):
                yield _without(core, left_out)
    # A scanner of uneven pace hides its intruder: try every key.
    for index in range(len(likely)):
        yield _without(likely, (index,))


def _without(keys: list[Key], left_out: tuple[int, ...]) -> list[Key]:
    return [key for index, key in enumerate(keys) if index not in left_out]


def _is_pause(gap: float, pace: float) -> bool:
    return gap > max(_APART * pace, _SHORTEST_PAUSE)


def _heads(keys: list[Key], pace: float) -> list[int]:
    """Return where the scan may begin: at once, or after a pause, each with one stray key right before it."""
    starts = {0, 1}
    for index in range(1, min(_EDGE, len(keys))):
        if _is_pause(keys[index].at - keys[index - 1].at, pace):
            starts |= {index, index + 1}
    return sorted(starts)


def _tails(keys: list[Key], pace: float) -> list[int]:
    """Return where the scan may end: the mirror of `_heads`."""
    mirrored = [Key(key.text, -key.at) for key in reversed(keys)]
    return [len(keys) - start for start in _heads(mirrored, pace)]


def _suspects(keys: list[Key], pace: float) -> tuple[int, ...]:
    """Return the inner keys that may be a person's, the most doubtful first."""
    doubts: list[tuple[float, int]] = []
    for index in range(1, len(keys) - 1):
        before, after = keys[index].at - keys[index - 1].at, keys[index + 1].at - keys[index].at
        if before + after < _SQUEEZED * pace:
            doubts.append(((before + after) / pace, index))
        elif _is_pause(before, pace) or _is_pause(after, pace):
            # In a pause of the scanner: alone in it, or at one of its ends.
            doubts.append((2 + pace / max(min(before, after), 1e-6), index))
    return tuple(index for _, index in sorted(doubts)[:_MAX_SUSPECTS])
