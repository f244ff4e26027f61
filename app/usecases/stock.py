"""What is left of each product: HQ's balance, and what happened here since that HQ has not heard of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.changes import Changes
from app.domain.events import EventKind
from app.domain.records import ProductRecord
from app.storage.work import Work
from app.usecases.count_stock import count_stock
from app.usecases.set_offer import set_offer

# What HQ has not heard of: these pieces are promised to nobody any more, and lie where they lay.
_PUT_BACK = """
SELECT json_extract(l.value, '$[0]') AS product, sum(json_extract(l.value, '$[1]')) FROM orders o, json_each(o.lines) l
WHERE o.number IN (SELECT order_number FROM outbox) AND o.status = 'put_back' AND o.hq_status <> 'put_back'
GROUP BY product
"""
# What goes out against an order was promised to it: it leaves both piles.
_PROMISED = ("hand_over", "revoked")
Facts = dict[int, tuple[EventKind, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class StockRow:
    """A product's pieces; `on_hand` is None where nobody ever counted, `unsent` marks what HQ has not heard of."""

    product: ProductRecord
    on_hand: int | None = None
    reserved: int = 0
    listed: bool = True
    unsent: bool = False

    @property
    def available(self) -> int | None:
        """What can still be sold; below 0 where more is promised than there is."""
        return None if self.on_hand is None else self.on_hand - self.reserved


def stock(work: Work) -> tuple[StockRow, ...]:
    """List every active product by its name, with what is left of it."""
    balances, facts = _balances(work), _unsent_facts(work)
    rows = {
        number: StockRow(product, *balances.get(number, (None, 0, True)))
        for number, product in work.known.products.items()
        if product.active
    }
    for kind, told in facts.values():
        _take(rows, kind, told)
    moves = _unsent_moves(work, facts)
    for number, pieces in work.conn.execute(_PUT_BACK):
        on_hand, reserved = moves.get(number, (0, 0))
        moves[number] = on_hand, reserved - pieces
    for number, (on_hand, reserved) in moves.items():
        row = rows.get(number)
        if row and row.on_hand is not None:
            rows[number] = replace(
                row, on_hand=row.on_hand + on_hand, reserved=max(0, row.reserved + reserved), unsent=True
            )
    return tuple(sorted(rows.values(), key=lambda row: row.product.name))


def list_evening(work: Work, left: Mapping[int, int], *, by: str) -> Changes:
    """Tell HQ what is left tonight: what there is of it is offered at once, what there is none of no longer."""
    changes = count_stock(work, left, by=by)
    some = [product for product, pieces in left.items() if pieces]
    none = [product for product, pieces in left.items() if not pieces]
    for products, offered in ((some, True), (none, False)):
        if products:
            changes |= set_offer(work, products, offered=offered, by=by)
    return changes


def _balances(work: Work) -> dict[int, tuple[int | None, int, bool]]:
    rows = work.conn.execute("SELECT product_number, on_hand, reserved, listed FROM stock")
    return {number: (on_hand, reserved, bool(listed)) for number, on_hand, reserved, listed in rows}


def _unsent_facts(work: Work) -> Facts:
    rows = work.conn.execute(
        "SELECT e.seq, e.kind, e.body FROM outbox x JOIN events e ON e.seq = x.seq WHERE e.kind IN (?, ?)"
        " ORDER BY e.seq",
        (EventKind.STOCK_COUNTED.value, EventKind.OFFER_CHANGED.value),
    )
    return {seq: (EventKind(kind), json.loads(body)) for seq, kind, body in rows}


def _take(rows: dict[int, StockRow], kind: EventKind, told: dict[str, Any]) -> None:
    if kind is EventKind.STOCK_COUNTED:
        news = {count["product_number"]: {"on_hand": count["on_hand"]} for count in told["counts"]}
    else:
        news = {number: {"listed": told["listed"]} for number in told["products"]}
    for number, changed in news.items():
        if number in rows:
            rows[number] = replace(rows[number], unsent=True, **changed)


def _unsent_moves(work: Work, facts: Facts) -> dict[int, tuple[int, int]]:
    """Return per product what unsent events change of what is on hand and of what is reserved."""
    # What moved before a count is in what was counted.
    counted = {
        count["product_number"]: seq
        for seq, (kind, told) in facts.items()
        if kind is EventKind.STOCK_COUNTED
        for count in told["counts"]
    }
    on_hand, reserved = Counter[int](), Counter[int]()
    rows = work.conn.execute(
        "SELECT m.product_number, m.quantity, m.cause, m.event_seq FROM outbox x"
        " JOIN stock_moves m ON m.event_seq = x.seq"
    )
    for number, pieces, cause, seq in rows:
        if seq > counted.get(number, 0):
            on_hand[number] += pieces
        if cause in _PROMISED:
            reserved[number] += pieces
    return {number: (on_hand[number], reserved[number]) for number in on_hand.keys() | reserved.keys()}
