"""Carries out what customers answered to a shortage: another order in place of theirs, or the money back.

The order that goes and the one that comes may belong to different stores, so this is a row of transactions, each in one
store, each harmless when it is done again; a chore takes it up after a crash.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.order import Status
from hq.counters import feed
from hq.money import paying, refunds, takings
from hq.money.takings import Payment, Taking
from hq.office import Office
from hq.ordering import book, dispatch, holds, orders, shortages, telling
from hq.ordering.book import OrderRow
from hq.ordering.from_hold import order_from
from hq.ordering.holds import Standing
from hq.ordering.shortages import Answer, Shortage
from hq.work import Work


def settle_due(office: Office, *, most: int = 100) -> int:
    """Carry out whatever was answered, and refund what nobody answered in time; return how many were looked at."""
    now = office.now()
    due = office.read(lambda conn: shortages.to_settle(conn, now, most))
    for shortage in due:
        settle(office, shortage)
    return len(due)


def settle(office: Office, shortage: Shortage) -> None:
    """Bring one shortage as far as it goes now; a store that has to agree to the cancellation first is waited for."""
    if not shortage.answer:
        office.write(lambda work: dispatch.refuse(work, shortage.order_number, Answer.SILENT))
    order = office.write(lambda work: _cancel(work, shortage))
    if order.status == Status.COMPLETED:
        _keep_as_it_is(office, shortage)
    elif order.status == Status.CANCELLED:
        _finish(office, shortage, order)


def _cancel(work: Work, shortage: Shortage) -> OrderRow:
    order = orders.locked(work, shortage.order_number)
    return order if order.status == Status.COMPLETED else orders.cancel(work, order.number, "shortage")


def _finish(office: Office, shortage: Shortage, order: OrderRow) -> None:
    current = office.read(lambda conn: shortages.latest(conn, order.store_id, order.number)) or shortage
    if current.answer != Answer.ACCEPTED:
        office.write(lambda work: dispatch.resolved(work, current, "Refunded."))
        return
    new = office.write(lambda work: _take_up(work, current, order))
    office.write(lambda work: _hand_on(work, current, order, new))


def _take_up(work: Work, shortage: Shortage, old: OrderRow) -> OrderRow:
    """In the new order's store: make it, and keep the payment there."""
    hold = holds.get(work.conn, shortage.chosen["store"], shortage.chosen["checkout"])
    order = order_from(work, hold)
    payment = takings.of_order(work.conn, old.store_id, old.number)
    if payment and takings.of_order(work.conn, order.store_id, order.number) is None:
        _carry(work, payment, order)
    telling.moved(work, old, order)
    return order


def _carry(work: Work, payment: Payment, order: OrderRow) -> None:
    if payment.store_id == order.store_id:
        takings.change(work, payment, order_number=order.number)
        kept = payment
    else:
        kept = replace(payment, store_id=order.store_id, order_number=order.number, checkout_id=order.checkout_id or "")
        takings.add(work, kept)
    cheaper = kept.rest_fen - order.total_fen
    refunds.ask(work, kept, cheaper, cause=f"cheaper:{order.number}", reason="差价 Difference", order=order.number)


def _hand_on(work: Work, shortage: Shortage, old: OrderRow, new: OrderRow) -> None:
    """In the old order's store: point to the new one, and let the payment go."""
    feed.lock(work, old.store_id)
    row = book.find_in_store(work.conn, old.store_id, old.number) or old
    if row.replaced_by is None:
        book.save(work, replace(row, replaced_by=new.number))
    payment = takings.of_order(work.conn, old.store_id, old.number)
    if payment and payment.status == Taking.PAID:
        takings.change(work, payment, status=Taking.MOVED.value)
    dispatch.resolved(work, shortage, f"Order {new.label} took its place.")


def _keep_as_it_is(office: Office, shortage: Shortage) -> None:
    """Settle the shortage of an order that was handed over all the same."""
    chosen = shortage.chosen
    if chosen:
        office.write(lambda work: paying.give_up(work, chosen["store"], chosen["checkout"], Standing.GIVEN_UP))
    office.write(lambda work: dispatch.resolved(work, shortage, "The order was handed over after all."))
