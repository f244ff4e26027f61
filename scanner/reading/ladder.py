"""A frame in, the texts of its QR codes out: zbar on the raw frame, then on what OpenCV makes easier to read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scanner.reading import zbar
from scanner.faults import DecoderMissing, NotAFrame
from scanner.vision import Frame, cv2, to_grey, to_uint8

log = logging.getLogger(__name__)

SHORTEST = 24
LONGEST = 4096
_ANY = LONGEST * LONGEST
# Doubling pays for small pictures: a large one takes four times as long, and its code is large enough.
_MEGAPIXEL = 1_000_000
_VGA = 640 * 480


@dataclass(frozen=True, slots=True)
class Rung:
    """One attempt: prepare the grey frame, then let zbar look; larger frames than the limits skip it."""

    name: str
    prepare: Callable[[Frame], Frame]
    max_pixels: int = _ANY
    live_pixels: int = _ANY


def decoder_available() -> str | None:
    """Return None when QR codes can be read, else the sentence how to mend it."""
    try:
        zbar.bindings()
    except DecoderMissing as missing:
        return str(missing)
    return None


def checked_grey(frame: object) -> Frame:
    """Return the frame's brightness, or raise `NotAFrame`: decoders crash on or misread anything else."""
    if not isinstance(frame, np.ndarray) or frame.dtype != np.uint8:
        raise NotAFrame("A frame must be an array of 8-bit pixels.")
    if not (frame.ndim == 2 or (frame.ndim == 3 and frame.shape[2] in (3, 4))):
        raise NotAFrame("A frame must be grey, or have three or four colour channels.")
    if not all(SHORTEST <= side <= LONGEST for side in frame.shape[:2]):
        raise NotAFrame(f"A frame must be {SHORTEST} to {LONGEST} pixels wide and high.")
    return to_grey(frame)


def decode(frame: Frame) -> list[str]:
    """Return the texts of the frame's QR codes by the first rung that reads; raise `NotAFrame`, `DecoderMissing`."""
    return climb(checked_grey(frame), RUNGS)[0]


def climb(grey: Frame, rungs: tuple[Rung, ...]) -> tuple[list[str], str]:
    """Return the texts of the first rung that reads any, and its name; an empty list and name when none does."""
    for rung in rungs:
        texts = read_rung(grey, rung) if grey.size <= rung.max_pixels else []
        if texts:
            return texts, rung.name
    return [], ""


class LiveDecoder:
    """Decodes a stream: the raw frame each time and, when that fails, one further rung in turn: no frame takes long."""

    def __init__(self) -> None:
        self._turn = 0

    def __call__(self, frame: Frame) -> list[str]:
        """Return the texts of the frame's QR codes; raise `NotAFrame` or `DecoderMissing`."""
        grey = checked_grey(frame)
        further = [rung for rung in RUNGS[1:] if grey.size <= min(rung.max_pixels, rung.live_pixels)]
        self._turn += 1
        return climb(grey, (RUNGS[0], further[self._turn % len(further)]))[0]


def read_rung(grey: Frame, rung: Rung) -> list[str]:
    """Return what one rung reads; a rung that cannot work on this frame reads nothing and stops no other."""
    try:
        contents = zbar.read(rung.prepare(grey))
    except (cv2.error, ValueError, MemoryError) as error:
        log.info("rung %s could not work on this frame: %s", rung.name, error)
        return []
    return list(dict.fromkeys(_text(content) for content in contents if content))


def _text(content: bytes) -> str:
    """Return what the bytes say: a code does not name its encoding, the first that fits them is taken."""
    for encoding in ("utf-8", "shift_jis", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _raw(grey: Frame) -> Frame:
    return grey


def _even_light(grey: Frame) -> Frame:
    return to_uint8(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(grey))


def _soft(grey: Frame) -> Frame:
    return to_uint8(cv2.GaussianBlur(grey, (0, 0), 1.5))


def _threshold(grey: Frame) -> Frame:
    block = max(21, min(grey.shape) // 16 | 1)
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.2)
    return to_uint8(cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, block, 3))


def _sharp(grey: Frame) -> Frame:
    return to_uint8(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 2), -1.5, 0))


def _double(grey: Frame) -> Frame:
    doubled = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return to_uint8(cv2.addWeighted(doubled, 3.0, cv2.GaussianBlur(doubled, (0, 0), 3), -2.0, 0))


def _double_threshold(grey: Frame) -> Frame:
    return _threshold(to_uint8(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)))


def _coarse(grey: Frame) -> Frame:
    """Melt the pixel grid of a photographed display, or a print's dots, into whole modules."""
    return to_uint8(cv2.GaussianBlur(grey, (0, 0), 3))


def _negative(grey: Frame) -> Frame:
    return to_uint8(cv2.bitwise_not(grey))


# In the order of what each adds to the ones before it, over photographs and over drawn phones.
RUNGS = (
    Rung("raw", _raw),
    Rung("threshold", _threshold),
    Rung("double_threshold", _double_threshold, max_pixels=_MEGAPIXEL, live_pixels=_VGA),
    Rung("coarse", _coarse),
    Rung("double", _double, max_pixels=_MEGAPIXEL, live_pixels=_VGA),
    Rung("sharp", _sharp),
    Rung("even_light", _even_light),
    Rung("soft", _soft),
    Rung("negative", _negative),
)
