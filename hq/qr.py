"""The one place that draws QR codes: pickup codes in numeric mode, level M, a border of four modules, dark on white."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Literal

from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.main import QRCode
from qrcode.util import QRData

BORDER = 4
BOX = 16
_NUMERIC: Literal[1] = 1


def code(digits: str) -> QRCode[PilImage]:
    """Return the smallest QR code that holds the digits."""
    drawn: QRCode[PilImage] = QRCode(
        error_correction=ERROR_CORRECT_M, box_size=BOX, border=BORDER, image_factory=PilImage
    )
    drawn.add_data(QRData(digits, mode=_NUMERIC), optimize=0)
    drawn.make(fit=True)
    return drawn


@lru_cache(maxsize=256)
def png(digits: str) -> bytes:
    """Return the QR code of some digits as a PNG."""
    out = io.BytesIO()
    code(digits).make_image(fill_color="black", back_color="white").save(out, "PNG")
    return out.getvalue()


def text_png(text: str) -> bytes:
    """Return the QR code of any text as a PNG; nobody needs it twice."""
    drawn: QRCode[PilImage] = QRCode(
        error_correction=ERROR_CORRECT_M, box_size=8, border=BORDER, image_factory=PilImage
    )
    drawn.add_data(text)
    drawn.make(fit=True)
    out = io.BytesIO()
    drawn.make_image(fill_color="black", back_color="white").save(out, "PNG")
    return out.getvalue()
