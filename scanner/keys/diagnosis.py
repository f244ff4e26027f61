"""What a test scan says of the scanner and the keyboard: how fast, how it ends, what is wrong; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanner.keys.keytext import Hint, Key, understood
from scanner.keys.trace import TEST_CODE, Stroke, Trace, gaps, replay
from scanner.keys.wedge import LONGEST_GAP, MEAN_GAP, Ending


class Source(StrEnum):
    """What brought the text."""

    NOTHING = "nothing"
    FINGERS = "fingers"
    WEDGE = "wedge"
    SERIAL = "serial"
    CAMERA = "camera"


class Problem(StrEnum):
    """What is wrong, by name; the settings page has the words and the fix."""

    INPUT_METHOD = "input_method"
    DIGITS_LOST = "digits_lost"
    DIGITS_ADDED = "digits_added"
    OTHER_CODE = "other_code"
    TOO_SLOW = "too_slow"
    PAUSES = "pauses"
    OTHER_LAYOUT = "other_layout"
    SHIFTED = "shifted"
    FULL_WIDTH = "full_width"
    CAPS_LOCK = "caps_lock"
    NO_ENDING = "no_ending"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`works` says that the text arrived right; times are seconds, and 0 where the source has no keys."""

    source: Source
    works: bool = False
    characters: int = 0
    seconds: float = 0.0
    mean_gap: float = 0.0
    longest_gap: float = 0.0
    ending: Ending = Ending.SILENCE
    problems: tuple[Problem, ...] = ()

    @property
    def per_second(self) -> float:
        """How many characters came in a second; 0 where nobody can tell."""
        return 1 / self.mean_gap if self.mean_gap else 0.0


_OF_HINT = {
    Hint.FULL_WIDTH: Problem.FULL_WIDTH,
    Hint.SHIFTED_DIGITS: Problem.SHIFTED,
    Hint.OTHER_LAYOUT: Problem.OTHER_LAYOUT,
    Hint.CAPS_LOCK: Problem.CAPS_LOCK,
}
_ENDINGS = {"\r": Ending.ENTER, "\n": Ending.ENTER, "\r\n": Ending.ENTER, "\t": Ending.TAB}
# No scanner is slower than this on average, in seconds between two keys; a person seldom is quicker.
_SLOWEST_SCANNER = 0.100
_ALIKE = 0.8
# One pre-edit may be a key that the clerk hit by mistake.
_FEW_PREEDITS = 3


def diagnose(trace: Trace, expected: str = TEST_CODE) -> Diagnosis:
    """Say what a recorded scan of the code `expected` shows, the gravest problem first."""
    body, ending = _without_ending(trace.keys)
    eaten = sum(stroke.preedit for stroke in trace.strokes)
    if not body:
        swallowed = eaten >= _FEW_PREEDITS
        return Diagnosis(
            Source.WEDGE if swallowed else Source.NOTHING, problems=(Problem.INPUT_METHOD,) if swallowed else ()
        )
    works = any(scan.text == expected for scan in replay(trace, lambda text: text == expected).scans)
    return _measured(body, ending, works=works, problems=_problems(body, expected, works=works, eaten=eaten))


def diagnose_text(
    source: Source, text: str, seconds: float = 0.0, ending: Ending = Ending.SILENCE, expected: str = TEST_CODE
) -> Diagnosis:
    """Say the same of a text that came without keys: from a serial scanner or the camera."""
    works = text == expected
    problems = () if works else (_misread(text, expected),)
    return Diagnosis(source, works, len(text), seconds, ending=ending, problems=problems)


def _measured(body: Sequence[Stroke], ending: Ending, *, works: bool, problems: frozenset[Problem]) -> Diagnosis:
    pauses = gaps(body) or [0.0]
    mean = sum(pauses) / len(pauses)
    by_hand = mean > _SLOWEST_SCANNER and not works
    if ending is Ending.SILENCE and not by_hand:
        problems |= {Problem.NO_ENDING}
    return Diagnosis(
        Source.FINGERS if by_hand else Source.WEDGE,
        works,
        len(body),
        sum(pauses),
        mean,
        max(pauses),
        ending,
        () if by_hand else tuple(problem for problem in Problem if problem in problems),
    )


def _problems(body: Sequence[Stroke], expected: str, *, works: bool, eaten: int) -> frozenset[Problem]:
    plain, hints = understood([Key(stroke.text, stroke.at) for stroke in body])
    found = {_OF_HINT[hint] for hint in hints}
    if any(stroke.caps for stroke in body):
        found.add(Problem.CAPS_LOCK)
    if eaten >= _FEW_PREEDITS:
        found.add(Problem.INPUT_METHOD)
    pauses = gaps(body) or [0.0]
    if sum(pauses) / len(pauses) > MEAN_GAP:
        found.add(Problem.TOO_SLOW)
    elif max(pauses) > LONGEST_GAP:
        found.add(Problem.PAUSES)
    text = "".join(key.text for key in plain)
    if not works and text != expected and not eaten:
        found.add(_misread(text, expected))
    return frozenset(found)


def _misread(text: str, expected: str) -> Problem:
    """Say how a text differs from the one that should have come."""
    from difflib import SequenceMatcher  # needed by a test that went wrong only

    if _is_relettered(text, expected):
        return Problem.OTHER_LAYOUT
    if _is_within(expected, text):
        return Problem.DIGITS_ADDED
    alike = SequenceMatcher(None, text, expected, autojunk=False).ratio()
    return Problem.DIGITS_LOST if alike >= _ALIKE or _is_part(text, expected) else Problem.OTHER_CODE


def _is_part(text: str, expected: str) -> bool:
    """Tell whether the text is a good part of what was expected, with something missing."""
    return len(text) * 4 >= len(expected) and _is_within(text, expected)


def _is_within(inner: str, outer: str) -> bool:
    """Tell whether every character of `inner` stands in `outer`, in this order."""
    rest = iter(outer)
    return all(character in rest for character in inner)


def _is_relettered(text: str, expected: str) -> bool:
    """Tell whether each digit always came as the same other sign: another keyboard layout, whichever."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) != len(expected) or plain == expected:
        return False
    signs = dict(zip(expected, plain, strict=True))
    return len(set(signs.values())) == len(signs) and all(
        signs[digit] == sign for digit, sign in zip(expected, plain, strict=True)
    )


def _without_ending(keys: Sequence[Stroke]) -> tuple[Sequence[Stroke], Ending]:
    """Return the keys up to the first ending, and that ending."""
    for index, key in enumerate(keys):
        if key.text in _ENDINGS:
            return keys[:index], _ENDINGS[key.text]
    return keys, Ending.SILENCE
