"""A photo of what stayed here at a hand-over: which files are taken for one, the same at the terminal and at HQ."""

from __future__ import annotations

import hashlib
from enum import StrEnum

LARGEST = 300_000
_BEGINNING = b"\xff\xd8\xff"
# Frame headers of JPEG: all of C0 to CF but the Huffman tables, JPEG's own extensions and the arithmetic conditioning.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_FILL, _SCAN, _END = 0xFF, 0xDA, 0xD9


class Flaw(StrEnum):
    """Why a file is not taken for a photo."""

    TOO_LARGE = "too_large"
    NO_JPEG = "no_jpeg"


def flaw(content: bytes) -> Flaw | None:
    """Return what is wrong with a photo by its size and its headers; the picture itself is not unpacked."""
    if len(content) > LARGEST:
        return Flaw.TOO_LARGE
    return None if _has_frame(content) else Flaw.NO_JPEG


def digest(content: bytes) -> str:
    """Return the name that a photo is announced by."""
    return hashlib.sha256(content).hexdigest()


def _has_frame(content: bytes) -> bool:
    """Tell whether the segments lead to the header of a frame with a width and a height."""
    if not content.startswith(_BEGINNING):
        return False
    at = 2
    while at + 9 <= len(content) and content[at] == _FILL:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAMES:
            return any(content[at + 5 : at + 7]) and any(content[at + 7 : at + 9])
        if marker in {_SCAN, _END} or length < 2:
            return False
        at += 2 + length
    return False
