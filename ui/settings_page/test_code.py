"""The code that the settings page shows to a scanner: dark on white in every theme, as large as a customer's."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.scan_test import TEST_CODE

_BORDER = 4
_MODULE = 6  # pixels


@lru_cache(maxsize=1)
def modules() -> tuple[tuple[bool, ...], ...]:
    """Return the symbol's rows without a border, true for dark: level M, digits only."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(TEST_CODE)
    code.make()
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


class TestCode(QWidget):
    """Draws the code with whole pixels to a module, so that no edge is blurred."""

    __test__ = False  # a name that pytest would collect

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the size with the border."""
        side = (len(modules()) + 2 * _BORDER) * _MODULE
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw white first: the border belongs to the code."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.LIGHT.surface))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setBrush(QColor(theme.LIGHT.text))
        for top, row in enumerate(modules(), _BORDER):
            for left, dark in enumerate(row, _BORDER):
                if dark:
                    painter.drawRect(left * _MODULE, top * _MODULE, _MODULE, _MODULE)
