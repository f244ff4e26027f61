"""Draws the program's own icon from the drawings that its pages show: SVG, PNG, and Windows' ICO."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from resources import read_text
from ui import theme

SIZES = (16, 24, 32, 48, 64, 128, 256)
DRAWING = "counter"
# An ICO says 256 as 0.
_LARGEST = 256


def svg() -> str:
    """Return the icon: the counter's drawing on the accent colour."""
    drawing = read_text(f"icons/{DRAWING}.svg").strip()
    lines = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    pen = 'fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{theme.LIGHT.accent}"/>'
        f'<g transform="translate(4 4)" stroke="{theme.LIGHT.on_accent}" {pen}>{lines}</g></svg>\n'
    )


def png(size: int) -> bytes:
    """Return the icon in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg().encode())).render(painter, QRectF(image.rect()))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs know of no bytes
    return bytes(buffer.data().data())


def ico() -> bytes:
    """Return the icon as Windows has it: every size as a PNG (Windows Vista and newer)."""
    pictures = [png(size) for size in SIZES]
    at = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % _LARGEST
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures)


def save_ico(path: Path) -> Path:
    """Write the ICO for the spec."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ico())
    return path
