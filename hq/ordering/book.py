"""The order book: orders' rows, read and written in one place, each change with its number and its feed item."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.domain.lookup import QueryKind, keyed_hash, mask_name, mask_phone, short_code
from app.domain.order import Status, effective
from app.domain.window import Window
from hq import bulk
from hq.counters import feed
from hq.ordering.numbering import Name
from hq.schema import order_lines, orders
from hq.stores import StoreRow
from hq.work import Work
from sync.wire import OrderItem, OrderLine, RedemptionFact

_BY_NUMBER = select(orders).where(orders.c.number == bindparam("number"))
_IN_STORE = _BY_NUMBER.where(orders.c.store_id == bindparam("store_id"))
_BY_KEYS = select(orders).where(orders.c.client_key.in_(bindparam("client_keys", expanding=True)))
_OF_STORE = (
    select(orders)
    .where(orders.c.store_id == bindparam("store_id"), orders.c.number < bindparam("before"))
    .order_by(orders.c.number.desc())
    .limit(bindparam("at_most"))
)
_LINES = (
    select(order_lines.c.product_number, order_lines.c.quantity, order_lines.c.name, order_lines.c.price_fen)
    .where(order_lines.c.store_id == bindparam("store_id"), order_lines.c.order_number == bindparam("order_number"))
    .order_by(order_lines.c.line)
)
_OF_NUMBERS = select(orders).where(
    orders.c.store_id == bindparam("store_id"), orders.c.number.in_(bindparam("numbers", expanding=True))
)
_LINES_OF = (
    select(
        order_lines.c.order_number,
        order_lines.c.product_number,
        order_lines.c.quantity,
        order_lines.c.name,
        order_lines.c.price_fen,
    )
    .where(
        order_lines.c.store_id == bindparam("store_id"),
        order_lines.c.order_number.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(order_lines.c.order_number, order_lines.c.line)
)
_KEY = ("store_id", "number")


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """One line: what was ordered, under which name and for which price then."""

    product_number: int
    quantity: int
    name: str
    price_fen: int


@dataclass(frozen=True, slots=True)
class More:
    """What an order from the storefront knows beyond one from another mall."""

    session_id: str | None = None
    customer_id: str | None = None
    checkout_id: str | None = None
    group_id: str | None = None
    discount_fen: int = 0
    quarter: int | None = None
    collector_name: str = ""
    collector_relation: str = ""
    language: str = "zh"
    consents: str = ""
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A new order before it is a row."""

    store: StoreRow
    name: Name
    client_key: str
    fingerprint: str
    window: Window
    lines: tuple[OrderLineRow, ...]
    customer_name: str
    customer_phone: str
    note: str = ""
    status: Status = Status.ASSIGNED
    payment: str = "paid"
    more: More = More()


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as HQ keeps it; window in epoch minutes and length, the customer in full."""

    store_id: str
    number: int
    id: str
    client_key: str
    fingerprint: str
    version: int
    status: str
    payment: str
    issue: int
    opens: int
    length: int
    customer_name: str
    customer_phone: str
    note: str
    shelf: str
    total_fen: int
    short_code_attempt: int
    short_code_hash: str
    phone_tail_hash: str
    cancel_requested: bool
    cancel_reason: str
    placed_at: datetime
    paid_at: datetime | None
    assigned_at: datetime | None
    preparing_at: datetime | None = None
    prepared_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    redemption_attempt: str | None = None
    redemption_at: datetime | None = None
    redemption_by: str = ""
    redemption_terminal: str = ""
    session_id: str | None = None
    customer_id: str | None = None
    checkout_id: str | None = None
    group_id: str | None = None
    discount_fen: int = 0
    quarter: int | None = None
    collector_name: str = ""
    collector_relation: str = ""
    language: str = "zh"
    consents: str = ""
    reschedules: int = 0
    arrived_at: datetime | None = None
    replaces: int | None = None
    replaced_by: int | None = None
    put_back_at: datetime | None = None
    customer_key: str = ""

    @property
    def window(self) -> Window:
        """When it may be collected."""
        return Window.of_minutes(self.opens, self.length)

    @property
    def label(self) -> str:
        """The short number for people."""
        return f"#{self.number % 10_000:04d}"

    def status_at(self, now: datetime) -> Status:
        """Return the state that people see."""
        return effective(Status(self.status), self.window, now)

    def short_code(self, secret: bytes) -> str:
        """Return the digits that the customer may say instead of showing the code."""
        return short_code(secret, self.number, self.short_code_attempt)


_FIELDS = tuple(field.name for field in fields(OrderRow))
_MORE = tuple(field.name for field in fields(More))
_UPDATE = (
    update(orders)
    .where(orders.c.store_id == bindparam("of_store"), orders.c.number == bindparam("of_number"))
    .values({name: bindparam(name) for name in _FIELDS if name not in _KEY})
)


def find(conn: Connection, number: int) -> OrderRow | None:
    """Return an order of any store."""
    return _row(conn.execute(_BY_NUMBER, {"number": number}).first())


def find_in_store(conn: Connection, store_id: str, number: int) -> OrderRow | None:
    """Return an order of this store, and of no other."""
    return _row(conn.execute(_IN_STORE, {"store_id": store_id, "number": number}).first())


def by_client_keys(conn: Connection, client_keys: Iterable[str]) -> dict[str, OrderRow]:
    """Return the orders that stand under these clients' keys."""
    found = conn.execute(_BY_KEYS, {"client_keys": sorted(set(client_keys))})
    return {row.client_key: OrderRow(*row) for row in found}


