"""Reads the codes of a picture that was dropped, pasted, chosen or saved, whatever the file turns out to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scanner.faults import ImageTooLarge, NotAnImage
from scanner.reading import ladder
from scanner.reading.ladder import Accept, Reading
from scanner.reading.picture import LONGEST, SHORTEST
from scanner.vision import MAX_IMAGE_PIXELS, Frame, cv2, to_grey, to_uint8

# Loading one takes a third of a second at most.
MAX_FILE_BYTES = 32 * 1024 * 1024
# A larger picture is shrunk: its code is large enough then, and each rung would take a quarter of a second.
_PIXELS_READ = 2_000_000
# One in which light and dark change from pixel to pixel all over was made to keep a decoder busy; no camera's looks so.
_BUSY_PIXELS_READ = 480_000
_BUSY = 0.12
_STEP = 64

_PNG = b"\x89PNG\r\n\x1a\n"

_NOT_A_PICTURE = "This is not a picture that can be read. Use a PNG or JPEG, or a screenshot."
_TOO_LARGE = "This picture is too large to read. Use a smaller one, or a screenshot of the code."

Source = str | Path | bytes | NDArray[np.generic]


def read(source: Source) -> list[str]:
    """Return the texts of the picture's QR codes; raise `NotAnImage` or `ImageTooLarge`."""
    return look(load(source)).texts


def look(frame: Frame, accept: Accept | None = None) -> Reading:
    """Climb the whole ladder over a loaded picture."""
    return ladder.read(frame, accept)


def load(source: Source) -> Frame:
    """Return any picture as a grey frame of a size that decoders take; raise `NotAnImage` or `ImageTooLarge`."""
    return _prepared(_pixels(source))


def _pixels(source: Source) -> NDArray[np.generic]:
    if isinstance(source, np.ndarray):
        return source
    return _decoded(source if isinstance(source, bytes) else _file(Path(source)))


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ImageTooLarge(_TOO_LARGE)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotAnImage(f"The file “{path.name}” cannot be opened.") from error


def _decoded(content: bytes) -> NDArray[np.generic]:
    """Return a file's pixels as they are stored; its orientation is left alone, a code reads in any."""
    if not content:
        raise NotAnImage(_NOT_A_PICTURE)
    if len(content) > MAX_FILE_BYTES:
        raise ImageTooLarge(_TOO_LARGE)
    if content.startswith(_PNG) and not _is_whole_png(content):
        raise NotAnImage(_NOT_A_PICTURE)
    try:
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        if "CV_IO_MAX_IMAGE" in str(error):
            raise ImageTooLarge(_TOO_LARGE) from error
        raise NotAnImage(_NOT_A_PICTURE) from error
    if pixels is None:
        raise NotAnImage(_NOT_A_PICTURE)
    return pixels


def _is_whole_png(content: bytes) -> bool:
    """Tell whether each part of a PNG is as long as it says; cv2 believes it, and makes room for gigabytes."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at <= len(content)
    return False


def _prepared(pixels: NDArray[np.generic]) -> Frame:
    """Return any picture as a grey frame of a size that decoders take."""
    if pixels.size == 0 or pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (1, 3, 4)):
        raise NotAnImage(_NOT_A_PICTURE)
    if pixels.shape[0] * pixels.shape[1] > MAX_IMAGE_PIXELS:
        raise ImageTooLarge(_TOO_LARGE)
    frame = _on_white(_shrunk(_eight_bit(pixels), _PIXELS_READ))
    grey = to_grey(frame[..., 0] if frame.ndim == 3 and frame.shape[2] == 1 else frame)
    return _grown(_shrunk(grey, _BUSY_PIXELS_READ) if _is_busy(grey) else grey)


def _is_busy(grey: Frame) -> bool:
    if grey.size <= _BUSY_PIXELS_READ or grey.shape[1] == 1:
        return False
    return float((cv2.absdiff(grey[:, 1:], grey[:, :-1]) > _STEP).mean()) > _BUSY


def _eight_bit(pixels: NDArray[np.generic]) -> Frame:
    if pixels.dtype == np.uint8:
        return to_uint8(pixels)
    if pixels.dtype == np.uint16:
        return to_uint8(np.right_shift(pixels.astype(np.uint16, copy=False), 8))
    if pixels.dtype.kind == "f":
        return _toned(pixels)
    raise NotAnImage(_NOT_A_PICTURE)


def _toned(light: NDArray[np.generic]) -> Frame:
    """Return light measured in floats as eight bits, from its darkest to its brightest point."""
    known = np.nan_to_num(light.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(known.min()), float(known.max())
    return to_uint8((known - low) * (255.0 / max(high - low, 1e-9)))


def _on_white(frame: Frame) -> Frame:
    """Lay a transparent picture on white: what hides behind full transparency is often black."""
    if frame.ndim == 2 or frame.shape[2] != 4:
        return frame
    cover = frame[..., 3:].astype(np.uint16)
    return to_uint8((frame[..., :3] * cover + 255 * (255 - cover)) // 255)


def _shrunk(frame: Frame, most_pixels: int) -> Frame:
    height, width = frame.shape[:2]
    factor = min((most_pixels / (height * width)) ** 0.5, LONGEST / max(height, width))
    if factor >= 1:
        return frame
    size = (max(1, int(width * factor)), max(1, int(height * factor)))
    return to_uint8(cv2.resize(frame, size, interpolation=cv2.INTER_AREA))


def _grown(frame: Frame) -> Frame:
    """Put a margin around a picture smaller than the smallest frame, so that a strip or an icon is one too."""
    rows, columns = (max(0, SHORTEST - side) for side in frame.shape[:2])
    if not (rows or columns):
        return frame
    edges = (rows // 2, rows - rows // 2, columns // 2, columns - columns // 2)
    return to_uint8(cv2.copyMakeBorder(frame, *edges, cv2.BORDER_CONSTANT, value=(255, 255, 255)))
