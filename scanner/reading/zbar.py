"""The zbar decoder through pyzbar's bindings: a grey frame in, the bytes of every QR code in it out.

`pyzbar.decode` is not used: on an unfinished structured append its result objects raise ValueError, and the frame's
other codes are lost with it. Reading the symbols one by one needs neither outline nor orientation and is quicker.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_void_p, cast, string_at
from functools import cache
from types import ModuleType
from typing import Any

from scanner.faults import DecoderMissing
from scanner.vision import Frame

# Not in pyzbar's list: give a code's bytes as they are. Without it zbar guesses, and takes Chinese for Japanese; a
# zbar too old to know it refuses it and does no harm.
_AS_BYTES = 4

_GREY = int.from_bytes(b"Y800", "little")

_HOW_TO_MEND = (
    "The second library that reads QR codes (zbar) is not installed: on Debian or Ubuntu install the package libzbar0. "
    "Codes are read without it too, a few damaged or blurred ones less."
)
_OFF_ON_WINDOWS = (
    "The second library that reads QR codes (zbar) is left out on Windows, where its build is older than the repair of "
    "two known flaws. Codes are read without it too, a few damaged or blurred ones less."
)


@cache
def _loaded() -> ModuleType | None:
    try:
        from pyzbar import wrapper
    except (ImportError, OSError):
        return None
    return wrapper  # type: ignore[no-any-return]  # pyzbar is untyped


def bindings() -> Any:
    """Return pyzbar's bindings, or raise `DecoderMissing` with the sentence how to mend it.

    On Windows they are not used: the library that comes with them is open to CVE-2023-40889 and CVE-2023-40890.
    """
    if sys.platform == "win32":
        raise DecoderMissing(_OFF_ON_WINDOWS)
    if (wrapper := _loaded()) is None:
        raise DecoderMissing(_HOW_TO_MEND)
    return wrapper


def read(grey: Frame) -> list[bytes]:
    """Return the content of every complete QR code in a grey frame."""
    zbar = bindings()
    pixels = grey.tobytes()
    with _scanner(zbar) as scanner, _image(zbar) as image:
        zbar.zbar_image_set_format(image, _GREY)
        zbar.zbar_image_set_size(image, grey.shape[1], grey.shape[0])
        zbar.zbar_image_set_data(image, cast(c_char_p(pixels), c_void_p), len(pixels), None)
        zbar.zbar_scan_image(scanner, image)
        return list(_contents(zbar, image))


def _contents(zbar: Any, image: Any) -> Iterator[bytes]:
    symbol = zbar.zbar_image_first_symbol(image)
    while symbol:
        # A structured append whose other parts are not in view comes as PARTIAL.
        if symbol.contents.type == zbar.ZBarSymbol.QRCODE:
            yield string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
        symbol = zbar.zbar_symbol_next(symbol)


@contextmanager
def _scanner(zbar: Any) -> Iterator[Any]:
    scanner = zbar.zbar_image_scanner_create()
    try:
        for symbol in zbar.ZBarSymbol:
            wanted = int(symbol is zbar.ZBarSymbol.QRCODE)
            zbar.zbar_image_scanner_set_config(scanner, symbol, zbar.ZBarConfig.CFG_ENABLE, wanted)
        zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, _AS_BYTES, 1)
        yield scanner
    finally:
        zbar.zbar_image_scanner_destroy(scanner)


@contextmanager
def _image(zbar: Any) -> Iterator[Any]:
    image = zbar.zbar_image_create()
    try:
        yield image
    finally:
        zbar.zbar_image_destroy(image)
