"""Climbs the rungs until one reads: no rung can stop the others, and none begins that might not fit the budget."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scanner.faults import DecoderMissing
from scanner.reading import zbar, zxing
from scanner.reading.budget import Budget, Pace
from scanner.reading.picture import Picture
from scanner.reading.rungs import FULL, Rung, Worker
from scanner.vision import Frame

log = logging.getLogger(__name__)

Accept = Callable[[bytes], bool]

_DECODERS = (zxing, zbar)
# The others keep to the budget by themselves.
_LEARNING = (Worker.ZXING, Worker.ZBAR)

# Nothing crafted holds a thread for half a second: this is what remains of it beside loading a picture.
STILL_SECONDS = 0.420
# A picture that took this long so far may take several times as long in the next rung of the same decoder.
_CAUTION = 3.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says: `contents` of the accepted codes, `foreign` of the others, and the rung that read it."""

    contents: tuple[bytes, ...] = ()
    foreign: tuple[bytes, ...] = ()
    rung: str = ""

    @property
    def texts(self) -> list[str]:
        """The accepted contents as texts."""
        return [as_text(content) for content in self.contents]


class Ladder:
    """Reads one picture, rung by rung, as far as `budget` goes; `pace` learns from each what the next may cost."""

    def __init__(
        self, picture: Picture, budget: Budget, accept: Accept | None = None, pace: Pace | None = None
    ) -> None:
        self.picture = picture
        self.budget = budget
        self.foreign: dict[bytes, None] = {}
        self._accept = accept
        self._pace = pace or Pace({}, caution=_CAUTION)

    def climb(self, rungs: Iterable[Rung]) -> Reading:
        """Return what the first rung reads that reads an accepted code; else the foreign codes that were seen."""
        for rung in rungs:
            contents = self.step(rung)
            if contents:
                return Reading(tuple(contents), tuple(self.foreign), rung.name)
        return Reading(foreign=tuple(self.foreign))

    def step(self, rung: Rung) -> list[bytes]:
        """Return the accepted codes that one rung reads; nothing when it does not fit or cannot work."""
        work, kind = rung.growth * self.picture.pixels, rung.worker.name
        expected = self._pace.expected(kind, work, rung.worker.worst(work))
        if self.picture.pixels > rung.most_pixels or not self.budget.allows(expected):
            return []
        before = self.budget.spent
        contents = self._tried(rung)
        if rung.worker in _LEARNING:
            self._pace.learn(kind, work, self.budget.spent - before)
        return self._accepted(contents)

    def _tried(self, rung: Rung) -> list[bytes]:
        try:
            return [content for content in rung.read(self.picture, self.budget) if content]
        except DecoderMissing:
            return []
        except Exception as error:  # noqa: BLE001  whatever a decoder throws at a crafted picture, the others go on
            log.info("rung %s could not work on this frame: %r", rung.name, error)
            return []

    def _accepted(self, contents: list[bytes]) -> list[bytes]:
        if self._accept is None:
            return contents
        accepted = [content for content in contents if self._accept(content)]
        self.foreign.update(dict.fromkeys(content for content in contents if content not in accepted))
        return accepted


def read(frame: Frame, accept: Accept | None = None) -> Reading:
    """Climb the whole ladder over one frame; raise `NotAFrame` or `DecoderMissing`."""
    require_decoder()
    return Ladder(Picture(frame), Budget(STILL_SECONDS), accept).climb(FULL)


def require_decoder() -> None:
    """Raise `DecoderMissing` when neither decoder works on this machine."""
    missing = missing_decoders()
    if len(missing) == len(_DECODERS):
        raise DecoderMissing(missing[0])


def missing_decoders() -> list[str]:
    """Return a sentence for each decoder that does not work here: how to mend it."""
    sentences = []
    for decoder in _DECODERS:
        try:
            decoder.bindings()
        except DecoderMissing as missing:
            sentences.append(str(missing))
    return sentences


def as_text(content: bytes) -> str:
    """Return what the bytes say: a code seldom names its encoding, the first that fits them is taken."""
    for encoding in ("utf-8", "shift_jis", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
