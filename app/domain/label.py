"""The code on a parcel's label: it names the order and the parcel, and opens nothing.

A label lies in the store where everybody sees it, so it never counts as a customer's pickup code: its text begins with
another scheme digit and carries no signature, only a check digit against misreadings. At the hand-over it is the guard
against the wrong bag.

Layout of the text: scheme digit, order number in 19 digits, parcel and number of parcels in 2 digits each, Damm's check
digit over all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.code import MAX_TEXT, normalise
from app.domain.lookup import LABEL_SCHEME, check_digit

MOST_PARCELS = 99
_TEXT = re.compile(r"8(\d{19})(\d{2})(\d{2})(\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """Parcel `parcel` of `parcels` of an order, counted from 1."""

    order_number: int
    parcel: int
    parcels: int

    def __post_init__(self) -> None:
        if not (0 <= self.order_number < 2**63 and 1 <= self.parcel <= self.parcels <= MOST_PARCELS):
            raise ValueError(f"{self} is not a parcel of an order")

    @property
    def text(self) -> str:
        """What the label's code says."""
        body = f"{LABEL_SCHEME}{self.order_number:019d}{self.parcel:02d}{self.parcels:02d}"
        return body + check_digit(body)


def read(text: str) -> ParcelLabel | None:
    """Return the parcel that a scanned text names, or `None` when it is no label of ours."""
    if len(text) > MAX_TEXT:
        return None
    plain = normalise(text)
    found = _TEXT.fullmatch(plain)
    if found is None or check_digit(plain[:-1]) != found[4]:
        return None
    try:
        return ParcelLabel(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
