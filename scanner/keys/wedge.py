"""A pure reducer that tells a keyboard scanner's burst from a clerk's typing, key by key."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from scanner.keys.keytext import Hint, Key
from scanner.keys.unmix import Accept, Unmixed, unmix

MEAN_GAP = 0.035
LONGEST_GAP = 0.120
SILENCE = 0.150
# A late Enter of a scan must never press the button that the scan has just brought up.
SUFFIX_GRACE = 0.400
# Six keys at 35 ms each: nobody types 340 words a minute.
SHORTEST_SCAN = 6
MAX_KEYS = 4096
# How many of a clerk's keys at most are taken for the head of a scan, and given back when it is complete.
_REMEMBERED = 24
# A clerk who types on after a scan without Enter is noticed by the pace of the last keys.
_LAST_GAPS = 12
_CLERKS_PACE = 0.060
_ENTERS = frozenset({"\r", "\n", "\r\n"})


class Ending(StrEnum):
    """What ended a scan."""

    ENTER = "enter"
    TAB = "tab"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class PassedThrough:
    """The key is the clerk's: let the focused field have it."""

    text: str


@dataclass(frozen=True, slots=True)
class Swallowed:
    """The key is a scanner's: let nobody have it."""


@dataclass(frozen=True, slots=True)
class BurstBegan:
    """This text at the end of the field was the beginning of a scan and had passed through: take it out."""

    take_back: str


