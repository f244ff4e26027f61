"""Payments as HQ keeps them: asked for with a checkout, paid once, carried along when an order moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from hq.problems import missing
from hq.schema import payments
from hq.work import Work

_BY_ID = select(payments).where(payments.c.id == bindparam("id")).order_by(payments.c.asked_at)
_IN_STORE = select(payments).where(payments.c.store_id == bindparam("store_id"), payments.c.id == bindparam("id"))
_OF_ORDER = select(payments).where(
    payments.c.store_id == bindparam("store_id"), payments.c.order_number == bindparam("number")
)
_OF_CHECKOUT = select(payments).where(
    payments.c.store_id == bindparam("store_id"), payments.c.checkout_id == bindparam("checkout_id")
)


class Taking(StrEnum):
    """Where a payment stands; `moved`: it is kept with the order that took this one's place."""

    ASKED = "asked"
    PAID = "paid"
    CLOSED = "closed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment: `id` is what the provider knows it by."""

    store_id: str
    id: str
    checkout_id: str
    order_number: int | None
    provider: str
    provider_ref: str
    amount_fen: int
    refunded_fen: int
    status: str
    asked_at: datetime
    paid_at: datetime | None

    @property
    def rest_fen(self) -> int:
        """What has not been given back."""
        return self.amount_fen - self.refunded_fen


def find(conn: Connection, payment_id: str) -> Payment:
    """Return a payment where it is kept now, or refuse."""
    rows = [Payment(*row) for row in conn.execute(_BY_ID, {"id": payment_id})]
    if not rows:
        raise missing("payment", "There is no such payment.")
    return next((row for row in rows if row.status != Taking.MOVED), rows[-1])


def in_store(conn: Connection, store_id: str, payment_id: str) -> Payment | None:
    """Return a payment as this store's part has it."""
    row = conn.execute(_IN_STORE, {"store_id": store_id, "id": payment_id}).first()
    return Payment(*row) if row else None


def of_order(conn: Connection, store_id: str, number: int) -> Payment | None:
    """Return an order's payment, if HQ took it."""
    row = conn.execute(_OF_ORDER, {"store_id": store_id, "number": number}).first()
    return Payment(*row) if row else None


def of_checkout(conn: Connection, store_id: str, checkout_id: str) -> Payment | None:
    """Return a checkout's payment."""
    row = conn.execute(_OF_CHECKOUT, {"store_id": store_id, "checkout_id": checkout_id}).first()
    return Payment(*row) if row else None


def add(work: Work, payment: Payment) -> None:
    """Keep a new payment."""
    work.conn.execute(insert(payments), {name: getattr(payment, name) for name in Payment.__slots__})


def change(work: Work, payment: Payment, **values: Any) -> None:
    """Write what became of a payment."""
    where = (payments.c.store_id == payment.store_id, payments.c.id == payment.id)
    work.conn.execute(update(payments).where(*where).values(**values))
