"""The storefront's QR code and the poster with it: dark on white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.small_shop import Storefront
from ui import theme
from ui.codes import draw_code

_A4 = QSizeF(210, 297)
_DPI = 200


class Code(QWidget):
    """Shows a code as large as there is room."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.text = ""
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(self._side, self._side)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.text = text
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw white first: the border belongs to the code."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.LIGHT.surface))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        if self.text:
            draw_code(painter, self.text, QRectF(self.rect()))


def write_poster(path: str, found: Storefront, sentence: str) -> bool:
    """Write a poster for the door, as PNG or PDF by the file's name; tell whether it was written."""
    if path.lower().endswith(".png"):
        image = QImage((_A4 * _DPI / 25.4).toSize(), QImage.Format.Format_RGB32)
        image.fill(QColor(theme.LIGHT.surface))
        painter = QPainter(image)
        _draw_poster(painter, QRectF(image.rect()), found, sentence)
        painter.end()
        return image.save(path)
    writer = QPdfWriter(path)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setResolution(_DPI)
    writer.setTitle(found.name)
    painter = QPainter()
    if not painter.begin(writer):
        return False
    _draw_poster(painter, QRectF(0, 0, writer.width(), writer.height()), found, sentence)
    return painter.end()


def _draw_poster(painter: QPainter, page: QRectF, found: Storefront, sentence: str) -> None:
    unit = page.width() / 210  # a millimetre
    wrapped = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
    lines = ((found.name, 25, 40, 15.0, True), (sentence, 225, 24, 8.0, False), (found.link, 262, 16, 4.5, False))
    for text, top, height, size, bold in lines:
        font = QFont(list(theme.FONTS))
        font.setPixelSize(round(size * unit))
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(theme.LIGHT.text))
        painter.drawText(QRectF(15 * unit, top * unit, 180 * unit, height * unit), wrapped, text)
    draw_code(painter, found.link, QRectF(30 * unit, 70 * unit, 150 * unit, 150 * unit))