@dataclass(frozen=True, slots=True)
class BurstGrew:
    """A scan is under way and has this many characters: show progress."""

    count: int


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What the clerk typed around and during a scan and was swallowed: put it into the field."""

    text: str


@dataclass(frozen=True, slots=True)
class ScanComplete:
    """A whole scan: the text to check, and what the settings panel wants to know of the scanner."""

    text: str
    ended_by: Ending
    keys: int
    seconds: float
    hints: frozenset[Hint] = frozenset()
    cut: bool = False


WedgeEvent = PassedThrough | Swallowed | BurstBegan | BurstGrew | GivenBack | ScanComplete


class WedgeAssembler:
    """Feed it every key that brings a text, and `poll` it every 50 ms while `in_burst`.

    `feed` answers with exactly one `PassedThrough` or `Swallowed` as its last event. `accept` says whether a text is
    a code that the program knows, which settles whose a doubtful key is; `surely`, if it can be told, whether it is
    a genuine one. All times are monotonic seconds.
    """

    def __init__(self, accept: Accept | None = None, surely: Accept | None = None) -> None:
        self._accept, self._surely = accept, surely
        self._passed: deque[Key] = deque(maxlen=_REMEMBERED)
        self._burst: list[Key] = []
        self._earlier: list[Key] = []
        self._ended_by: Ending | None = None
        self._last_at = float("-inf")
        self._suffix_until = float("-inf")
        self._cut = False

    @property
    def in_burst(self) -> bool:
        """Tell whether a scan is under way."""
        return bool(self._burst)

    def feed(self, text: str, *, is_enter: bool = False, is_tab: bool = False, at: float) -> tuple[WedgeEvent, ...]:
        """Take one key; a key without text (Shift, an arrow) is none of a scanner's and passes."""
        suffix = _suffix(text, is_enter=is_enter, is_tab=is_tab)
        if not text and not suffix:
            return (PassedThrough(""),)
        done = self._complete() if self._is_over(at) else ()
        if suffix:
            return done + self._take_suffix(suffix, text, at)
        return done + self._take(Key(text, at))

    def poll(self, now: float) -> tuple[WedgeEvent, ...]:
        """Complete a scan that has fallen silent."""
        return self._complete() if self._burst and now - self._last_at >= SILENCE else ()

    def _is_over(self, at: float) -> bool:
        return bool(self._burst) and (at - self._last_at > LONGEST_GAP or self._has_slowed_down())

    def _has_slowed_down(self) -> bool:
        last = self._burst[-_LAST_GAPS - 1 :]
        return len(last) > _LAST_GAPS and last[-1].at - last[0].at > _LAST_GAPS * _CLERKS_PACE

    def _take(self, key: Key) -> tuple[WedgeEvent, ...]:
        if self._burst:
            self._grow(key)
            return BurstGrew(len(self._burst)), Swallowed()
        if not key.text.isprintable():
            # Backspace and the like edit what passed: none of it can be taken back any more.
            self._passed.clear()
            return (PassedThrough(key.text),)
        return self._take_while_typing(key)

    def _take_while_typing(self, key: Key) -> tuple[WedgeEvent, ...]:
        if key.at - self._last_at > LONGEST_GAP:
            self._passed.clear()
        self._last_at = key.at
        self._passed.append(key)
        self._earlier, self._burst = _burst_among(list(self._passed))
        if not self._burst:
            # Once she types again, an Enter is hers.
            self._suffix_until = float("-inf")
            return (PassedThrough(key.text),)
        self._passed.clear()
        take_back = "".join(early.text for early in self._burst[:-1])
        return BurstBegan(take_back), BurstGrew(len(self._burst)), Swallowed()

    def _grow(self, key: Key) -> None:
        self._last_at = key.at
        # More keys after an Enter: it was a line break inside a longer text.
        self._ended_by = None
        if len(self._burst) < MAX_KEYS:
            self._burst.append(key)
        else:
            self._cut = True

    def _take_suffix(self, suffix: Ending, text: str, at: float) -> tuple[WedgeEvent, ...]:
        if not self._burst:
            self._passed.clear()
            return (Swallowed(),) if at <= self._suffix_until else (PassedThrough(text),)
        self._grow(Key("\t" if suffix is Ending.TAB else "\n", at))
        self._ended_by = suffix
        return (*self._complete_if_known(), Swallowed())

    def _complete_if_known(self) -> tuple[WedgeEvent, ...]:
        """Complete at once what is a code; wait for more of what is not, it may be a text of several lines."""
        return self._complete() if self._accept is None or self._taken_apart()[0].accepted else ()

    def _taken_apart(self) -> tuple[Unmixed, str]:
        """Return the burst taken apart, and the text of the keys before it that belonged to it after all."""
        parts = unmix(self._burst, self._accept, self._surely)
        if not parts.accepted and self._accept and self._earlier:
            # A scanner that stumbles over its first keys looks like a clerk at first.
            whole = unmix([*self._earlier, *self._burst], self._accept, self._surely)
            if whole.accepted:
                return whole, "".join(key.text for key in self._earlier)
        return parts, ""

    def _complete(self) -> tuple[WedgeEvent, ...]:
        parts, take_back = self._taken_apart()
        seconds = self._burst[-1].at - self._burst[0].at
        ended_by = self._ended_by or Ending.SILENCE
        complete = ScanComplete(parts.text, ended_by, len(self._burst), seconds, parts.hints, self._cut)
        self._burst, self._earlier, self._ended_by, self._cut = [], [], None, False
        self._suffix_until = self._last_at + SUFFIX_GRACE
        taken = (BurstBegan(take_back),) if take_back else ()
        given = (GivenBack(parts.typed),) if parts.typed else ()
        return *taken, *given, complete


def _suffix(text: str, *, is_enter: bool, is_tab: bool) -> Ending | None:
    if is_enter or text in _ENTERS:
        return Ending.ENTER
    return Ending.TAB if is_tab or text == "\t" else None


def _burst_among(keys: list[Key]) -> tuple[list[Key], list[Key]]:
    """Return the longest run up to the last key that is as quick as a scanner, or nothing; before it what precedes."""
    if not _is_quick(keys[-SHORTEST_SCAN:]):
        return keys, []
    start = next(start for start in range(len(keys)) if _is_quick(keys[start:]))
    return keys[:start], keys[start:]


def _is_quick(keys: list[Key]) -> bool:
    if len(keys) < SHORTEST_SCAN or keys[-1].at - keys[0].at > MEAN_GAP * (len(keys) - 1):
        return False
    # One key held down repeats as quickly as a scanner.
    return len({key.text for key in keys}) > 1
