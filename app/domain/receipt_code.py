"""The code on a receipt: it names the receipt and the sale, so that another till's receipt is not taken for ours.

Layout of the text: scheme digit, receipt number in 9 digits, 6 digits taken of the sale's id, Damm's check digit over
all of them. Pickup codes and labels begin with other digits.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from app.domain.code import MAX_TEXT, normalise
from app.domain.lookup import check_digit

SCHEME = "7"
_TEXT = re.compile(r"7(\d{9})(\d{6})(\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """A receipt's number, and what tells its sale from another till's with the same number."""

    receipt: int
    mark: int

    @property
    def text(self) -> str:
        """What the receipt's code says."""
        body = f"{SCHEME}{self.receipt:09d}{self.mark:06d}"
        return body + check_digit(body)


def of_sale(sale_id: str, receipt: int) -> ReceiptCode:
    """Return a sale's code."""
    digest = hashlib.blake2b(sale_id.encode(), digest_size=8).digest()
    return ReceiptCode(receipt, int.from_bytes(digest, "big") % 10**6)


def read(text: str) -> ReceiptCode | None:
    """Return what a scanned text names, or `None` when it is no receipt of ours."""
    if len(text) > MAX_TEXT:
        return None
    plain = normalise(text)
    found = _TEXT.fullmatch(plain)
    if found is None or check_digit(plain[:-1]) != found[3]:
        return None
    return ReceiptCode(int(found[1]), int(found[2]))
