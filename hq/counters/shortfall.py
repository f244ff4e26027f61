"""What did not go out at a hand-over: its value goes back to the customer, its pieces to the shelf; operators know."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select

from hq import alerts
from hq.counters.bodies import Short
from hq.goods import stock
from hq.goods.stock import Move
from hq.money import refunds, takings
from hq.ordering import book
from hq.ordering.book import OrderLineRow, OrderRow
from hq.schema import refunds as refund_table
from hq.schema import stock_moves
from hq.work import Work

# What is not fit to be sold, or was not there, does not go back to the shelf.
_GONE = frozenset({"broken", "missing"})
_MOVED = select(stock_moves.c.product_number, stock_moves.c.on_hand).where(
    stock_moves.c.store_id == bindparam("store_id"), stock_moves.c.cause == bindparam("cause")
)
_GIVEN = select(func.coalesce(func.sum(refund_table.c.amount_fen), 0)).where(
    refund_table.c.store_id == bindparam("store_id"),
    refund_table.c.order_number == bindparam("number"),
    refund_table.c.cause.startswith("short:"),
    refund_table.c.status != refunds.Standing.FAILED.value,
)


def settle(
    work: Work, order: OrderRow, attempt_id: str, short: Sequence[Short], *, by: str, has_photo: bool = False
) -> None:
    """Bring money, stock and operators in step with the hand-over that counts for an order."""
    lines = {line.product_number: line for line in book.lines(work.conn, order)}
    lacking = _lacking(lines, short)
    if not lacking:
        return
    back = [Move(number, each.quantity, 0) for number, each in lacking.items() if each.reason not in _GONE]
    number = order.number
    stock.tell(work, order.store_id, back, cause=_cause(attempt_id), kind="short", order_number=number, by=by)
    worth = sum(lines[number].price_fen * each.quantity for number, each in lacking.items())
    is_asked = _give_back(work, order, attempt_id, worth)
    facts = {
        "short": [[lines[number].name, each.quantity, each.reason] for number, each in lacking.items()],
        "amount_fen": worth,
        # An order of another mall was paid there: somebody has to tell it.
        "refund": "asked" if is_asked else "elsewhere",
        "by": by,
        "photo": has_photo,
    }
    alerts.record(work, order.store_id, "short_hand_over", f"{number}:{attempt_id}", facts, order_number=number)


def take_back(work: Work, order: OrderRow, attempt_id: str, *, by: str) -> None:
    """Undo on the shelf what a hand-over that was revoked left there; the whole order stands there again.

    Money that was given back stays given back: that is for people to settle.
    """
    where = {"store_id": order.store_id, "cause": _cause(attempt_id)}
    moves = [Move(number, -on_hand, 0) for number, on_hand in work.conn.execute(_MOVED, where)]
    cause = f"{_cause(attempt_id)}:revoked"
    stock.tell(work, order.store_id, moves, cause=cause, kind="short", order_number=order.number, by=by)
    given = _given(work, order)
    if given:
        facts = {"amount_fen": given, "by": by}
        subject = f"{order.number}:{attempt_id}"
        alerts.record(work, order.store_id, "short_revoked", subject, facts, order_number=order.number)


def _lacking(lines: dict[int, OrderLineRow], short: Sequence[Short]) -> dict[int, Short]:
    """Return what lacks of each product that was ordered, as much as was ordered at the most."""
    found: dict[int, Short] = {}
    for each in short:
        if each.product_number in lines:
            before = found[each.product_number].quantity if each.product_number in found else 0
            quantity = min(lines[each.product_number].quantity, before + each.quantity)
            found[each.product_number] = each.model_copy(update={"quantity": quantity})
    return found


def _give_back(work: Work, order: OrderRow, attempt_id: str, worth: int) -> bool:
    """Want the value of what lacks given back; what an earlier hand-over of the order gave back counts in."""
    payment = takings.of_order(work.conn, order.store_id, order.number)
    if payment is None or payment.status != takings.Taking.PAID:
        return False
    cause = f"short:{order.number}:{attempt_id}"[:100]
    refunds.ask(
        work, payment, worth - _given(work, order), cause=cause, reason="少交 Not handed over", order=order.number
    )
    return True


def _given(work: Work, order: OrderRow) -> int:
    # PostgreSQL adds 64-bit numbers up to a decimal.
    return int(work.conn.execute(_GIVEN, {"store_id": order.store_id, "number": order.number}).scalar_one())


def _cause(attempt_id: str) -> str:
    return f"short:{attempt_id}"
