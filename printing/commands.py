"""A document as the bytes of ESC/POS, with Chinese in GB18030 as the printers of this trade want it."""

from __future__ import annotations

from escpos.printer import Dummy

from app.domain import document
from app.domain.document import Document
from printing.layout import COLUMNS, Line, centred, lay_out

_KANJI_ON = b"\x1c&"
# Printers enlarge Chinese signs by a command of their own; it knows twice as large and nothing above.
_KANJI_SIZE = {1: b"\x1c!\x00", 2: b"\x1c!\x0c", 3: b"\x1c!\x0c"}
_DOTS = {58: 384, 80: 576}
_QR_DOTS, _QR_BORDER, _QR_LEAST_DOTS = 7, 2, 2
_BARS_OF_A_SIGN, _BARS_AROUND = 11, 57
_PICTURE = b"\x1dv0\x00"
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
        elif not _draw(printer, each.code, _DOTS[paper_mm]):
            # Too long to be scanned from this paper: a person can still read it.
            for line in centred(each.code.text, COLUMNS[paper_mm]):
                _write(printer, line)
    printer.cut(mode="PART")
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


def _draw(printer: Dummy, code: document.Code, dots: int) -> bool:
    """Draw a code as large as is good; tell whether this paper has the width for it."""
    draw = _draw_qr if code.symbol is document.Symbol.QR else _draw_bars
    printer.set(align="center", normal_textsize=True)
    drawn = bool(code.text) and draw(printer, code.text, dots)
    printer.set(align="left")
    return drawn


def _draw_qr(printer: Dummy, text: str, dots: int) -> bool:
    # As a picture: every printer draws them, while each family has its own commands for codes.
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=_QR_BORDER)
    code.add_data(text)
    try:
        modules = code.get_matrix()
    except ValueError:
        # More than any QR code holds.
        return False
    size = min(_QR_DOTS, dots // len(modules))
    if size < _QR_LEAST_DOTS:
        return False
    rows = [_packed([dark for dark in row for _ in range(size)]) for row in modules for _ in range(size)]
    shape = len(rows[0]).to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    printer._raw(_PICTURE + shape + b"".join(rows))  # noqa: SLF001
    return True


def _packed(dots: list[bool]) -> bytes:
    """Return a row of dots, eight to a byte from the left."""
    full = dots + [False] * (-len(dots) % 8)
    return bytes(sum(dot << 7 - bit for bit, dot in enumerate(full[at : at + 8])) for at in range(0, len(full), 8))


def _draw_bars(printer: Dummy, text: str, dots: int) -> bool:
    width = dots // (_BARS_AROUND + _BARS_OF_A_SIGN * len(text))
    if width < 2 or not (text.isascii() and text.isprintable()):  # a printer has no thinner bar
        return False
    # A brace begins a command in the printer's own spelling of Code 128.
    sent = "{B" + text.replace("{", "{{")
    printer.barcode(sent, "CODE128", function_type="B", height=70, width=min(3, width), pos="BELOW", check=False)
    return True
