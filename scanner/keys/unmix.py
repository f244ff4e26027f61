"""Separates a scan from what the clerk typed at the same moment: by content first, then by the keys' timing.

A scanner is regular; a person's key squeezes itself between two of its keys, or stands in one of its pauses. The keys
that look least like the scanner's are left out, in many combinations, until `accept` knows the rest as a code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from statistics import median

from scanner.keys.keytext import Hint, Key, digit_share, is_digit, understood

Accept = Callable[[str], bool]

# Longer than any pickup code with a clerk's keys among it; only these are worth a search.
LONGEST_SEARCHED = 400
# About 20 ms of work: the screen waits for the answer.
MAX_TRIALS = 1500
_MAX_INTRUDERS = 16
_MAX_COMBINED = 8
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
    if accept is None:
        return Unmixed(_text(likely), _typed(plain, likely), accepted=False, hints=hints)
    kept = next((keys for keys in (likely, plain) if accept(_text(keys))), None) or _search(likely, accept)
    return Unmixed(_text(kept or likely), _typed(plain, kept or likely), accepted=bool(kept), hints=hints)


def _text(keys: Sequence[Key]) -> str:
    return "".join(key.text for key in keys).strip()


def _typed(keys: Sequence[Key], kept: Sequence[Key]) -> str:
    """Return the text of the keys that are not kept; keys are told apart by identity, two may be equal."""
    mine = {id(key) for key in kept}
    return "".join(key.text for key in keys if id(key) not in mine and key.text.isprintable())


def _scanner_like(keys: list[Key]) -> list[Key]:
    return [key for key in keys if is_digit(key)] if _is_of_digits(keys) else keys


def _is_of_digits(keys: list[Key]) -> bool:
    return len(keys) >= _LONG_ENOUGH and digit_share(keys) >= _DIGITS_ONLY


def _search(keys: list[Key], accept: Accept) -> list[Key]:
    """Return the keys of the first way to leave some out that `accept` knows, or nothing."""
    if not _is_of_digits(keys) or len(keys) > LONGEST_SEARCHED:
        return []
    digits = "".join(key.text for key in keys)
    for left_out in islice(_ways(keys), MAX_TRIALS):
        if accept(_without(digits, left_out)):
            return [key for index, key in enumerate(keys) if index not in left_out]
    return []


def _without(digits: str, left_out: frozenset[int]) -> str:
    bounds = [-1, *sorted(left_out), len(digits)]
    return "".join(digits[before + 1 : after] for before, after in pairwise(bounds))


def _ways(keys: list[Key]) -> Iterator[frozenset[int]]:
    """Yield which keys may be the clerk's, the likeliest first."""
    size = len(keys)
    pace = median(after.at - before.at for before, after in pairwise(keys))
    edges = [{*range(head), *range(tail, size)} for head in _heads(keys, pace) for tail in _tails(keys, pace)]
    doubtful = _doubtful(keys, pace)
    yield from (frozenset(edge) for edge in edges)
    # One key, wherever: a scanner of uneven pace hides its intruder.
    yield from (frozenset({index}) for index in range(size))
    for edge in edges:
        inner = [index for index in doubtful if index not in edge]
        yield from (frozenset(edge.union(inner[:count])) for count in range(1, min(_MAX_INTRUDERS, len(inner)) + 1))
    for count in range(2, _MAX_COMBINED + 1):
        for edge in edges:
            inner = [index for index in doubtful if index not in edge][:_MAX_COMBINED]
            yield from (frozenset(edge.union(some)) for some in combinations(inner, count))


def _is_pause(gap: float, pace: float) -> bool:
    return gap > max(_APART * pace, _SHORTEST_PAUSE)


def _heads(keys: list[Key], pace: float) -> list[int]:
    """Return where the scan may begin: at once, or after a pause, each with one stray key right before it."""
    starts = {0, 1}
    for index in range(1, _EDGE):
        if _is_pause(keys[index].at - keys[index - 1].at, pace):
            starts |= {index, index + 1}
    return sorted(starts)


def _tails(keys: list[Key], pace: float) -> list[int]:
    """Return where the scan may end: the mirror of `_heads`."""
    mirrored = [Key(key.text, -key.at) for key in reversed(keys)]
    return [len(keys) - start for start in _heads(mirrored, pace)]


def _doubtful(keys: list[Key], pace: float) -> list[int]:
    """Return the inner keys that may be a person's, the most doubtful first."""
    doubts: list[tuple[float, int]] = []
    for index in range(1, len(keys) - 1):
        before, after = keys[index].at - keys[index - 1].at, keys[index + 1].at - keys[index].at
        if before + after < _SQUEEZED * pace:
            doubts.append(((before + after) / pace, index))
        elif _is_pause(before, pace) or _is_pause(after, pace):
            # In a pause of the scanner: alone in it, or at one of its ends.
            doubts.append((2 + pace / max(min(before, after), 1e-6), index))
    return [index for _, index in sorted(doubts)]
