"""Somebody counted what is on the shelf: HQ's books follow."""

from __future__ import annotations

from collections.abc import Mapping

from app.changes import Changes
from app.domain.events import EventKind
from app.errors import Refused
from app.storage.work import Work

MOST_COUNTS = 1000
MOST_PIECES = 10**6


def count_stock(work: Work, counts: Mapping[int, int], *, by: str) -> Changes:
    """Tell how many pieces there are: product number → on hand, at most `MOST_COUNTS` products at once."""
    if not 1 <= len(counts) <= MOST_COUNTS:
        raise Refused(f"Count at least one product and at most {MOST_COUNTS} at once.")
    if unknown := counts.keys() - work.known.products.keys():
        raise Refused(f"Product {min(unknown)} is not in the catalogue.")
    if any(not 0 <= on_hand < MOST_PIECES for on_hand in counts.values()):
        raise Refused("A count is a number of pieces from 0 up: look at what was typed.")
    told = [{"product_number": product, "on_hand": counts[product]} for product in sorted(counts)]
    work.record(EventKind.STOCK_COUNTED, None, by=by, body={"counts": told})
    return Changes(outbox=True)