def of_store(conn: Connection, store_id: str, *, before: int, limit: int) -> list[OrderRow]:
    """Return a store's orders, newest first, with numbers below `before`."""
    found = conn.execute(_OF_STORE, {"store_id": store_id, "before": before, "at_most": limit})
    return [OrderRow(*row) for row in found]


def lines(conn: Connection, row: OrderRow) -> tuple[OrderLineRow, ...]:
    """Return an order's lines."""
    found = conn.execute(_LINES, {"store_id": row.store_id, "order_number": row.number})
    return tuple(OrderLineRow(*line) for line in found)


def several_in_store(conn: Connection, store_id: str, numbers: Collection[int]) -> dict[int, OrderRow]:
    """Return those of these orders that are this store's."""
    found = conn.execute(_OF_NUMBERS, {"store_id": store_id, "numbers": sorted(numbers)})
    return {row.number: OrderRow(*row) for row in found}


def lines_of(conn: Connection, store_id: str, numbers: Collection[int]) -> dict[int, tuple[OrderLineRow, ...]]:
    """Return the lines of several orders of a store."""
    found: dict[int, tuple[OrderLineRow, ...]] = dict.fromkeys(numbers, ())
    for number, *line in conn.execute(_LINES_OF, {"store_id": store_id, "numbers": sorted(numbers)}):
        found[number] += (OrderLineRow(*line),)
    return found


def row_of(work: Work, draft: Draft) -> OrderRow:
    """Return the row of a new order."""
    store, name, window = draft.store, draft.name, draft.window
    return OrderRow(
        store_id=store.id,
        number=name.number,
        id=work.new_id(),
        client_key=draft.client_key,
        fingerprint=draft.fingerprint,
        version=1,
        status=draft.status.value,
        payment=draft.payment,
        issue=0,
        opens=window.opens_minute,
        length=window.length,
        customer_name=draft.customer_name,
        customer_phone=draft.customer_phone,
        note=draft.note,
        shelf="",
        total_fen=sum(line.price_fen * line.quantity for line in draft.lines),
        short_code_attempt=name.short_code_attempt,
        short_code_hash=name.short_code_hash,
        phone_tail_hash=keyed_hash(store.lookup_key, QueryKind.PHONE_TAIL, draft.customer_phone[-4:]),
        cancel_requested=False,
        cancel_reason="",
        placed_at=work.now,
        paid_at=work.now,
        assigned_at=work.now if draft.status is Status.ASSIGNED else None,
        customer_key=customer_key(store.lookup_key, draft.customer_phone),
        **{name: getattr(draft.more, name) for name in _MORE},
    )


def add_several(work: Work, new: Sequence[tuple[OrderRow, tuple[OrderLineRow, ...]]], heads: Mapping[str, int]) -> None:
    """Write new orders and tell their stores, which are locked and whose feeds stand at `heads`."""
    conn = work.conn
    bulk.add(conn, orders, [bulk.values(conn, orders, row) for row, _ in new])
    told = [
        (row.store_id, row.number, at, line.product_number, line.quantity, line.name, line.price_fen)
        for row, its_lines in new
        for at, line in enumerate(its_lines, start=1)
    ]
    bulk.add(conn, order_lines, told)
    feed.publish_new(work, [(row.store_id, item(row, its_lines)) for row, its_lines in new if is_told(row)], heads)


def customer_key(store_key: bytes, phone: str) -> str:
    """Return what is the same for all orders of one phone at a store, and tells nothing to another store."""
    return hmac.digest(store_key, f"customer/{phone}".encode(), "sha256").hex()[:32] if phone else ""


def is_told(row: OrderRow) -> bool:
    """Tell whether the store knows of an order: not before it was routed there, but for ever since."""
    return row.assigned_at is not None or row.redemption_attempt is not None


def save(work: Work, row: OrderRow) -> OrderRow:
    """Write an order's change under its next version and tell its store."""
    row = replace(row, version=row.version + 1)
    work.conn.execute(_UPDATE, {"of_store": row.store_id, "of_number": row.number, **_changeable(row)})
    if is_told(row):
        feed.publish(work, row.store_id, item(row, lines(work.conn, row)))
    return row


def item(row: OrderRow, its_lines: tuple[OrderLineRow, ...]) -> OrderItem:
    """Return what the store's terminals are told: the customer masked, the codes as keyed hashes."""
    return OrderItem(
        number=row.number,
        id=row.id,
        version=row.version,
        status=Status(row.status),
        issue=row.issue,
        opens=row.opens,
        length=row.length,
        placed_at=row.placed_at,
        prepared_at=row.prepared_at,
        lines=tuple(
            OrderLine(product_number=line.product_number, quantity=line.quantity, name=line.name) for line in its_lines
        ),
        customer=mask_name(row.customer_name),
        phone=mask_phone(row.customer_phone),
        phone_tail_hash=row.phone_tail_hash,
        short_code_hash=row.short_code_hash,
        note=row.note,
        cancel_requested=row.cancel_requested,
        redemption=_redemption(row),
        arrived_at=row.arrived_at,
        collector=mask_name(row.collector_name),
        collector_relation=row.collector_relation,
        customer_key=row.customer_key,
    )


def _redemption(row: OrderRow) -> RedemptionFact | None:
    if row.redemption_attempt is None or row.redemption_at is None:
        return None
    return RedemptionFact(
        attempt_id=row.redemption_attempt,
        at=row.redemption_at,
        by=row.redemption_by,
        terminal=row.redemption_terminal,
    )


def _row(row: Any) -> OrderRow | None:
    return OrderRow(*row) if row else None


def _columns(row: OrderRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}


def _changeable(row: OrderRow) -> dict[str, Any]:
    return {name: value for name, value in _columns(row).items() if name not in _KEY}
