"""What a customer wishes, checked: every rule that needs no look at the stock."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.events import canonical, stamp
from app.domain.window import Window
from hq.goods.catalogue import Product
from hq.ordering.book import OrderLineRow
from hq.problems import invalid

MAX_LINES = 50
MAX_QUANTITY = 999
MAX_NAME = 60
MAX_NOTE = 200
LONGEST_WINDOW = timedelta(days=7)
FURTHEST_WINDOW = timedelta(days=366)
_PHONE_DIGITS = range(5, 16)


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What a customer wishes; `lines` are (product number, quantity)."""

    store_number: int
    opens: datetime
    closes: datetime
    customer_name: str
    customer_phone: str
    lines: tuple[tuple[int, int], ...]
    note: str = ""


def checked_window(opens: datetime, closes: datetime, now: datetime) -> Window:
    """Return the pickup window, or refuse one that is over, endless or not on whole minutes."""
    if opens.second or opens.microsecond or closes.second or closes.microsecond:
        raise invalid("window", "A pickup window opens and closes on a whole minute.")
    if closes <= opens:
        raise invalid("window", "A pickup window closes after it opens.")
    if closes <= now:
        raise invalid("window", "This pickup window is over already.")
    if closes - opens > LONGEST_WINDOW:
        raise invalid("window", f"A pickup window is at most {LONGEST_WINDOW.days} days long.")
    if opens - now > FURTHEST_WINDOW:
        raise invalid("window", "A pickup window opens within a year.")
    return Window(opens.astimezone(UTC), closes.astimezone(UTC))


def checked_lines(lines: tuple[tuple[int, int], ...], products: Mapping[int, Product]) -> tuple[OrderLineRow, ...]:
    """Return an order's lines with the names and prices of now, or refuse."""
    if not 1 <= len(lines) <= MAX_LINES:
        raise invalid("lines", f"An order has 1 to {MAX_LINES} lines, this one has {len(lines)}.")
    if len({number for number, _ in lines}) < len(lines):
        raise invalid("lines", "An order names each product once, with its quantity.")
    return tuple(_checked_line(products.get(number), number, quantity) for number, quantity in lines)


def _checked_line(product: Product | None, number: int, quantity: int) -> OrderLineRow:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise invalid("quantity", f"Order 1 to {MAX_QUANTITY} of product {number}, not {quantity}.")
    if product is None:
        raise invalid("product", f"There is no product {number}.")
    if not product.active:
        raise invalid("product", f"{product.name} is not for sale at the moment.")
    return OrderLineRow(number, quantity, product.name, product.price_fen)


def checked_phone(phone: str) -> str:
    """Return a phone number as its digits, or refuse."""
    digits = phone.replace(" ", "").replace("-", "").removeprefix("+86").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) in _PHONE_DIGITS):
        raise invalid("phone", "A phone number has 5 to 15 digits.")
    return digits


def checked_text(text: str, what: str, longest: int) -> str:
    """Return a text on one line, or refuse one that is too long or cannot be printed."""
    text = " ".join(text.split())
    if len(text) > longest:
        raise invalid(what, f"The {what} is longer than {longest} characters.")
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise invalid(what, f"The {what} holds characters that cannot be printed.")
    return text


def fingerprint(wish: NewOrder) -> str:
    """Return what tells this wish from another under the same key."""
    told = [
        wish.store_number,
        stamp(wish.opens),
        stamp(wish.closes),
        wish.customer_name,
        wish.customer_phone,
        [list(line) for line in wish.lines],
        wish.note,
    ]
    return hashlib.sha256(canonical(told)).hexdigest()
