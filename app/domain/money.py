"""Money in whole fen: a percentage off, the form for people, and what price sheets say."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MOST_FEN = 1_000_000_00
_PRICE = re.compile(r"¥?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?\s*元?", re.ASCII)


def percent_off(fen: int, percent: int) -> int:
    """Return a price less whole percents, rounded down to the fen: the customer gets at least what was promised.

    Take it off the price of one piece and multiply afterwards, so that a receipt's lines add up.
    """
    if fen < 0 or not 0 <= percent <= 100:
        raise ValueError("A price is at least 0, and a reduction from 0 to 100 percent.")
    return fen * (100 - percent) // 100


def format_fen(fen: int) -> str:
    """Return an amount for people: 1280 is ¥12.80."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100}.{abs(fen) % 100:02d}"


def parse_fen(price: object) -> int:
    """Read a price in yuan from a sheet: 12.8, "12.80", "￥12.80", "1,280元"; else ValueError with a sentence."""
    if isinstance(price, int | float | Decimal) and not isinstance(price, bool):
        return _from_number(price)
    text = unicodedata.normalize("NFKC", price).strip() if isinstance(price, str) else ""
    found = _PRICE.fullmatch(text) if len(text) <= 32 else None
    if found is None:
        raise ValueError(f"A price is written as 12.80, not as {_short(price)}.")
    cents = (found[2] or "").rstrip("0")
    if len(cents) > 2:
        raise ValueError(f"A price has at most two decimals, not {_short(price)}.")
    return _within(int(found[1].replace(",", "")) * 100 + int(cents.ljust(2, "0")))


def _from_number(price: float | Decimal) -> int:
    number = Decimal(price) if isinstance(price, int) else Decimal(str(price))
    if not number.is_finite() or not 0 <= number <= MOST_FEN:
        return _within(-1)
    # A sheet's formula leaves 10.799999999999999 where it shows 10.80.
    fen = round(number * 100, 6)
    if fen != fen.to_integral_value():
        raise ValueError(f"A price has at most two decimals, not {_short(price)}.")
    return _within(int(fen))


def _within(fen: int) -> int:
    if not 0 <= fen <= MOST_FEN:
        raise ValueError(f"A price is from 0 to {MOST_FEN // 100} yuan.")
    return fen


def _short(price: object) -> str:
    return repr(price)[:40]
