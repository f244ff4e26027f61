"""Finding orders across stores, page by page in SQL, and everything that one order's page tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, bindparam, cast, false, func, or_, select

from app.domain.lookup import QueryKind, keyed_hash
from app.domain.order import Status
from hq.ordering.book import OrderRow
from hq.schema import order_facts, orders, redemptions, stores

PAGE = 25
_NEWEST = 2**63 - 1
_FACTS = (
    select(order_facts.c.kind, order_facts.c.at, order_facts.c.by, order_facts.c.detail, order_facts.c.attempt_id)
    .where(order_facts.c.store_id == bindparam("store_id"), order_facts.c.order_number == bindparam("number"))
    .order_by(order_facts.c.at, order_facts.c.no)
)
_REDEMPTIONS = (
    select(redemptions)
    .where(redemptions.c.store_id == bindparam("store_id"), redemptions.c.order_number == bindparam("number"))
    .order_by(redemptions.c.at)
)
_STORES = select(stores.c.id, stores.c.lookup_key)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders: all that is set must hold; minutes since the epoch for when the window opens, `until` excluded."""

    text: str = ""
    store_id: str = ""
    status: Status | None = None
    opens_from: int | None = None
    opens_until: int | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """One thing that happened to an order, and who said so."""

    kind: str
    at: datetime
    by: str
    detail: str
    attempt_id: str


@dataclass(frozen=True, slots=True)
class RedemptionRow:
    """One hand-over and what it counts for."""

    attempt_id: str
    standing: str
    terminal: str
    at: datetime
    by: str
    verdict: str
    manager: str
    reason: str
    unguarded: bool
    scan_seconds: float | None
    collector: str


def search(
    conn: Connection, wanted: Wanted, now: datetime, *, before: int = _NEWEST, limit: int = PAGE
) -> list[OrderRow]:
    """Return the newest orders below the number `before` that are wanted; one more than `limit` says there are more."""
    query = _filtered(conn, wanted, now).where(orders.c.number < before).order_by(orders.c.number.desc())
    return [OrderRow(*row) for row in conn.execute(query.limit(limit + 1))]


def facts(conn: Connection, order: OrderRow) -> list[FactRow]:
    """Return what happened to an order, as it happened."""
    found = conn.execute(_FACTS, {"store_id": order.store_id, "number": order.number})
    return [FactRow(*row) for row in found]


def hand_overs(conn: Connection, order: OrderRow) -> list[RedemptionRow]:
    """Return the hand-overs of an order, also those that do not count."""
    found = conn.execute(_REDEMPTIONS, {"store_id": order.store_id, "number": order.number}).mappings()
    return [RedemptionRow(**{name: row[name] for name in RedemptionRow.__dataclass_fields__}) for row in found]


def _filtered(conn: Connection, wanted: Wanted, now: datetime) -> Select[Any]:
    query = select(orders)
    if wanted.store_id:
        query = query.where(orders.c.store_id == wanted.store_id)
    if wanted.status:
        query = query.where(_in_state(wanted.status, now))
    if wanted.opens_from is not None:
        query = query.where(orders.c.opens >= wanted.opens_from)
    if wanted.opens_until is not None:
        query = query.where(orders.c.opens < wanted.opens_until)
    text = " ".join(wanted.text.split())
    return query.where(_matching(conn, text, wanted.store_id)) if text else query


def _in_state(status: Status, now: datetime) -> ColumnElement[bool]:
    # Packed orders turn into ready ones by the clock alone (app.domain.order.effective).
    minute = int(now.timestamp()) // 60
    if status is Status.PREPARED:
        return and_(orders.c.status == "prepared", orders.c.opens > minute)
    if status is Status.AWAITING_PICKUP:
        return or_(orders.c.status == "awaiting_pickup", and_(orders.c.status == "prepared", orders.c.opens <= minute))
    return orders.c.status == status.value


def _matching(conn: Connection, text: str, store_id: str) -> ColumnElement[bool]:
    if not text.isprintable():
        return false()
    digits = text.removeprefix("#").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return or_(
            orders.c.customer_name.icontains(text, autoescape=True), orders.c.note.icontains(text, autoescape=True)
        )
    ways: list[ColumnElement[bool]] = [orders.c.customer_phone == digits]
    if len(digits) <= 18:
        ways.append(orders.c.number == int(digits))
    if len(digits) == 4:
        ways += [_label(int(digits)), orders.c.customer_phone.endswith(digits)]
    if len(digits) == 8:
        ways.append(_short_code(conn, digits, store_id))
    return or_(*ways)


def _label(last: int) -> ColumnElement[bool]:
    return cast(func.mod(orders.c.number, 10_000), Integer) == last


def _short_code(conn: Connection, digits: str, store_id: str) -> ColumnElement[bool]:
    """Compare with each store's own keyed hash: the digits themselves are kept nowhere."""
    query = _STORES.where(stores.c.id == store_id) if store_id else _STORES
    keys = [row.lookup_key for row in conn.execute(query)]
    hashes = [keyed_hash(key, QueryKind.SHORT_CODE, digits) for key in keys]
    return orders.c.short_code_hash.in_(hashes) if hashes else false()
