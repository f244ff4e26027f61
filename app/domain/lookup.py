"""What a clerk may type instead of scanning, and how it is matched without keeping it in the clear."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from app.domain.code import MAX_TEXT, normalise

SHORT_CODE_DIGITS = 8
_SHORT_CODE_BODY = 10 ** (SHORT_CODE_DIGITS - 1)
# Longest order number (64 bit) and shortest that a person would type whole.
_ORDER_DIGITS = range(12, 21)
# The code on a parcel's label (`app.domain.label`), which begins as no pickup code does.
LABEL_DIGITS, LABEL_SCHEME = 25, "8"

# The quasigroup of H. M. Damm (2004): its check digit finds every wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


# Longer than any name or note that somebody would type to find an order.
MOST_WORDS = 40


class QueryKind(StrEnum):
    """What a typed or scanned text is taken for."""

    PICKUP_CODE = "pickup_code"
    SHORT_CODE = "short_code"
    PHONE_TAIL = "phone_tail"
    ORDER_NUMBER = "order_number"
    PARCEL_LABEL = "parcel_label"


@dataclass(frozen=True, slots=True)
class Query:
    """A text and what it is taken for; `text` is normalised and without separators."""

    kind: QueryKind
    text: str


def classify(text: str) -> Query:
    """Tell by its shape what the clerk typed or scanned; what fits nothing is judged as a pickup code."""
    if len(text) > MAX_TEXT:
        return Query(QueryKind.PICKUP_CODE, text)
    plain = normalise(text).replace(" ", "").replace("-", "").removeprefix("#")
    if not (plain.isascii() and plain.isdigit()):
        return Query(QueryKind.PICKUP_CODE, text)
    if len(plain) == 4:
        return Query(QueryKind.PHONE_TAIL, plain)
    if len(plain) == SHORT_CODE_DIGITS:
        return Query(QueryKind.SHORT_CODE, plain)
    if len(plain) == 11 and plain.startswith("1"):
        return Query(QueryKind.PHONE_TAIL, plain[-4:])
    if len(plain) == LABEL_DIGITS and plain.startswith(LABEL_SCHEME):
        return Query(QueryKind.PARCEL_LABEL, plain)
    if len(plain) in _ORDER_DIGITS:
        return Query(QueryKind.ORDER_NUMBER, plain)
    return Query(QueryKind.PICKUP_CODE, plain)


def is_wordy(query: Query) -> bool:
    """Tell whether a typed text is a name, a note or goods: no code of ours has a letter."""
    text = normalise(query.text)
    return 0 < len(text) <= MOST_WORDS and any(each.isalpha() for each in text)


def check_digit(body: str) -> str:
    """Return Damm's check digit for a string of digits."""
    state = 0
    for digit in body:
        state = _DAMM[state][int(digit)]
    return str(state)


def short_code(secret: bytes, order_number: int, attempt: int = 0) -> str:
    """Derive an order's short code: 7 digits that nobody without HQ's `secret` can guess, and a check digit.

    A pseudo-random function of the order number, so that HQ can show it again without keeping it in the clear;
    `attempt` moves on when the store already has an open order with the same digits.
    """
    tag = hmac.digest(secret, f"short-code/{order_number}/{attempt}".encode(), "sha256")
    body = f"{int.from_bytes(tag[:8], 'big') % _SHORT_CODE_BODY:0{SHORT_CODE_DIGITS - 1}d}"
    return body + check_digit(body)


def is_mistyped(code: str) -> bool:
    """Tell whether a short code's check digit is wrong: a slip of the finger, not a guess."""
    return check_digit(code[:-1]) != code[-1]


def keyed_hash(store_key: bytes, kind: QueryKind, text: str) -> str:
    """Return what is stored and compared instead of a short code or a phone's last four digits (32 hex digits)."""
    return hmac.new(store_key, f"{kind}/{text}".encode(), hashlib.sha256).hexdigest()[:32]


def mask_phone(phone: str) -> str:
    """Return `138******00`: GB/T 41833-2022 asks for at least six hidden digits."""
    if len(phone) < 8:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 5) + phone[-2:]


def mask_name(name: str) -> str:
    """Return a name's first character and one star for each further one, at most three."""
    return name[:1] + "*" * min(max(len(name) - 1, 0), 3)
