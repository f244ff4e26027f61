"""Sales at the counter, as the stores tell them: they move the same stock, and count as add-ons to a hand-over."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, insert, select, update

from app.domain.events import Event
from hq import stores
from hq.counters import bodies
from hq.counters.terminals import Terminal
from hq.goods import stock
from hq.goods.stock import Move
from hq.messages.hooks import ProfileEvent, ProfileKind, ProfileLine, post_profile_events
from hq.schema import sales
from hq.work import Work

_BY_ID = select(sales).where(sales.c.store_id == bindparam("store_id"), sales.c.id == bindparam("id"))


def add(work: Work, terminal: Terminal, event: Event, sold: bodies.Sold) -> None:
    """Keep a sale and take its goods off the shelf."""
    total = sum(line.price_fen * line.quantity for line in sold.lines)
    row = {
        "store_id": terminal.store_id,
        "id": sold.sale_id,
        "at": event.at,
        "by": event.by,
        "terminal": sold.terminal or terminal.name,
        "order_number": event.order_number,
        "attempt_id": sold.attempt_id,
        "tender": sold.tender,
        "total_fen": total,
        "refunded_fen": 0,
        "lines": json.dumps([[line.product_number, line.quantity, line.price_fen] for line in sold.lines]),
        "receipt": sold.receipt,
        "shift_id": sold.shift_id,
        "manager": sold.manager,
        "tenders": json.dumps(sold.tenders, ensure_ascii=False) if sold.tenders else "",
    }
    work.conn.execute(insert(sales), row)
    moves = [Move(line.product_number, -line.quantity, 0) for line in sold.lines]
    cause = f"sale:{sold.sale_id}"
    number = event.order_number
    stock.tell(work, terminal.store_id, moves, cause=cause, kind="sale", order_number=number, by=event.by)
    _tell_profile(work, terminal, event, sold, total)


def refund(work: Work, terminal: Terminal, event: Event, back: bodies.SaleRefunded) -> bool:
    """Take a sale back, at most what it was worth; tell whether HQ knows it."""
    known = work.conn.execute(_BY_ID, {"store_id": terminal.store_id, "id": back.sale_id}).first()
    if known is None:
        return False
    refunded = min(known.total_fen, known.refunded_fen + back.amount_fen)
    where = (sales.c.store_id == terminal.store_id, sales.c.id == back.sale_id)
    work.conn.execute(update(sales).where(*where).values(refunded_fen=refunded))
    moves = [Move(line.product_number, line.quantity, 0) for line in back.lines]
    stock.tell(work, terminal.store_id, moves, cause=f"event:{event.id}", kind="sale_refunded", by=event.by)
    return True


def _tell_profile(work: Work, terminal: Terminal, event: Event, sold: bodies.Sold, total: int) -> None:
    if not work.profile_hooks:
        return
    post_profile_events(
        work,
        [
            ProfileEvent(
                store_id=terminal.store_id,
                store_number=stores.by_id(work.conn, terminal.store_id).number,
                kind=ProfileKind.SALE,
                dedup=f"sale:{sold.sale_id}",
                at=event.at,
                order_number=event.order_number,
                lines=tuple(ProfileLine(line.product_number, line.quantity, line.price_fen) for line in sold.lines),
                amounts={"total_fen": total},
            )
        ],
    )
