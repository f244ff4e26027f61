"""Barcodes of goods (GTIN: EAN-8, UPC-A, EAN-13, ITF-14), told from everything else that is scanned."""

from __future__ import annotations

from app.domain.code import MAX_TEXT, normalise

_LENGTHS = frozenset({8, 12, 13, 14})


def is_barcode(text: str) -> bool:
    """Tell whether a scanned text is the barcode of some product, by its length and its check digit."""
    if len(text) > MAX_TEXT:
        return False
    plain = normalise(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) in _LENGTHS):
        return False
    digits = [int(digit) for digit in reversed(plain)]
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
