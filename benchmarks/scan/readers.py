"""Who reads: each decoder alone on the bare picture, OpenCV's as a peer, and our ladder as `python -m scanner` does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.faults import ScannerFault
from scanner.reading import stills, zbar, zxing
from scanner.reading.ladder import as_text
from scanner.vision import Frame, cv2

Reader = Callable[[Frame], list[str]]

LADDER = "ladder"


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of one picture, and its CPU seconds."""

    texts: list[str]
    seconds: float

    def has(self, *expected: str) -> bool:
        """Tell whether one of the expected texts was read; line ends and outer blanks are no difference."""
        return not {_plain(text) for text in expected}.isdisjoint(map(_plain, self.texts))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _zxing(grey: Frame) -> list[str]:
    # Not by way of `zxing.look`, which also asks for what cannot be read: that takes longer.
    zxingcpp = zxing.bindings()
    qr, plain = zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.TextMode.Plain
    return [as_text(code.bytes) for code in zxingcpp.read_barcodes(grey, qr, text_mode=plain)]


def _zbar(grey: Frame) -> list[str]:
    return [as_text(content) for content in zbar.read(grey)]


def _opencv(grey: Frame) -> list[str]:
    try:
        _, texts, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(grey)
    except cv2.error:
        return []
    return [text for text in texts if text]


def _ladder(grey: Frame) -> list[str]:
    return stills.look(stills.load(grey)).texts


READERS: Mapping[str, Reader] = {"zbar": _zbar, "zxing-cpp": _zxing, "OpenCV": _opencv, LADDER: _ladder}
SINGLES = ("zbar", "zxing-cpp")


def read(reader: Reader, grey: Frame) -> Read:
    """Return what the reader reads and the CPU time that it took."""
    began = time.thread_time()
    try:
        texts = reader(grey)
    except ScannerFault:
        texts = []
    return Read(texts, time.thread_time() - began)


def by_all(grey: Frame) -> dict[str, Read]:
    """Return what every reader makes of the same picture."""
    return {name: read(reader, grey) for name, reader in READERS.items()}
