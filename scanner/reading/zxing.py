"""The zxing-cpp decoder: a grey frame in; out the QR codes it reads, and those it sees and cannot read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from scanner.vision import Frame

# Without Micro QR: it has little to prove itself by, and is the one symbology that was ever read where there was none.
_QR = zxingcpp.BarcodeFormat.QRCodeModel2

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


def look(grey: Frame) -> tuple[list[bytes], list[Seen]]:
    """Return the content of every QR code in the frame, and the codes that are there but cannot be read."""
    found = zxingcpp.read_barcodes(grey, _QR, text_mode=zxingcpp.TextMode.Plain, return_errors=True)
    read = [code.bytes for code in found if code.valid]
    seen = [_seen(code) for code in found if code.error and code.error.type == zxingcpp.ErrorType.Checksum]
    return list(dict.fromkeys(content for content in read if content)), seen


def read(grey: Frame) -> list[bytes]:
    """Return the content of every QR code in the frame."""
    return look(grey)[0]


def _seen(code: zxingcpp.Barcode) -> Seen:
    place = code.position
    corners = [(at.x, at.y) for at in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]
    version, mask = int(code.extra["Version"]), int(code.extra["DataMask"])
    return Seen(np.array(corners, np.float32), version, code.ec_level, mask)
