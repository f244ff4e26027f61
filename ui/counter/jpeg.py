"""Packs a camera's picture into a JPEG that is small enough for a slow line."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

LONGEST_SIDE = 1280
LARGEST = 200_000
_QUALITIES = (85, 70, 55, 40, 25)


def packed(image: QImage) -> bytes:
    """Return the picture with at most `LONGEST_SIDE` pixels a side and `LARGEST` bytes, as good as that allows."""
    side = LONGEST_SIDE
    while True:
        small = _within(image, side)
        for quality in _QUALITIES:
            content = _jpeg(small, quality)
            if len(content) <= LARGEST:
                return content
        side //= 2


def _within(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, keep, smooth)


def _jpeg(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload] # the format is a str; the stubs want bytes
    return bytes(buffer.data().data())
