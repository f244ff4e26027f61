"""A pure reducer from the bytes of a serial scanner to texts, whatever pieces they arrive in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from scanner.keys.unmix import Accept
from scanner.keys.wedge import SILENCE, Ending

MAX_BYTES = 4096
_ENDINGS = {0x0D: Ending.ENTER, 0x0A: Ending.ENTER, 0x09: Ending.TAB}
_LINE_ENDS = re.compile(rb"[\r\n\t]+")
# GB 18030 covers what scanners with a Chinese setting send; Latin-1 takes any byte.
_ENCODINGS = ("utf-8", "gb18030", "latin-1")
_AIM_ID = re.compile(r"^\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class SerialText:
    """One scan: its text, what ended it, its bytes (endings included), how long they took, and if some were lost."""

    text: str
    ended_by: Ending
    size: int
    seconds: float
    cut: bool = False


class SerialAssembler:
    """Feed it what the port gives and `poll` it while it is quiet; all times are monotonic seconds.

    An ending completes a text at once when `accept` knows it (or when there is no `accept`); another text may have
    several lines, so it is complete after 150 ms of silence.
    """

    def __init__(self, accept: Accept | None = None) -> None:
        self._accept = accept
        self._bytes = bytearray()
        self._began_at = self._last_at = 0.0
        self._cut = False

    @property
    def is_waiting(self) -> bool:
        """Tell whether bytes of an unfinished text are held."""
        return bool(self._bytes)

    def feed(self, data: bytes, at: float) -> tuple[SerialText, ...]:
        """Take the next bytes and return the texts that they complete."""
        done = list(self.poll(at))
        for byte in data:
            # Endings after an ending say nothing new.
            ends_text = byte in _ENDINGS and bool(self._bytes) and self._bytes[-1] not in _ENDINGS
            self._take(byte, at)
            if ends_text:
                done += self._at_ending()
        return tuple(done)

    def poll(self, now: float) -> tuple[SerialText, ...]:
        """Complete a text that has fallen silent."""
        return self._complete() if self._bytes and now - self._last_at >= SILENCE else ()

    def _take(self, byte: int, at: float) -> None:
        if not self._bytes:
            if byte in _ENDINGS:
                return
            self._began_at = at
        self._last_at = at
        if len(self._bytes) < MAX_BYTES:
            self._bytes.append(byte)
        else:
            self._cut = True

    def _at_ending(self) -> tuple[SerialText, ...]:
        if self._accept is None or self._cut:
            return self._complete()
        lines = _LINE_ENDS.split(bytes(self._bytes).rstrip(b"\r\n\t"))
        if self._accept(as_text(bytes(self._bytes))):
            return self._complete()
        # A code that follows something else without a pause is a text of its own.
        return self._complete(last=lines[-1]) if len(lines) > 1 and self._accept(as_text(lines[-1])) else ()

    def _complete(self, last: bytes = b"") -> tuple[SerialText, ...]:
        whole, cut = bytes(self._bytes), self._cut
        self._bytes.clear()
        self._cut = False
        parts = [whole[: whole.rindex(last)], whole[whole.rindex(last) :]] if last else [whole]
        return tuple(text for part in parts if (text := self._text(part, cut=cut)).text)

    def _text(self, part: bytes, *, cut: bool) -> SerialText:
        ended_by = Ending.SILENCE if cut else _ENDINGS.get(part[-1], Ending.SILENCE)
        return SerialText(as_text(part), ended_by, len(part), self._last_at - self._began_at, cut)


def as_text(data: bytes) -> str:
    """Return what a scanner meant: decoded, without its id and what frames it, full-width digits made plain."""
    plain = unicodedata.normalize("NFKC", _decoded(data.removeprefix(b"\xef\xbb\xbf")))
    return _AIM_ID.sub("", _unframed(plain.replace("\r\n", "\n").replace("\r", "\n")))


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def _unframed(text: str) -> str:
    """Take off what stands around a text: spaces, line ends, and control characters such as STX and ETX."""
    start, end = 0, len(text)
    while start < end and _is_frame(text[start]):
        start += 1
    while end > start and _is_frame(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_frame(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cc"
