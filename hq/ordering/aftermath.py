"""What follows when an order's state changes: stock, its place in the day, money, messages, the customer's profile."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.order import OPEN, Status
from hq.goods import stock
from hq.goods.stock import Move
from hq.money import refunds
from hq.ordering import book, loads, shortages, telling
from hq.ordering.book import OrderLineRow, OrderRow
from hq.work import Work

Taken = tuple[OrderRow, tuple[OrderLineRow, ...]]
_HOLDS = OPEN - {Status.SHORTAGE, Status.PUT_BACK}
_STEPS = {
    Status.PREPARED: telling.ready,
    Status.COMPLETED: telling.collected,
    Status.CANCELLED: telling.cancelled,
    Status.PUT_BACK: telling.put_back,
}


def follow(work: Work, before: OrderRow, after: OrderRow) -> None:
    """Bring everything else in step with an order that was just saved."""
    old, new = Status(before.status), Status(after.status)
    if old is new:
        return
    _move_stock(work, after, old, new)
    if old in _HOLDS and new not in _HOLDS and new is not Status.COMPLETED:
        loads.release(work, after.store_id, after.quarter)
    if new is Status.CANCELLED:
        if shortages.is_replaced(work.conn, after.store_id, after.number):
            # Another order takes its place: the money goes along, and that order is what the customer hears of.
            return
        refunds.for_cancelled(work, after)
    tell = _STEPS.get(new)
    if tell:
        tell(work, after)


def collected(work: Work, store_id: str, before: Mapping[int, OrderRow], after: Mapping[int, Taken]) -> None:
    """Bring everything else in step with orders of one store that were handed over in one go."""
    moved: dict[int, tuple[str, list[Move]]] = {}
    for number, (order, lines) in after.items():
        (had, held), (has, holds) = position(Status(before[number].status)), position(Status(order.status))
        moves = [
            Move(each.product_number, (has - had) * each.quantity, (holds - held) * each.quantity) for each in lines
        ]
        moved[number] = (_cause(order), moves)
    stock.tell_several(work, store_id, moved, kind=Status.COMPLETED.value)
    for order, _ in after.values():
        telling.collected(work, order)


def _cause(order: OrderRow) -> str:
    return f"order:{order.number}:{order.version}"


def position(status: Status) -> tuple[int, int]:
    """Return what an order does to each unit's balance: (on hand, promised)."""
    if status is Status.COMPLETED:
        return -1, 0
    return (0, 1) if status in _HOLDS else (0, 0)


def _move_stock(work: Work, order: OrderRow, old: Status, new: Status) -> None:
    (had, held), (has, holds) = position(old), position(new)
    if (had, held) == (has, holds):
        return
    moves = [
        Move(line.product_number, (has - had) * line.quantity, (holds - held) * line.quantity)
        for line in book.lines(work.conn, order)
    ]
    stock.tell(work, order.store_id, moves, cause=_cause(order), kind=new.value, order_number=order.number)
