"""The zxing-cpp decoder: a grey frame in; out the QR codes it reads, and those it sees and cannot read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scanner.faults import DecoderMissing
from scanner.vision import Frame

_HOW_TO_MEND = (
    "The library that reads QR codes (zxing-cpp) does not load: on Windows install the Visual C++ runtime, "
    "elsewhere do the set-up again. Until then a USB scanner and typing still work."
)

Corners = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seen:
    """A symbol that was found but not read; `corners` (4, 2) are its top left, top right, bottom right, bottom left.

    `version`, `level` and `mask` are what the decoder took them for.
    """

    corners: Corners
    version: int
    level: str
    mask: int


@cache
def _loaded() -> ModuleType | None:
    try:
        import zxingcpp
    except (ImportError, OSError):
        return None
    return zxingcpp


def bindings() -> Any:
    """Return zxing-cpp's module, or raise `DecoderMissing` with the sentence how to mend it."""
    if (zxingcpp := _loaded()) is None:
        raise DecoderMissing(_HOW_TO_MEND)
    return zxingcpp


def look(grey: Frame) -> tuple[list[bytes], list[Seen]]:
    """Return the content of every QR code in the frame, and the codes that are there but cannot be read."""
    zxingcpp = bindings()
    # Without Micro QR: it has little to prove itself by, and was the only one ever read where there was none.
    qr, plain = zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.TextMode.Plain
    found = zxingcpp.read_barcodes(grey, qr, text_mode=plain, return_errors=True)
    read = [code.bytes for code in found if code.valid]
    seen = [_seen(code) for code in found if code.error and code.error.type == zxingcpp.ErrorType.Checksum]
    return list(dict.fromkeys(content for content in read if content)), seen


def read(grey: Frame) -> list[bytes]:
    """Return the content of every QR code in the frame."""
    return look(grey)[0]


def _seen(code: Any) -> Seen:
    place = code.position
    corners = [(at.x, at.y) for at in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]
    version, mask = int(code.extra["Version"]), int(code.extra["DataMask"])
    return Seen(np.array(corners, np.float32), version, code.ec_level, mask)
