"""A document set in lines of half-width columns: a Chinese sign takes two, a Latin letter one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.document import Align, Code, Document, Pair, Part, Rule, Size, Space, Text

COLUMNS = {58: 32, 80: 48}
SCALES = {Size.NORMAL: 1, Size.LARGE: 2, Size.HUGE: 3}
# The most that a receipt printer takes without a pause; nobody reads a longer one.
MOST_LINES = 2_000
CUT_SHORT = "……以下省略 cut short ……"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters `scale` times as large as the printer's own, already as wide as the paper needs it."""

    text: str
    scale: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code to be drawn in the middle."""

    code: Code


def lay_out(document: Document, columns: int) -> tuple[Line | Symbol, ...]:
    """Return the document's lines; none is wider than `columns` half-width columns."""
    found: list[Line | Symbol] = []
    for part in document.parts:
        found += _set(part, columns)
    if len(found) > MOST_LINES:
        found[MOST_LINES:] = centred(CUT_SHORT, columns)
    return tuple(found)


def centred(text: str, columns: int) -> list[Line]:
    """Return a text as lines of the usual size in the middle."""
    return [Line(_placed(line, columns, Align.CENTER)) for line in wrap(text, columns)]


def width(text: str) -> int:
    """Return how many half-width columns a text takes."""
    return sum(_width(sign) for sign in text)


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines: between words where there are any, else anywhere, as Chinese is broken."""
    lines = []
    for paragraph in printable(text).split("\n"):
        line = ""
        for word in _words(paragraph):
            if width(line + word) <= columns:
                line += word
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = ""
            for sign in word.lstrip():
                if width(line) + _width(sign) > columns:
                    lines.append(line)
                    line = ""
                line += sign
        lines.append(line.rstrip())
    return lines


def printable(text: str) -> str:
    """Return a text with what a receipt printer has no sign for as a question mark: emoji, controls, rare scripts."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    # GB18030 has the yuan sign in full width only.
    plain = plain.replace("¥", "￥")
    return "".join(_sign(sign) for sign in plain)


def _sign(sign: str) -> str:
    if sign == "\n":
        return sign
    if unicodedata.category(sign)[0] in "CM":
        return ""
    # Two bytes of GB18030 at most: what needs four is in no printer's font.
    return sign if len(sign.encode("gb18030", "replace")) <= 2 else "?"


def _set(part: Part, columns: int) -> Iterator[Line | Symbol]:
    match part:
        case Text(text, size, bold, align):
            scale = SCALES[size]
            for line in wrap(text, columns // scale):
                yield Line(_placed(line, columns // scale, align), scale, bold)
        case Pair(left, right, bold):
            for text in _pair(left, right, columns):
                yield Line(text, 1, bold)
        case Rule():
            yield Line("-" * columns)
        case Space(lines):
            for _ in range(max(0, lines)):
                yield Line("")
        case Code():
            yield Symbol(part)


def _pair(left: str, right: str, columns: int) -> list[str]:
    amounts = wrap(right, columns)
    room = columns - width(amounts[0]) - 1
    if room < columns // 3 or len(amounts) > 1:
        return [*wrap(left, columns), *(_placed(line, columns, Align.RIGHT) for line in amounts)]
    lines = wrap(left, room)
    gap = columns - width(lines[-1]) - width(amounts[0])
    return [*lines[:-1], lines[-1] + " " * gap + amounts[0]]


def _placed(line: str, columns: int, align: Align) -> str:
    free = max(0, columns - width(line))
    return {Align.LEFT: line, Align.CENTER: " " * (free // 2) + line, Align.RIGHT: " " * free + line}[align]


def _words(text: str) -> Iterator[str]:
    """Yield what must not be torn apart: a Latin word with the space before it, or one Chinese sign."""
    word = ""
    for sign in text:
        if _width(sign) == 2 or (sign == " " and word.strip()):
            if word:
                yield word
            word = ""
        if _width(sign) == 2:
            yield sign
        else:
            word += sign
    if word:
        yield word


def _width(sign: str) -> int:
    # Whatever GB18030 writes in two bytes, × and “ among them, stands two columns wide in a printer's Chinese font.
    return 2 if sign > "\x7f" else 1
