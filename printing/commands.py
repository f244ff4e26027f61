"""A document as the bytes of ESC/POS, with Chinese in GB18030 as the printers of this trade want it."""

from __future__ import annotations

from escpos.printer import Dummy

from app.domain import document
from app.domain.document import Document
from printing.layout import COLUMNS, Line, lay_out

_KANJI_ON = b"\x1c&"
# Printers enlarge Chinese signs by a command of their own; it knows twice as large and nothing above.
_KANJI_SIZE = {1: b"\x1c!\x00", 2: b"\x1c!\x0c", 3: b"\x1c!\x0c"}
_QR_SIZE = {58: 6, 80: 7}
_DRAWER_PIN = 2
REPEAT = "*** 重复打印 REPEAT ***"


def commands(paper: Document, paper_mm: int = 80, *, repeated: bool = False) -> bytes:
    """Return what is sent to a printer of this paper width; `repeated` says on top that it may be there twice."""
    printer = Dummy()
    printer.hw("INIT")
    printer._raw(_KANJI_ON)  # noqa: SLF001 - the library's own way to send what it has no name for
    if paper.opens_drawer and not repeated:
        printer.cashdraw(_DRAWER_PIN)
    if repeated:
        _write(printer, Line(REPEAT, bold=True))
    for each in lay_out(paper, COLUMNS[paper_mm]):
        if isinstance(each, Line):
            _write(printer, each)
        else:
            _draw(printer, each.code, paper_mm)
    printer.cut(mode="PART")
    return bytes(printer.output)


def open_drawer() -> bytes:
    """Return what opens the cash drawer and prints nothing."""
    printer = Dummy()
    printer.cashdraw(_DRAWER_PIN)
    return bytes(printer.output)


def _write(printer: Dummy, line: Line) -> None:
    printer.set(
        align="left",
        bold=line.bold,
        custom_size=line.scale > 1,
        width=line.scale,
        height=line.scale,
        normal_textsize=line.scale == 1,
    )
    printer._raw(_KANJI_SIZE[line.scale])  # noqa: SLF001
    printer._raw(line.text.encode("gb18030", "replace") + b"\n")  # noqa: SLF001


def _draw(printer: Dummy, code: document.Code, paper_mm: int) -> None:
    # As pictures: every printer draws them, while each family has its own commands for codes.
    printer.set(align="center", normal_textsize=True)
    if code.symbol is document.Symbol.QR:
        printer.qr(code.text, size=_QR_SIZE[paper_mm], native=False, image_arguments={"impl": "bitImageRaster"})
    else:
        printer.barcode("{B" + code.text, "CODE128", function_type="B", height=70, width=2, pos="BELOW")
    printer.set(align="left")
