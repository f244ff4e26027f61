"""What goes well with an order: as set at HQ, else as it sold together."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.domain.order import Line
from app.domain.records import ProductRecord
from app.storage.work import Work
from app.usecases.stock import stock

MOST = 2


def suggest(work: Work, lines: Iterable[Line]) -> tuple[ProductRecord, ...]:
    """Return at most `MOST` products to offer with these lines: what a person chose first, nothing that is sold out."""
    bought = [line.product_number for line in lines]
    wanted = [*_paired(work, bought, "goes_with"), *_paired(work, bought, "sold_with")]
    if not wanted:
        return ()
    there = {
        row.product.number: row.product
        for row in stock(work)
        if row.listed and (row.available is None or row.available > 0)
    }
    found = [there[number] for number in dict.fromkeys(wanted) if number in there and number not in bought]
    return tuple(found[:MOST])


def _paired(work: Work, bought: Iterable[int], column: str) -> list[int]:
    rows = work.conn.execute(
        f"SELECT {column} FROM pairs WHERE product_number IN (SELECT value FROM json_each(?))",  # noqa: S608 - our own names
        (json.dumps(list(bought)),),
    )
    return [number for (packed,) in rows for number in json.loads(packed)]
