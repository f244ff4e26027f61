"""Refunds: wanted in the transaction that causes them, given by a chore, each cause once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from hq import alerts
from hq.messages.kinds import Kind
from hq.money import takings
from hq.money.takings import Payment
from hq.office import Office
from hq.ordering import book, telling
from hq.ordering.book import OrderRow
from hq.payments.port import Provider, ProviderDown, ProviderRefused, Refund, Refunded, RefundFailed
from hq.problems import conflict
from hq.schema import orders, payments, refunds
from hq.work import Work

LOG = logging.getLogger("ziti.hq.refunds")
_DUE = (
    select(refunds)
    .where(refunds.c.status == "wanted", refunds.c.next_at <= bindparam("now"))
    .order_by(refunds.c.next_at)
    .limit(bindparam("at_most"))
)
_SAME = select(refunds.c.id).where(
    refunds.c.store_id == bindparam("store_id"),
    refunds.c.payment_id == bindparam("payment_id"),
    refunds.c.cause == bindparam("cause"),
)
_WANTED = select(func.coalesce(func.sum(refunds.c.amount_fen), 0)).where(
    refunds.c.store_id == bindparam("store_id"),
    refunds.c.payment_id == bindparam("payment_id"),
    refunds.c.status != "failed",
)
_OF_ORDER = (
    select(refunds)
    .where(refunds.c.store_id == bindparam("store_id"), refunds.c.order_number == bindparam("number"))
    .order_by(refunds.c.created_at)
)
_BY_ID = select(refunds).where(
    refunds.c.id == bindparam("id"),
    refunds.c.store_id.in_(select(payments.c.store_id).where(payments.c.id == bindparam("payment_id"))),
)
_LONGEST_WAIT = timedelta(hours=1)
_ALERT_AFTER = 5


class Standing(StrEnum):
    """Where a refund stands."""

    WANTED = "wanted"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RefundRow:
    """A refund: `id` is what the provider knows it by, `cause` what it is for."""

    store_id: str
    id: str
    payment_id: str
    order_number: int | None
    cause: str
    amount_fen: int
    reason: str
    status: str
    attempts: int
    next_at: datetime
    created_at: datetime
    done_at: datetime | None
    error: str


def ask(work: Work, payment: Payment, amount_fen: int, *, cause: str, reason: str, order: int | None) -> None:
    """Want money given back, once for each cause and never more than was paid."""
    same = {"store_id": payment.store_id, "payment_id": payment.id}
    if amount_fen <= 0 or work.conn.execute(_SAME, {**same, "cause": cause}).first():
        return
    wanted: int = work.conn.execute(_WANTED, same).scalar_one()
    amount_fen = min(amount_fen, payment.amount_fen - wanted)
    if amount_fen <= 0:
        return
    row = {"id": work.new_id(), **same, "order_number": order, "cause": cause, "amount_fen": amount_fen}
    row |= {"reason": reason, "status": Standing.WANTED.value, "attempts": 0, "error": ""}
    work.conn.execute(insert(refunds), {**row, "next_at": work.now, "created_at": work.now})
    if order is not None:
        _mark(work, payment.store_id, order, "refunding")


def for_cancelled(work: Work, order: OrderRow) -> None:
    """Give back what was paid for a cancelled order."""
    payment = takings.of_order(work.conn, order.store_id, order.number)
    if payment is None or payment.status != takings.Taking.PAID:
        return
    cause = f"cancelled:{order.number}"
    ask(work, payment, payment.amount_fen, cause=cause, reason="订单取消 Order cancelled", order=order.number)


def of_order(conn: Connection, store_id: str, number: int) -> list[RefundRow]:
    """Return an order's refunds, oldest first."""
    return [RefundRow(*row) for row in conn.execute(_OF_ORDER, {"store_id": store_id, "number": number})]


def find(conn: Connection, payment_id: str, refund_id: str) -> RefundRow | None:
    """Return a refund of a payment, wherever the payment is kept."""
    row = conn.execute(_BY_ID, {"id": refund_id, "payment_id": payment_id}).first()
    return RefundRow(*row) if row else None


def give_due(office: Office, provider: Provider, *, most: int = 50) -> int:
    """Have the provider give back what is wanted; return how many were tried. Blocks: call it from a thread."""
    now = office.now()
    due = office.read(lambda conn: [RefundRow(*row) for row in conn.execute(_DUE, {"now": now, "at_most": most})])
    for row in due:
        _give(office, provider, row)
    return len(due)


def _give(office: Office, provider: Provider, row: RefundRow) -> None:
    payment = office.read(lambda conn: takings.in_store(conn, row.store_id, row.payment_id))
    if payment is None:
        raise conflict("payment", f"Refund {row.id} has no payment.")
    wanted = Refund(
        refund_id=row.id,
        payment_id=row.payment_id,
        amount_fen=row.amount_fen,
        total_fen=payment.amount_fen,
        reason=row.reason,
    )
    try:
        standing = provider.refund(wanted)
    except ProviderDown as error:
        _later(office, row, str(error))
        return
    except ProviderRefused as error:
        _later(office, row, f"{error.code}: {error}")
        return
    if isinstance(standing, Refunded):
        office.write(lambda work: settle(work, row, standing.at))
    elif isinstance(standing, RefundFailed):
        _later(office, row, standing.reason)
    else:
        _later(office, row, "")


def settle(work: Work, row: RefundRow, at: datetime) -> None:
    """Write down that the money went back, and tell the customer; a second time changes nothing."""
    where = (refunds.c.store_id == row.store_id, refunds.c.id == row.id, refunds.c.status != Standing.DONE.value)
    values = {"status": Standing.DONE.value, "done_at": at, "error": ""}
    if not work.conn.execute(update(refunds).where(*where).values(**values)).rowcount:
        return
    payment = takings.in_store(work.conn, row.store_id, row.payment_id)
    if payment:
        takings.change(work, payment, refunded_fen=payment.refunded_fen + row.amount_fen)
    order = book.find_in_store(work.conn, row.store_id, row.order_number) if row.order_number is not None else None
    if order:
        _mark(work, row.store_id, order.number, "refunded")
        telling.refunded(work, order, row.amount_fen, row.id)


def _later(office: Office, row: RefundRow, error: str) -> None:
    attempts = row.attempts + 1
    wait = min(timedelta(seconds=5 * 2 ** min(attempts, 12)), _LONGEST_WAIT)

    def usecase(work: Work) -> None:
        where = (refunds.c.store_id == row.store_id, refunds.c.id == row.id)
        values: dict[str, Any] = {"attempts": attempts, "next_at": work.now + wait, "error": error}
        work.conn.execute(update(refunds).where(*where).values(**values))
        if attempts == _ALERT_AFTER and error:
            _alarm(work, row, error)

    office.write(usecase)
    if error:
        LOG.info("refund %s is tried again in %s: %s", row.id, wait, error)


def _alarm(work: Work, row: RefundRow, error: str) -> None:
    facts = {"refund": row.id, "amount_fen": row.amount_fen, "error": error}
    alerts.record(work, row.store_id, "refund_stuck", row.id, facts, order_number=row.order_number)
    order = book.find_in_store(work.conn, row.store_id, row.order_number) if row.order_number is not None else None
    if order:
        telling.alert(work, Kind.PAYMENT_ALERT, order, f"refund:{row.id}", {"reason": error})


def _mark(work: Work, store_id: str, number: int, payment: str) -> None:
    where = (orders.c.store_id == store_id, orders.c.number == number)
    work.conn.execute(update(orders).where(*where).values(payment=payment))
    # Nothing for the store, but the order's page is open on a phone.
    work.touched.add(store_id)
