"""What a payment does: the order it was for, once; or the money back when it came too late or is not what was asked."""

from __future__ import annotations

from hq import alerts
from hq.counters import feed
from hq.money import refunds, takings
from hq.money.takings import Payment, Taking
from hq.ordering import holds
from hq.ordering.book import OrderRow
from hq.ordering.from_hold import order_from
from hq.ordering.holds import Standing
from hq.payments.port import Paid
from hq.work import Work


def receive(work: Work, paid: Paid) -> OrderRow | None:
    """Take a verified payment in; the same one again changes nothing. Return the order, if there is one."""
    feed.lock(work, takings.find(work.conn, paid.payment_id).store_id)
    payment = takings.find(work.conn, paid.payment_id)
    hold = holds.get(work.conn, payment.store_id, payment.checkout_id)
    if payment.status not in {Taking.ASKED, Taking.CLOSED}:
        return order_from(work, hold) if hold.order_number is not None else None
    takings.change(
        work,
        payment,
        status=Taking.PAID.value,
        provider_ref=paid.provider_ref,
        paid_at=paid.at,
        amount_fen=paid.amount_fen,
    )
    if paid.amount_fen != payment.amount_fen:
        _give_back(work, payment, paid)
        return None
    order = order_from(work, hold)
    takings.change(work, payment, order_number=order.number)
    return order


def give_up(work: Work, store_id: str, hold_id: str, standing: Standing) -> bool:
    """End an open hold that nobody paid; tell whether it was open."""
    feed.lock(work, store_id)
    hold = holds.get(work.conn, store_id, hold_id)
    if not holds.let_go(work, hold, standing):
        return False
    payment = takings.of_checkout(work.conn, store_id, hold_id)
    if payment and payment.status == Taking.ASKED:
        takings.change(work, payment, status=Taking.CLOSED.value)
    return True


def _give_back(work: Work, payment: Payment, paid: Paid) -> None:
    facts = {"payment": payment.id, "asked_fen": payment.amount_fen, "paid_fen": paid.amount_fen}
    alerts.record(work, payment.store_id, "payment_amount", payment.id, facts)
    got = takings.find(work.conn, payment.id)
    refunds.ask(work, got, paid.amount_fen, cause=f"amount:{payment.id}", reason="金额不符 Wrong amount", order=None)
