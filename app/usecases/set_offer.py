"""The store takes products off its offer when they are sold out, and puts them back."""

from __future__ import annotations

from collections.abc import Iterable

from app.changes import Changes
from app.domain.events import EventKind
from app.errors import Refused
from app.storage.work import Work

MOST_PRODUCTS = 1000


def set_offer(work: Work, products: Iterable[int], *, offered: bool, by: str) -> Changes:
    """Tell which products the store offers again, or no longer; HQ sells them accordingly."""
    wanted = sorted(set(products))
    if not 1 <= len(wanted) <= MOST_PRODUCTS:
        raise Refused(f"Choose at least one product and at most {MOST_PRODUCTS} at once.")
    unknown = [product for product in wanted if product not in work.known.products]
    if unknown:
        raise Refused(f"Product {unknown[0]} is not in the catalogue.")
    work.record(EventKind.OFFER_CHANGED, None, by=by, body={"products": wanted, "listed": offered})
    return Changes(outbox=True)
