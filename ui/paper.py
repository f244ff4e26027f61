"""A document as it looks on paper: on the screen as a preview, in a PDF, or on a printer of the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPaintEvent,
    QPdfWriter,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.document import Align, Code, Document, Pair, Part, Rule, Size, Space, Symbol, Text
from ui import theme
from ui.codes import modules

SCALES = {Size.NORMAL: 1.0, Size.LARGE: 1.7, Size.HUGE: 2.6}
# Of what can be printed on: the paper is 58 or 80 mm wide.
PRINTED_MM = {58: 48.0, 80: 72.0}
# So many letters of the usual size fit a line, as on the printer itself.
LETTERS = {58: 32, 80: 48}
_FLAGS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}


class Sheet:
    """Draws documents from the top down on something that is `width` units wide."""

    def __init__(self, painter: QPainter, width: float, paper_mm: int) -> None:
        self._painter, self._width = painter, width
        self._letter = width / LETTERS[paper_mm] * 1.9
        self._y = 0.0

    def draw(self, document: Document) -> float:
        """Draw everything; return how high it is."""
        for part in document.parts:
            self._part(part)
        return self._y

    def _part(self, part: Part) -> None:
        match part:
            case Text(text, size, bold, align):
                self._text(text, SCALES[size], bold=bold, align=_FLAGS[align])
            case Pair():
                self._pair(part)
            case Rule():
                self._y += self._letter * 0.4
                self._painter.fillRect(
                    QRectF(0, self._y, self._width, max(1.0, self._letter / 14)), QColor(theme.LIGHT.text)
                )
                self._y += self._letter * 0.5
            case Space(lines):
                self._y += self._letter * 1.3 * lines
            case Code():
                self._code(part)

    def _text(self, text: str, scale: float, *, bold: bool, align: Qt.AlignmentFlag) -> None:
        self._use(scale, bold=bold)
        box = QRectF(0, self._y, self._width, 1e6)
        flags = int(align | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
        drawn = self._painter.boundingRect(box, flags, text)
        self._painter.drawText(box, flags, text)
        self._y += max(drawn.height(), self._letter * scale)

    def _pair(self, pair: Pair) -> None:
        metrics = self._use(1.0, bold=pair.bold)
        right = metrics.horizontalAdvance(pair.right)
        room = QRectF(0, self._y, max(self._width / 3, self._width - right - self._letter / 2), 1e6)
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        drawn = self._painter.boundingRect(room, flags, pair.left)
        self._painter.drawText(room, flags, pair.left)
        height = max(drawn.height(), metrics.lineSpacing())
        last = QRectF(0, self._y + height - metrics.lineSpacing(), self._width, metrics.lineSpacing())
        self._painter.drawText(last, int(Qt.AlignmentFlag.AlignRight), pair.right)
        self._y += height

    def _code(self, code: Code) -> None:
        if code.symbol is not Symbol.QR:
            self._text(code.text, 1.0, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
            return
        rows = modules(code.text)
        module = self._width * 0.5 / len(rows)
        left = (self._width - module * len(rows)) / 2
        self._y += self._letter / 2
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    spot = QRectF(left + x * module, self._y + y * module, module + 0.3, module + 0.3)
                    self._painter.fillRect(spot, QColor(theme.LIGHT.text))
        self._y += module * len(rows) + self._letter / 2

    def _use(self, scale: float, *, bold: bool) -> QFontMetricsF:
        font = QFont()
        font.setFamilies(list(theme.FONTS))
        font.setPixelSize(max(1, round(self._letter * scale)))
        font.setBold(bold)
        self._painter.setFont(font)
        self._painter.setPen(QColor(theme.LIGHT.text))
        return QFontMetricsF(font, self._painter.device())


class PaperView(QWidget):
    """A preview as wide as the paper, white in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._paper_mm = 80
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_document(self, document: Document, paper_mm: int) -> None:
        """Show a document on a paper of this width."""
        self._document, self._paper_mm = document, paper_mm
        width = 4.4 * PRINTED_MM[paper_mm]
        self.setFixedSize(round(width) + 32, round(height_of(document, width, paper_mm)) + 40)
        self.setAccessibleName(document.title)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.colour("line")))
        painter.setBrush(QColor(theme.LIGHT.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        if self._document:
            painter.translate(16, 20)
            Sheet(painter, self.width() - 32, self._paper_mm).draw(self._document)


def height_of(document: Document, width: float, paper_mm: int) -> float:
    """Return how high a document is when it is `width` wide."""
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        return Sheet(painter, width, paper_mm).draw(document)
    finally:
        painter.end()


def write_pdf(document: Document, path: Path, paper_mm: int) -> None:
    """Write a PDF whose page is the piece of paper; raise `OSError` where it cannot be written."""
    writer = QPdfWriter(str(path))
    writer.setResolution(300)
    writer.setTitle(document.title)
    _print(writer, document, paper_mm)


def print_on_system(document: Document, name: str, paper_mm: int) -> None:
    """Print on a printer that the operating system knows by this name; raise `OSError` where it does not."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if name not in QPrinterInfo.availablePrinterNames():
        raise FileNotFoundError(f"there is no printer called {name}")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(document.title)
    _print(printer, document, paper_mm)


def _print(device: QPagedPaintDevice, document: Document, paper_mm: int) -> None:
    width = PRINTED_MM[paper_mm]
    height = height_of(document, width * 12, paper_mm) / 12
    size = QSizeF(width + 8, height + 12)
    page = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    margins = QMarginsF(4, 6, 4, 6)
    device.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter()
    if not painter.begin(device):
        raise OSError("the page cannot be written")
    Sheet(painter, painter.window().width(), paper_mm).draw(document)
    if not painter.end():
        raise OSError("the page could not be finished")
