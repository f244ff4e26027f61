"""QR codes on the screen and on paper: dark on white in every theme."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui import theme

_BORDER = 4


@lru_cache(maxsize=4)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the symbol's rows without a border, true for dark."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


def draw_code(painter: QPainter, text: str, area: QRectF) -> None:
    """Draw a code with its white border, whole pixels to a module, in the middle of an area."""
    rows = modules(text)
    count = len(rows) + 2 * _BORDER
    size = max(1, int(min(area.width(), area.height()) / count))
    left = int(area.center().x() - size * count / 2)
    top = int(area.center().y() - size * count / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.LIGHT.surface))
    painter.drawRect(left, top, size * count, size * count)
    painter.setBrush(QColor(theme.LIGHT.text))
    for down, row in enumerate(rows, _BORDER):
        for right, dark in enumerate(row, _BORDER):
            if dark:
                painter.drawRect(left + right * size, top + down * size, size, size)
