"""A recording of what the keyboard brought during a test scan: kept as a small file, replayed through the reducer."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from scanner.faults import NotATrace
from scanner.keys.unmix import Accept
from scanner.keys.wedge import BurstBegan, GivenBack, PassedThrough, ScanComplete, WedgeAssembler, WedgeEvent

# Digits only and as long as a pickup code, so that it strains a scanner as one does; no pickup code begins with 2.
TEST_CODE = str(math.isqrt(7 * 10**448))
MAX_STROKES = 4096
_POLL = 0.050
_PREEDIT, _CAPS = "preedit", "caps"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key: seconds since the first, its text (Enter is a carriage return), whether Caps Lock was on.

    `preedit` marks what never became a key because an input method kept it.
    """

    at: float
    text: str
    preedit: bool = False
    caps: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The keys in order; `origin` says on what they were recorded."""

    strokes: tuple[Stroke, ...] = ()
    origin: str = ""

    @property
    def keys(self) -> tuple[Stroke, ...]:
        """The strokes that arrived as keys."""
        return tuple(stroke for stroke in self.strokes if not stroke.preedit)


@dataclass(frozen=True, slots=True)
class Replay:
    """What the reducer made of a trace: the scans, and the text that reached the focused field."""

    scans: tuple[ScanComplete, ...]
    typed: str


def recorded(strokes: Sequence[Stroke], origin: str) -> Trace:
    """Return strokes as a trace that begins at 0 seconds, its times rounded to a tenth of a millisecond."""
    start = strokes[0].at if strokes else 0.0
    kept = strokes[:MAX_STROKES]
    return Trace(tuple(replace(each, at=round(each.at - start, 4)) for each in kept), origin)


def replay(trace: Trace, accept: Accept | None = None) -> Replay:
    """Feed the keys to a `WedgeAssembler` at their times, and look at the clock between them as the window does."""
    wedge, now = WedgeAssembler(accept), 0.0
    happened: list[WedgeEvent] = []
    for key in trace.keys:
        for moment in _ticks(now, key.at):
            happened += wedge.poll(moment)
        happened += wedge.feed(key.text, at=key.at)
        now = key.at
    happened += wedge.poll(now + 1)
    return Replay(tuple(each for each in happened if isinstance(each, ScanComplete)), _typed(happened))


def _typed(happened: Sequence[WedgeEvent]) -> str:
    """Return what the focused field holds after these events."""
    field = ""
    for each in happened:
        if isinstance(each, PassedThrough | GivenBack):
            field += each.text
        elif isinstance(each, BurstBegan):
            field = field.removesuffix(each.take_back)
    return field


def gaps(strokes: Sequence[Stroke]) -> list[float]:
    """Return the seconds between each stroke and the next."""
    return [after.at - before.at for before, after in pairwise(strokes)]


def as_json(trace: Trace) -> str:
    """Return the trace as a file's content: times in milliseconds."""
    keys = [[round(each.at * 1000, 1), each.text, *_kind(each)] for each in trace.strokes]
    return json.dumps({"trace": 1, "origin": trace.origin, "keys": keys}, ensure_ascii=False) + "\n"


def from_json(content: str) -> Trace:
    """Return the trace of a file's content, or raise `NotATrace`."""
    try:
        data = json.loads(content)
        if data["trace"] != 1 or len(data["keys"]) > MAX_STROKES:
            raise NotATrace("This file is not a recording of a scanner's keys that this release can read.")
        strokes = tuple(_stroke(*each) for each in data["keys"])
        if any(gap < 0 for gap in gaps(strokes)):
            raise NotATrace("The times in this recording run backwards.")
        return Trace(strokes, str(data["origin"]))
    except (ValueError, KeyError, TypeError, RecursionError) as broken:
        raise NotATrace("This file is not a recording of a scanner's keys.") from broken


def _kind(stroke: Stroke) -> list[str]:
    return [_PREEDIT] if stroke.preedit else [_CAPS] if stroke.caps else []


def _stroke(at: Any, text: Any, kind: Any = None) -> Stroke:
    if not isinstance(text, str) or kind not in {None, _PREEDIT, _CAPS}:
        raise NotATrace("This file is not a recording of a scanner's keys.")
    milliseconds = float(at)
    if not math.isfinite(milliseconds):
        raise NotATrace("A time in this recording is no number.")
    return Stroke(round(milliseconds / 1000, 4), text, preedit=kind == _PREEDIT, caps=kind == _CAPS)


def _ticks(since: float, until: float) -> Iterator[float]:
    moments = min(int((until - since) / _POLL), MAX_STROKES)
    return (since + tick * _POLL for tick in range(1, moments + 1))
