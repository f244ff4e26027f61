"""Separates a scan from what the clerk typed at the same moment: by content first, then by the keys' timing.

A scanner is regular; a person's key squeezes itself between two of its keys, or stands in one of its pauses. The keys
that look least like the scanner's are left out, in many combinations, until `accept` knows the rest as a code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from scanner.keys.keytext import Hint, Key, digit_share, is_digit, understood
from scanner.keys.pace import likely_removals

Accept = Callable[[str], bool]

# Longer than any pickup code with a clerk's keys among it; only these are worth a search.
LONGEST_SEARCHED = 400
# About 30 ms of work: the screen waits for the answer.
MAX_TRIALS = 2500
# A burst with this share of digits is a code of digits, and its letters are the clerk's.
_DIGITS_ONLY = 0.8
_LONG_ENOUGH = 30


@dataclass(frozen=True, slots=True)
class Unmixed:
    """A burst taken apart: the scan's text, the clerk's, and whether `accept` knew the scan."""

    text: str
    typed: str
    accepted: bool
    hints: frozenset[Hint]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a burst: its text, which is that of the keys less those left out (by index)."""

    keys: list[Key]
    text: str
    left_out: frozenset[int] = frozenset()

    @property
    def kept(self) -> list[Key]:
        """The keys that are the scanner's."""
        return [key for index, key in enumerate(self.keys) if index not in self.left_out]


def unmix(keys: Sequence[Key], accept: Accept | None = None, surely: Accept | None = None) -> Unmixed:
    """Take a burst apart: what `accept` knows is the scan, else all that is likely the scanner's.

    Where `accept` knows a code by its form alone, a burst with a clerk's digits in it has several right forms;
    `surely` (a signature check) then says which one is genuine. Without any, the likeliest form is the scan.
    """
    plain, hints = understood(keys)
    likely = _scanner_like(plain)
    kept = _known(_readings(plain, likely), accept, surely) if accept else None
    mine = likely if kept is None else kept
    return Unmixed(_text(mine), _typed(plain, mine), accepted=kept is not None, hints=hints)


def _known(readings: Iterable[Reading], accept: Accept, surely: Accept | None) -> list[Key] | None:
    well_formed: Reading | None = None
    for reading in readings:
        if not accept(reading.text):
            continue
        if surely is None or surely(reading.text):
            return reading.kept
        well_formed = well_formed or reading
    return well_formed.kept if well_formed else None


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


def _readings(plain: list[Key], likely: list[Key]) -> Iterator[Reading]:
    """Yield the ways to read a burst, the likeliest first: as it came, then with keys left out that may be hers."""
    yield Reading(likely, _text(likely))
    if likely is not plain:
        yield Reading(plain, _text(plain))
    digits = "".join(key.text for key in likely)
    if _is_of_digits(likely) and len(likely) == len(digits) <= LONGEST_SEARCHED:
        for left_out in islice(likely_removals([key.at for key in likely]), MAX_TRIALS):
            yield Reading(likely, _without(digits, left_out), left_out)


def _without(digits: str, left_out: frozenset[int]) -> str:
    bounds = [-1, *sorted(left_out), len(digits)]
    return "".join(digits[before + 1 : after] for before, after in pairwise(bounds))
