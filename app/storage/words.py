"""Finds open orders by words: the customer's name, what was noted, what was ordered."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.order import Order
from app.storage import orders
from app.storage.work import Work

# What fits on the card; whoever gets so many types a little more.
MOST = 20
_MOST_PRODUCTS = 4
# Of a masked name one character is shown; two of a double surname, or where another mall masks.
_MOST_SHOWN = 2


def find(work: Work, text: str) -> list[Order]:
    """Return at most `MOST` open orders that fit a text: those with the name first, then by note, then by goods."""
    numbers: dict[int, None] = {}
    for query, *wanted in _questions(work, text):
        rows = work.conn.execute(query, (*wanted, MOST))
        numbers |= dict.fromkeys(number for (number,) in rows)
        if len(numbers) >= MOST:
            break
    found = (orders.find(work.conn, work.known, number) for number in list(numbers)[:MOST])
    return [order for order in found if order]


def _questions(work: Work, text: str) -> Iterator[tuple[str, ...]]:
    """Yield queries and what they look for, the quickest first."""
    for name in _masked(text):
        yield orders.NAMED, name
    literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    yield orders.NOTED, f"%{literal}%"
    sold = [each.number for each in work.known.products.values() if text.casefold() in each.name.casefold()]
    for number in sold[:_MOST_PRODUCTS]:
        yield orders.WITH_PRODUCT, f"[{number},"


def _masked(text: str) -> Iterator[str]:
    """Yield what a name can look like here: its beginning, and stars for the rest."""
    yield text
    for spelt in dict.fromkeys((text, text.capitalize())):
        for shown in range(1, min(len(spelt), _MOST_SHOWN) + 1):
            yield from (spelt[:shown] + "*" * stars for stars in range(4))
